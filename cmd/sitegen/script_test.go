//go:build unix

package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"sitegen/internal/site"
	"sitegen/internal/testcontent"
)

var update = flag.Bool("update", false, "write what the command prints into the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"sitegen": main, "measured": measured})
}

// TestScripts runs testdata/script/*.txtar. Each script begins with the folder content, a copy of
// testdata/content-small in which files of the script stand in place of those of the same name. $THEME is the theme that
// is built in.
//
// Beside testscript's own commands there are
//
//	edit FILE OLD NEW    replaces the only occurrence of a text in a file; \n stands for a new line
//	recode FILE CODE     writes a file in another encoding: shift-jis, euc-jp, iso-2022-jp, utf-16;
//	                     or windows: with a byte order mark and CRLF
//	status N COMMAND     runs a command that must end with this status
//	same DIR DIR         compares two folders with all that is in them
//	shows PATTERN FILE   is grep for pages: elements that only keep letters on one line are left out
//	count N DIR          looks how many files a folder holds
//	fifo FILE            makes a named pipe
//	page FILE...         adds to words of a checker those of the page that they lack, made of their keys
//	rules DIR            copies the small rules of testdata/content-rules into a folder
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		Setup:         setup,
		UpdateScripts: *update,
		Condition: func(name string) (bool, error) {
			return name == "root" && os.Getuid() == 0, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"edit": edit, "recode": recode, "same": same, "status": status, "shows": shows, "count": count, "fifo": fifo, "rules": copyRules, "page": completePage,
		},
	})
}

// rulesFolder holds the small rules. The scripts run in other folders.
var rulesFolder, _ = filepath.Abs("testdata/content-rules")

// setup adds the small content to a script's files.
func setup(env *testscript.Env) error {
	env.Setenv("HOME", filepath.Join(env.WorkDir, ".home"))
	env.Setenv("LANG", "en_US.UTF-8")
	theme, err := filepath.Abs("../../themes/default")
	if err != nil {
		return err
	}
	env.Setenv("THEME", theme)
	content := filepath.Join(env.WorkDir, "content")
	small := os.DirFS("testdata/content-small")
	return copyMissing(small, content)
}

var section = regexp.MustCompile(`(?ms)^formats:\n(.*?)^[a-z]+:`)

// completeText adds to a language's text file what every site needs but no test looks at: how values are written,
// taken from the real content, and the words of the interface, made of their keys.
func completeText(text []byte, language string) ([]byte, error) {
	actual, err := os.ReadFile("../../content/text/" + language + ".yaml")
	if err != nil {
		return nil, err
	}
	formats := section.FindSubmatch(actual)
	if formats == nil {
		return nil, fmt.Errorf("content/text/%s.yaml has no section formats", language)
	}
	var b bytes.Buffer
	b.Write(text)
	b.WriteString("formats:\n")
	b.Write(formats[1])
	b.WriteString("ui:\n")
	for field := range reflect.TypeFor[site.UI]().Fields() {
		key := field.Tag.Get("yaml")
		fmt.Fprintf(&b, "  %s: \"%s%s\"\n", key, strings.ReplaceAll(key, "_", " "), testcontent.WordSlots(field))
	}
	return b.Bytes(), nil
}

// shows looks for a pattern in a page without the elements that only keep letters on one line.
func shows(ts *testscript.TestScript, not bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: shows PATTERN FILE")
	}
	pattern, err := regexp.Compile("(?m)" + args[0])
	ts.Check(err)
	if page := testcontent.Unbound(ts.ReadFile(args[1])); pattern.MatchString(page) == not {
		ts.Fatalf("%s shows %q: %t, which it should not be", args[1], args[0], not)
	}
}
