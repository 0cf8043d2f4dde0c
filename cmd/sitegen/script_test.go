//go:build unix

package main

import (
	"bytes"
	"encoding/gob"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"sitegen/internal/bundle"
	"sitegen/internal/site"
	"sitegen/internal/testcontent"
	"sitegen/themes"
)

var update = flag.Bool("update", false, "write what the command prints into the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"sitegen": scripted, "measured": measured})
}

// bundleFile is the environment variable that tells a script's commands the file with the bundled default theme. Bundling takes most of
// the time of a command on the small content, and the scripts run nearly a thousand commands.
const bundleFile = "SITEGEN_TEST_BUNDLE"

// scripted is what the tests run as the command sitegen. It takes the bundled default theme from the file that bundleFile names, if that
// is set, and then runs main.
func scripted() {
	if name := os.Getenv(bundleFile); name != "" {
		file, err := os.Open(name)
		if err == nil {
			err = gob.NewDecoder(file).Decode(bundled)
		}
		if err = errors.Join(err, file.Close()); err != nil {
			panic(err)
		}
	}
	main()
}

// writeBundle bundles the default theme into a new file, and returns the file's path for bundleFile.
func writeBundle(t *testing.T) string {
	t.Helper()
	var memory bundle.Memory
	_, err := memory.Load(themes.Default())
	if err != nil {
		t.Fatal(err)
	}
	var data bytes.Buffer
	name := filepath.Join(t.TempDir(), "bundle")
	if err := errors.Join(gob.NewEncoder(&data).Encode(&memory), os.WriteFile(name, data.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestScripts runs testdata/script/*.txtar. Each script starts with a folder `content`: a copy of testdata/content-small in which files of
// the script replace those of the same name. $THEME is the folder of the built-in theme.
//
// The scripts can use these commands in addition to those of testscript:
//
//	edit FILE OLD NEW    replaces the only occurrence of OLD in a file; \n, \r, \t and \0 are escapes
//	recode FILE CODE     converts a file to an encoding: shift-jis, euc-jp, iso-2022-jp or utf-16;
//	                     CODE windows adds a byte order mark and makes the line ends CRLF
//	status N COMMAND     runs a command that must exit with status N
//	same DIR DIR         checks that two folders have the same files with the same content and permissions
//	shows PATTERN FILE   is grep for pages: it leaves out the elements that only keep letters on one line
//	count N DIR          checks that a folder has N entries
//	fifo FILE            makes a named pipe
//	page FILE...         adds missing words of the checker's page to files of the checker's words
//	rules DIR            replaces a folder by a copy of the rules in testdata/content-rules
func TestScripts(t *testing.T) {
	bundled := writeBundle(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv(bundleFile, bundled)
			return setup(env)
		},
		UpdateScripts: *update,
		Condition: func(name string) (bool, error) {
			return name == "root" && os.Getuid() == 0, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"edit": edit, "recode": recode, "same": same, "status": status, "shows": shows, "count": count, "fifo": fifo, "rules": copyRules, "page": completePage,
		},
	})
}

// rulesFolder is the absolute path of the small rules, because each script runs in a folder of its own.
var rulesFolder, _ = filepath.Abs("testdata/content-rules")

// setup adds the small content to a script's files, and sets the environment of its commands.
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

// completeText adds the sections that every site needs to a language's text file. The section `formats` comes from the real content, and
// each word of the section `ui` is made from its key.
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
	prefix := "" // a word in the letters of the language
	if strings.HasPrefix(language, "ja") {
		prefix = "ご"
	}
	for field := range reflect.TypeFor[site.UI]().Fields() {
		key := field.Tag.Get("yaml")
		fmt.Fprintf(&b, "  %s: \"%s%s%s\"\n", key, prefix, strings.ReplaceAll(key, "_", " "), testcontent.WordSlots(field))
	}
	return b.Bytes(), nil
}

// shows checks that a page contains a pattern or, after "!", that it does not. It ignores the elements that only keep letters on one
// line.
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
