package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sitegen/internal/sweep"
	"sitegen/internal/terminal"
)

// guideDay is 15 December 2026 in the form of SOURCE_DATE_EPOCH.
const guideDay = "1797292800"

// guideBlock is a code block of the guide: its language, the file name that follows the language, and its text.
type guideBlock struct{ language, file, text string }

// readGuide returns the guide for Japanese editors, which leads from the first change to the publication, and its code blocks.
func readGuide(t *testing.T) (guide string, blocks []guideBlock) {
	t.Helper()
	text, err := os.ReadFile("../../content/README.ja.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range regexp.MustCompile("(?ms)^```(\\w*) ?([\\w./-]*)\n(.*?)^```$").FindAllStringSubmatch(string(text), -1) {
		blocks = append(blocks, guideBlock{found[1], found[2], found[3]})
	}
	return string(text), blocks
}

// TestGuideNames checks that sitegen accepts each command that the guide shows, in a code block or in a sentence, and that the files that
// the guide names exist.
func TestGuideNames(t *testing.T) {
	t.Setenv("SOURCE_DATE_EPOCH", guideDay)
	guide, blocks := readGuide(t)
	var lines []string
	written := map[string]bool{}
	for _, b := range blocks {
		written[b.file] = true
		if b.language == "sh" {
			lines = append(lines, strings.Split(strings.TrimSpace(b.text), "\n")...)
		}
	}
	for _, found := range regexp.MustCompile("`(sitegen [^`\n]+)`").FindAllStringSubmatch(guide, -1) {
		lines = append(lines, found[1])
	}
	if len(lines) < 20 {
		t.Errorf("only %d commands were read", len(lines))
	}
	for _, line := range lines {
		var out bytes.Buffer
		if !takes(strings.Fields(line), &out) {
			t.Errorf("sitegen does not take this: %s\n%s", line, out.String())
		}
	}
	for _, found := range regexp.MustCompile(`content/[\w./-]+`).FindAllString(guide, -1) {
		if _, err := os.Stat("../../" + found); err != nil && !written[found] {
			t.Errorf("the guide names %s: %v", found, err)
		}
	}
}

// takes reports whether sitegen has the command of a line and accepts its options and arguments. It does not run the command.
func takes(line []string, out io.Writer) bool {
	c := &console{terminal.New(strings.NewReader(""), out, out, "ja")}
	for _, command := range commands {
		name := strings.Fields(command.name)
		if len(line) <= len(name) || line[0] != "sitegen" || strings.Join(line[1:1+len(name)], " ") != command.name {
			continue
		}
		_, ok, _ := c.parse(command, line[1+len(name):])
		return ok
	}
	return false
}

// TestGuide follows the guide in a copy of the content: the edits, commands and messages are those of its code blocks, in their order. The
// commands that show, publish or undo a site have tests of their own. `make test` only resolves the guide's commands and names
// (TestGuideNames); `make sweep` follows the guide, because it checks the whole content several times.
func TestGuide(t *testing.T) {
	if !sweep.All() {
		t.Skip("make sweep follows the guide")
	}
	t.Setenv("SOURCE_DATE_EPOCH", guideDay)
	dir := t.TempDir()
	e := &editor{t, filepath.Join(dir, "content")}
	if err := os.CopyFS(e.content, os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	whole, err := filepath.Abs("../../content")
	if err != nil {
		t.Fatal(err)
	}
	_, blocks := readGuide(t)
	t.Chdir(dir)
	const lost = "faq/old-card/old-card-lost/ja.md"
	// says returns what a command prints. In place of the guide's `check`, the test sometimes runs `profiles`, which reports the same
	// findings about texts in less time.
	says := func(args ...string) string {
		var out bytes.Buffer
		run(append(args, "--lang", "ja"), strings.NewReader(""), &out, &out)
		return out.String()
	}
	messages, output := 0, ""
	elsewhere := regexp.MustCompile(`^sitegen (serve|build|package|undo|check --strict|check --profile sk|check$|facts$)`)
	for _, b := range blocks {
		switch {
		case b.language == "sh":
			for _, line := range strings.Split(strings.TrimSpace(b.text), "\n") {
				if elsewhere.MatchString(line) {
					continue
				}
				var out bytes.Buffer
				code := run(append(strings.Fields(line)[1:], "--lang", "ja"), strings.NewReader("y\n"), &out, &out)
				text, err := os.ReadFile(filepath.Join(e.content, lost))
				switch fixed := strings.Contains(string(text), "{fact:old_card_last_day}より後は"); {
				case line != "sitegen fix" && code != exitFine:
					t.Errorf("%s: status %d\n%s", line, code, out.String())
				case line == "sitegen fix" && (err != nil || !fixed):
					t.Errorf("%s: %s does not refer to the fact again: %v\n%s", line, lost, err, out.String())
				}
			}
		case b.file == "content/redirects.yaml":
			e.replaces("redirects.yaml", "has been removed so far.", "has been removed so far.\n"+strings.TrimSpace(b.text))
			if output := says("profiles"); !strings.Contains(output, "redirects.yaml では「what-to-bring」") {
				t.Errorf("the redirect is not read:\n%s", output)
			}
			if err := errors.Join(os.RemoveAll(e.content), os.CopyFS(e.content, os.DirFS(whole))); err != nil {
				t.Fatal(err)
			}
		case b.file != "":
			if err := os.MkdirAll(filepath.Dir(b.file), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(b.file, []byte(b.text), 0o666); err != nil {
				t.Fatal(err)
			}
		default:
			switch messages++; messages {
			case 1: // the editor types the date in place of the fact
				e.replaces(lost, "{fact:old_card_last_day}より後は", "2025年12月1日より後は")
				output = says("check")
			case 2:
				e.replaces(lost, "資格確認書を申し込んでください。", "資格確認書を申し込んでください。家の中も、もう一度見てください。")
				output = says("profiles")
			case 3:
				if err := os.RemoveAll(filepath.Join(e.content, "faq/old-card/old-card-lost")); err != nil {
					t.Fatal(err)
				}
				output = says("profiles")
			}
			if !shown(output, b.text) {
				t.Errorf("check does not say this:\n%s\nbut this:\n%s", b.text, output)
			}
		}
	}
	if messages != 3 {
		t.Errorf("the guide shows %d messages", messages)
	}
}
