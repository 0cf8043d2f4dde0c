package wasm_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sitegen/internal/civil"
	"sitegen/internal/rules"
	"sitegen/internal/space"
	"sitegen/wasm/internal/sample"
)

// schema is a JSON Schema. It supports the keywords that the schemas in docs/ use.
type schema struct {
	root map[string]any
}

func readSchema(t *testing.T, name string) schema {
	t.Helper()
	text, err := os.ReadFile("../docs/" + name)
	var root map[string]any
	if err != nil || json.Unmarshal(text, &root) != nil {
		t.Fatal(name, err)
	}
	return schema{root}
}

// `refuses` says why a schema does not accept a value, or returns "" if it does. A keyword of the schema that the test
// does not know is a reason too.
func (s schema) refuses(value any) string { return s.against(s.root, value, "") }

func (s schema) against(rules map[string]any, value any, at string) string {
	for keyword, want := range rules {
		if why := s.keyword(rules, keyword, want, value, at); why != "" {
			return why
		}
	}
	return ""
}

func (s schema) keyword(all map[string]any, keyword string, want, value any, at string) string {
	list, isList := value.([]any)
	object, isObject := value.(map[string]any)
	text, isText := value.(string)
	number, isNumber := value.(float64)
	wrong := func(holds bool) string {
		if holds {
			return ""
		}
		return fmt.Sprintf("%s: %s %v refuses %v", at, keyword, want, value)
	}
	switch keyword {
	case "$schema", "title", "description", "$defs":
		return ""
	case "$ref":
		name := strings.TrimPrefix(want.(string), "#/$defs/")
		return s.against(s.root["$defs"].(map[string]any)[name].(map[string]any), value, at)
	case "type":
		return wrong(map[string]bool{
			"object": isObject, "array": isList, "string": isText, "null": value == nil, "integer": isNumber && number == math.Trunc(number),
		}[want.(string)])
	case "pattern":
		return wrong(!isText || regexp.MustCompile(want.(string)).MatchString(text))
	case "minimum":
		return wrong(!isNumber || number >= want.(float64))
	case "maximum":
		return wrong(!isNumber || number <= want.(float64))
	case "maxItems":
		return wrong(float64(len(list)) <= want.(float64))
	case "enum":
		return wrong(slices.Contains(want.([]any), value))
	case "required":
		return wrong(!slices.ContainsFunc(want.([]any), func(key any) bool { _, there := object[key.(string)]; return !there }))
	case "uniqueItems":
		seen := map[string]bool{}
		for _, item := range list {
			seen[fmt.Sprint(item)] = true
		}
		return wrong(len(seen) == len(list))
	case "anyOf":
		return wrong(slices.ContainsFunc(want.([]any), func(one any) bool { return s.against(one.(map[string]any), value, at) == "" }))
	case "items":
		for i, item := range list {
			if why := s.against(want.(map[string]any), item, fmt.Sprint(at, "/", i)); why != "" {
				return why
			}
		}
		return ""
	case "propertyNames", "properties", "additionalProperties":
		known, _ := all["properties"].(map[string]any)
		for key, member := range object {
			rule, under := want.(map[string]any), member
			switch own := known[key]; {
			case keyword == "propertyNames":
				under = key
			case keyword == "properties" && own != nil:
				rule = own.(map[string]any)
			case keyword == "properties" || own != nil:
				continue
			}
			if why := s.against(rule, under, at+"/"+key); why != "" {
				return why
			}
		}
		return ""
	}
	return "the test does not know the keyword " + keyword
}

// plain converts a value to JSON and back to maps, lists, texts and numbers.
func plain(t *testing.T, value any) any {
	t.Helper()
	text, err := json.Marshal(value)
	var read any
	if err != nil || json.Unmarshal(text, &read) != nil {
		t.Fatal(value, err)
	}
	return read
}

// The schemas accept every worked case and every witness of the rules, with their results. They refuse values that are not
// answers or results.
func TestSchemas(t *testing.T) {
	answers, result := readSchema(t, "answers.schema.json"), readSchema(t, "result.schema.json")
	set, err := sample.Rules(os.DirFS("../content"))
	if err != nil {
		t.Fatal(err)
	}
	check := func(given rules.Answers) {
		t.Helper()
		if why := answers.refuses(plain(t, given)); why != "" {
			t.Fatal("answers", why)
		}
		raw, bad := set.Raw(given, civil.Of(2026, 11, 22))
		if bad != nil {
			t.Fatal(given, bad)
		}
		out, bad := set.Evaluate(raw)
		if bad != nil {
			t.Fatal(given, bad)
		}
		if why := result.refuses(plain(t, out)); why != "" {
			t.Fatal("result", why)
		}
	}
	for _, c := range set.Cases {
		check(c.Answers)
	}
	for _, raw := range space.Witnesses(nil, set.Program) {
		check(set.Answers(raw))
	}

	for _, text := range []string{`[]`, `{"have":[1]}`, `{"have":["Old card"]}`, `{"age":1.5}`, `{"age":true}`, `{"cert_expiry":"2026-13-01"}`, `{"Have":[]}`, `{"place":{}}`, `{"profile":["sk"]}`} {
		var value any
		if err := json.Unmarshal([]byte(text), &value); err != nil || answers.refuses(value) == "" {
			t.Errorf("answers.schema.json accepts %s (%v)", text, err)
		}
	}
	whole := plain(t, rules.Result{Outcome: "x", Enough: "no", Bring: [][]string{{"a"}}, Also: []string{}, NotAlone: []string{}, Tell: []string{}, Rule: "r", Sources: []string{}}).(map[string]any)
	if why := result.refuses(whole); why != "" {
		t.Fatal(why)
	}
	for key, value := range map[string]any{"outcome": nil, "enough": "perhaps", "bring": []any{"a"}, "tell": []any{"n", "n"}, "until": "soon", "rule": "Row 1"} {
		broken := plain(t, whole).(map[string]any)
		if broken[key] = value; result.refuses(broken) == "" {
			t.Errorf("result.schema.json accepts %s: %v", key, value)
		}
		if delete(broken, key); key != "enough" && result.refuses(broken) == "" {
			t.Errorf("result.schema.json accepts a result without %s", key)
		}
	}
}
