package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strings"

	"sitegen/internal/change"
	"sitegen/internal/diag"
	"sitegen/internal/disk"
	"sitegen/internal/prove"
	"sitegen/internal/report"
	"sitegen/internal/rulefacts"
	"sitegen/internal/rules"
)

var rulesDiffCommand = command{
	name: "rules diff", options: []string{"content", "lang"}, run: runRulesDiff, arguments: 2,
	help: helpText{
		phrase{"規則を変えると、誰の答えが変わるか", "whose answer changes from one rule set to another"},
		phrase{`前と後は、原稿のフォルダーか、gitの版です。後を省くと、今の原稿です。変わる人を組に分け、例と、前後の答えと、
ありうる状況のうちの割合を出します。rules/weights.yaml に割合のある答えは、その分だけ数えます。
答えない人の扱いや、聞く相手が変わった質問は、その前に並べます。`,
			`OLD and NEW are content folders or git revisions; without NEW it is the content as it is now. Those
whose answer changes are told in groups, with an example, both answers and the share of all situations,
in which the answers in rules/weights.yaml count as often as people give them. Before them stand the
questions that are asked of others than before, or count as something else where they are not answered.`},
		phrase{`  sitegen rules diff HEAD
  sitegen rules diff HEAD~1 HEAD
  sitegen rules diff ../old/content content`,
			`  sitegen rules diff HEAD
  sitegen rules diff HEAD~1 HEAD
  sitegen rules diff ../old/content content`},
	},
}

// runRulesDiff shows whose answer changes from one rule set to another.
func runRulesDiff(c *console, o *options) int {
	if len(o.args) == 0 {
		return c.misuse(phrase{"何と比べますか: sitegen rules %s 前 [後]", "compare with what? sitegen rules %s OLD [NEW]"}, "diff",
			c.Words(phrase{"例: sitegen rules diff HEAD（前は原稿のフォルダーかgitの版。後を省くと --content）", "for example: sitegen rules diff HEAD (OLD is a content folder or a git revision; NEW is --content unless named)"}))
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
	found := slices.Concat(prove.Undecided(old), prove.Undecided(now), change.OtherKinds(old, now))
	diag.Sort(found)
	var compared change.Comparison
	if len(found) == 0 {
		compared, found = change.Diff(old, now)
	}
	if err := c.print(o, found); err != nil {
		return c.fail(err)
	}
	if len(found) > 0 {
		return exitContent
	}
	report.Comparison(c.Terminal, old, now, compared)
	return exitFine
}

// openRules loads the rules of a content folder or a git revision, and prints the findings. It returns nil and an exit code
// if there are no rules, or if they have mistakes or cannot be read.
func (c *console) openRules(o *options, name string) (*rules.Set, int) {
	var content fs.FS
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		dir, err := disk.OpenDir(name)
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
	facts, err := rulefacts.Read(content)
	if err != nil {
		return nil, c.fail(err)
	}
	set, found, err := prove.Load(content, name, facts)
	if err != nil {
		return nil, c.fail(err)
	}
	if err := c.print(o, found); err != nil {
		return nil, c.fail(err)
	}
	if set == nil {
		return nil, exitContent
	}
	return set, exitFine
}

// archived returns the content folder as it was in a git revision. If git fails, the error is the first line that git prints.
// A revision that begins with a hyphen is an error, because git would take it for an option.
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
