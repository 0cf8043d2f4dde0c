package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
	"sitegen/internal/worked"
)

// workedCases returns the worked cases, and the rule set that they belong to.
func workedCases(t *testing.T) (*rules.Set, []rules.Case) {
	t.Helper()
	set := ruletest.Read(t)
	if len(set.Cases) < 130 {
		t.Fatalf("only %d cases", len(set.Cases))
	}
	return set, set.Cases
}

// lineOf writes the answers of a case as a line that `sitegen ask` reads.
func lineOf(t *testing.T, c *rules.Case) string {
	t.Helper()
	line, err := json.Marshal(c.Answers)
	if err != nil {
		t.Fatal(err)
	}
	return string(line) + "\n"
}

// `sitegen ask` gives every worked case the result that cases.json expects.
func TestAskWorkedCases(t *testing.T) {
	set, cases := workedCases(t)
	var in bytes.Buffer
	for i := range cases {
		in.WriteString(lineOf(t, &cases[i]))
	}
	var out, errors bytes.Buffer
	start := time.Now()
	code := run([]string{"ask", "--content", "../../content", "--answers", "-", "--lang", "en"}, &in, &out, &errors)
	t.Logf("%d cases in %v", len(cases), time.Since(start))
	if code != exitFine || errors.Len() > 0 {
		t.Fatalf("status %d: %s%s", code, &errors, &out)
	}
	decoder := json.NewDecoder(&out)
	decoder.DisallowUnknownFields()
	for i := range cases {
		c := &cases[i]
		var got rules.Result
		if err := decoder.Decode(&got); err != nil {
			t.Fatal(err)
		}
		if wrong := worked.Mismatch(set, c, got); wrong.EN != "" {
			t.Errorf("%s: %s", c.ID, wrong.EN)
		}
		if got.Rule == "" || len(got.Sources) == 0 {
			t.Errorf("%s: no rule or no source", c.ID)
		}
	}
}

// answered returns the output of `sitegen ask --text` for lines of answers.
func answered(t *testing.T, lines string, args ...string) string {
	t.Helper()
	var out, errors bytes.Buffer
	args = append([]string{"ask", "--content", "../../content", "--answers", "-", "--text", "--date", "2026-12-15"}, args...)
	if code := run(args, strings.NewReader(lines), &out, &errors); code > exitContent || errors.Len() > 0 {
		t.Fatalf("status %d: %s", code, &errors)
	}
	return out.String()
}

// If a line names an insurer, that insurer's words and policies apply, whichever insurer --profile or an earlier line names.
func TestAskSpeaksOfTheLinesInsurer(t *testing.T) {
	const sk, kyokai, byEmployer = "SK健康保険組合", "協会けんぽ 山口支部", "会社を通して"
	type answer struct {
		line      string
		want, not []string
	}
	for profile, answers := range map[string][]answer{
		"sk": {
			{`{"card":"none"}`, []string{sk, byEmployer}, []string{kyokai}},
			{`{"card":"none","profile":"kyokai_yamaguchi"}`, []string{kyokai}, []string{sk, "073-480-5855", byEmployer}},
			{`{"card":"none","profile":"general"}`, nil, []string{sk, kyokai, byEmployer}},
			{`{"card":"none","profile":null}`, []string{sk, byEmployer}, nil},
		},
		"": {
			{`{"card":"none","profile":"kyokai_yamaguchi"}`, []string{kyokai}, []string{sk}},
			{`{"card":"none","profile":"sk"}`, []string{sk, byEmployer}, nil},
		},
	} {
		var lines strings.Builder
		for _, a := range answers {
			lines.WriteString(a.line + "\n")
		}
		told := strings.Split("\n"+answered(t, lines.String(), "--lang", "ja", "--profile", profile), "\n受診する日: ")[1:]
		if len(told) != len(answers) {
			t.Fatalf("--profile %s: %d answers", profile, len(told))
		}
		for i, a := range answers {
			for _, text := range a.want {
				if !strings.Contains(told[i], text) {
					t.Errorf("%s --profile %s: no %s in\n%s", a.line, profile, text, told[i])
				}
			}
			for _, text := range a.not {
				if strings.Contains(told[i], text) {
					t.Errorf("%s --profile %s: %s in\n%s", a.line, profile, text, told[i])
				}
			}
		}
	}
}

// The message about a wrong line is in the language of --lang, and has no text from a Go library.
func TestAskMistakesInWords(t *testing.T) {
	lines := strings.Join([]string{`{bad}`, `{"have":`, ``, `3`, `{} {}`, `{"place":1,"place":2}`, `{"plac":1}`, `{"place":"raeder"}`, `{"place":3}`,
		`{"have":[null]}`, `{"have":[["old_card"]]}`, `{"have":"old_card"}`, `{"age":"x"}`, `{"age":200}`, `{"visit_date":"1700-01-01"}`, `{"visit_date":"2026-02-30"}`,
		`{"ecert_expiry":"unknwn"}`, `{"profile":"skk"}`, `{"profile":[]}`, `{"have":["\u001b[31m"]}`}, "\n")
	for _, language := range []string{"ja", "ja-easy", "en"} {
		told := strings.Split(strings.TrimSpace(answered(t, lines, "--lang", language)), "\n\n")
		if len(told) != 20 {
			t.Fatalf("%s: %d answers:\n%s", language, len(told), strings.Join(told, "\n"))
		}
		for _, line := range told {
			japanese := strings.ContainsFunc(line, func(r rune) bool { return r >= 'ぁ' && r <= 'ヿ' })
			if japanese == (language == "en") || strings.Contains(line, "%!") || strings.Contains(line, "<nil>") || strings.Contains(line, "invalid") || strings.Contains(line, "\x1b") {
				t.Errorf("%s: %s", language, line)
			}
		}
	}
}

// If the documents may not be enough, the answer says before its heading not to put off care, and after the heading what the person may
// have to pay. The notes repeat neither sentence.
func TestAskSaysThingsOnce(t *testing.T) {
	var lines strings.Builder
	lines.WriteString(`{"have":["my_number_card"],"needs":["forgot_all"],"last_use":"ok"}` + "\n") // enough, but the person may have to pay
	_, cases := workedCases(t)
	for i := range cases {
		lines.WriteString(lineOf(t, &cases[i]))
	}
	const care, pay = "受診はやめないでください。", "いったん全額を払うことがあります。"
	kept, paid := 0, 0
	results := strings.Split("\n"+answered(t, lines.String(), "--lang", "ja"), "\n受診する日: ")[1:]
	if len(results) != len(cases)+1 {
		t.Fatalf("%d results", len(results))
	}
	for _, result := range results {
		keeps := strings.Contains(result, "\n"+care)
		if strings.Count(result, care) > 1 || strings.Count(result, pay) > 1 || strings.Contains(result, "  "+care) || keeps && strings.Contains(result, "  "+pay) {
			t.Errorf("said twice, or among the notes:\n%s", result)
		}
		if keeps {
			kept++
		} else if strings.Contains(result, "  "+pay) {
			paid++
		}
	}
	if kept < 20 || paid < 1 {
		t.Errorf("%d results say not to put off care, and %d others speak of paying", kept, paid)
	}
}
