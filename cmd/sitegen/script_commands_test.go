//go:build unix

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"

	"sitegen/internal/checkerpage"
	"sitegen/internal/publish"
	"sitegen/themes"
)

// copyMissing copies from a content folder every file that the target lacks. It also completes the target's files in the folder
// `text` (see completeText).
func copyMissing(small fs.FS, target string) error {
	return fs.WalkDir(small, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		file := filepath.Join(target, filepath.FromSlash(name))
		text, err := os.ReadFile(file)
		if errors.Is(err, fs.ErrNotExist) {
			text, err = fs.ReadFile(small, name)
		}
		if err != nil {
			return err
		}
		if path.Dir(name) == "text" {
			if text, err = completeText(text, strings.TrimSuffix(path.Base(name), ".yaml")); err != nil {
				return err
			}
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		return os.WriteFile(file, text, 0o644)
	})
}

// copyRules is a command of the scripts, like every function below with a parameter of the type TestScript. The comment of
// TestScripts describes these commands.
func copyRules(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: rules DIR")
	}
	dir := ts.MkAbs(args[0])
	ts.Check(os.RemoveAll(dir))
	ts.Check(os.CopyFS(dir, os.DirFS(rulesFolder)))
}

// completePage adds the missing words of the checker's page to a file of the checker's words. Each new word is made from its key.
func completePage(ts *testscript.TestScript, _ bool, args []string) {
	words, err := checkerpage.ReadThemeWords(themes.Default())
	ts.Check(err)
	for _, file := range args {
		text := ts.ReadFile(file)
		before, page, found := strings.Cut(text, "\npage:\n")
		if !found {
			ts.Fatalf("%s has no section page", file)
		}
		var missing strings.Builder
		for _, key := range words.All() {
			if !strings.Contains("\n"+page, "\n  "+key+": ") {
				fmt.Fprintf(&missing, "  %s: \"%s", key, strings.ReplaceAll(key, "_", " "))
				for _, slot := range words.Slots[key] {
					fmt.Fprintf(&missing, " {%s}", slot)
				}
				missing.WriteString("\"\n")
			}
		}
		ts.Check(os.WriteFile(ts.MkAbs(file), []byte(before+"\npage:\n"+missing.String()+page), 0o644))
	}
}

func edit(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: edit FILE OLD NEW")
	}
	file := ts.MkAbs(args[0])
	unescape := strings.NewReplacer(`\n`, "\n", `\0`, "\x00", `\r`, "\r", `\t`, "\t").Replace
	text, old := ts.ReadFile(file), unescape(args[1])
	if n := strings.Count(text, old); n != 1 {
		ts.Fatalf("%s holds the text %d times, not once: %s", args[0], n, args[1])
	}
	ts.Check(os.WriteFile(file, []byte(strings.Replace(text, old, unescape(args[2]), 1)), 0o644))
}

var encodings = map[string]encoding.Encoding{
	"shift-jis":   japanese.ShiftJIS,
	"euc-jp":      japanese.EUCJP,
	"iso-2022-jp": japanese.ISO2022JP,
	"utf-16":      unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
}

func recode(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) == 2 && args[1] == "windows" {
		text := "\uFEFF" + strings.ReplaceAll(ts.ReadFile(args[0]), "\n", "\r\n")
		ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
		return
	}
	if len(args) != 2 || encodings[args[1]] == nil {
		ts.Fatalf("usage: recode FILE ENCODING")
	}
	file := ts.MkAbs(args[0])
	text, err := encodings[args[1]].NewEncoder().String(ts.ReadFile(file))
	ts.Check(err)
	ts.Check(os.WriteFile(file, []byte(text), 0o644))
}

func fifo(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(syscall.Mkfifo(ts.MkAbs(args[0]), 0o644))
}

func same(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: same DIR DIR")
	}
	a, errA := treeOf(ts.MkAbs(args[0]))
	b, errB := treeOf(ts.MkAbs(args[1]))
	ts.Check(errors.Join(errA, errB))
	if bytes.Equal(a, b) == neg {
		ts.Fatalf("%s:\n%s\n%s:\n%s", args[0], a, args[1], b)
	}
}

// keptOf matches the list of kept files in a manifest.
var keptOf = regexp.MustCompile(`(?s)"kept": \[.*?\n?\],\n`)

// treeOf lists all files and folders in a folder, one per line: type and permissions, a hash of the content, and the path. It leaves out
// what a manifest in the folder lists as kept, in the manifest too: which scripts of the previous publication are still there says nothing
// about the site.
func treeOf(dir string) ([]byte, error) {
	var lines []string
	kept := map[string]bool{}
	if manifest, err := publish.ReadManifest(filepath.Join(dir, publish.ManifestName)); err == nil {
		for _, e := range manifest.Kept {
			kept[e.Path] = true
		}
	}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if kept[name] {
			return nil
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		sum := ""
		if info.Mode().IsRegular() {
			content, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				return err
			}
			if name == publish.ManifestName {
				content = keptOf.ReplaceAll(content, nil)
			}
			hash := sha256.Sum256(content)
			sum = hex.EncodeToString(hash[:])
		}
		lines = append(lines, fmt.Sprintf("%s %64s %s\n", info.Mode(), sum, name))
		return nil
	})
	slices.Sort(lines)
	return []byte(strings.Join(lines, "")), err
}

// status runs a command that must exit with this status. Afterwards cmp, stdout and stderr can check its output, as after exec.
func status(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: status N COMMAND [ARGUMENT...]")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("status %d, not %s", code, args[0])
	}
}

func count(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: count N DIR")
	}
	entries, err := os.ReadDir(ts.MkAbs(args[1]))
	ts.Check(err)
	if strconv.Itoa(len(entries)) != args[0] {
		ts.Fatalf("%s holds %d files, not %s", args[1], len(entries), args[0])
	}
}
