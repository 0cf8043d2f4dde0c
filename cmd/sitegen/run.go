package main

import (
	"io"
	"math"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"sitegen/internal/diag"
)

// Exit codes. Scripts rely on these numbers.
const (
	exitFine        = 0
	exitContent     = 1 // an author's mistake
	exitUsage       = 2 // a mistake on the command line
	exitEnvironment = 3 // disk, permissions, another build
	exitBug         = 4 // a bug in sitegen
)

// command is one subcommand, such as "build" or "rules diff".
type command struct {
	name      string
	help      helpText
	options   []string // names of the options that the command accepts
	arguments int      // the maximum number of arguments
	run       func(*console, *options) int
}

var commands []command

func init() { // an initializer of commands would depend on itself, because runHelp uses commands
	site := []string{"content", "theme", "out", "profile", "date", "previous", "base-url", "format", "lang"}
	commands = []command{
		{"build", helpBuild, append(slices.Clone(site), "strict", "compress", "replace-edits", "keep", "stats"), 0, runBuild},
		{"undo", helpUndo, []string{"out", "lang"}, 0, runUndo},
		{"check", helpCheck, append(slices.Clone(site), "strict", "until"), 0, runCheck},
		{"fix", helpFix, []string{"content", "write", "date", "lang"}, math.MaxInt, runFix},
		{"serve", helpServe, []string{"content", "theme", "profile", "date", "port", "phone", "lang"}, 0, runServe},
		{"ask", helpAsk, []string{"answers", "profile", "text", "explain", "content", "date", "lang"}, 0, runAsk},
		{"verify", helpVerify, []string{"lang"}, 1, runVerify},
		{"package", helpPackage, []string{"out", "lang"}, 1, runPackage},
		{"host", helpHost, []string{"base-url", "out", "lang"}, 1, runHost},
		{"profiles", helpProfiles, []string{"content", "date", "lang"}, 0, runProfiles},
		{"facts", helpFacts, []string{"content", "by", "format", "lang"}, 0, runFacts},
		{"search", helpSearch, []string{"profile", "content", "date", "format", "lang"}, math.MaxInt, runSearch},
		{"translate status", helpTranslateStatus, []string{"content", "date", "lang"}, 1, runTranslateStatus},
		{"translate accept", helpTranslateAccept, []string{"content", "date", "lang"}, 1000, runTranslateAccept},
		{"translate waive", helpTranslateWaive, []string{"content", "date", "until", "lang"}, 1000, runTranslateWaive},
		{"rules verify", helpRulesVerify, []string{"content", "format", "lang", "strict"}, 0, runRulesVerify},
		{"rules accept", helpRulesAccept, []string{"content", "lang"}, 0, runRulesAccept},
		{"rules diff", helpRulesDiff, []string{"content", "lang"}, 2, runRulesDiff},
		{"rules graph", helpRulesGraph, []string{"content", "out", "lang"}, 0, runRulesGraph},
		{"version", helpVersion, []string{"lang"}, 0, runVersion},
		{"help", helpHelp, []string{"lang"}, 2, runHelp},
	}
}

// console holds the input, the outputs and the language of the person who runs the command.
type console struct {
	in       io.Reader
	out, err io.Writer
	language string // the language of messages: "ja" or "en"
}

// run runs the command line and returns the exit code. args does not include the program's name.
func run(args []string, in io.Reader, out, err io.Writer) (code int) {
	c := &console{in, &screen{Writer: out}, &screen{Writer: err}, languageOf(args, os.Getenv, systemLocale)}
	defer func() {
		if bug := recover(); bug != nil {
			code = c.reportBug(bug, debug.Stack())
		}
	}()
	if len(args) == 0 {
		c.printHelp(c.err)
		return exitUsage
	}
	name := args[0]
	switch name {
	case "-h", "-help", "--help":
		name = "help"
	case "-v", "-version", "--version":
		name = "version"
	}
	args = args[1:]
	families := []string{"rules", "translate"} // commands with a second word
	if slices.Contains(families, name) && len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		name, args = name+" "+args[0], args[1:]
	}
	for _, command := range commands {
		if command.name == name {
			return c.runCommand(command, args)
		}
	}
	if slices.Contains(families, name) {
		for _, command := range commands {
			if strings.HasPrefix(command.name, name+" ") {
				c.printCommandHelp(c.err, command)
			}
		}
		return exitUsage
	}
	if strings.HasPrefix(name, "-") {
		return c.misuse(phrase{"命令より先にオプションがあります: %s", "the option %s stands before a command"}, name)
	}
	return c.misuse(phrase{"知らない命令です: %s", "unknown command: %s"}, name, c.didYouMean(name, commandNames(), "")...)
}

func (c *console) runCommand(command command, args []string) int {
	options, ok, code := c.parse(command, args)
	if !ok {
		return code
	}
	return command.run(c, options)
}

func commandNames() []string {
	var names []string
	for _, command := range commands {
		names = append(names, command.name)
	}
	return names
}

// didYouMean returns a hint with the known name that is most similar to an unknown name. It returns nil if no name is similar.
// prefix is put in front of the known name.
func (c *console) didYouMean(name string, names []string, prefix string) []string {
	nearest := diag.Nearest(name, names)
	if nearest == "" {
		return nil
	}
	return []string{c.words(phrase{"「%s」ではありませんか", "did you mean %s?"}, prefix+nearest)}
}

// languageOf returns the language of messages, "ja" or "en". It comes from the option --lang, or else from the environment's locale,
// or else from the system. It is Japanese if one of these names Japanese, and English otherwise.
func languageOf(args []string, getenv func(string) string, system func() string) string {
	for i, arg := range args {
		name, value, given := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		if name != "lang" || !strings.HasPrefix(arg, "-") {
			continue
		}
		if !given && i+1 < len(args) {
			value = args[i+1]
		}
		if value == "ja" || value == "en" {
			return value
		}
		if strings.HasPrefix(value, "ja-") { // ask and search accept languages of the site, such as ja-easy
			return "ja"
		}
	}
	for _, variable := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale := getenv(variable); locale != "" {
			if strings.HasPrefix(locale, "ja") {
				return "ja"
			}
			return "en"
		}
	}
	if system() == "ja" {
		return "ja"
	}
	return "en"
}
