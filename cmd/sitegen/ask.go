package main

import (
	"cmp"
	"errors"
	"os"
	"slices"
	"strings"

	"sitegen/internal/ask"
	"sitegen/internal/build"
	"sitegen/internal/diag"
	"sitegen/internal/load"
)

var askCommand = command{
	name: "ask", options: []string{"answers", "profile", "text", "explain", "content", "date", "lang"}, run: runAsk,
	help: helpText{
		phrase{"何を持っていくかを、規則に聞く", "ask the rules what to bring"},
		phrase{`答えを一行に一人ずつJSONで読み、結果を一行ずつ、同じ順に出します。読めない行には、そこに error を出し、
ほかの行には答えて、終了コード1で終わります。--answers がなければ、端末で一つずつ質問します。
--explain を付けると、どの行が決めたか、ほかの行はどの条件で外れたか、何をどの行が足したか、何があれば
答えが変わるかも出します。
質問と結果のidは docs/module.md と content/rules/ にあります。`,
			`Reads answers, one person a line as JSON, and writes one result a line in the same order. A line
that cannot be read yields an error in its place, the others are answered, and the exit code is 1.
Without --answers it asks its questions on the terminal, one after another.
With --explain it also tells which row decided, by which condition the others failed, which row
added what, and what would change the answer.
The ids of questions and results are in docs/module.md and content/rules/.`},
		phrase{`  sitegen ask
  sitegen ask --answers people.jsonl > results.jsonl
  echo '{"have":["old_card"],"insurer":"nhi"}' | sitegen ask --answers - --date 2026-06-01
  echo '{"have":["my_number_card"],"last_use":"ok"}' | sitegen ask --answers - --text --lang ja
  sitegen ask --explain                    端末で聞き、答えの決まり方も見る`,
			`  sitegen ask
  sitegen ask --answers people.jsonl > results.jsonl
  echo '{"have":["old_card"],"insurer":"nhi"}' | sitegen ask --answers - --date 2026-06-01
  echo '{"have":["my_number_card"],"last_use":"ok"}' | sitegen ask --answers - --text --lang en
  sitegen ask --explain                    answer on the terminal, and see how it was decided`},
	},
}

// runAsk answers the visitors in the file of --answers, one per line, or else the person at the terminal.
func runAsk(c *console, o *options) int {
	if o.answers == "" && !c.IsTyped() {
		return c.misuse(phrase{"答えがありません: --%s", "there are no answers: --%s"}, "answers",
			c.Words(phrase{"例: sitegen ask --answers answers.jsonl（- は標準入力）", "for example: sitegen ask --answers answers.jsonl (- is standard input)"}))
	}
	a, code := c.newAsker(o)
	if code != exitFine {
		return code
	}
	defer a.Close()
	if o.answers == "" {
		if !a.Interview(c.Terminal) {
			return exitContent
		}
		return exitFine
	}
	in := c.In
	if o.answers != "-" {
		file, err := os.Open(o.answers)
		if errors.Is(err, os.ErrNotExist) {
			return c.misuse(phrase{"ファイルがありません: %s", "there is no file %s"}, o.answers)
		}
		if err != nil {
			return c.fail(err)
		}
		defer file.Close()
		in = file
	}
	allFine, err := a.Lines(in, c.Out)
	switch {
	case err != nil:
		return c.fail(err)
	case !allFine:
		return exitContent
	}
	return exitFine
}

// newAsker compiles the rules and returns an asker for them. Unless `code` is exitFine, the error has been printed and the asker is
// nil.
func (c *console) newAsker(o *options) (a *ask.Asker, code int) {
	source, closeSource, code := c.openWithRules(o)
	if code != exitFine {
		return nil, code
	}
	defer closeSource()
	compiled, code := c.compileRules(o, source)
	if code != exitFine {
		return nil, code
	}
	a, bad := ask.New(compiled.Set, compiled.Module, ask.Options{Today: source.Today, Profile: o.profile, Language: c.Language, Explains: o.explain})
	if bad != nil {
		return nil, c.misuse(phrase{"--profile を読めません: %s", "--profile: %s"}, bad.In(c.Language))
	}
	if o.text || o.answers == "" {
		if code = c.speak(o, source, compiled, a); code != exitFine {
			a.Close()
			return nil, code
		}
	}
	return a, exitFine
}

// speak gives an asker the words in the language of --lang, or else in the language of the messages. Like `sitegen check`, it
// prints all findings about the content. It returns an exit code other than exitFine if the content has mistakes, cannot be read or
// has no checker, or if the site lacks the language that --lang names.
func (c *console) speak(o *options, source build.Source, compiled *build.Rules, a *ask.Asker) int {
	loaded, found, err := load.Site(source.Content, source.ContentName, source.Today)
	if err == nil && loaded.Checker != nil && !diag.HasErrors(found) {
		var wrong []diag.Diagnostic
		wrong, err = source.CheckWords(compiled.Set, loaded)
		found = append(found, wrong...)
	}
	if err := errors.Join(c.print(o, found), err); err != nil {
		return c.fail(err)
	}
	if diag.HasErrors(found) {
		return exitContent
	}
	wanted := cmp.Or(o.lang, c.Language)
	if known := a.Speak(loaded, wanted); loaded.Checker == nil || o.lang != "" && !slices.Contains(known, o.lang) {
		return c.misuse(phrase{"このサイトにない言語です: %s", "the site has no language %s"}, wanted, strings.Join(known, ", "))
	}
	return exitFine
}
