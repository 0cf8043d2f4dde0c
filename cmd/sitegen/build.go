package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"sitegen/internal/build"
	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/disk"
	"sitegen/internal/publish"
	"sitegen/internal/site"
	"sitegen/themes"
)

func runBuild(c *console, o *options) int {
	start := time.Now()
	summary, code := c.make(o, build.Build)
	if code == exitFine {
		c.say(c.notes(o), phrase{"構築しました: %s → %s（開く: %s）", "Built: %s → %s (open %s)"},
			c.counts(summary), filepath.Clean(o.out)+string(filepath.Separator), filepath.Join(o.out, "index.html"))
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
		c.say(out, phrase{"  %s: %dページ", "  %s: %d pages"}, folder, summary.PagesIn[folder])
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	c.say(out, phrase{"  時間 %d ミリ秒、メモリー %d MiB", "  time %d ms, memory %d MiB"}, took.Milliseconds(), memory.Sys>>20)
}

// notes returns the writer for reports of success. It is standard output, or standard error if standard output carries JSON.
func (c *console) notes(o *options) io.Writer {
	if o.format == "json" {
		return c.err
	}
	return c.out
}

// make opens the sources, runs a build or a check, and prints the findings. It returns the exit code, which is exitFine only if the
// run succeeded.
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
	written := c.watchProgress()
	output := build.Output{Strict: o.strict, Written: &written.count, Output: publish.Output{
		Dir: o.out, Sources: sourceFolders(o), Version: "sitegen " + version, Wait: time.Minute,
		ReplaceEdits: o.replaceEdits, Compress: o.compress, Keep: o.keep, Waiting: c.tellWaiting, Litter: c.tellLitter,
	}}
	summary, found, err := run(ctx, source, output)
	written.stop()
	if err := c.print(o, found); err != nil {
		return summary, c.fail(err)
	}
	switch {
	case err != nil:
		return summary, c.fail(err)
	case diag.HasErrors(found):
		return summary, exitContent
	case output.Stops(found):
		c.say(c.err, phrase{"--strict なので、注意も間違いに数えました", "with --strict, warnings count as mistakes"})
		return summary, exitContent
	}
	return summary, exitFine
}

// tellWaiting prints that this command waits for a different build to finish.
func (c *console) tellWaiting(other *disk.Busy) {
	c.say(c.err, phrase{"別のsitegen（プロセス %d、%s）が終わるのを待っています…", "waiting for another sitegen (process %d on %s) …"}, other.PID, other.Host)
}

// tellLitter prints that a folder left over from an earlier build could not be removed.
func (c *console) tellLitter(dir string) {
	c.say(c.err, phrase{"注意: 前の構築が残したフォルダー %s を消せません。要らないものです。権限のある人が消してください", "note: the folder %s, which an earlier build left, cannot be removed; nobody needs it, and who may can delete it"}, dir)
}

// last reads the manifest that --previous names. Without --previous it returns nil.
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
	if o.format == "json" {
		return diag.PrintJSON(c.out, found, c.language)
	}
	return diag.Print(c.err, found, c.language)
}

// sourceFolders returns the folders that a site is made from: the content and, if --theme was given, the theme.
func sourceFolders(o *options) []string {
	if o.theme == "" {
		return []string{o.content}
	}
	return []string{o.content, o.theme}
}

// load loads the site from opened content. If the content has errors or cannot be read, load prints the findings and returns nil and
// an exit code. If there are only warnings, it prints nothing.
func (c *console) load(o *options, source build.Source) (*site.Site, int) {
	loaded, found, err := site.Load(source.Content, source.ContentName, source.Today)
	if diag.HasErrors(found) || err != nil {
		if err := errors.Join(c.print(o, found), err); err != nil {
			return nil, c.fail(err)
		}
		return nil, exitContent
	}
	return loaded, exitFine
}

// open opens the content and the theme. Nothing outside these two folders can be read through the source, not even through symbolic
// links. Unless code is exitFine, the error has been printed and nothing stays open.
func (c *console) open(o *options) (source build.Source, closeSource func(), code int) {
	var opened []disk.Dir
	closeSource = func() {
		for _, dir := range opened {
			dir.Close()
		}
	}
	open := func(option, name string) (fs.FS, int) {
		info, err := os.Stat(name)
		if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
			return nil, c.misuse(phrase{"フォルダーがありません: %s", "there is no folder %s"}, name,
				c.words(phrase{"リポジトリーのいちばん上で実行するか、--%s で場所を指定してください", "run this at the top of the repository, or name the folder with --%s"}, option))
		}
		dir, err := disk.OpenDir(name)
		if err != nil {
			return nil, c.fail(err)
		}
		opened = append(opened, dir)
		return dir, exitFine
	}
	source = build.Source{
		ContentName: filepath.ToSlash(filepath.Clean(o.content)), Theme: themes.Default(), ThemeName: "themes/default",
		Today: o.today(), Clock: o.date == civil.Unset, BaseURL: o.baseURL, Profile: o.profile,
	}
	if source.Content, code = open("content", o.content); code == exitFine && o.theme != "" {
		source.Theme, code = open("theme", o.theme)
		source.ThemeName = filepath.ToSlash(filepath.Clean(o.theme))
	}
	if code != exitFine {
		closeSource()
	} else {
		source.Content = site.Bounded(source.Content)
	}
	return source, closeSource, code
}

// progress counts the files that a build writes.
type progress struct {
	count atomic.Int64
	stop  func() // ends the display of the count
}

// watchProgress returns a progress that shows its count on the terminal after the first second. If standard error is not a terminal,
// it shows nothing.
func (c *console) watchProgress() *progress {
	p := &progress{stop: func() {}}
	shown, ok := c.err.(*screen)
	if !ok {
		return p
	}
	terminal, ok := shown.Writer.(*os.File)
	if !ok {
		return p
	}
	if info, err := terminal.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return p
	}
	done, finished := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(finished)
		wait := time.Second
		for shown := false; ; shown, wait = true, 200*time.Millisecond {
			select {
			case <-done:
				if shown {
					fmt.Fprint(terminal, "\r\x1b[K")
				}
				return
			case <-time.After(wait):
				fmt.Fprint(terminal, "\r", c.words(phrase{"%d ファイル…", "%d files …"}, p.count.Load()))
			}
		}
	}()
	p.stop = func() {
		close(done)
		<-finished
	}
	return p
}
