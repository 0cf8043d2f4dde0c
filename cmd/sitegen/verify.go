package main

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"sitegen/internal/publish"
)

// runVerify compares a published copy of a site with the manifest in it.
func runVerify(c *console, o *options) int {
	name := firstOr(o.args, "public")
	ctx, stop := interruptible()
	defer stop()
	files, differ, err := publish.Verify(ctx, name, copyOf(name))
	switch {
	case err != nil:
		return c.fail(err)
	case len(differ) > 0:
		c.tellDifferences(differ)
		c.say(c.err, phrase{"%s: %d 個のファイルのうち %d 個が、公開したものと違います", "%s: of %d files, %d are not what was published"}, name, files, len(differ))
		return exitContent
	}
	c.say(c.out, phrase{"%s: %d 個のファイルは、すべて公開したとおりです", "%s: all %d files are what was published"}, name, files)
	return exitFine
}

// runPackage compares a site with its manifest, and then writes it to a zip file.
func runPackage(c *console, o *options) int {
	name := firstOr(o.args, "public")
	ctx, stop := interruptible()
	defer stop()
	if info, err := os.Stat(o.out); err == nil && info.IsDir() {
		return c.misuse(phrase{"--out %s はフォルダーです。作るzipファイルの名前を指定してください", "--out %s is a folder; name the zip file to write"}, o.out)
	}
	sum, err := publish.Package(ctx, name, o.out)
	var changed *publish.Changed
	switch {
	case errors.As(err, &changed):
		c.tellDifferences(changed.Differ)
		c.say(c.err, phrase{"%s は、マニフェストのとおりではありません。構築しなおしてから、もう一度実行してください", "%s is not what its manifest says; build it again, then run this again"}, name)
		return exitContent
	case err != nil:
		return c.fail(err)
	}
	c.say(c.out, phrase{"まとめました: %s（SHA-256 %s、%s にも書きました）", "Packaged: %s (SHA-256 %s, also in %s)"}, o.out, sum, filepath.Base(o.out)+".sha256")
	return exitFine
}

// copyOf returns the copy of a site in a folder or at an address. An address may end with index.html or without a slash.
func copyOf(name string) publish.Copy {
	if !publish.IsAddress(name) {
		return publish.FolderCopy{Dir: name}
	}
	address := strings.TrimSuffix(strings.TrimSuffix(name, "index.html"), "/") + "/"
	return publish.HostCopy{Address: address, Client: &http.Client{Timeout: time.Minute}}
}

// faults has a sentence for each way in which a file can differ from the manifest.
var faults = map[publish.Fault]phrase{
	publish.Missing:   {"ない: %s", "missing: %s"},
	publish.Differs:   {"違う: %s", "differs: %s"},
	publish.LineEnds:  {"改行が変わった: %s（テキストではなくバイナリーで送ってください）", "line ends changed: %s (transfer it as binary, not as text)"},
	publish.Unmarked:  {"先頭の印（BOM）がない: %s（ファイルを書き換えずに送ってください）", "the byte order mark is gone: %s (transfer the file as it is)"},
	publish.NotListed: {"公開していない: %s", "not published: %s"},
}

func (c *console) tellDifferences(differ []publish.Difference) {
	for _, one := range differ {
		c.say(c.out, faults[one.Fault], one.Path)
	}
}

// firstOr returns the first argument, or a default.
func firstOr(args []string, otherwise string) string {
	if len(args) > 0 {
		return args[0]
	}
	return otherwise
}

// interruptible returns a context that is cancelled when the program receives SIGINT, SIGTERM or SIGHUP.
func interruptible() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
}
