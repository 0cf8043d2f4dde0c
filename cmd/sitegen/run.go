package main

import (
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/terminal"
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
	name       string
	help       helpText
	options    []string // names of the options that the command accepts
	own        option   // an option whose meaning differs from that in allOptions; its name is "" if the command has no such option
	ownDefault string   // the default value of the option `own`
	arguments  int      // the maximum number of arguments
	run        func(*console, *options) int
}

// commands has every command in the order of the help.
var commands []command

func init() { // an initializer of commands would depend on itself, because runHelp uses commands
	commands = []command{
		buildCommand, undoCommand, checkCommand, fixCommand, serveCommand, askCommand,
		verifyCommand, packageCommand, hostCommand, profilesCommand, factsCommand, searchCommand,
		translateStatusCommand, translateAcceptCommand, translateWaiveCommand, rulesVerifyCommand, rulesAcceptCommand, rulesDiffCommand,
		rulesGraphCommand, versionCommand, helpCommand,
	}
}

// siteOptions are the options of the commands that make a site.
var siteOptions = []string{"content", "theme", "out", "profile", "date", "previous", "base-url", "format", "lang"}

// console is the terminal of the person who runs the command.
type console struct{ *terminal.Terminal }

// run runs the command line and returns the exit code. `args` does not include the program's name.
func run(args []string, in io.Reader, out, err io.Writer) (code int) {
	c := &console{terminal.New(in, out, err, languageOf(args, os.Getenv, systemLocale))}
	defer func() {
		if bug := recover(); bug != nil {
			code = c.reportBug(bug, debug.Stack())
		}
	}()
	if len(args) == 0 {
		c.printHelp(c.Err)
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
	families := []string{"rules", "translate"} // the first words of commands with two words
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
				c.printCommandHelp(c.Err, command)
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
// The hint has `prefix` in front of the known name.
func (c *console) didYouMean(name string, names []string, prefix string) []string {
	nearest := diag.Nearest(name, names)
	if nearest == "" {
		return nil
	}
	return []string{c.Words(phrase{"「%s」ではありませんか", "did you mean %s?"}, prefix+nearest)}
}

// languageOf returns the language of messages. The first of these that is set decides: a known value of --lang, the
// environment's locale, the language of the system. The result is "ja" if that language is Japanese, and "en" otherwise.
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
