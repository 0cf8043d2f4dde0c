package main

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"sitegen/internal/civil"
	"sitegen/internal/prove"
	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
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

// lineOf writes the answers of a case as a line that sitegen ask reads.
func lineOf(t *testing.T, c *rules.Case) string {
	t.Helper()
	line, err := json.Marshal(c.Answers)
	if err != nil {
		t.Fatal(err)
	}
	return string(line) + "\n"
}

// sitegen ask gives every worked case the result that cases.json expects.
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
		if wrong := prove.Mismatch(set, c, got); wrong.EN != "" {
			t.Errorf("%s: %s", c.ID, wrong.EN)
		}
		if got.Rule == "" || len(got.Sources) == 0 {
			t.Errorf("%s: no rule or no source", c.ID)
		}
	}
}

// Each of 5,000 random lines gets an answer or an error, in order and without a crash.
func TestAskSurvives(t *testing.T) {
	c := &console{out: &bytes.Buffer{}, err: os.Stderr, language: "en"}
	a, closeAsker, code := c.newAsker(&options{content: "../../content", answers: "-", date: civil.Of(2026, 12, 15)})
	if code != exitFine {
		t.Fatal(code)
	}
	defer closeAsker()
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
	allFine, err := a.answerLines(&in, &out)
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

// answered returns the output of sitegen ask --text for lines of answers.
func answered(t *testing.T, lines string, args ...string) string {
	t.Helper()
	var out, errors bytes.Buffer
	args = append([]string{"ask", "--content", "../../content", "--answers", "-", "--text", "--date", "2026-12-15"}, args...)
	if code := run(args, strings.NewReader(lines), &out, &errors); code > exitContent || errors.Len() > 0 {
		t.Fatalf("status %d: %s", code, &errors)
	}
	return out.String()
}

// If a line names an insurer, that insurer's words and policies apply, whichever insurer --profile names.
func TestAskSpeaksOfTheLinesInsurer(t *testing.T) {
	const sk, kyokai, byEmployer = "SK健康保険組合", "協会けんぽ 山口支部", "会社を通して"
	for _, c := range []struct {
		line, profile string
		want, not     []string
	}{
		{`{"card":"none"}`, "sk", []string{sk, byEmployer}, []string{kyokai}},
		{`{"card":"none","profile":"kyokai_yamaguchi"}`, "sk", []string{kyokai}, []string{sk, "073-480-5855", byEmployer}},
		{`{"card":"none","profile":"kyokai_yamaguchi"}`, "", []string{kyokai}, []string{sk}},
		{`{"card":"none","profile":"sk"}`, "", []string{sk, byEmployer}, nil},
		{`{"card":"none","profile":"general"}`, "sk", nil, []string{sk, kyokai, byEmployer}},
		{`{"card":"none","profile":null}`, "sk", []string{sk, byEmployer}, nil},
	} {
		out := answered(t, c.line, "--lang", "ja", "--profile", c.profile)
		for _, text := range c.want {
			if !strings.Contains(out, text) {
				t.Errorf("%s --profile %s: no %s in\n%s", c.line, c.profile, text, out)
			}
		}
		for _, text := range c.not {
			if strings.Contains(out, text) {
				t.Errorf("%s --profile %s: %s in\n%s", c.line, c.profile, text, out)
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

// If the documents may not be enough, the answer says before its heading not to put off care, and after it what the person may
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

// A person can answer an interview with numbers, with dates of both calendars, and with "I don't know".
func TestInterview(t *testing.T) {
	for _, c := range []struct{ language, typed, want, told string }{ // told is the note that selects the words of the outcome
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
	} {
		var out, errors bytes.Buffer
		co := &console{out: &out, err: &errors, language: "en"}
		a, closeAsker, code := co.newAsker(&options{content: "../../content", lang: c.language, date: civil.Of(2026, 12, 15), explain: true})
		if code != exitFine {
			t.Fatal(&errors)
		}
		in := strings.NewReader(c.typed)
		if code := a.interview(co, iotest.OneByteReader(in)); code != exitFine || in.Len() > 0 {
			t.Errorf("status %d: %s, or not all is asked: %d bytes are left", code, &errors, in.Len())
		}
		words, _ := a.words.language.Checker.Outcomes.Of(c.want).When(func(note string) bool { return note == c.told })
		if title := words.Title.Plain; title == "" || !strings.Contains(out.String(), "\n"+title+"\n") || strings.Contains(out.String(), "\x01") {
			t.Errorf("%s, %q: no %q in\n%s", c.language, c.typed, title, &out)
		}
		if !strings.Contains(out.String(), "\nWhether it is enough\n") {
			t.Errorf("%s, %q: no explanation in\n%s", c.language, c.typed, &out)
		}
		if code := a.interview(co, strings.NewReader("1\n")); code != exitContent {
			t.Errorf("a half interview: status %d", code)
		}
		closeAsker()
	}
}

func TestReadDay(t *testing.T) {
	for text, want := range map[string]string{
		"2026-03-31": "2026-03-31", "2026/3/31": "2026-03-31", "令和8年3月31日": "2026-03-31", "R8.3.31": "2026-03-31", "r8.3.31": "2026-03-31",
		"２０２６年３月３１日": "2026-03-31", "令和 8年 3月 31日": "2026-03-31", "2026　3　31": "2026-03-31", "㋿8年3月31日": "2026-03-31", "令和元年5月1日": "2019-05-01", "H31.4.30": "2019-04-30", "H31.5.1": "", "R1.4.30": "", "S64.1.7": "1989-01-07",
		"2026-02-29": "", "2026-13-01": "", "26/3/31": "", "": "", "令和": "", "2026": "", "2026-3": "", "-1-2-3": "", "99999999999-1-1": "", "R0.1.1": "",
	} {
		day, ok := readDay(text)
		if ok != (want != "") || ok && day.String() != want {
			t.Errorf("%q: %s, %v", text, day, ok)
		}
	}
}
