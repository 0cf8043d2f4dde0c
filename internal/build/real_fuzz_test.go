package build

import (
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/load"
	"sitegen/internal/testcontent"
)

// questionsKept is how many questions FuzzReal reads besides the changed one. All of them would take ten times as long.
const questionsKept = 2

// longestLoad is far longer than reading the changed content takes on a busy machine.
const longestLoad = time.Minute

// A change of any file of the real content ends in findings or in a site, soon and without panic. A change is made where authors make them:
// in a line, a key, a value or one character.
func FuzzReal(f *testing.F) {
	content := testcontent.RealOf(f)
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(content)), func(name string) bool { return kindOfFile(name) == "" || path.Ext(name) == ".png" })
	few := fewQuestions(content)
	for i := range changes {
		f.Add(uint16(37*i), uint8(i), uint16(91*i+5), "date")
		f.Add(uint16(53*i+11), uint8(i), uint16(7*i), "{#x")
	}
	// Go gives an execution ten seconds. What a process does only once, such as compiling patterns, would be part of the first one.
	if _, _, err := load.Site(few, "content", civil.Of(2026, 12, 15)); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, file uint16, kind uint8, at uint16, text string) {
		name := names[int(file)%len(names)]
		changed := maps.Clone(few)
		changed[name] = &fstest.MapFile{Data: []byte(changes[int(kind)%len(changes)](string(content[name].Data), int(at), text))}
		start := time.Now()
		_, found, err := load.Site(changed, "content", civil.Of(2026, 12, 15))
		if err != nil {
			t.Fatal(name, err)
		}
		if strings.HasPrefix(name, "rules/") || slices.Contains(ruleFiles, name) {
			_, more, err := CompileRules(changed, "content")
			if err != nil {
				t.Fatal(name, err)
			}
			found = append(found, more...)
		}
		for _, d := range found {
			for _, language := range diag.Languages {
				d.Text(language)
			}
		}
		if took := time.Since(start); took > longestLoad {
			t.Errorf("%s took %v", name, took)
		}
	})
}

// fewQuestions returns the content with the first questions only.
func fewQuestions(content fstest.MapFS) fstest.MapFS {
	few, seen := fstest.MapFS{}, []string{}
	for _, name := range slices.Sorted(maps.Keys(content)) {
		if folder := path.Dir(name); strings.HasPrefix(name, "faq/") {
			if !slices.Contains(seen, folder) {
				seen = append(seen, folder)
			}
			if slices.Index(seen, folder) >= questionsKept {
				continue
			}
		}
		few[name] = content[name]
	}
	return few
}

// changes are what an author's slip, a bad merge or a wrong paste does to a text. `at` says where, modulo the length.
var changes = []func(text string, at int, with string) string{
	func(text string, at int, with string) string { return spliced(text, at, 1, with) },
	func(text string, at int, with string) string { return spliced(text, at, 0, with) },
	func(text string, at int, with string) string { return spliced(text, at, len(with), "") },
	func(text string, at int, _ string) string {
		return relined(text, at, func(line string) string { return "" })
	},
	func(text string, at int, _ string) string {
		return relined(text, at, func(line string) string { return line + line })
	},
	func(text string, at int, with string) string {
		return relined(text, at, func(line string) string { return with + "\n" + line })
	},
	func(text string, at int, _ string) string {
		return relined(text, at, func(line string) string { return "  " + line })
	},
	func(text string, at int, _ string) string {
		return relined(text, at, func(line string) string { return strings.TrimLeft(line, " ") })
	},
	func(text string, at int, with string) string { // a different key
		return relined(text, at, func(line string) string {
			if key, value, ok := strings.Cut(line, ":"); ok {
				return key[:len(key)-len(strings.TrimLeft(key, " -"))] + with + ":" + value
			}
			return with + line
		})
	},
	func(text string, at int, with string) string { // a different value
		return relined(text, at, func(line string) string {
			key, _, _ := strings.Cut(line, ":")
			return strings.TrimSuffix(key, "\n") + ": " + with + "\n"
		})
	},
	func(text string, at int, with string) string { return text[:at%(len(text)+1)] },
}

// spliced replaces `length` bytes of a text.
func spliced(text string, at, length int, with string) string {
	at %= len(text) + 1
	return text[:at] + with + text[min(len(text), at+length):]
}

// relined replaces one line of a text. The line includes its end.
func relined(text string, at int, change func(line string) string) string {
	lines := strings.SplitAfter(text, "\n")
	at %= len(lines)
	lines[at] = change(lines[at])
	return strings.Join(lines, "")
}
