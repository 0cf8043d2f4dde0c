package build

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"testing"
	"testing/fstest"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/testcontent"
	"sitegen/themes"
)

// A short question takes little memory while its pages wait to be rendered. Each page then has a path and a renderer, but no copy of
// anything that the site already has.
func TestQuestionMemory(t *testing.T) {
	// The test runs in its own process, because what other tests leave in memory would count.
	const apart = "SITEGEN_TEST_APART"
	if os.Getenv(apart) == "" {
		command := exec.Command(os.Args[0], "-test.run=^TestQuestionMemory$", "-test.v")
		command.Env = append(os.Environ(), apart+"=1")
		out, err := command.CombinedOutput()
		if t.Logf("%s", out); err != nil {
			t.Fatal(err)
		}
		return
	}
	const added, most = 800, 320 // questions; bytes for each page
	small := testcontent.Real(t)
	large := fstest.MapFS{}
	for name, file := range small {
		large[name] = file
	}
	for i := range added {
		for language, text := range map[string]string{
			"ja":      "---\nquestion: 質問その%[1]dは何ですか\nanswer: これは%[1]d番の答えです。\nsources: [sk]\n---\n\n%[1]d番の紙です。\n",
			"ja-easy": "---\nquestion: その%[1]dの しつもんは なんですか\nanswer: これは %[1]dばんの こたえです。\n---\n\nこれは %[1]dばんの かみです。\n",
			"en":      "---\nquestion: What is question number %[1]d?\nanswer: It is answer number %[1]d.\n---\n\nThe paper has the number %[1]d on it.\n",
		} {
			large[fmt.Sprintf("faq/money/number-%d/%s.md", i, language)] = &fstest.MapFile{Data: fmt.Appendf(nil, text, i)}
		}
	}
	rules := compiledRules(t, small)
	keeps := func(content fstest.MapFS) (bytes, pages int) {
		made, found, err := Make(t.Context(), Source{Content: content, ContentName: "content", Theme: themes.Default(), ThemeName: "themes/default", Bundle: bundled, Today: civil.Of(2026, 11, 22), Rules: rules})
		if err != nil || diag.HasErrors(found) {
			t.Fatal(err, found)
		}
		found = nil
		for range 8 { // after two rounds, pools and finalizers sometimes still kept some megabytes
			runtime.GC()
			runtime.Gosched()
		}
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		runtime.KeepAlive(large)
		runtime.KeepAlive(made)
		return int(memory.HeapAlloc), made.Summary.Pages
	}
	keeps(small) // the first run fills the caches, which stay in memory
	before, few := keeps(small)
	after, many := keeps(large)
	if bytes := (after - before) / (many - few); bytes > most {
		t.Errorf("%d bytes for each page of a question", bytes)
	} else {
		t.Logf("%d bytes for each of %d pages", bytes, many-few)
	}
}
