package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sitegen/internal/sweep"
)

// block is a code block of content/rules/README.md without its common indentation. `file` is the file's name, which follows the language in
// the opening line of the block, or "".
type block struct{ file, text string }

// readme returns the code blocks of the section with this heading, in order. The opening line of a block can name, after the
// language, the file that the block belongs to.
func readme(t *testing.T, heading string) []block {
	t.Helper()
	text, err := os.ReadFile("../../content/rules/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(text), "\n## "+heading+"\n")
	if !ok {
		t.Fatalf("the README has no %q", heading)
	}
	rest, _, _ = strings.Cut(rest, "\n## ")
	var blocks []block
	for _, found := range regexp.MustCompile("(?ms)^( *)```(?:\\w+ ?)?([\\w./-]*)\n(.*?)^ *```$").FindAllStringSubmatch(rest, -1) {
		lines := strings.TrimPrefix(strings.ReplaceAll("\n"+found[3], "\n"+found[1], "\n"), "\n")
		blocks = append(blocks, block{found[2], lines})
	}
	return blocks
}

// shown reports whether an output contains the lines of a block. Line and column numbers and the number of the first group may
// differ, and … in the block matches any text.
func shown(output, lines string) bool {
	pattern := regexp.QuoteMeta(strings.TrimSpace(lines))
	pattern = regexp.MustCompile(`:\d+:\d+:`).ReplaceAllString(pattern, `:\d+:\d+:`)
	pattern = regexp.MustCompile(`^\d+\\\.`).ReplaceAllString(pattern, `\d+\.`)
	return regexp.MustCompile(`(?m)^` + strings.ReplaceAll(pattern, "…", ".*") + `$`).MatchString(output)
}

// editor is an editor of the rules who works on a copy of the content.
type editor struct {
	*testing.T
	content string
}

// does runs sitegen and returns its exit code and everything that it prints.
func (e *editor) does(args ...string) (code int, output string) {
	e.Helper()
	var out bytes.Buffer
	code = run(append(args, "--content", e.content, "--lang", "en"), strings.NewReader(""), &out, &out)
	return code, strings.ReplaceAll(out.String(), e.content, "content")
}

// finds runs `sitegen check` and returns the codes of its findings, and its output.
func (e *editor) finds() (codes []string, output string) {
	e.Helper()
	_, output = e.does("check")
	for _, found := range regexp.MustCompile(`(?m)^content/\S+: (?:error|warning): .* \[([a-z-]+)\]$`).FindAllStringSubmatch(output, -1) {
		codes = append(codes, found[1])
	}
	return codes, output
}

// replaces puts a new text in place of the text `old` in a file. The file must contain `old` exactly once.
func (e *editor) replaces(file, old, with string) {
	e.Helper()
	name := filepath.Join(e.content, filepath.FromSlash(file))
	text, err := os.ReadFile(name)
	if n := bytes.Count(text, []byte(old)); err != nil || n != 1 {
		e.Fatalf("%s holds the text %d times (%v): %s", file, n, err, old)
	}
	if err := os.WriteFile(name, bytes.Replace(text, []byte(old), []byte(with), 1), 0o644); err != nil {
		e.Fatal(err)
	}
}

// block puts the lines of a block into its file, at the place that the README describes.
func (e *editor) block(b block) {
	e.Helper()
	name := filepath.Join(e.content, filepath.FromSlash(b.file))
	text, err := os.ReadFile(name)
	if err != nil {
		e.Fatal(err)
	}
	first, _, _ := strings.Cut(b.text, "\n")
	switch {
	case b.file == "facts.yaml":
		e.replaces(b.file, string(text), string(text)+b.text)
	case strings.HasPrefix(b.file, "text/"):
		e.replaces(b.file, "\nfacts:\n", "\nfacts:\n"+b.text)
	case b.file == "rules/cases.json":
		e.replaces(b.file, "\"cases\": [\n", "\"cases\": [\n"+b.text)
	case b.file == "rules/conditions.yaml": // the block has a new condition, and the condition old_card_valid with one line more than in the file
		_, changed, _ := strings.Cut(b.text, "old_card_valid:\n")
		kept := "old_card_valid:\n" + strings.Replace(changed, "    - not pharmacy_refuses\n", "", 1)
		e.replaces(b.file, kept, b.text)
	case b.file == "rules/inputs.yaml": // the block has lines of the input `place` as in the file, but without the word pharmacy
		old := regexp.MustCompile(`(?ms)^place:\n.*?\n(  unknown:\n.*?\n)\S`).FindSubmatch(text)
		if old == nil || len(old[1]) == 0 || strings.Replace(string(old[1]), " pharmacy,", "", 1) != b.text {
			e.Fatalf("%s: the lines are not those of place without pharmacy:\n%s", b.file, b.text)
		}
		e.replaces(b.file, string(old[1]), b.text)
	default:
		e.Fatalf("where does this go? %s: %s", b.file, first)
	}
}

// TestReadmeExample follows the worked example of content/rules/README.md in a copy of the content. The edits and the expected outputs are
// the code blocks of the README. `make test` copies only one insurer, because the example concerns all insurers alike, and ends before the
// rules are accepted.
func TestReadmeExample(t *testing.T) {
	e := &editor{t, contentOf(t, "sk")}
	if sweep.All() {
		e.content = filepath.Join(t.TempDir(), "content")
		if err := os.CopyFS(e.content, os.DirFS(contentFolder)); err != nil {
			t.Fatal(err)
		}
	}
	before := contentFolder
	if _, err := exec.LookPath("git"); err == nil {
		before = "HEAD"
		for _, args := range [][]string{{"init", "-q"}, {"add", "."}, {"-c", "user.name=x", "-c", "user.email=x@example.jp", "commit", "-q", "-m", "x"}} {
			git := exec.Command("git", append([]string{"-C", e.content}, args...)...)
			git.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
			if out, err := git.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
		}
	}
	blocks := readme(t, "A worked example")
	var files []string
	for _, b := range blocks {
		files = append(files, b.file)
	}
	if want := []string{"facts.yaml", "text/ja.yaml", "text/ja-easy.yaml", "text/en.yaml", "rules/conditions.yaml", "", "rules/inputs.yaml", "", "rules/cases.json"}; !slices.Equal(files, want) {
		t.Fatalf("the blocks are for %q, not %q", files, want)
	}

	// Steps 1 and 2 add a fact, its names and a condition. Without the names, `check` reports that they are missing.
	e.block(blocks[0])
	if codes, output := e.finds(); !slices.Equal(codes, []string{"fact-unnamed", "fact-unnamed", "fact-unnamed"}) {
		t.Errorf("without names check finds %q:\n%s", codes, output)
	}
	for _, b := range blocks[1:5] {
		e.block(b)
	}
	if code, output := e.does("translate", "accept", filepath.Join(e.content, "text")); code != exitFine {
		t.Errorf("translate accept: status %d\n%s", code, output)
	}
	// Step 3: `check` reports people whom the new condition leaves out.
	if codes, output := e.finds(); !slices.Equal(codes, []string{"rule-unknown-worse"}) || !shown(output, blocks[5].text) {
		t.Errorf("check finds %q:\n%s", codes, output)
	}
	e.block(blocks[6])
	// Step 4: `rules diff` shows whose answer changes.
	code, output := e.does("rules", "diff", before)
	if code != exitFine || !shown(output, blocks[7].text) {
		t.Errorf("status %d, or the README shows something else:\n%s", code, output)
	}
	for _, line := range regexp.MustCompile(`(?m)^   for example: (.*)$`).FindAllStringSubmatch(output, -1) {
		if day := strings.TrimPrefix(line[1], "visit on "); day < "2025-04-01" || !strings.Contains(day, "old insurance card") || !strings.Contains(day, "place: pharmacy") {
			t.Errorf("not meant: %s", line[1])
		}
	}
	if strings.Contains(output, "Question") {
		t.Errorf("no question changes:\n%s", output)
	}
	if !sweep.All() {
		return // what follows proves the real rules three times
	}
	// Steps 5 and 6 add the case and accept the rules. `rules accept` fails if the rules have mistakes, so `check` runs only afterwards: a
	// check of rules that are not accepted would prove them, which takes long.
	e.block(blocks[8])
	if code, output := e.does("rules", "accept"); code != exitFine {
		t.Errorf("rules accept: status %d\n%s", code, output)
	}
	if codes, output := e.finds(); len(codes) > 0 {
		t.Errorf("after accept check finds %q:\n%s", codes, output)
	}
	// A wrong case is the only finding. `check` does not prove the rules again, because they are the accepted ones.
	e.replaces("rules/cases.json", `"X02", "answers": {"visit_date": "2025-04-01"`, `"X02", "answers": {"visit_date": "2025-03-31"`)
	if codes, output := e.finds(); !slices.Equal(codes, []string{"rule-case-fails"}) {
		t.Errorf("of a wrong case check finds %q:\n%s", codes, output)
	}
}

// TestReadmeShowsTheRules checks that the samples in the README consist of lines of the rules.
func TestReadmeShowsTheRules(t *testing.T) {
	var rules strings.Builder
	for _, name := range []string{"inputs", "conditions", "decide", "interview", "laws"} {
		text, err := os.ReadFile("../../content/rules/" + name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		rules.Write(text)
	}
	comment := regexp.MustCompile(` +#.*`)
	clean := comment.ReplaceAllString(rules.String(), "")
	for heading, blocks := range map[string]int{"How it is decided": 1, "How a condition is written": 1, "Questions": 1, "The interview": 1, "What is checked": 1} {
		found := readme(t, heading)
		if len(found) != blocks {
			t.Errorf("%s: %d blocks", heading, len(found))
		}
		for _, b := range found {
			for _, line := range strings.Split(strings.TrimSpace(comment.ReplaceAllString(b.text, "")), "\n") {
				pattern := strings.ReplaceAll(regexp.QuoteMeta(strings.TrimSpace(line)), "…", ".*")
				if strings.TrimSpace(line) != "rows:" && !regexp.MustCompile(`(?m)^ *`+pattern+`$`).MatchString(clean) {
					t.Errorf("%s: the rules have no line %s", heading, line)
				}
			}
		}
	}
	// Every input that the README names in a condition exists.
	text, err := os.ReadFile("../../content/rules/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, call := range regexp.MustCompile("`[a-z_]+\\(([a-z_]+)[,)]").FindAllStringSubmatch(string(text), -1) {
		if name := call[1]; len(name) > 1 && !regexp.MustCompile(fmt.Sprintf(`(?m)^%s:`, name)).MatchString(clean) {
			t.Errorf("there is no input %s", name)
		}
	}
}
