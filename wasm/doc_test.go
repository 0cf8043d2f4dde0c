package wasm_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"sitegen/internal/rules"
	"sitegen/wasm"
)

// example returns a code block of docs/module.md, by the file name after the language.
func example(t *testing.T, file string) []byte {
	t.Helper()
	doc, err := os.ReadFile("../docs/module.md")
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)```\\w+ " + regexp.QuoteMeta(file) + "\n(.*?)```").FindSubmatch(doc)
	if block == nil {
		t.Fatalf("docs/module.md has no %s", file)
	}
	return block[1]
}

// documented writes an example and the site's module into a folder and returns both names.
func documented(t *testing.T, file string) (program, module string, p *rules.Program) {
	t.Helper()
	p = siteRules(t)
	program, module = filepath.Join(t.TempDir(), file), filepath.Join(t.TempDir(), "rules.wasm")
	described := wasm.Describe(wasm.Compile(p.Encode()), p.About("1", "hash"))
	for name, content := range map[string][]byte{program: example(t, file), module: described} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return program, module, p
}

func names(all []string, bits int32) []string {
	list := []string{}
	for i, name := range all {
		if bits>>i&1 != 0 {
			list = append(list, name)
		}
	}
	return list
}

func TestDocumentedHostInJavaScript(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		t.Fatal("node is not installed")
	}
	program, module, p := documented(t, "host.mjs")
	answer := func(answers string) string {
		out, err := exec.Command("node", program, module, answers).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return strings.TrimSpace(string(out))
	}

	raw := p.Unanswered()
	raw[p.Visit], raw[p.Held] = 20779, 1
	want := p.Run(raw)
	var got struct {
		Outcome string
		Bring   [][]string
		Tell    []string
		Until   *string
		Rule    string
	}
	if err := json.Unmarshal([]byte(answer(`{"visit_date":"2026-11-22","have":["my_number_card"]}`)), &got); err != nil {
		t.Fatal(err)
	}
	if got.Outcome != p.Names.Outcomes[want.Outcome] || got.Rule != p.Names.Rows[want.Row] || len(got.Tell) != len(want.Tell) ||
		len(got.Bring) != len(want.Bring) || (got.Until == nil) != (want.Until == rules.NoDay) {
		t.Errorf("%+v, want %+v", got, want)
	}
	for i, set := range want.Bring {
		if fmt.Sprint(got.Bring[i]) != fmt.Sprint(names(p.Names.Documents, set)) {
			t.Errorf("bring %v", got.Bring)
		}
	}
	if got := answer(`{"have":[]}`); got != `{"refused":"visit_date"}` {
		t.Errorf("without a day: %s", got)
	}
	if got := answer(`{"visit_date":"2026-11-22","place":"nowhere"}`); got != `{"refused":"place"}` {
		t.Errorf("with an unknown place: %s", got)
	}
}

func TestDocumentedHostInGo(t *testing.T) {
	program, module, p := documented(t, "host.go")
	raw := p.Unanswered()
	raw[p.Visit], raw[p.Held] = 20779, 1
	out, err := exec.Command("go", "run", program, module, strconv.Itoa(int(raw[0])), strconv.Itoa(int(raw[1]))).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	decided := p.Run(raw)
	want := []string{p.Names.Outcomes[decided.Outcome]}
	for _, set := range decided.Bring {
		want = append(want, strings.Join(names(p.Names.Documents, set), " "))
	}
	var got []string
	for line := range strings.Lines(string(out)) {
		got = append(got, strings.TrimSpace(line))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q, want %q", got, want)
	}
}
