package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// helpText is the help of a command: its purpose in one line, details (`more`), and examples. The details and the
// examples may be empty.
type helpText struct {
	purpose, more, examples phrase
}

var (
	introduction = phrase{"sitegen — 質問と答えのフォルダーから、多言語のサイトを作ります", "sitegen — makes a site in several languages of a folder of questions and answers"}
	usageTitle   = phrase{"使い方:", "Usage:"}
	commandTitle = phrase{"命令:", "Commands:"}
	optionTitle  = phrase{"オプション:", "Options:"}
	exampleTitle = phrase{"例:", "Examples:"}
	exitTitle    = phrase{"終了コード:", "Exit codes:"}
	exitText     = phrase{"  0 よい　1 原稿に間違い　2 使い方の間違い　3 ディスクや権限　4 sitegenの不具合",
		"  0 fine, 1 mistakes in the content, 2 usage, 3 disk or permissions, 4 a bug of sitegen"}
	startExamples = phrase{`  sitegen serve                  書きながら見る
  sitegen check                  間違いがないか確かめる
  sitegen build                  public/ に作る。public/index.html を開けば見られる`,
		`  sitegen serve                  see it while you write
  sitegen check                  is everything in order?
  sitegen build                  make it in public/; open public/index.html to see it`}
)

var helpCommand = command{
	name: "help", options: []string{"lang"}, run: runHelp, arguments: 2,
	help: helpText{
		phrase{"この説明。sitegen help build で命令ごとの説明", "this text; sitegen help build tells about one command"}, phrase{}, phrase{},
	},
}

func runHelp(c *console, o *options) int {
	if len(o.args) == 0 {
		c.printHelp(c.Out)
		return exitFine
	}
	name := strings.Join(o.args, " ")
	i := slices.IndexFunc(commands, func(command command) bool {
		return command.name == name || strings.HasPrefix(command.name, name+" ")
	})
	if i < 0 {
		return c.misuse(phrase{"知らない命令です: %s", "unknown command: %s"}, name, c.didYouMean(name, commandNames(), "")...)
	}
	c.printCommandHelp(c.Out, commands[i])
	return exitFine
}

// printHelp prints the help of the whole program.
func (c *console) printHelp(w io.Writer) {
	fmt.Fprintf(w, "%s\n\n%s\n  %s\n\n%s\n", c.Words(introduction), c.Words(usageTitle),
		c.Words(phrase{"sitegen <命令> [オプション]", "sitegen <command> [options]"}), c.Words(commandTitle))
	for _, command := range commands {
		fmt.Fprintf(w, "  %-18s%s\n", command.name, c.Words(command.help.purpose))
	}
	fmt.Fprintf(w, "\n%s\n%s\n\n%s\n%s\n", c.Words(exampleTitle), c.Words(startExamples), c.Words(exitTitle), c.Words(exitText))
}

// printCommandHelp prints the help of one command.
func (c *console) printCommandHelp(w io.Writer, command command) {
	text := command.help
	fmt.Fprintf(w, "sitegen %s — %s\n", command.name, c.Words(text.purpose))
	if text.more != (phrase{}) {
		fmt.Fprintf(w, "\n%s\n", c.Words(text.more))
	}
	fmt.Fprintf(w, "\n%s\n", c.Words(optionTitle))
	for _, option := range allOptions {
		if option.name == command.own.name {
			option = command.own
		}
		if slices.Contains(command.options, option.name) {
			fmt.Fprintf(w, "  %-20s %s\n", "--"+option.name+" "+option.value, c.Words(option.phrase))
		}
	}
	if text.examples != (phrase{}) {
		fmt.Fprintf(w, "\n%s\n%s\n", c.Words(exampleTitle), c.Words(text.examples))
	}
}
