package main

import (
	"context"
	"errors"
	"io"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"sitegen/internal/build"
	"sitegen/internal/diag"
	"sitegen/internal/disk"
	"sitegen/internal/publish"
	"sitegen/internal/report"
)

var buildCommand = command{
	name: "build", options: append(slices.Clone(siteOptions), "strict", "compress", "replace-edits", "keep", "stats"), run: runBuild,
	help: helpText{
		phrase{"サイトを作り、フォルダーに置く", "make the site and put it into a folder"},
		phrase{`原稿をぜんぶ確かめてから、サイトを作ります。間違いがあれば、場所と直し方をまとめて出し、
公開中のサイトには手を触れません。できあがったサイトは、最後に一度で入れ替わります。
--date で変わるのは、期限切れや見直しを確かめる日です。読む人に何が見えるかは、読む日で決まります。
スクリプトの動かないブラウザー向けの質問のページだけは、その日の受診について答え、そう書いてあります。`,
			`Checks all content, then makes the site. If there are mistakes you are told all of them, with
where they are and what to write instead, and the published site stays as it is. A finished
site takes the place of the old one in a single step.
--date sets the day of the checks, of what is over and what is to be reviewed. It never changes what
readers see: pages decide that on the day they are read. Only the questions for browsers without
scripts are about a visit on that day, and say so.`},
		phrase{`  sitegen build
  sitegen build --out ../kenpo-site --base-url https://example.jp/hoken/
  sitegen build --profile sk --out sk-site 一つの保険者だけを作る
  sitegen build --date 2026-08-01          その日に期限切れのものがないか確かめて作る
  sitegen build --previous last.json       公開中のサイトから取ったマニフェストと比べる`,
			`  sitegen build
  sitegen build --out ../kenpo-site --base-url https://example.jp/hoken/
  sitegen build --profile sk --out sk-site the site of one insurer alone
  sitegen build --date 2026-08-01          check what is over on that day, and build
  sitegen build --previous last.json       compare with the manifest of the published site`},
	},
}

func runBuild(c *console, o *options) int {
	start := time.Now()
	summary, code := c.make(o, build.Build)
	if code == exitFine {
		c.Say(c.notes(o), phrase{"構築しました: %s → %s（開く: %s）", "Built: %s → %s (open %s)"},
			report.Counts(c.Terminal, summary), filepath.Clean(o.out)+string(filepath.Separator), filepath.Join(o.out, "index.html"))
	}
	if code == exitFine && o.stats {
		c.printStats(o, summary, time.Since(start))
	}
	return code
}

// printStats prints the number of pages per site and language, the time that the build took, and the memory that the system
// gave to this process.
func (c *console) printStats(o *options, summary build.Summary, took time.Duration) {
	out := c.notes(o)
	for _, folder := range slices.Sorted(maps.Keys(summary.PagesIn)) {
		c.Say(out, phrase{"  %s: %dページ", "  %s: %d pages"}, folder, summary.PagesIn[folder])
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	c.Say(out, phrase{"  時間 %d ミリ秒、メモリー %d MiB", "  time %d ms, memory %d MiB"}, took.Milliseconds(), memory.Sys>>20)
}

// notes returns the writer for reports of success. It is standard output, or standard error if standard output carries JSON.
func (c *console) notes(o *options) io.Writer {
	if o.json() {
		return c.Err
	}
	return c.Out
}

// make opens the sources, runs a build or a check, and prints the findings. It returns the summary of the run, and the exit
// code, which is exitFine only if the run succeeded.
func (c *console) make(o *options, run func(context.Context, build.Source, build.Output) (build.Summary, []diag.Diagnostic, error)) (build.Summary, int) {
	source, closeSource, code := c.open(o)
	if code != exitFine {
		return build.Summary{}, code
	}
	defer closeSource()
	if source.Last, code = c.last(o); code != exitFine {
		return build.Summary{}, code
	}
	ctx, stop := interruptible()
	defer stop()
	defer relaxCollector()()
	written, stopProgress := c.Progress(phrase{"%d ファイル…", "%d files …"})
	output := build.Output{Strict: o.strict, Written: written, Output: publish.Output{
		Dir: o.out, Sources: sourceFolders(o), Version: "sitegen " + version, Wait: time.Minute,
		ReplaceEdits: o.replaceEdits, Compress: o.compress, Keep: o.keep, Waiting: c.tellWaiting, Litter: c.tellLitter,
	}}
	summary, found, err := run(ctx, source, output)
	stopProgress()
	if err := c.print(o, found); err != nil {
		return summary, c.fail(err)
	}
	switch {
	case err != nil:
		return summary, c.fail(err)
	case diag.HasErrors(found):
		return summary, exitContent
	case output.Stops(found):
		c.Say(c.Err, phrase{"--strict なので、注意も間違いに数えました", "with --strict, warnings count as mistakes"})
		return summary, exitContent
	}
	return summary, exitFine
}

// tellWaiting prints that this command waits for a different build to finish.
func (c *console) tellWaiting(other *disk.Busy) {
	c.Say(c.Err, phrase{"別のsitegen（プロセス %d、%s）が終わるのを待っています…", "waiting for another sitegen (process %d on %s) …"}, other.PID, other.Host)
}

// tellLitter prints that a folder left over from an earlier build could not be removed.
func (c *console) tellLitter(dir string) {
	c.Say(c.Err, phrase{"注意: 前の構築が残したフォルダー %s を消せません。要らないものです。権限のある人が消してください", "note: the folder %s, which an earlier build left, cannot be removed; nobody needs it, and who may can delete it"}, dir)
}

// last reads the manifest that --previous names. Without --previous it returns nil and exitFine. If the file cannot be read,
// it prints an error and returns the exit code.
func (c *console) last(o *options) (*publish.Manifest, int) {
	if o.previous == "" {
		return nil, exitFine
	}
	manifest, err := publish.ReadManifest(o.previous)
	var refused *publish.Refused
	switch {
	case errors.As(err, &refused):
		return nil, c.fail(err)
	case err != nil:
		return nil, c.misuse(phrase{"--previous のファイルを読めません: %s", "cannot read the file of --previous: %s"}, o.previous)
	}
	return manifest, exitFine
}

// print prints findings: as JSON to standard output if --format json was given, and otherwise as text to standard error.
func (c *console) print(o *options, found []diag.Diagnostic) error {
	if o.json() {
		return diag.PrintJSON(c.Out, found, c.Language)
	}
	return diag.Print(c.Err, found, c.Language)
}
