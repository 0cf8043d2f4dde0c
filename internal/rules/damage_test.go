package rules

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestDamagedFiles: whatever happens to a line of the rules, the answer is a set or diagnostics, never a panic.
func TestDamagedFiles(t *testing.T) {
	facts := load(t).facts
	number := &sampler{state: 99}
	names := []string{inputsFile, policiesFile, vocabularyFile, conditionsFile, decideFile, addFile, lawsFile}
	empty := 0
	for i := range 150 {
		files := ruleFiles(t)
		name := names[i%len(names)]
		lines := strings.Split(string(files[name].Data), "\n")
		at := int(number.below(int32(len(lines))))
		switch number.below(5) {
		case 0:
			lines = append(lines[:at], lines[at+1:]...)
		case 1:
			lines = append(lines[:at], append([]string{lines[at]}, lines[at:]...)...)
		case 2:
			lines[at] = lines[at][:len(lines[at])/2]
		case 3:
			lines = lines[:at]
		case 4:
			lines[at] = strings.ReplaceAll(lines[at], ", ", " ")
		}
		files[name] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n"))}
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
			set.Verify()
			set.CheckCases()
		}
		for _, d := range found {
			d.Text("ja")
		}
	}
	t.Logf("%d of 150 were refused", empty)
}
