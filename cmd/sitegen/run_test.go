package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"sitegen/internal/publish"
	"sitegen/internal/terminal"
)

// After a panic, sitegen exits with status 4. It prints an apology and a report that the person can send.
func TestBug(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	saved := commands
	defer func() { commands = saved }()
	commands = append(commands, command{name: "test", run: func(*console, *options) int { panic("BUG: test") }})
	report := filepath.Join(os.TempDir(), "sitegen-bug-report.txt")
	// A link that somebody else put at that name is not followed.
	victim := filepath.Join(t.TempDir(), "victim")
	if err := errors.Join(os.WriteFile(victim, []byte("mine"), 0o644), os.Symlink(victim, report)); err != nil {
		t.Fatal(err)
	}
	for language, sorry := range map[string]string{"ja": "sitegenの不具合です", "en": "this is a bug of sitegen"} {
		t.Setenv("LC_ALL", language)
		var stdout, stderr bytes.Buffer
		if code := run([]string{"test"}, nil, &stdout, &stderr); code != exitBug || stdout.Len() > 0 {
			t.Errorf("status %d, %q", code, &stdout)
		}
		for _, part := range []string{sorry, "BUG: test", "run_test.go", report} {
			if !strings.Contains(stderr.String(), part) {
				t.Errorf("no %s in\n%s", part, &stderr)
			}
		}
	}
	text, err := os.ReadFile(report)
	if err != nil || !strings.Contains(string(text), "BUG: test") || !strings.Contains(string(text), "sitegen "+version) {
		t.Errorf("%v\n%s", err, text)
	}
	if text, _ := os.ReadFile(victim); string(text) != "mine" {
		t.Errorf("somebody's file says %s", text)
	}
}

func TestLanguage(t *testing.T) {
	for _, c := range []struct{ args, environment, want string }{
		{"", "", "en"},
		{"", "LANG=ja_JP.UTF-8", "ja"},
		{"", "LANG=ja", "ja"},
		{"", "LANG=C.UTF-8", "en"},
		{"", "LANG=de_DE.UTF-8", "en"},
		{"", "LC_ALL=C LANG=ja_JP.UTF-8", "en"},
		{"", "LC_ALL= LC_MESSAGES=ja_JP LANG=en_US", "ja"},
		{"build --lang en", "LANG=ja_JP.UTF-8", "en"},
		{"build -lang=ja", "", "ja"},
		{"build --lang xx", "LANG=ja_JP.UTF-8", "ja"},
		{"build --lang", "LANG=ja_JP.UTF-8", "ja"},
		{"lang ja", "", "en"},
	} {
		environment := map[string]string{}
		for _, setting := range strings.Fields(c.environment) {
			name, value, _ := strings.Cut(setting, "=")
			environment[name] = value
		}
		getenv := func(name string) string { return environment[name] }
		if got := languageOf(strings.Fields(c.args), getenv, func() string { return "" }); got != c.want {
			t.Errorf("%s sitegen %s: %s", c.environment, c.args, got)
		}
		want := c.want // on a Japanese system, the language is Japanese if neither an option nor the environment gives one
		if c.environment == "" && !strings.Contains(c.args, "--lang") {
			want = "ja"
		}
		if got := languageOf(strings.Fields(c.args), getenv, func() string { return "ja" }); got != want {
			t.Errorf("in a Japanese system, %s sitegen %s: %s", c.environment, c.args, got)
		}
	}
}

// Every refusal has a sentence, and errors of the system have a message that names the file, in both languages.
func TestFailures(t *testing.T) {
	for _, language := range []string{"ja", "en"} {
		for reason := range refusals {
			var stderr bytes.Buffer
			c := &console{&terminal.Terminal{Err: &stderr, Language: language}}
			if code := c.fail(&publish.Refused{Reason: reason, Dir: "DIR", Other: "OTHER"}); code != exitUsage || !strings.Contains(stderr.String(), "DIR") || strings.Contains(stderr.String(), "%!") {
				t.Errorf("%s: status %d: %s", reason, code, &stderr)
			}
		}
		for _, err := range []error{
			&os.PathError{Op: "write", Path: "FILE", Err: syscall.EROFS}, &os.PathError{Op: "open", Path: "FILE", Err: syscall.EACCES},
			&os.LinkError{Op: "rename", Old: "x", New: "FILE", Err: syscall.EPERM}, &os.PathError{Op: "read", Path: "FILE", Err: syscall.EIO},
			&publish.NotKept{Dir: "FILE", Err: syscall.EACCES},
		} {
			var stderr bytes.Buffer
			c := &console{&terminal.Terminal{Err: &stderr, Language: language}}
			if code := c.fail(err); code != exitEnvironment || !strings.Contains(stderr.String(), "FILE") {
				t.Errorf("%v: status %d: %s", err, code, &stderr)
			}
		}
	}
}
