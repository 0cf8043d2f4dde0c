package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/japanese"

	"sitegen/internal/testcontent"
)

// faultsFile is the page that TestFaults writes: `go test ./cmd/sitegen -run TestFaults -update`.
const faultsFile = "../../docs/faults.md"

// fault is a bad input or a mishap, and the outcome that it must have. It is tested by the function `try` or, if `try` is nil, by
// the tests whose names are in `by`.
type fault struct {
	what, gets string
	try        func(*attempt)
	by         []string
}

// attempt is a test of one fault. It has its own copy of the small content, in which it makes the fault.
type attempt struct {
	*testing.T
	dir string
}

// The files in which most faults are made.
const (
	lostJa  = "faq/card/card-lost/ja.md"
	lostEn  = "faq/card/card-lost/en.md"
	factsOf = "facts.yaml"
)

func (a *attempt) path(name string) string {
	return filepath.Join(a.dir, "content", filepath.FromSlash(name))
}

func (a *attempt) read(name string) string {
	text, err := os.ReadFile(a.path(name))
	if err != nil {
		a.Fatal(err)
	}
	return string(text)
}

func (a *attempt) write(name, text string) {
	err := os.MkdirAll(filepath.Dir(a.path(name)), 0o755)
	if err == nil {
		err = os.WriteFile(a.path(name), []byte(text), 0o644)
	}
	if err != nil {
		a.Fatal(err)
	}
}

// says adds a paragraph to the Japanese text of the question card-lost.
func (a *attempt) says(text string) { a.write(lostJa, a.read(lostJa)+"\n"+text+"\n") }

func (a *attempt) replace(name, old, with string) {
	text := a.read(name)
	if !strings.Contains(text, old) {
		a.Fatalf("%s does not hold %q", name, old)
	}
	a.write(name, strings.Replace(text, old, with, 1))
}

// runs runs a command with English messages. `output` has both standard output and standard error.
func (a *attempt) runs(args ...string) (status int, output string) {
	var out bytes.Buffer
	status = run(append(args, "--content", a.path(""), "--out", filepath.Join(a.dir, "public"), "--date", "2026-11-22", "--lang", "en"), strings.NewReader(""), &out, &out)
	return status, out.String()
}

// told checks that `sitegen check` fails, and that it reports an error with each of these codes in the file.
func (a *attempt) told(file string, codes ...string) {
	status, output := a.runs("check")
	if status != exitContent {
		a.Errorf("status %d\n%s", status, output)
	}
	for _, code := range codes {
		if !regexp.MustCompile(`(?m)` + regexp.QuoteMeta(file) + `(:\d+:\d+)?: error: .*\[` + code + `\]$`).MatchString(output) {
			a.Errorf("no error %s is told of %s:\n%s", code, file, output)
		}
	}
}

// warned checks that `sitegen check` succeeds, and that it reports a warning with each of these codes in the file.
func (a *attempt) warned(file string, codes ...string) {
	status, output := a.runs("check")
	if status != exitFine {
		a.Errorf("status %d\n%s", status, output)
	}
	for _, code := range codes {
		if !regexp.MustCompile(`(?m)` + regexp.QuoteMeta(file) + `(:\d+:\d+)?: warning: .*\[` + code + `\]$`).MatchString(output) {
			a.Errorf("no warning %s is told of %s:\n%s", code, file, output)
		}
	}
}

// builds builds the site, which must succeed, and returns one of its pages.
func (a *attempt) builds(page string) string {
	status, output := a.runs("build")
	if status != exitFine {
		a.Fatalf("status %d\n%s", status, output)
	}
	return a.builtPage(page)
}

// builtPage returns a page of the built site, without the elements that keep letters on one line.
func (a *attempt) builtPage(page string) string {
	text, err := os.ReadFile(filepath.Join(a.dir, "public", filepath.FromSlash(page)))
	if err != nil {
		a.Fatal(err)
	}
	return testcontent.Unbound(string(text))
}

// sameAs checks that the page of card-lost is the same before and after a change of the content.
func (a *attempt) sameAs(change func()) {
	before := a.builds("ja/faq/card-lost.html")
	change()
	if a.builds("ja/faq/card-lost.html") != before {
		a.Error("the page is not the same")
	}
}

// recoded returns a text in the encoding with the name `encoding`.
func recoded(text string, encoding string) string {
	codes := map[string]interface{ String(string) (string, error) }{
		"Shift_JIS": japanese.ShiftJIS.NewEncoder(), "EUC-JP": japanese.EUCJP.NewEncoder(), "ISO-2022-JP": japanese.ISO2022JP.NewEncoder(),
	}
	recoded, err := codes[encoding].String(text)
	if err != nil {
		panic(err)
	}
	return recoded
}

func utf16le(text string) string {
	b := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		b = binary.LittleEndian.AppendUint16(b, unit)
	}
	return string(b)
}

// swapped returns a text in UTF-16 in the other byte order.
func swapped(text string) string {
	b := []byte(text)
	for i := 0; i+1 < len(b); i += 2 {
		b[i], b[i+1] = b[i+1], b[i]
	}
	return string(b)
}

// `in` returns a test that changes the text of a file and expects errors with these codes in that file.
func in(file string, change func(string) string, codes ...string) func(*attempt) {
	return func(a *attempt) {
		a.write(file, change(a.read(file)))
		a.told(file, codes...)
	}
}

// refusedText returns a test that adds each of the texts to a question, one at a time, and expects an error with this code.
func refusedText(code string, texts ...string) func(*attempt) {
	return func(a *attempt) {
		whole := a.read(lostJa)
		for _, text := range texts {
			a.write(lostJa, whole)
			a.says(text)
			a.told(lostJa, code)
		}
	}
}

// addedFact returns a test that adds an entry to facts.yaml and expects an error with this code.
func addedFact(yaml, code string) func(*attempt) {
	return func(a *attempt) {
		a.write(factsOf, a.read(factsOf)+yaml)
		a.told(factsOf, code)
	}
}

// addedFile returns a test that adds a file and expects an error with this code.
func addedFile(name, text, code string) func(*attempt) {
	return func(a *attempt) {
		a.write(name, text)
		a.told(name, code)
	}
}

// replacedMeanwhile builds the site while a question's file is replaced again and again. Each build must use only one of the two
// texts of that file.
func replacedMeanwhile(a *attempt) {
	const one, other = "もう一度もらえます。", "一通もらえます。"
	texts := []string{a.read(lostJa), strings.Replace(a.read(lostJa), one, other, 1)}
	stop, stopped := make(chan struct{}), make(chan error, 1)
	go func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
			}
			err := os.WriteFile(filepath.Join(a.dir, "next"), []byte(texts[i%2]), 0o644)
			if err == nil {
				err = os.Rename(filepath.Join(a.dir, "next"), a.path(lostJa))
			}
			if err != nil {
				stopped <- err
				return
			}
		}
	}()
	for range 5 {
		page, all := a.builds("ja/faq/card-lost.html"), a.builtPage("ja/all.html")
		for _, text := range []string{page, all} {
			if strings.Contains(text, one) == strings.Contains(text, other) || strings.Contains(text, one) != strings.Contains(page, one) {
				a.Error("the pages are of both")
			}
		}
	}
	close(stop)
	if err := <-stopped; err != nil {
		a.Error(err)
	}
}

// badID returns a test that adds a question with this id and expects the error id-form.
func badID(id string) func(*attempt) {
	return func(a *attempt) {
		a.write("faq/card/"+id+"/ja.md", "---\nquestion: x\nsources: [ministry]\n---\n")
		a.told("faq/card/"+id, "id-form")
	}
}

// numberedDevices returns the names of the ports that Windows reserves.
func numberedDevices() (names []string) {
	for i := range 9 {
		names = append(names, fmt.Sprintf("com%d", i+1), fmt.Sprintf("lpt%d", i+1))
	}
	return names
}

// invisible writes an invisible character into ids and addresses, one at a time, and expects an error at each place.
func invisible(a *attempt) {
	const character = "\u200b"
	badID("card" + character + "x")(a)
	for _, place := range []struct{ file, old string }{{lostJa, "sources: ["}, {factsOf, "sources: ["}, {"site.yaml", "languages:"}} {
		whole := a.read(place.file)
		a.replace(place.file, place.old, place.old[:3]+character+place.old[3:])
		a.told(place.file, "character-invisible")
		a.write(place.file, whole)
	}
	whole := a.read(lostJa)
	a.says("{fact:a" + character + "b}")
	a.told(lostJa, "character-invisible")
	a.write(lostJa, whole)
	a.write("profiles/kenpo/profile.yaml", "name: {ja: x, en: x}\nbase_url: https://www.ex"+character+"ample.jp/\n")
	a.told("profiles/kenpo/profile.yaml", "character-invisible")
}

// withstood lists the faults that the program must withstand, in the groups of docs/faults.md.
var withstood = []struct {
	group string
	of    []fault
}{
	{"Encoding and text", []fault{
		{what: "a byte order mark at the beginning", gets: "the same page", try: func(a *attempt) {
			a.sameAs(func() { a.write(lostJa, "\ufeff"+a.read(lostJa)) })
		}},
		{what: "Markdown in Shift_JIS", gets: "an error that names it", try: in(lostJa, func(text string) string { return recoded(text, "Shift_JIS") }, "encoding-shift-jis")},
		{what: "UTF-8 that would also be Shift_JIS", gets: "read as UTF-8", by: []string{"internal/plaintext TestEncodings"}},
		{what: "UTF-16", gets: "an error that names it", try: in(lostJa, utf16le, "encoding-utf16")},
		{what: "UTF-16 in the other byte order, and without a byte order mark", gets: "an error that names it", try: func(a *attempt) {
			text := a.read(lostJa)
			for _, change := range []func(string) string{
				func(text string) string { return swapped(utf16le(text)) },
				func(text string) string { return utf16le(text)[2:] },
				func(text string) string { return swapped(utf16le(text)[2:]) },
			} {
				a.write(lostJa, change(text))
				a.told(lostJa, "encoding-utf16")
			}
		}},
		{what: "Windows-1252 (an apostrophe that is byte 0x92)", gets: "an error with the place", try: in(lostEn, func(text string) string { return strings.Replace(text, "I lost", "I\x92ve lost", 1) }, "encoding-invalid")},
		{what: "EUC-JP", gets: "an error that names it", try: in(lostJa, func(text string) string { return recoded(text, "EUC-JP") }, "encoding-euc-jp")},
		{what: "ISO-2022-JP", gets: "an error that names it", try: in(lostJa, func(text string) string { return recoded(text, "ISO-2022-JP") }, "encoding-iso-2022-jp")},
		{what: "NUL and other control characters, also written as YAML escapes", gets: "an error", try: func(a *attempt) {
			refusedText("character-control", "a\x00b", "a\x03b", "a\u0085b")(a)
			a.write(lostJa, strings.Replace(a.read(lostJa), "question: なくしました", `question: "あ\x03い"`, 1))
			a.told(lostJa, "character-control")
		}},
		{what: "characters that turn the direction of text", gets: "an error", try: refusedText("character-bidi", "a\u202eb", "a\u2066b")},
		{what: "CRLF, lone CR, mixed line ends", gets: "the same page", try: func(a *attempt) {
			text := a.read(lostJa)
			a.sameAs(func() { a.write(lostJa, strings.ReplaceAll(text, "\n", "\r\n")) })
			a.sameAs(func() { a.write(lostJa, strings.ReplaceAll(text, "\n", "\r")) })
			a.sameAs(func() { a.write(lostJa, strings.Replace(text, "\n", "\r\n", 3)) })
		}},
		{what: "ガ written as two characters (NFD)", gets: "the page of one character (NFC)", try: func(a *attempt) {
			a.says("ガイド")
			a.sameAs(func() { a.replace(lostJa, "ガイド", "カ\u3099イト\u3099") })
		}},
		{what: "a full-width colon in the front matter", gets: "an error", try: in(lostJa, func(text string) string { return strings.Replace(text, "question:", "question：", 1) }, "yaml-fullwidth-colon")},
		{what: "a full-width space as indentation", gets: "an error", try: addedFact("extra:\n　date: 2025-12-02\n", "yaml-fullwidth-space")},
		{what: "half a surrogate pair in JSON", gets: "an error", by: []string{"internal/strictjson TestLoneSurrogates"}},
		{what: "emoji, variation selectors (葛󠄀), characters outside the first plane (𠮷)", gets: "kept in texts", try: func(a *attempt) {
			a.says("葛\U000e0100城市の𠮷田さん 🙂")
			if !strings.Contains(a.builds("ja/faq/card-lost.html"), "葛\U000e0100城市の𠮷田さん 🙂") {
				a.Error("they are lost")
			}
		}},
		{what: "an id or a file name that is not ASCII", gets: "an error", try: badID("カード")},
		{what: "an invisible character in an id or in an insurer's address", gets: "an error with the place", try: invisible},
		{what: "10,000 questions", gets: "built in seconds", by: []string{"make bench"}},
		{what: "an empty file, one with front matter alone, one with a byte order mark alone", gets: "an error that names what is missing", try: func(a *attempt) {
			for text, code := range map[string]string{"": "front-matter-missing", "\ufeff": "front-matter-missing", "---\nsources: [ministry]\n---\n": "yaml-missing-key"} {
				a.write(lostJa, text)
				a.told(lostJa, code)
			}
		}},
	}},
	{"Front matter and YAML", []fault{
		{what: "aliases that multiply", gets: "an error: there are none", try: addedFact("extra: &a [x]\nmore: [*a, *a]\n", "yaml-alias")},
		{what: "100,000 brackets one within another", gets: "an error", try: addedFact("extra: "+strings.Repeat("[", 100_000)+"\n", "yaml-too-deep")},
		{what: "a key that is not known (`titel`)", gets: "an error that says what may be meant", try: in(lostJa, func(text string) string { return strings.Replace(text, "answer:", "anwser:", 1) }, "yaml-unknown-key")},
		{what: "`no`, `012`, `1.10`, `1e3`, `12:30` as texts", gets: "kept as they are typed", by: []string{"internal/strictyaml TestTextStaysText"}},
		{what: "a day", gets: "never shifted by a time zone", by: []string{"internal/civil TestParse", "cmd/sitegen TestSameBytes"}},
		{what: "a period that ends before it begins", gets: "an error", try: in(lostJa, func(text string) string {
			return strings.Replace(text, "sources:", "valid_from: 2026-05-01\nvalid_until: 2026-04-01\nsources:", 1)
		}, "period-reversed")},
		{what: "variants that overlap or leave a gap", gets: "errors that name the days", by: []string{"mistakes-variants.txtar"}},
		{what: "merge keys and tags", gets: "an error", try: func(a *attempt) {
			whole := a.read(factsOf)
			for text, code := range map[string]string{"extra:\n  <<: {a: b}\n": "yaml-alias", "extra: !!python/object x\n": "yaml-tag"} {
				a.write(factsOf, whole+text)
				a.told(factsOf, code)
			}
		}},
		{what: "a text where a list belongs", gets: "an error", try: in(lostJa, func(text string) string { return strings.Replace(text, "[ministry]", "ministry", 1) }, "yaml-want-list")},
		{what: "an id that nothing has", gets: "an error", try: in(lostJa, func(text string) string { return strings.Replace(text, "[ministry]", "[minister]", 1) }, "source-unknown")},
		{what: "addresses of removed questions that lead in a chain or back to one that is there", gets: "an error", try: func(a *attempt) {
			for text, code := range map[string]string{"a: b\nb: card-lost\n": "redirect-chain", "card-lost: what-to-bring\n": "redirect-of-existing"} {
				a.write("redirects.yaml", text)
				a.told("redirects.yaml", code)
			}
		}},
		{what: "a question taken away whose address leads nowhere", gets: "an error", by: []string{"vanished.txtar"}},
	}},
	{"Markdown and HTML", []fault{
		{what: "`<script>`, `<img onerror>`, `<style>`, `<iframe>`, `<svg onload>`", gets: "an error", try: refusedText("html-refused", "a <script>b</script>", `a <img src=x onerror=b>`, "a <style>b</style>", "a <iframe src=b></iframe>", "a <svg onload=b></svg>")},
		{what: "`//host`, `\\\\host`, `http:host`, `javascript:`", gets: "an error", try: func(a *attempt) {
			whole := a.read(lostJa)
			for address, code := range map[string]string{"//evil.example": "link-address", `\\\\evil.example`: "link-address", "http:evil": "link-address", "javascript:alert(1)": "link-scheme", "data:text/html,x": "link-scheme"} {
				a.write(lostJa, whole)
				a.says("[ここ](" + address + ")")
				a.told(lostJa, code)
			}
		}},
		{what: "a line that ends within a Japanese sentence", gets: "no space", try: func(a *attempt) {
			a.says("ここで行が\n変わります。")
			if !strings.Contains(a.builds("ja/faq/card-lost.html"), "ここで行が変わります。") {
				a.Error("there is something between the lines")
			}
		}},
		{what: "a heading level left out, a second title", gets: "an error", try: func(a *attempt) {
			text := a.read(lostJa)
			refusedText("heading-jump", "#### 小さい見出し")(a)
			a.write(lostJa, text)
			refusedText("heading-h1", "# 二つ目の題")(a)
		}},
		{what: "50,000 `[`, 20,000 `>`, 20,000 backticks", gets: "time in proportion to the length, nesting 32 at most", by: []string{"internal/dialect TestHostileTextsTakeTheirLength", "internal/dialect TestHostileTexts"}},
		{what: "`</script>`, `-->`, `]]>`, U+2028 in any input", gets: "text in HTML, JSON, scripts, XML and styles", by: []string{"internal/build TestPolyglots"}},
		{what: "control characters, marks of direction and ends of lines in file names and texts that a message names", gets: "stand-ins: no terminal is steered, no line of a log begun", by: []string{"terminal.txtar", "internal/terminal TestScreen"}},
		{what: "words with commas, ends of lines and characters outside the first plane in a calendar file", gets: "one text of it, folded between characters", by: []string{"browser: words of any kind stay one text of a calendar file"}},
		{what: "a text of more than 20,000 lines or 100,000 pieces, YAML of more than 300,000 entries", gets: "an error with the line", try: func(a *attempt) {
			lost := a.read(lostJa)
			refusedText("text-lines", strings.Repeat("a\n", 20_001))(a)
			a.write(lostJa, lost)
			refusedText("text-pieces", strings.Repeat("**a**", 40_000))(a)
			a.write(lostJa, lost)
			a.write("redirects.yaml", a.read("redirects.yaml")+strings.Repeat("["+strings.Repeat("a,", 20)+"],\n", 20_000))
			a.told("redirects.yaml", "yaml-pieces")
		}},
		{what: "2 MB of slips, aliases or entries", gets: "150 MB of memory at most", by: []string{"cmd/sitegen TestMemory", "bounded.txtar"}},
		{what: "an address with `&`, Japanese, spaces", gets: "encoded once", by: []string{"internal/dialect TestLinks"}},
		{what: "a link to http://", gets: "a warning", try: func(a *attempt) {
			a.says("[ここ](http://www.example.jp/)")
			a.write(lostEn, a.read(lostEn)+"\n[here](http://www.example.jp/)\n")
			a.warned(lostJa, "link-insecure")
		}},
	}},
	{"Files and disks", []fault{
		{what: "names that are the same to some disks (capitals, NFD)", gets: "an error: ids are small ASCII letters", try: badID("Card-Lost")},
		{what: "files of a language that the site does not have (`fr.md`), one of them a named pipe; `ガ.md` in two characters", gets: "an error, and no waiting", try: func(a *attempt) {
			a.write("faq/card/card-lost/カ\u3099.md", "x")
			a.told("faq/card/card-lost/カ\u3099.md", "language-unknown")
			for _, make := range []func(name string) error{func(name string) error { return os.WriteFile(name, []byte("x"), 0o644) }, func(name string) error { return syscall.Mkfifo(name, 0o644) }} {
				name := a.path("faq/card/card-lost/fr.md")
				if err := make(name); err != nil {
					a.Fatal(err)
				}
				a.told("faq/card/card-lost/fr.md", "language-unknown")
				if err := os.Remove(name); err != nil {
					a.Fatal(err)
				}
			}
		}},
		{what: "each name of a Windows device, as a question, a topic, an insurer and a drawing", gets: "an error on every system", try: func(a *attempt) {
			for _, name := range append([]string{"con", "prn", "aux", "nul"}, numberedDevices()...) {
				a.write("faq/card/"+name+"/ja.md", "---\nquestion: x\nsources: [ministry]\n---\n")
				a.write("faq/"+name+"/topic.yaml", "ja: x\n")
				a.write("profiles/"+name+"/profile.yaml", "name: {ja: x}\n")
				a.write("pictures/"+name+".svg", "<svg viewBox=\"0 0 1 1\"></svg>")
			}
			status, output := a.runs("check")
			for _, name := range append([]string{"con", "prn", "aux", "nul"}, numberedDevices()...) {
				for _, file := range []string{"faq/card/" + name, "faq/" + name, "profiles/" + name, "pictures/" + name + ".svg"} {
					if status != exitContent || !regexp.MustCompile(`(?m)`+regexp.QuoteMeta(file)+`\b.*error: .*`+name).MatchString(output) {
						a.Errorf("nothing is told of %s (status %d)", file, status)
					}
				}
			}
			if a.Failed() {
				a.Log(output)
			}
		}},
		{what: "`CON`, `aux`, `nul.txt`, names that end with a point or hold `:`", gets: "an error on every system", try: func(a *attempt) {
			for _, id := range []string{"con", "aux", "COM1"} {
				badID(id)(a)
			}
			for _, name := range []string{"nul.txt", "x:y.md", "x.", "x ", "x?y", "x*y"} {
				a.write(name, "x")
				a.told(name, "file-stray")
			}
		}},
		{what: "a symbolic link out of the content, and one to itself", gets: "an error", try: func(a *attempt) {
			for name, target := range map[string]string{"sources.yaml": "/etc/hostname", "glossary.yaml": "glossary.yaml"} {
				if err := errors.Join(os.Remove(a.path(name)), os.Symlink(target, a.path(name))); err != nil {
					a.Fatal(err)
				}
				a.told(name, "file-symlink")
			}
		}},
		{what: "an output folder in the content or around it, `/`, the home folder, a git repository", gets: "status 2, nothing touched", by: []string{"refused.txtar"}},
		{what: "a page that cannot be read, a folder named like a page, a named pipe", gets: "an error, and no waiting", by: []string{"mistakes-files.txtar", "mistakes-unreadable.txtar"}},
		{what: "a file or content larger than `limits:` in site.yaml allows", gets: "an error with the size and the limit; the file is not read", try: func(a *attempt) {
			a.write(factsOf, a.read(factsOf)+strings.Repeat("# a note\n", 300_000))
			a.told(factsOf, "file-too-large")
			a.write("site.yaml", a.read("site.yaml")+"limits: {file: 3, all: 2}\n")
			a.told("content", "content-too-large")
		}},
		{what: "a file that is replaced while the site is built", gets: "the site of one or the other: each file is read once", try: replacedMeanwhile},
		{what: "copies that Dropbox, OneDrive and file browsers make", gets: "an error that names both", try: addedFile("faq/card/card-lost/ja (1).md", "x", "file-copy")},
		{what: "two editors who changed one file", gets: "an error at the marks of the conflict, or about the second copy", try: func(a *attempt) {
			refusedText("merge-conflict", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other")(a)
			addedFile("faq/card/card-lost/ja (conflicted copy).md", "x", "file-copy")(a)
		}},
		{what: "marks of a git conflict", gets: "an error", try: refusedText("merge-conflict", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other")},
		{what: "a full disk", gets: "status 3, the old site", by: []string{"cmd/sitegen TestDisk", "cmd/sitegen TestKills"}},
		{what: "killed at any point; a system call fails", gets: "the old or the new site, or the next build ends it", by: []string{"cmd/sitegen TestKills", "internal/publish TestSwitch"}},
		{what: "Ctrl-C while files are read, rules proven or pages rendered", gets: "status 3, the old site, at once", by: []string{"internal/build TestMakingStops", "internal/build TestProofStops", "cmd/sitegen TestInterrupt"}},
		{what: "two builds of one folder", gets: "one after the other", by: []string{"cmd/sitegen TestTwoBuilds"}},
		{what: "a lock that another host left", gets: "taken over when nobody holds it", by: []string{"internal/disk TestLock"}},
		{what: "times of files that are wrong or rough (FAT)", gets: "the same page: their content counts", try: func(a *attempt) {
			a.sameAs(func() {
				if err := os.Chtimes(a.path(lostJa), time.Unix(0, 0), time.Unix(0, 0)); err != nil {
					a.Fatal(err)
				}
			})
		}},
		{what: "umask 077", gets: "files 0644, folders 0755", by: []string{"internal/publish TestUmask"}},
		{what: "a mounted volume, a parent folder that nobody may write", gets: "published inside, file by file", by: []string{"cmd/sitegen TestVolume", "cmd/sitegen TestVolumeSince", "cmd/sitegen TestKeepOnAVolume", "internal/publish TestSwitch"}},
		{what: "a spreadsheet or an archive with anything in it", gets: "nothing: none is read", try: addedFile("faq.xlsx", "PK\x03\x04", "file-stray")},
	}},
	{"Time", []fault{
		{what: "any time zone, or none known", gets: "the same bytes; today is that of Tokyo", by: []string{"cmd/sitegen TestSameBytes", "internal/civil TestInIsTokyo"}},
		{what: "a build around midnight", gets: "one day, read once", by: []string{"epoch.txtar", "internal/civil TestInIsTokyo"}},
		{what: "a reader's clock that is far off", gets: "no harm, and the day can be changed", by: []string{"browser: a clock that is far off does no harm"}},
		{what: "a page that comes back from the browser's memory after midnight", gets: "the new day", by: []string{"browser: a page that comes back from the memory of the browser after midnight in Tokyo shows the new day"}},
	}},
	{"The preview", []fault{
		{what: "another site that asks for it", gets: "403, and no header that would allow it", by: []string{"internal/serve TestOtherSites", "internal/serve TestHost"}},
		{what: "`/..%2f..%2fetc/passwd`, `/x::$DATA`, `/.env`, `#` in the target, and so on", gets: "404 or 400: what is served is what was built", by: []string{"internal/serve TestHostilePaths", "internal/serve TestServedSet"}},
		{what: "a mistake and its correction, again and again", gets: "told on the page, then the page; no new start", by: []string{"internal/serve TestBreakFix", "cmd/sitegen TestServeBreakFix"}},
		{what: "a page that reloads while the site is built", gets: "a reload only when the new site is complete", by: []string{"internal/serve TestReloadAfterComplete"}},
		{what: "500 files saved at once", gets: "built once", by: []string{"internal/serve TestStorm"}},
	}},
	{"Rules, module, pages", []fault{
		{what: "a row that nobody reaches, people for whom no row is, rows that contradict each other", gets: "an error that names a person", by: []string{"mistakes-rules-rows.txtar"}},
		{what: "a forged link to an answer, answers out of range", gets: "what is not known is left out; never a wrong answer", by: []string{"browser: a link restores the answer, never carries what is private, and is made only on request", "internal/rules TestRefusedAnswers"}},
		{what: "a module or words that have rotted, or are of another publication", gets: "the page as it was published", by: []string{"browser: a module that is not the one of the words is not started", "browser: the script ends on any bytes"}},
		{what: "HTML that is not valid, what axe-core finds", gets: "none of it", by: []string{"browser: the Nu HTML checker has nothing to say about pages, and finds HTML that is not valid", "browser: axe-core finds nothing on any kind of page, light, dark, in forced colours and 320 px wide"}},
		{what: "links from a disk and in a folder of a host", gets: "all lead somewhere", by: []string{"browser: from the disk, every link leads to a file and a place that exist"}},
		{what: "an address of the site where none was given, a path, a user or a time of the machine", gets: "none in any file", by: []string{"internal/render TestNoAbsoluteAddressWithoutBase", "cmd/sitegen TestSameBytes"}},
		{what: "pages that weigh too much", gets: "a test fails", by: []string{"browser: pages weigh no more than a first visit may cost"}},
	}},
}

// Every fault that `withstood` lists must have the outcome that it states, or name tests that exist. docs/faults.md must list all
// faults.
func TestFaults(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var page strings.Builder
	page.WriteString(faultsHead)
	there := testsThatAre(t)
	for _, group := range withstood {
		fmt.Fprintf(&page, "\n## %s\n\n| what happens | what it gets | tried by | |\n|---|---|---|---|\n", group.group)
		for _, fault := range group.of {
			passed := t.Run(fault.what, func(t *testing.T) {
				if (fault.try == nil) == (fault.by == nil) {
					t.Fatal("it is tried here, or by tests that it names")
				}
				if fault.try != nil {
					fault.try(&attempt{t, smallContent(t)})
				}
				for _, name := range fault.by {
					if !there(name) {
						t.Errorf("there is no test %s", name)
					}
				}
			})
			by := "this test"
			if fault.by != nil {
				by = "`" + strings.Join(fault.by, "`, `") + "`"
			}
			mark := map[bool]string{true: "✔", false: "✘"}[passed]
			fmt.Fprintf(&page, "| %s | %s | %s | %s |\n", strings.ReplaceAll(fault.what, "|", `\|`), fault.gets, by, mark)
		}
	}
	if *update && !t.Failed() {
		if err := os.WriteFile(faultsFile, []byte(page.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if text, err := os.ReadFile(faultsFile); err != nil || string(text) != page.String() {
		t.Errorf("docs/faults.md is not what this test saw; write it with -update (%v)", err)
	}
}

const faultsHead = `# Bad inputs and mishaps, and what each gets

An author's mistake gets a message with file, line, column and a hint, and exit status 1; a command that cannot be meant 2; trouble of the
machine 3. The published site stays as it was. "This test" is ` + "`go test ./cmd/sitegen -run TestFaults`" + `, which writes this page with ` + "`-update`" + `
once all are passed. Where it names tests, it fails if one of them is not there; ` + "`make test`" + ` runs them all (` + "`make bench`" + ` is run by hand).
`

// testsThatAre returns a function that reports whether a test exists. The name of a test has one of these forms:
// "internal/plaintext TestEncodings" for a Go test, "vanished.txtar" for a script, "browser: TITLE" for a browser test, "make
// TARGET" for a target of the Makefile.
func testsThatAre(t *testing.T) func(name string) bool {
	t.Helper()
	var text strings.Builder
	for _, pattern := range []string{"../../tests/*.test.mjs", "../../Makefile"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text.Write(content)
		}
	}
	all := text.String()
	inPackage := func(folder, name string) bool {
		found := false
		fs.WalkDir(os.DirFS("../.."), folder, func(file string, entry fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(file, "_test.go") {
				content, _ := os.ReadFile(filepath.Join("../..", file))
				found = found || bytes.Contains(content, []byte("\nfunc "+name+"("))
			}
			return err
		})
		return found
	}
	return func(name string) bool {
		if title, ok := strings.CutPrefix(name, "browser: "); ok {
			return strings.Contains(all, "test('"+title+"'")
		}
		if target, ok := strings.CutPrefix(name, "make "); ok {
			return strings.Contains(all, "\n"+target+":")
		}
		if strings.HasSuffix(name, ".txtar") {
			_, err := os.Stat(filepath.Join("testdata/script", name))
			return err == nil
		}
		folder, test, _ := strings.Cut(name, " ")
		return inPackage(folder, test)
	}
}
