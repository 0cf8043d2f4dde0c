package worked

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
)

// For each field of a worked case, a result that breaks only that field is reported. Fields without an entry in `breaks`
// must be listed in `beside`, because they say who the person is or are only for readers.
func TestMismatchLooksAtEveryField(t *testing.T) {
	set := ruletest.Read(t)
	breaks := map[string]func(c *rules.Case, got rules.Result) bool{ // false if the field cannot be broken in this case
		"Outcome": func(c *rules.Case, _ rules.Result) bool { c.Outcome = "zzz"; return true },
		"Enough":  func(c *rules.Case, _ rules.Result) bool { c.Enough = "zzz"; return true },
		"BringAnyOf": func(c *rules.Case, _ rules.Result) bool {
			c.BringAnyOf = [][]string{{"zzz"}}
			return true
		},
		"NotAlone": func(c *rules.Case, got rules.Result) bool {
			if len(got.Bring) == 0 || len(got.Bring[0]) != 1 {
				return false
			}
			c.NotAlone = got.Bring[0]
			return true
		},
		"NeverOffer": func(c *rules.Case, got rules.Result) bool {
			if len(got.Bring) == 0 || len(got.Bring[0]) == 0 {
				return false
			}
			c.NeverOffer = got.Bring[0][:1]
			return true
		},
		"Tell": func(c *rules.Case, _ rules.Result) bool { c.Tell = []string{"zzz"}; return true },
		"NotTell": func(c *rules.Case, got rules.Result) bool {
			c.NotTell = got.Tell
			return len(got.Tell) > 0
		},
		"Until": func(c *rules.Case, _ rules.Result) bool {
			never := "0001-01-01"
			c.Until = &never
			return true
		},
		"Never": func(c *rules.Case, got rules.Result) bool {
			c.Never, c.Until = true, nil
			return got.Until != nil
		},
	}
	beside := []string{"ID", "Answers", "Who", "Source", "Certainty", "Place", "Raw"} // not part of what is expected
	for _, field := range reflect.VisibleFields(reflect.TypeFor[rules.Case]()) {
		if breaks[field.Name] == nil && !slices.Contains(beside, field.Name) {
			t.Errorf("whether a result differs in %s is not tried", field.Name)
		}
	}
	broken := map[string]int{}
	for _, c := range set.Cases[:40] {
		got, _ := set.Evaluate(c.Raw)
		for name, change := range breaks {
			one := c
			if !change(&one, got) {
				continue
			}
			broken[name]++
			if Mismatch(set, &one, got).EN == "" {
				t.Errorf("%s: a result that differs in %s passes", c.ID, name)
			}
		}
	}
	for name := range breaks {
		if broken[name] == 0 {
			t.Errorf("no case tries %s", name)
		}
	}
}

// Every key of a case in cases.json is read into the [rules.Case] that is compared with the rules.
func TestEveryKeyOfACaseIsRead(t *testing.T) {
	set := ruletest.Read(t)
	var file struct{ Cases []map[string]any }
	if err := json.Unmarshal(ruletest.RuleFiles(t)[rules.CasesFile].Data, &file); err != nil {
		t.Fatal(err)
	}
	fields := map[string]int{}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[rules.Case]()) {
		key, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		fields[key] = field.Index[0]
	}
	keys := 0
	for i, written := range file.Cases {
		read := reflect.ValueOf(set.Cases[i])
		for key, value := range written {
			keys++
			list, isList := value.([]any)
			empty := value == nil || isList && len(list) == 0
			if field, known := fields[key]; !known || !empty && read.Field(field).IsZero() {
				t.Errorf("%s: %s is not read", set.Cases[i].ID, key)
			}
			if key == "until" && value == nil && !set.Cases[i].Never {
				t.Errorf("%s: that the answer never changes is not read", set.Cases[i].ID)
			}
		}
	}
	if len(file.Cases) != len(set.Cases) || keys < 9*len(file.Cases) {
		t.Errorf("%d cases of %d, with %d keys", len(set.Cases), len(file.Cases), keys)
	}
}
