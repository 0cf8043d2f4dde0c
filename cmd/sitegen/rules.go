package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"time"

	"sitegen/internal/build"
	"sitegen/internal/diag"
	"sitegen/internal/explain"
	"sitegen/internal/prove"
)

// hasRules reports whether a content folder has rules.
func hasRules(content fs.FS) bool {
	info, err := fs.Stat(content, "rules")
	return err == nil && info.IsDir()
}

// openWithRules opens the sources like open, for a command that needs rules. It prints an error and returns exitUsage if the content
// folder has no rules.
func (c *console) openWithRules(o *options) (source build.Source, closeSource func(), code int) {
	source, closeSource, code = c.open(o)
	if code == exitFine && !hasRules(source.Content) {
		closeSource()
		code = c.misuse(phrase{"規則がありません: %s/rules", "there are no rules: %s/rules"}, o.content)
	}
	return source, closeSource, code
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
	c.printVerified(c.notes(o), checked, took)
	if o.strict && len(found) > 0 {
		c.say(c.err, phrase{"--strict なので、注意も間違いに数えました", "with --strict, warnings count as mistakes"})
		return exitContent
	}
	c.say(c.notes(o), phrase{"ありうるすべての人について、規則は正しく閉じています", "The rules hold for every possible visitor"})
	return exitFine
}

// printVerified prints the size of the rules, the time that the proof took, the coverage of the worked cases, and how each law is
// enforced.
func (c *console) printVerified(out io.Writer, checked *build.Verified, took time.Duration) {
	r := checked.Report
	mean, most := prove.Questions(checked.Set)
	for _, line := range []struct {
		phrase
		value any
	}{
		{phrase{"決める行", "rows that decide"}, r.Rows},
		{phrase{"足す行", "rows that add"}, r.Adds},
		{phrase{"条件", "conditions"}, r.Conditions},
		{phrase{"決定図の節", "nodes of the diagram"}, r.Nodes},
		{phrase{"確かめの例", "worked cases"}, len(checked.Set.Cases)},
		{phrase{"質問の数（平均）", "questions, mean"}, strconv.FormatFloat(mean, 'f', 1, 64)},
		{phrase{"質問の数（最多）", "questions, most"}, most},
		{phrase{"モジュール（バイト）", "module, bytes"}, len(checked.Module)},
		{phrase{"モジュールと比べた人", "people asked of both"}, checked.Probes},
		{phrase{"時間（ミリ秒）", "time, ms"}, took.Milliseconds()},
	} {
		fmt.Fprintf(out, "%s: %v\n", c.words(line.phrase), line.value)
	}
	c.printCoverage(out, &checked.Coverage)
	for _, law := range checked.Laws {
		c.printLaw(out, law)
	}
}

// runRulesGraph writes a drawing of the rules as an SVG.
func runRulesGraph(c *console, o *options) int {
	if info, err := os.Stat(o.out); err == nil && info.IsDir() {
		return c.misuse(phrase{"--out はファイルの名前です: %s はフォルダーです", "--out names a file, and %s is a folder"}, o.out,
			c.words(phrase{"例: sitegen rules graph --out rules.svg", "for example: sitegen rules graph --out rules.svg"}))
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
	picture := explain.Graph(compiled.Set, c.language)
	var err error
	if o.out == "" || o.out == "-" {
		_, err = c.out.Write(picture)
	} else {
		err = os.WriteFile(o.out, picture, 0o644)
	}
	if err != nil {
		return c.fail(err)
	}
	return exitFine
}
