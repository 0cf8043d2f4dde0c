// Package testcontent provides content in memory for tests: the real content, and small content about parking permits, with ids of its own.
// Begin with [Real] and [Permit].
package testcontent

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/site"
)

// root returns the folder of the repository: the nearest one around the working folder that has a go.mod. The path of this source file would
// not do, because tests are compiled without paths of the machine (-trimpath).
func root() string {
	folder, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}
		if up := filepath.Dir(folder); up != folder {
			folder = up
			continue
		}
		panic("no folder around the working folder has a go.mod")
	}
}

// Theme returns the default theme of the repository.
func Theme() fs.FS { return os.DirFS(filepath.Join(root(), "themes/default")) }

// Real returns the real content of the site.
func Real(t testing.TB) fstest.MapFS { return read(t, "content") }

var insurerOfCase = regexp.MustCompile(`(?m)^\{.*"profile": "([a-z_]+)".*\n`)

// RealOf returns the real content with only these insurers. It leaves out the cases on the sites of other insurers, and coverage.yaml,
// which names pages of all insurers.
func RealOf(t testing.TB, insurers ...string) fstest.MapFS {
	files := Real(t)
	const cases = "rules/cases.json"
	files[cases] = &fstest.MapFile{Data: insurerOfCase.ReplaceAllFunc(files[cases].Data, func(line []byte) []byte {
		if id := string(insurerOfCase.FindSubmatch(line)[1]); id != "general" && !slices.Contains(insurers, id) {
			return nil
		}
		return line
	})}
	maps.DeleteFunc(files, func(name string, _ *fstest.MapFile) bool {
		parts := strings.Split(name, "/")
		return name == "coverage.yaml" || parts[0] == "profiles" && !slices.Contains(insurers, parts[1])
	})
	return files
}

// Permit returns the content of a site about parking permits. The formats of values are those of the real content, because every site needs
// them and no test checks them. The text of each word of the interface and of the checker is the word's key,
// which begins with a Japanese letter in Japanese.
func Permit(t testing.TB) fstest.MapFS {
	content := read(t, "internal/testcontent/permit")
	real := Real(t)
	for _, language := range []string{"ja", "en"} {
		text := "text/" + language + ".yaml"
		add(content[text], "formats:\n"+section(t, real[text].Data, "formats")+"ui:\n"+interfaceWords(language))
		words := "rules/text/" + language + ".yaml"
		before, after, found := strings.Cut(string(content[words].Data), "\npage:\n")
		if !found {
			t.Fatal("no section page in ", words)
		}
		content[words] = &fstest.MapFile{Data: []byte(before + "\npage:\n" + pageWords(t, language, string(real[words].Data)) + after)}
	}
	return content
}

func add(file *fstest.MapFile, text string) { file.Data = append(slices.Clone(file.Data), text...) }

func read(t testing.TB, folder string) fstest.MapFS {
	t.Helper()
	content := Files(t, os.DirFS(filepath.Join(root(), folder)))
	maps.DeleteFunc(content, func(name string, _ *fstest.MapFile) bool { return path.Ext(name) == ".go" })
	return content
}

// Files returns the files of a folder in memory. A test can change them there.
func Files(t testing.TB, folder fs.FS) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(folder, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Saved is a folder for tests of a file that changes while it is read: once the file Name has been opened, its content is As.
type Saved struct {
	Files fstest.MapFS
	Name  string
	As    *fstest.MapFile
}

// Open opens a file. If it is the file Name, the next call finds As in its place. The errors are those of fstest.MapFS.
func (s Saved) Open(name string) (fs.File, error) {
	file, err := s.Files.Open(name)
	if name == s.Name {
		s.Files[name] = s.As
	}
	return file, err
}

// Stat describes a file without opening it.
func (s Saved) Stat(name string) (fs.FileInfo, error) { return s.Files.Stat(name) }

// section returns the text below a top-level key, up to the next such key.
func section(t testing.TB, text []byte, key string) string {
	found := regexp.MustCompile(`(?ms)^` + key + `:\n(.*?)^[a-z]+:`).FindSubmatch(text)
	if found == nil {
		t.Fatal("no section ", key)
	}
	return string(found[1])
}

// letter has a letter of each language, with which the words of the interface begin.
var letter = map[string]string{"ja": "ご", "en": ""}

func interfaceWords(language string) string {
	var b strings.Builder
	for field := range reflect.TypeFor[site.UI]().Fields() {
		key := field.Tag.Get("yaml")
		fmt.Fprintf(&b, "  %s: \"%s%s%s\"\n", key, letter[language], strings.ReplaceAll(key, "_", " "), WordSlots(field))
	}
	return b.String()
}

// WordSlots returns the slots that a word of the interface must have, each with a space before it.
func WordSlots(field reflect.StructField) string {
	slots := ""
	for _, name := range strings.Fields(field.Tag.Get("slots")) {
		slots += " {" + name + "}"
	}
	return slots
}

var slot = regexp.MustCompile(`\{[a-z_]+\}`)

// pageWords returns a line for each word of the theme's checker. Its text is the word's key, with spaces for underscores, and then the
// slots of the real word.
func pageWords(t testing.TB, language, real string) string {
	data, err := fs.ReadFile(Theme(), "script/checker/words.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Script, Rest, Static map[string]string }
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, words := range []map[string]string{file.Script, file.Rest, file.Static} {
		for key := range words {
			line := regexp.MustCompile(`(?m)^  ` + key + `:(.*)$`).FindString(real)
			fmt.Fprintf(&b, "  %s: \"%s%s %s\"\n", key, letter[language], strings.ReplaceAll(key, "_", " "), strings.Join(slot.FindAllString(line, -1), " "))
		}
	}
	return b.String()
}

// whole matches an element that only keeps letters on one line, if no further span is inside it.
var whole = regexp.MustCompile(`<span class="?whole"?>([^<]*(?:<(?:[^s/]|s[^p]|/[^s]|/s[^p])[^<]*)*)</span>`)

// Unbound returns a page without the elements that only keep letters on one line. Such an element could interrupt a text that a test looks
// for.
func Unbound(page string) string {
	for {
		next := whole.ReplaceAllString(page, "$1")
		if next == page {
			return page
		}
		page = next
	}
}
