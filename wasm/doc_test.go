package wasm_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sitegen/internal/civil"
	"sitegen/internal/rules"
	"sitegen/internal/table"
	"sitegen/wasm"
	"sitegen/wasm/internal/sample"
)

// example returns the code block of docs/module.md whose first line has this name after the language.
func example(t *testing.T, name string) []byte {
	t.Helper()
	doc, err := os.ReadFile("../docs/module.md")
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)```\\w+ " + regexp.QuoteMeta(name) + "\n(.*?)```").FindSubmatch(doc)
	if block == nil {
		t.Fatalf("docs/module.md has no %s", name)
	}
	return block[1]
}

// documented writes an example from docs/module.md and the module of the real rules into a new folder. It returns the folder
// and the tables of the rules.
func documented(t *testing.T, file string) (folder string, p *table.Program) {
	t.Helper()
	p, folder = siteRules(t), t.TempDir()
	described := wasm.Describe(wasm.Compile(p.Encode()), wasm.AboutTables(p, "1", "hash"))
	for name, content := range map[string][]byte{file: example(t, file), "rules.wasm": described} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder, p
}

// printed runs commands in a folder and returns what they print.
func printed(t *testing.T, folder, commands string, environment ...string) string {
	t.Helper()
	shell := exec.Command("sh", "-e", "-c", commands)
	shell.Dir, shell.Env = folder, append(os.Environ(), environment...)
	var wrong strings.Builder
	shell.Stderr = &wrong
	out, err := shell.Output()
	if err != nil {
		t.Fatalf("%v\n%s%s", err, out, &wrong)
	}
	return strings.TrimSpace(string(out))
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
	folder, p := documented(t, "host.mjs")
	raw := p.Unanswered()
	raw[p.Visit], raw[p.Held] = 20779, 1
	lastUse := slices.IndexFunc(p.Names.Inputs, func(in table.InputNames) bool { return in.ID == "last_use" })
	raw[p.Slot(lastUse)] = int32(slices.Index(p.Names.Inputs[lastUse].Values, "ok"))
	want := p.Run(raw)
	var got struct {
		Outcome string
		Bring   [][]string
		Tell    []string
		Until   *string
		Rule    string
		Because []string
	}
	if err := json.Unmarshal([]byte(printed(t, folder, string(example(t, "js")))), &got); err != nil {
		t.Fatal(err)
	}
	if got.Outcome != p.Names.Outcomes[want.Outcome] || got.Rule != p.Names.Rows[want.Row] || len(got.Tell) != len(want.Tell) ||
		len(got.Bring) != len(want.Bring) || (got.Until == nil) != (want.Until == table.NoDay) {
		t.Errorf("%+v, want %+v", got, want)
	}
	for i, set := range want.Bring {
		if fmt.Sprint(got.Bring[i]) != fmt.Sprint(names(p.Names.Documents, set)) {
			t.Errorf("bring %v", got.Bring)
		}
	}
	because := []string{}
	for _, signal := range p.Rows[want.Row].Yes {
		because = append(because, p.Names.Signals[signal])
	}
	for _, signal := range p.Rows[want.Row].No {
		because = append(because, "not "+p.Names.Signals[signal])
	}
	if len(because) == 0 || !slices.Equal(got.Because, because) {
		t.Errorf("because %q, not %q", got.Because, because)
	}

	changesInJavaScript(t, folder, p)

	const day = `"visit_date":"2026-11-22"`
	for answers, refused := range map[string]string{
		`{"have":[]}`: "visit_date", `{"visit_date":"soon"}`: "visit_date", `{"visit_date":"2026-02-30"}`: "visit_date",
		`{"visit_date":["2026-11-22"]}`: "visit_date", `{"visit_date":20779}`: "visit_date", `{"visit_date":"1700-01-01"}`: "visit_date",
		`{` + day + `,"place":"nowhere"}`: "place", `{` + day + `,"place":0}`: "place", `{` + day + `,"place":["reader"]}`: "place",
		`{` + day + `,"have":["old_crad"]}`: "have", `{` + day + `,"have":"old_card"}`: "have", `{` + day + `,"have":[null]}`: "have",
		`{` + day + `,"ecert_expiry":"unknwn"}`: "ecert_expiry", `{` + day + `,"ecert_expiry":"2026-04-31"}`: "ecert_expiry",
		`{` + day + `,"age":"seventy"}`: "age", `{` + day + `,"age":70.5}`: "age", `{` + day + `,"age":4294967366}`: "age", `{` + day + `,"age":-2147483648}`: "age",
		`{` + day + `,"plaec":"reader"}`: "plaec",
	} {
		if got := printed(t, folder, "node host.mjs rules.wasm '"+answers+"'"); got != `{"refused":"`+refused+`"}` {
			t.Errorf("%s: %s", answers, got)
		}
	}
	// The host encodes every kind of answer correctly.
	answers := `{` + day + `,"have":["my_number_card","old_card"],"needs":["welfare_plus_insurance"],"ecert_expiry":"expired_unknown_when","card_expiry":"2026-12-01","age":"neutral","phone":null,"place":"no_reader"}`
	set, err := sample.Rules(os.DirFS("../content"))
	if err != nil {
		t.Fatal(err)
	}
	given := rules.Answers{}
	if err := json.Unmarshal([]byte(answers), &given); err != nil {
		t.Fatal(err)
	}
	raw, bad := set.Raw(given, civil.Unset)
	if bad != nil {
		t.Fatal(bad)
	}
	var again rules.Result
	if err := json.Unmarshal([]byte(printed(t, folder, "node host.mjs rules.wasm '"+answers+"'")), &again); err != nil {
		t.Fatal(err)
	}
	expected := set.Result(set.Program.Run(raw))
	again.Sources, expected.Sources = nil, nil
	if !reflect.DeepEqual(again, expected) {
		t.Errorf("%+v, not %+v", again, expected)
	}
}

// changesInJavaScript compares the remedies that the documented host finds with those of the reference interpreter.
func changesInJavaScript(t *testing.T, folder string, p *table.Program) {
	for held, commands := range map[int32]string{
		0: `node host.mjs rules.wasm '{"visit_date":"2026-11-22","have":[]}' changes`,
		1: `node host.mjs rules.wasm '{"visit_date":"2026-11-22","have":["my_number_card"],"ecert_expiry":"2026-11-21"}' changes`,
	} {
		raw := p.Unanswered()
		raw[p.Visit], raw[p.Held] = 20779, held
		if held > 0 {
			raw[p.Slot(slices.IndexFunc(p.Names.Inputs, func(in table.InputNames) bool { return in.ID == "ecert_expiry" }))] = 20778
		}
		var want, got []string
		for _, r := range p.Remedied(raw) {
			want = append(want, fmt.Sprint(p.Names.Remedies[r.Remedy].ID, " ", p.Names.Outcomes[r.Outcome], " ", r.Enough))
		}
		var changes []struct{ Remedy, Outcome, Enough string }
		lines := strings.Split(printed(t, folder, commands), "\n")
		if err := json.Unmarshal([]byte(lines[1]), &changes); err != nil {
			t.Fatal(err)
		}
		for _, c := range changes {
			got = append(got, c.Remedy+" "+c.Outcome+" "+c.Enough)
		}
		if len(want) < 2 || !slices.Equal(got, want) {
			t.Errorf("the host says that %q would change the answer, and the rules %q", got, want)
		}
	}
}

// The test runs the commands of the document. Modules come from the machine's cache, so that no network is needed. The cache
// has the versions that this repository requires, and wazero works with these.
func TestDocumentedHostInGo(t *testing.T) {
	folder, p := documented(t, "host.go")
	raw := p.Unanswered()
	raw[p.Visit], raw[p.Held] = 20779, 1
	out := printed(t, folder, string(example(t, "go")), "GOPROXY="+cachedModules(t, "github.com/tetratelabs/wazero", "golang.org/x/sys"),
		"GOMODCACHE="+filepath.Join(t.TempDir(), "modules"), "GOFLAGS=-modcacherw -trimpath", "GOSUMDB=off", "GOWORK=off")
	decided := p.Run(raw)
	want := []string{p.Names.Outcomes[decided.Outcome]}
	for _, set := range decided.Bring {
		want = append(want, strings.Join(names(p.Names.Documents, set), " "))
	}
	var got []string
	for line := range strings.Lines(out) {
		got = append(got, strings.TrimSpace(line))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q, want %q", got, want)
	}
}

// cachedModules makes a module proxy from the module cache and returns its address. The proxy has the given modules in the
// versions that this repository requires. If one of them requires another of them, the requirement is changed to that version.
func cachedModules(t *testing.T, paths ...string) string {
	t.Helper()
	list, err := exec.Command("go", append([]string{"list", "-m", "-f", "{{.Path}} {{.Version}}"}, paths...)...).Output()
	cache, cacheErr := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil || cacheErr != nil {
		t.Fatal(err, cacheErr)
	}
	proxy := t.TempDir()
	versions := strings.Fields(string(list))
	for i := 0; i < len(versions); i += 2 {
		from := filepath.Join(strings.TrimSpace(string(cache)), "cache", "download", filepath.FromSlash(versions[i]), "@v")
		to := filepath.Join(proxy, filepath.FromSlash(versions[i]), "@v")
		if err := os.MkdirAll(to, 0o700); err != nil {
			t.Fatal(err)
		}
		for _, kind := range []string{".info", ".mod", ".zip"} {
			data, err := os.ReadFile(filepath.Join(from, versions[i+1]+kind))
			if err != nil {
				t.Fatal(err)
			}
			if kind == ".mod" {
				for k := 0; k < len(versions); k += 2 {
					data = regexp.MustCompile(regexp.QuoteMeta(versions[k])+` v\S+`).ReplaceAll(data, []byte(versions[k]+" "+versions[k+1]))
				}
			}
			if err := os.WriteFile(filepath.Join(to, versions[i+1]+kind), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(to, "list"), []byte(versions[i+1]+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return "file://" + filepath.ToSlash(proxy)
}

// The sizes in the document are those of the real rules, within a tolerance for edits of the rules.
func TestDocumentedSizes(t *testing.T) {
	doc, err := os.ReadFile("../docs/module.md")
	if err != nil {
		t.Fatal(err)
	}
	stated := regexp.MustCompile(`of the site's rules, ([\d,]+) bytes, is ([\d,]+) with brotli, ([\d,]+) as hexadecimal digits and ([\d,]+) as base64`).FindSubmatch(bytes.Join(bytes.Fields(doc), []byte(" ")))
	if stated == nil {
		t.Fatal("docs/module.md states no sizes")
	}
	module := filepath.Join(t.TempDir(), "rules.wasm")
	if err := os.WriteFile(module, wasm.Compile(siteRules(t).Encode()), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("node", "-e", `const zlib = require('zlib'), bytes = require('fs').readFileSync(process.argv[1])
		const weigh = content => zlib.brotliCompressSync(content, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } }).length
		console.log(bytes.length, weigh(bytes), weigh(bytes.toString('hex')), weigh(bytes.toString('base64')))`, module).Output()
	if err != nil {
		t.Fatal(err)
	}
	for i, measured := range strings.Fields(string(out)) {
		want, _ := strconv.Atoi(measured)
		if got, _ := strconv.Atoi(strings.ReplaceAll(string(stated[i+1]), ",", "")); got < want*19/20 || got > want*21/20 {
			t.Errorf("%d bytes are stated, and it is %d", got, want)
		}
	}
}
