package change

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
	"sitegen/internal/sweep"
)

// sealed returns a text with the right checksum in its last line.
func sealed(text []byte) []byte {
	above := bytes.Clone(text)
	if at := bytes.LastIndex(text, []byte("checksum: ")); at >= 0 {
		above = above[:at]
	}
	if len(above) > 0 && above[len(above)-1] != '\n' {
		above = append(above, '\n')
	}
	return rules.Sealed(above)
}

// judge reads `text` as AcceptedFile and compares the rules with it, as sitegen check does. It returns what was accepted and
// what is reported.
func judge(t testing.TB, s *rules.Set, text []byte) (*Accepted, []diag.Diagnostic) {
	t.Helper()
	a, err := ReadAccepted(s, fstest.MapFS{
		rules.AcceptedFile: {Data: text},
		boundariesFile:     {Data: writeBoundaries(turningPeople(s, nil))},
	}, "content")
	if err != nil {
		t.Fatal(err)
	}
	found := Check(s, a)
	if a.Known() != (len(a.found) == 0) {
		t.Errorf("known: %v, but %v is told", a.Known(), a.found)
	}
	for _, d := range found {
		message, hint := d.Text("en")
		if strings.Contains(message+hint, "%!") || !strings.Contains(hint, "sitegen rules accept") && d.Code != "rule-turn-idle" {
			t.Errorf("%s: %s (%s)", d.Position, message, hint)
		}
	}
	return a, found
}

// TestAcceptedDamage: if AcceptedFile ends early or one of its bytes is different, exactly one finding reports that the file
// is damaged.
func TestAcceptedDamage(t *testing.T) {
	s, text := ruletest.SmallSet(t)
	if _, found := judge(t, s, text); len(found) > 0 {
		t.Fatal(found)
	}
	boundaries := &fstest.MapFile{Data: writeBoundaries(turningPeople(s, nil))}
	told := func(what string, at int, damaged []byte) {
		a, err := ReadAccepted(s, fstest.MapFS{rules.AcceptedFile: {Data: damaged}, boundariesFile: boundaries}, "content")
		if err != nil || a.Known() || len(a.found) != 1 || !strings.HasPrefix(string(a.found[0].Code), "rule-accepted-") {
			t.Errorf("%s at %d: %v %v", what, at, a.found, err)
		}
	}
	for at := 0; at < len(text); at += sweep.Of(1, 8) {
		told("cut", at, text[:at])
		other := bytes.Clone(text)
		other[at] ^= 1 << (at % 7)
		told("changed", at, other)
		other[at] ^= 0x80
		told("no text", at, other)
	}
	told("twice", 0, append(bytes.Clone(text), text...))
	told("junk", 0, bytes.Repeat([]byte("\x00\xff{]junk"), 10<<20/9))
	told("a line of 10 MB", 0, bytes.Repeat([]byte("["), 10<<20))
}

// TestBoundariesDamage: if boundariesFile ends early, that is reported. If one of its bytes is different, the accepted rules
// are still known.
func TestBoundariesDamage(t *testing.T) {
	s, text := ruletest.SmallSet(t)
	whole := writeBoundaries(turningPeople(s, nil))
	check := func(damaged []byte) (*Accepted, []diag.Diagnostic) {
		a, err := ReadAccepted(s, fstest.MapFS{rules.AcceptedFile: {Data: text}, boundariesFile: {Data: damaged}}, "content")
		if err != nil {
			t.Fatal(err)
		}
		return a, Check(s, a)
	}
	for at := 0; at < len(whole)-2; at += sweep.Of(1, 8) {
		if _, found := check(whole[:at]); len(found) == 0 {
			t.Errorf("cut off at %d", at)
		}
		other := bytes.Clone(whole)
		other[at] ^= 1 << (at % 7)
		if a, _ := check(other); !a.Known() {
			t.Errorf("changed at %d: nothing is known of the rules", at)
		}
	}
	if _, found := check(bytes.Repeat([]byte("[{"), 5<<20)); len(found) != 1 || found[0].Code != "rule-accepted-unreadable" {
		t.Error(found)
	}
}

// For any bytes, even with a valid checksum, the file is either compared or reported as unreadable.
func FuzzAccepted(f *testing.F) {
	s, text := ruletest.SmallSet(f)
	f.Add(text)
	for _, edit := range [][2]string{
		{"have.card", "have.paper"}, {"<=", ">"}, {"visit_date", "place"}, {"all:", "any:"}, {"[[new_paper]]", "[]"}, {"2025-12-01", "12 months"},
		{"role: held", "role: visit"}, {"kind: choice", "kind: set"}, {"  nothing:", "  nothing_else:"}, {"when: []", "when: [have.card]"},
		{"default: unknown", "default: fact:old_card_last_day"}, {"order:", "enough:\n  x: {when: [], enough: unsure}\norder:"}, {"notes:", "no_papers:\n  - card\nnotes:"},
	} {
		f.Add(bytes.ReplaceAll(text, []byte(edit[0]), []byte(edit[1])))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		judge(t, s, text)
		judge(t, s, sealed(text))
	})
}

// A line that makes the whole file unreadable is reported at its own place, not where the parser gives up.
func TestUnreadableLine(t *testing.T) {
	s, text := ruletest.SmallSet(t)
	lines := strings.SplitAfter(string(text), "\n")
	for i := 4; i < len(lines)-2; i += 7 {
		damaged := strings.Join(lines[:i], "") + "  broken: [\n" + strings.Join(lines[i+1:], "")
		_, found := judge(t, s, []byte(damaged))
		if len(found) == 0 || found[0].Code != "rule-accepted-unreadable" || found[0].Line != i+1 {
			t.Errorf("line %d: %v", i+1, found)
		}
	}
}

// For any bytes in boundariesFile, the accepted rules are still known, or the file is reported.
func FuzzBoundaries(f *testing.F) {
	s, text := ruletest.SmallSet(f)
	whole := writeBoundaries(turningPeople(s, nil))
	f.Add(whole)
	for _, edit := range [][2]string{{"[", "{"}, {"1", "1e99"}, {"\"", ""}, {",", ",,"}, {"{", "{\"x\": null, "}} {
		f.Add(bytes.Replace(whole, []byte(edit[0]), []byte(edit[1]), 1))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := ReadAccepted(s, fstest.MapFS{rules.AcceptedFile: {Data: text}, boundariesFile: {Data: data}}, "content")
		if err != nil {
			t.Fatal(err)
		}
		if found := Check(s, a); !a.Known() && len(found) == 0 {
			t.Errorf("%q: nothing is known, and nobody says why", data)
		}
	})
}
