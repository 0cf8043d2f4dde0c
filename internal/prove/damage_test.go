package prove

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"sitegen/internal/rulefacts"
	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
	"sitegen/internal/space"
	"sitegen/internal/sweep"
	"sitegen/internal/worked"
)

// TestDamagedFiles: whatever happens to a line of the rules, Load returns a set or diagnostics and does not panic. No
// diagnostic has an empty name or a broken format.
func TestDamagedFiles(t *testing.T) {
	number := space.NewSampler(nil, 99)
	names := []string{rules.InputsFile, rules.PoliciesFile, rules.VocabularyFile, rules.ConditionsFile, rules.DecideFile, rules.AddFile, rules.LawsFile, rules.CasesFile, rules.FactsFile}
	empty, runs := 0, sweep.Of(270, 27)
	for i := range runs {
		files := ruletest.RuleFiles(t)
		name := names[i%len(names)]
		lines := strings.Split(string(files[name].Data), "\n")
		at := int(number.Below(int32(len(lines))))
		files[name] = &fstest.MapFile{Data: []byte(strings.Join(damage(lines, at, number), "\n"))}
		facts, err := rulefacts.Read(files)
		if err != nil {
			t.Fatal(err)
		}
		set, found, err := Load(files, "content", facts)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case set == nil && len(found) == 0:
			t.Errorf("%s, line %d: neither a set nor a diagnostic", name, at+1)
		case set == nil:
			empty++
		case i%5 == 0:
			Verify(set)
			worked.Check(set)
		}
		for _, d := range found {
			message, hint := d.Text("ja")
			if strings.Contains(message+hint, "「」") || strings.Contains(message+hint, "%!") {
				t.Errorf("%s, line %d: %s %s", name, at+1, message, hint)
			}
		}
	}
	t.Logf("%d of %d were refused", empty, runs)
}

// damage changes one line: it removes, repeats, cuts or indents the line, ends the file before it, removes its commas, or
// removes or adds a character.
func damage(lines []string, at int, number *space.Sampler) []string {
	line := lines[at]
	place := int(number.Below(int32(len(line) + 1)))
	for place < len(line) && !utf8.RuneStart(line[place]) {
		place++
	}
	switch number.Below(8) {
	case 0:
		return append(lines[:at], lines[at+1:]...)
	case 1:
		return append(lines[:at], append([]string{line}, lines[at:]...)...)
	case 2:
		lines[at] = line[:place]
	case 3:
		return lines[:at]
	case 4:
		lines[at] = strings.ReplaceAll(line, ", ", " ")
	case 5:
		_, size := utf8.DecodeRuneInString(line[place:])
		lines[at] = line[:place] + line[place+size:]
	case 6:
		lines[at] = line[:place] + string(`()[]{}:,=."' <>x9_`[number.Below(18)]) + line[place:]
	case 7:
		lines[at] = " " + line
	}
	return lines
}
