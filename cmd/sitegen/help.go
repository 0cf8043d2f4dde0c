package main

import (
	"fmt"
	"io"
	"slices"
)

// helpText is what help says of a command: its purpose in a line, more of it, and examples.
type helpText struct {
	purpose, more, examples phrase
}

var helpTexts = map[string]helpText{
	"build": {
		phrase{"サイトを作り、フォルダーに置く", "make the site and put it into a folder"},
		phrase{`原稿をぜんぶ確かめてから、サイトを作ります。間違いがあれば、場所と直し方をまとめて出し、
公開中のサイトには手を触れません。できあがったサイトは、最後に一度で入れ替わります。`,
			`Checks all content, then makes the site. If there are mistakes you are told all of them, with
where they are and what to write instead, and the published site stays as it is. A finished
site takes the place of the old one in a single step.`},
		phrase{`  sitegen build
  sitegen build --out ../kenpo-site --base-url https://example.jp/hoken/
  sitegen build --date 2026-08-01          その日のサイトを作る`,
			`  sitegen build
  sitegen build --out ../kenpo-site --base-url https://example.jp/hoken/
  sitegen build --date 2026-08-01          the site of that day`},
	},
	"check": {
		phrase{"作るときと同じことを確かめる（何も書かない）", "check what build checks, and write nothing"},
		phrase{`原稿、リンク、公開済みの住所が残っているかを確かめます。ファイルは何も変わりません。`,
			`Checks the content, every link, and that no published address vanishes. No file changes.`},
		phrase{`  sitegen check
  sitegen check --format json              ほかの道具に渡す`,
			`  sitegen check
  sitegen check --format json              for other programs`},
	},
	"serve": {
		phrase{"書きながら、ブラウザーで見る", "see the site in a browser while you write"},
		phrase{`サイトをこのコンピューターの中だけで見せます。原稿を保存すると、開いているページが新しくなります。
間違いはページの上に出て、直せば消えます。止めるには Ctrl+C を押します。`,
			`Shows the site on this computer only. When you save a file, the pages that are open renew
themselves. Mistakes are shown over the page and go when they are corrected. Ctrl+C ends it.`},
		phrase{`  sitegen serve
  sitegen serve --port 3000 --date 2026-08-01`,
			`  sitegen serve
  sitegen serve --port 3000 --date 2026-08-01`},
	},
	"version": {
		phrase{"版を表示する", "show the version"}, phrase{}, phrase{},
	},
	"help": {
		phrase{"この説明。sitegen help build で命令ごとの説明", "this text; sitegen help build tells about one command"}, phrase{}, phrase{},
	},
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

func runHelp(c *console, o *options) int {
	if len(o.args) == 0 {
		c.printHelp(c.out)
		return exitFine
	}
	i := slices.IndexFunc(commands, func(command command) bool { return command.name == o.args[0] })
	if i < 0 {
		return c.misuse(phrase{"知らない命令です: %s", "unknown command: %s"}, o.args[0], c.didYouMean(o.args[0], commandNames(), "")...)
	}
	c.printCommandHelp(c.out, commands[i])
	return exitFine
}

// printHelp tells about the command as a whole.
func (c *console) printHelp(w io.Writer) {
	fmt.Fprintf(w, "%s\n\n%s\n  %s\n\n%s\n", c.words(introduction), c.words(usageTitle),
		c.words(phrase{"sitegen <命令> [オプション]", "sitegen <command> [options]"}), c.words(commandTitle))
	for _, command := range commands {
		fmt.Fprintf(w, "  %-9s%s\n", command.name, c.words(helpTexts[command.name].purpose))
	}
	fmt.Fprintf(w, "\n%s\n%s\n\n%s\n%s\n", c.words(exampleTitle), c.words(startExamples), c.words(exitTitle), c.words(exitText))
}

// printCommandHelp tells about one command.
func (c *console) printCommandHelp(w io.Writer, command command) {
	text := helpTexts[command.name]
	fmt.Fprintf(w, "sitegen %s — %s\n", command.name, c.words(text.purpose))
	if text.more.en != "" {
		fmt.Fprintf(w, "\n%s\n", c.words(text.more))
	}
	fmt.Fprintf(w, "\n%s\n", c.words(optionTitle))
	for _, option := range allOptions {
		if slices.Contains(command.options, option.name) {
			fmt.Fprintf(w, "  %-20s %s\n", "--"+option.name+" "+option.value, c.words(option.phrase))
		}
	}
	if text.examples.en != "" {
		fmt.Fprintf(w, "\n%s\n%s\n", c.words(exampleTitle), c.words(text.examples))
	}
}
