package ask

import (
	"bufio"
	"bytes"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"sitegen/internal/build"
	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/load"
	"sitegen/internal/terminal"
)

const contentFolder = "../../content"

// day is the day on which the tests ask.
var day = civil.Of(2026, 12, 15)

// newAsker returns an asker for the rules of the real content.
func newAsker(t *testing.T, explains bool) *Asker {
	t.Helper()
	compiled, found, err := build.CompileRules(os.DirFS(contentFolder), "content")
	if err != nil || compiled == nil {
		t.Fatal(err, found)
	}
	a, bad := New(compiled.Set, compiled.Module, Options{Today: day, Language: "en", Explains: explains})
	if bad != nil {
		t.Fatal(bad)
	}
	t.Cleanup(a.Close)
	return a
}

// Each of 5,000 random lines gets an answer or an error, in the order of the lines and without a crash.
func TestAskSurvives(t *testing.T) {
	a := newAsker(t, false)
	r := rand.New(rand.NewPCG(1, 1))
	parts := []string{"{", "}", "[", "]", ":", ",", `"have"`, `"old_card"`, `"visit_date"`, `"2026-02-29"`, `"9999-12-31"`, `"0001-01-01"`, "null", "true",
		"1e999", "-1", "0.5", `"card"`, `"unknown"`, `"\ud800"`, "\xff", " ", "\t", `"profile"`, `"inoac"`, `""`, `"age"`, `"ecert_expiry"`, "{}", `{"have":["old_card"]}`, "\r",
		`"` + strings.Repeat("あ", 5000) + `"`, strings.Repeat("[", 20000)}
	var in bytes.Buffer
	const lines = 5000
	for range lines {
		if r.IntN(3) > 0 {
			in.WriteString(`{`)
		}
		for range r.IntN(12) {
			in.WriteString(parts[min(r.IntN(len(parts)), r.IntN(2*len(parts)))%len(parts)])
		}
		in.WriteString("\n")
	}
	in.WriteString(strings.Repeat("x", 3<<20) + "\n" + `{"have":[]}`)
	var out bytes.Buffer
	allFine, err := a.Lines(&in, &out)
	if allFine || err != nil {
		t.Fatal(allFine, err)
	}
	answered := strings.Split(strings.TrimRight(out.String(), "\n"), "\n")
	if len(answered) != lines+2 {
		t.Fatalf("%d answers to %d lines", len(answered), lines+2)
	}
	fine := 0
	for _, line := range answered {
		var v struct {
			Outcome string
			Error   *struct{ Code, Message string }
		}
		if err := json.Unmarshal([]byte(line), &v); err != nil || (v.Error == nil) == (v.Outcome == "") || v.Error != nil && (v.Error.Code == "" || v.Error.Message == "" || len(v.Error.Message) > 2000) {
			t.Fatalf("%v: %s", err, line)
		}
		if v.Error == nil {
			fine++
		}
	}
	if !strings.Contains(answered[lines], `"too_long"`) || !strings.Contains(answered[lines+1], `"outcome"`) {
		t.Errorf("%s\n%s", answered[lines], answered[lines+1])
	}
	t.Logf("%d of %d lines are answers", fine, len(answered))
}

// On an insurer's own site, people who are not insured there are sent to "your health insurance": their answers name neither this
// insurer nor its telephone number, and have none of its policies. This holds for everybody of the worked cases who has a different
// kind of insurer, no insurer, or does not know, and for everybody who is told to join a new insurance.
func TestInsuredElsewhere(t *testing.T) {
	loaded, found, err := load.Site(os.DirFS(contentFolder), "content", day)
	if err != nil || diag.HasErrors(found) {
		t.Fatal(err, found)
	}
	a := newAsker(t, false)
	insurer := a.set.InputByID("insurer")
	for _, one := range loaded.Insurers {
		own := one.Profile.Answers["insurer"]
		if own == "" {
			continue // an adviser, not an insurer
		}
		a.Speak(loaded, "ja")
		words := a.words.insurer[one.Profile.ID]
		named, elsewhere := 0, 0
		for k, c := range a.set.Cases {
			for _, kind := range []string{own, "unknown", insurer.Values[k%len(insurer.Values)].ID} {
				answers := maps.Clone(c.Answers)
				answers["profile"], answers["insurer"] = one.Profile.ID, kind
				line, err := json.Marshal(answers)
				if err != nil {
					t.Fatal(err)
				}
				var out bytes.Buffer
				if bad := a.line(&out, line, 1); bad != nil {
					t.Fatal(bad)
				}
				raw, _ := a.set.Raw(answers, day)
				result, _ := a.decide(raw)
				text, _, _ := strings.Cut(out.String(), "\n"+words.page("sources")+"\n") // a source can be the insurer's own
				isNamed := false
				for _, name := range []string{words.language.Profile.Name.Plain, words.language.Profile.Short.Plain, words.language.Profile.Phone.Plain} {
					isNamed = isNamed || name != "" && strings.Contains(text, name)
				}
				switch isMember := kind == own && result.Outcome != "changing_insurer"; {
				case isMember && isNamed:
					named++
				case !isMember:
					if elsewhere++; isNamed {
						t.Fatalf("%s is named in the answer to %s:\n%s", one.Profile.ID, line, text)
					}
				}
			}
		}
		if named == 0 || elsewhere == 0 {
			t.Errorf("%s: %d members are told its name, and %d people are insured elsewhere", one.Profile.ID, named, elsewhere)
		}
	}
}

// A person can answer an interview with numbers, with dates of both calendars, and with "I don't know".
func TestInterview(t *testing.T) {
	loaded, found, err := load.Site(os.DirFS(contentFolder), "content", day)
	if err != nil || diag.HasErrors(found) {
		t.Fatal(err, found)
	}
	for _, c := range []struct{ language, typed, want, told string }{ // `told` is the note that selects the words of the outcome
		// The person has the My Number Card. A card reader accepted it last time, with a warning, and nothing has changed since. Its
		// certificate was valid until 令和8年4月30日, and the date of the card itself is unknown. The place has a reader. The person
		// has no other document, and no circumstance applies.
		{"ja", "R8.6.1\n1\n2\n1\nR8.4.30\n1\n1\n6\n49\n", "bring_myna_grace", ""},
		{"ja-easy", "２０２６／６／１\n1\n２\n1\n令和8年4月30日\n1\n1\n6\n49\n", "bring_myna_grace", ""},
		// After a wrong answer the question is asked again. An empty line means that no circumstance applies.
		{"en", "2026-02-30\nx\n2026-06-01\n99\n\n2\n2027-03-31\n1\n0 3\n\n", "bring_cert", ""},
		// The person has an Eligibility Certificate of the previous insurance, no new insurance yet, no other document, and no card.
		{"en", "\n2\n2027-03-31\n2\n1\n2\n2\n6\n9\n\n", "changing_insurer", "join_nhi_14d"},
		// The same person, but the new insurance is arranged.
		{"en", "\n2\n2027-03-31\n2\n1\n1\n2\n6\n9\n\n", "apply_cert", "look_at_home"},
		// Circumstances decide: a traffic accident, and an evacuation after a disaster.
		{"en", "\n2\n2027-03-31\n1\n2, 13\n", "disaster", ""},
		// The person has a registered card with valid dates. "Elsewhere" opens the circumstances about the place. At first
		// the person chooses nothing there, and the place is asked again. Then the person chooses that the visit is online.
		{"en", "2026-06-01\n1\n5\n1\n1\n2027-01-01\n1\n5\n\n5\n2\n\n", "bring_myna", "online_pin"},
	} {
		var out, errors bytes.Buffer
		a := newAsker(t, true)
		a.Speak(loaded, c.language)
		in := strings.NewReader(c.typed)
		if !a.Interview(&terminal.Terminal{In: iotest.OneByteReader(in), Out: &out, Err: &errors, Language: "en"}) || in.Len() > 0 {
			t.Errorf("%s, or not all is asked: %d bytes are left", &errors, in.Len())
		}
		words, _ := a.words.language.Checker.Outcomes.Of(c.want).When(func(note string) bool { return note == c.told })
		if title := words.Title.Plain; title == "" || !strings.Contains(out.String(), "\n"+title+"\n") || strings.Contains(out.String(), "\x01") {
			t.Errorf("%s, %q: no %q in\n%s", c.language, c.typed, title, &out)
		}
		if !strings.Contains(out.String(), "\nWhether it is enough\n") {
			t.Errorf("%s, %q: no explanation in\n%s", c.language, c.typed, &out)
		}
		if a.Interview(&terminal.Terminal{In: strings.NewReader("1\n"), Out: &out, Err: &errors, Language: "en"}) {
			t.Error("a half interview came to an answer")
		}
	}
}

// After the result, a person can answer the questions that the page offers there, and gets the result again. The result also
// says what it assumes, how long it holds after a recent visit, and which paper to look for.
func TestOffers(t *testing.T) {
	loaded, found, err := load.Site(os.DirFS(contentFolder), "content", day)
	if err != nil || diag.HasErrors(found) {
		t.Fatal(err, found)
	}
	// The person holds the card, which worked at a clinic last month, and does not know whether the place has a reader.
	const beginning = "\n1\n1\n1\n6\n6\n\n"
	for _, c := range []struct {
		typed          string
		wanted, absent []string
	}{
		{beginning, []string{"＋ Age", "\nWhat was assumed\n", "Bring it if you have it"}, []string{"This holds until something changes"}},
		{beginning + "2\n\n", []string{"  type a number from 1 to 1\n"}, nil},
		{beginning + "1\na\n", nil, []string{"or a letter"}},
		{beginning + "1\nＡ\n", nil, []string{"or a letter"}},
		{beginning + "1\n\n", []string{"  a  I would rather not say\n"}, nil},
		{beginning + "1\n１２０００\n８０\n", []string{"  type a number from 0 to 150, or a letter\n"}, nil},
		// The person holds a phone with the card, does not know what else there is, and does not know which phone it is. No value of
		// these two questions means that.
		{"\n5\n1\n1\n1\n6\n6\n\n\n", []string{"＋ Phone", "\n  What you can bring: I do not know\n"}, []string{"The phone was left out."}},
		{"\n5\n1\n1\n1\n6\n6\n\n1\n4\n\n", []string{"\n  What you can bring: I do not know\n", "\n  The phone was left out.\n"}, nil},
		{"\n5\n1\n1\n1\n6\n6\n\n1\n2\n\n", []string{"＋ Phone"}, []string{"The phone was left out."}},
		// The person holds a certificate, and no card. The age makes a difference.
		{"\n2\n2027-03-31\n1\n\n", []string{"＋ Age"}, []string{"Elderly Recipient Certificate"}},
		{"\n2\n2027-03-31\n1\n\n1\n72\n", []string{"＋ Age", "Elderly Recipient Certificate"}, nil},
	} {
		var out, errors bytes.Buffer
		a := newAsker(t, false)
		a.Speak(loaded, "en")
		if !a.Interview(&terminal.Terminal{In: strings.NewReader(c.typed), Out: &out, Err: &errors, Language: "en"}) {
			t.Errorf("%q: %s", c.typed, &errors)
		}
		for _, text := range c.wanted {
			if !strings.Contains(out.String(), text) {
				t.Errorf("%q: no %q in\n%s", c.typed, text, &out)
			}
		}
		for _, text := range c.absent {
			if strings.Contains(out.String(), text) {
				t.Errorf("%q: %q in\n%s", c.typed, text, &out)
			}
		}
	}
}

func TestReadDay(t *testing.T) {
	for text, want := range map[string]string{
		"2026-03-31": "2026-03-31", "2026/3/31": "2026-03-31", "令和8年3月31日": "2026-03-31", "R8.3.31": "2026-03-31", "r8.3.31": "2026-03-31",
		"２０２６年３月３１日": "2026-03-31", "令和 8年 3月 31日": "2026-03-31", "2026　3　31": "2026-03-31", "㋿8年3月31日": "2026-03-31", "令和元年5月1日": "2019-05-01", "H31.4.30": "2019-04-30", "H31.5.1": "", "R1.4.30": "", "S64.1.7": "1989-01-07",
		"2026-02-29": "", "2026-13-01": "", "26/3/31": "", "": "", "令和": "", "2026": "", "2026-3": "", "-1-2-3": "", "99999999999-1-1": "", "R0.1.1": "",
	} {
		read, ok := readDay(text)
		if ok != (want != "") || ok && read.String() != want {
			t.Errorf("%q: %s, %v", text, read, ok)
		}
	}
}

// Any line is read as answers, or refused. Any text is read as a day, or not.
func FuzzLine(f *testing.F) {
	for _, text := range []string{"", "{}", `{"have": ["my_number_card"], "visit_date": "2026-12-01"}`, `{"a": 1, "a": 2}`, `{"a": 1e999} x`, "[1]", "２０２６ 12 1", "令和8年12月1日", "{\"\xff\": \"\\ud800\"}"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		if answers, bad := parseAnswers(line); (answers == nil) == (bad == nil) {
			t.Fatalf("%q: %v and %v", line, answers, bad)
		}
		if day, ok := readDay(string(line)); ok == (day == civil.Unset) {
			t.Fatalf("%q: %v %t", line, day, ok)
		}
		for r := bufio.NewReader(bytes.NewReader(line)); ; {
			if _, last, err := readLine(r); last || err != nil {
				return
			}
		}
	})
}
