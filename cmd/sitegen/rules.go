package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"

	"sitegen/internal/build"
	"sitegen/internal/diag"
	"sitegen/internal/rules"
)

// hasRules reports whether a content folder has rules.
func hasRules(content fs.FS) bool {
	info, err := fs.Stat(content, "rules")
	return err == nil && info.IsDir()
}

// runRulesVerify proves the rules and tells how large they are.
func runRulesVerify(c *console, o *options) int {
	source, closeSource, code := c.open(o)
	if code != exitFine {
		return code
	}
	defer closeSource()
	if !hasRules(source.Content) {
		return c.misuse(phrase{"規則がありません: %s/rules", "there are no rules: %s/rules"}, o.content)
	}
	start := time.Now()
	checked, found, err := build.CheckRules(source.Content, source.ContentName)
	took := time.Since(start)
	if err := errors.Join(c.print(o, found), err); err != nil {
		return c.fail(err)
	}
	if checked == nil {
		return exitContent
	}
	r := checked.Report
	out := c.notes(o)
	for _, line := range []struct {
		phrase
		value any
	}{
		{phrase{"決める行", "rows that decide"}, r.Rows},
		{phrase{"足す行", "rows that add"}, r.Adds},
		{phrase{"条件", "conditions"}, r.Conditions},
		{phrase{"決定図の節", "nodes of the diagram"}, r.Nodes},
		{phrase{"確かめの例", "worked cases"}, len(checked.Set.Cases())},
		{phrase{"質問の数（平均）", "questions, mean"}, strconv.FormatFloat(r.MeanQuestions, 'f', 1, 64)},
		{phrase{"質問の数（最多）", "questions, most"}, r.MostQuestions},
		{phrase{"モジュール（バイト）", "module, bytes"}, len(checked.Module)},
		{phrase{"モジュールと比べた人", "people asked of both"}, checked.Probes},
		{phrase{"時間（ミリ秒）", "time, ms"}, took.Milliseconds()},
	} {
		fmt.Fprintf(out, "%s: %v\n", c.words(line.phrase), line.value)
	}
	c.say(out, phrase{"ありうるすべての人について、規則は正しく閉じています", "The rules hold for every possible visitor"})
	return exitFine
}

// runRulesGraph draws the decision.
func runRulesGraph(c *console, o *options) int {
	source, closeSource, code := c.open(o)
	if code != exitFine {
		return code
	}
	defer closeSource()
	compiled, code := c.compileRules(o, source)
	if code != exitFine {
		return code
	}
	picture := compiled.Set.Graph(c.language)
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

// runRulesDiff tells whose answer changes from one rule set to another.
func runRulesDiff(c *console, o *options) int {
	if len(o.args) == 0 {
		return c.misuse(phrase{"何と比べますか: sitegen rules %s 前 [後]", "compare with what? sitegen rules %s OLD [NEW]"}, "diff",
			c.words(phrase{"例: sitegen rules diff HEAD（前は原稿のフォルダーかgitの版。後を省くと --content）", "for example: sitegen rules diff HEAD (OLD is a content folder or a git revision; NEW is --content unless named)"}))
	}
	newer := o.content
	if len(o.args) > 1 {
		newer = o.args[1]
	}
	old, code := c.openRules(o, o.args[0])
	if code != exitFine {
		return code
	}
	now, code := c.openRules(o, newer)
	if code != exitFine {
		return code
	}
	c.printDiff(rules.Diff(old, now), old, now)
	return exitFine
}

// openRules loads the rules of a content folder or a git revision.
func (c *console) openRules(o *options, name string) (*rules.Set, int) {
	var content fs.FS
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		dir, err := build.OpenDir(name)
		if err != nil {
			return nil, c.fail(err)
		}
		defer dir.Close()
		content = dir
	} else {
		archive, err := archived(o.content, name)
		if err != nil {
			return nil, c.misuse(phrase{"フォルダーでもgitの版でもありません: %s", "this is neither a folder nor a git revision: %s"}, name, err.Error())
		}
		content = archive
	}
	if !hasRules(content) {
		return nil, c.misuse(phrase{"規則がありません: %s", "there are no rules in %s"}, name)
	}
	facts, err := rules.ReadFacts(content)
	if err != nil {
		return nil, c.fail(err)
	}
	set, found, err := rules.Load(content, name, facts)
	if err != nil {
		return nil, c.fail(err)
	}
	if err := c.print(o, found); err != nil {
		return nil, c.fail(err)
	}
	if set == nil || diag.HasErrors(found) {
		return nil, exitContent
	}
	return set, exitFine
}

// archived reads the content folder as it was in a git revision.
func archived(folder, revision string) (fs.FS, error) {
	if strings.HasPrefix(revision, "-") {
		return nil, errors.New("a revision does not begin with -")
	}
	var out, wrong bytes.Buffer
	command := exec.Command("git", "-C", folder, "archive", "--format=zip", revision)
	command.Stdout, command.Stderr = &out, &wrong
	if err := command.Run(); err != nil {
		if first, _, _ := strings.Cut(wrong.String(), "\n"); first != "" {
			return nil, errors.New(first)
		}
		return nil, err
	}
	return zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
}

// printDiff prints the groups of those whose answer changes, the largest first.
func (c *console) printDiff(d rules.Comparison, old, now *rules.Set) {
	if d.Same {
		c.say(c.out, phrase{"答えが変わる人はいません", "Nobody's answer changes"})
	}
	for i, change := range d.Changes {
		c.say(c.out, phrase{"%d. 状況の%sで、答えが変わります", "%d. In %s of the situations the answer changes"}, i+1, percent(change.Share))
		c.say(c.out, phrase{"   （「%s」だった人の%s）", "   (%[2]s of those who had %[1]s)"}, change.Old.Outcome, percent(change.OfOutcome))
		c.say(c.out, phrase{"   例: %s", "   for example: %s"}, change.Person.In(c.language))
		if change.OutcomeChange || change.BringChange {
			c.say(c.out, phrase{"   前: %s", "   old: %s"}, c.inWords(old, change.Old))
			c.say(c.out, phrase{"   後: %s", "   new: %s"}, c.inWords(now, change.New))
		}
		for _, list := range []struct {
			phrase
			old, now []string
		}{
			{phrase{"   もう知らせない: %s", "   no longer told: %s"}, change.Old.Tell, change.New.Tell},
			{phrase{"   新しく知らせる: %s", "   newly told: %s"}, change.New.Tell, change.Old.Tell},
			{phrase{"   もう勧めない: %s", "   no longer worth taking along: %s"}, change.Old.Also, change.New.Also},
			{phrase{"   新しく勧める: %s", "   newly worth taking along: %s"}, change.New.Also, change.Old.Also},
			{phrase{"   もう「それだけでは使えない」と言わない: %s", "   no longer called not accepted alone: %s"}, change.Old.NotAlone, change.New.NotAlone},
			{phrase{"   新しく「それだけでは使えない」と言う: %s", "   newly called not accepted alone: %s"}, change.New.NotAlone, change.Old.NotAlone},
		} {
			if gone := without(list.old, list.now); len(gone) > 0 {
				c.say(c.out, list.phrase, strings.Join(gone, ", "))
			}
		}
		fmt.Fprintln(c.out)
	}
	if d.More > 0 {
		c.say(c.out, phrase{"ほかに、状況の%sで答えが変わります", "In another %s of the situations the answer changes"}, percent(d.More))
	}
	if d.Order {
		c.say(c.out, phrase{"知らせる順が変わります", "Notes are told in another order"})
	}
}

// inWords writes an answer in a line: the outcome and what to bring.
func (c *console) inWords(s *rules.Set, r rules.Result) string {
	and, or := c.words(phrase{" と ", " and "}), c.words(phrase{" または ", " or "})
	var offers []string
	for _, set := range r.Bring {
		var names []string
		for _, id := range set {
			names = append(names, s.DocumentName(id).In(c.language))
		}
		offers = append(offers, strings.Join(names, and))
	}
	text := r.Outcome + " " + s.OutcomeName(r.Outcome).In(c.language)
	if len(offers) > 0 {
		text += " — " + strings.Join(offers, or)
	}
	return text
}

func percent(share float64) string {
	switch {
	case share > 0 && share < 0.0001:
		return strconv.FormatFloat(share*100, 'g', 1, 64) + "%"
	case share < 0.01:
		return strconv.FormatFloat(share*100, 'f', 2, 64) + "%"
	}
	return strconv.FormatFloat(share*100, 'f', 1, 64) + "%"
}

// without returns the items of a that are not in b.
func without(a, b []string) []string {
	var list []string
	for _, item := range a {
		if !slices.Contains(b, item) {
			list = append(list, item)
		}
	}
	return list
}
