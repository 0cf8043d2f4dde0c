package main

import (
	"errors"
	"os"
	"time"

	"sitegen/internal/build"
	"sitegen/internal/diag"
	"sitegen/internal/explain"
	"sitegen/internal/report"
)

var rulesVerifyCommand = command{
	name: "rules verify", options: []string{"content", "format", "lang", "strict"}, run: runRulesVerify,
	help: helpText{
		phrase{"規則を、ありうるすべての人について確かめる", "prove the rules for every possible visitor"},
		phrase{`もれ、重なり、効かない行や値、守るべきことの破れを、例になる人とともに出します。build と check も同じことを確かめます。
正しければ、守るべきことのそれぞれがどう守られているかと、確かめの例（cases.json）が何を試しているかを出します。
--strict を付けると、例のない行や値を、場所とともに間違いとして出します。`,
			`Tells of gaps, overlaps, rows and values without effect and laws that do not hold, each with a
person as an example. build and check do the same. Where all is in order it says of each law how it
is held, and what the worked cases (cases.json) try. With --strict every row and value without a
case is a mistake, and told with its place.`},
		phrase{`  sitegen rules verify
  sitegen rules verify --strict`, `  sitegen rules verify
  sitegen rules verify --strict`},
	},
}

// runRulesVerify proves the rules. It prints their size, how each law is enforced, and the coverage of the worked cases.
func runRulesVerify(c *console, o *options) int {
	source, closeSource, code := c.openWithRules(o)
	if code != exitFine {
		return code
	}
	defer closeSource()
	ctx, stop := interruptible()
	defer stop()
	start := time.Now()
	checked, found, err := build.VerifyRules(ctx, source)
	took := time.Since(start)
	if o.strict && checked != nil {
		found = append(found, checked.Coverage.Missing()...)
	}
	if err := errors.Join(c.print(o, found), err); err != nil {
		return c.fail(err)
	}
	if diag.HasErrors(found) {
		return exitContent
	}
	report.Verified(c.Terminal, c.notes(o), checked, took)
	if o.strict && len(found) > 0 {
		c.Say(c.Err, phrase{"--strict なので、注意も間違いに数えました", "with --strict, warnings count as mistakes"})
		return exitContent
	}
	c.Say(c.notes(o), phrase{"ありうるすべての人について、規則は正しく閉じています", "The rules hold for every possible visitor"})
	return exitFine
}

var rulesGraphCommand = command{
	name: "rules graph", options: []string{"content", "out", "lang"}, run: runRulesGraph,
	own: option{"out", "FILE|-", phrase{"図を書くファイル（省くか - なら標準出力）", "file for the picture (default, or -: standard output)"}},
	help: helpText{
		phrase{"規則を図（SVG）に描く", "draw the decision as an SVG"},
		phrase{`三つの部分を描きます。層を順に、行ごとに、条件と、結果と、持っていくもの。次に、持っていくものを変える
add.yaml の行。最後に、図に出てくる条件の意味です。条件の意味は、条件の上にマウスを置いても出ます。`,
			`The picture has three parts: the layers in their order, and of each row its conditions, its outcome
and what to bring; the rows of add.yaml that change what to bring; and what the conditions mean.
What a condition means is also shown when the pointer is over it.`},
		phrase{`  sitegen rules graph --out rules.svg --lang ja`, `  sitegen rules graph --out rules.svg --lang en`},
	},
}

// runRulesGraph writes a drawing of the rules as an SVG.
func runRulesGraph(c *console, o *options) int {
	if info, err := os.Stat(o.out); err == nil && info.IsDir() {
		return c.misuse(phrase{"--out はファイルの名前です: %s はフォルダーです", "--out names a file, and %s is a folder"}, o.out,
			c.Words(phrase{"例: sitegen rules graph --out rules.svg", "for example: sitegen rules graph --out rules.svg"}))
	}
	source, closeSource, code := c.openWithRules(o)
	if code != exitFine {
		return code
	}
	defer closeSource()
	compiled, code := c.compileRules(o, source)
	if code != exitFine {
		return code
	}
	picture := explain.Graph(compiled.Set, c.Language)
	var err error
	if o.out == "" || o.out == "-" {
		_, err = c.Out.Write(picture)
	} else {
		err = os.WriteFile(o.out, picture, 0o644)
	}
	if err != nil {
		return c.fail(err)
	}
	return exitFine
}
