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
	"sitegen/internal/report"
)

var verifyCommand = command{
	name: "verify", options: []string{"lang"}, run: runVerify, arguments: 1,
	help: helpText{
		phrase{"写したサイトが、公開したものと同じか確かめる", "compare a copy of a site with what was published"},
		phrase{`フォルダー、または公開先のアドレスのサイトを、その中のマニフェストと比べます。ない、違う、余分なファイルを並べます。
アドレスには、ファイルごとに一度ずつ尋ねます。省くと public です。`,
			`Compares the site in a folder, or at the address of a host, with the manifest in it, and lists files that
are missing, differ, or were not published. A host is asked once for each file. Without an argument: public.`},
		phrase{`  sitegen verify public
  sitegen verify https://example.jp/hoken/`,
			`  sitegen verify public
  sitegen verify https://example.jp/hoken/`},
	},
}

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
		report.Differences(c.Terminal, differ)
		c.Say(c.Err, phrase{"%s: %d 個のファイルのうち %d 個が、公開したものと違います", "%s: of %d files, %d are not what was published"}, name, files, len(differ))
		return exitContent
	}
	c.Say(c.Out, phrase{"%s: %d 個のファイルは、すべて公開したとおりです", "%s: all %d files are what was published"}, name, files)
	return exitFine
}

var packageCommand = command{
	name: "package", options: []string{"out", "lang"}, run: runPackage, arguments: 1,
	own: option{"out", "FILE", phrase{"書くファイル（省くと site.zip）", "file to write (default: site.zip)"}}, ownDefault: "site.zip",
	help: helpText{
		phrase{"サイトを一つのzipファイルにまとめる", "put a site into one zip file"},
		phrase{`フォルダー（省くと public）を確かめてから、zipファイルにまとめ、そのSHA-256の値を横のファイルに書きます。
同じサイトからは、いつも同じファイルができます。`,
			`Verifies a folder (public by default), puts it into a zip file, and writes its SHA-256 sum into a file beside
it. The same site always gives the same file.`},
		phrase{`  sitegen package
  sitegen package public --out hoken.zip`,
			`  sitegen package
  sitegen package public --out hoken.zip`},
	},
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
		report.Differences(c.Terminal, changed.Differ)
		c.Say(c.Err, phrase{"%s は、マニフェストのとおりではありません。構築しなおしてから、もう一度実行してください", "%s is not what its manifest says; build it again, then run this again"}, name)
		return exitContent
	case err != nil:
		return c.fail(err)
	}
	c.Say(c.Out, phrase{"まとめました: %s（SHA-256 %s、%s にも書きました）", "Packaged: %s (SHA-256 %s, also in %s)"}, o.out, sum, filepath.Base(o.out)+".sha256")
	return exitFine
}

// copyOf returns the copy of a site in a folder or at an address. An address may have index.html at its end, or lack the final slash.
func copyOf(name string) publish.Copy {
	if !publish.IsAddress(name) {
		return publish.FolderCopy{Dir: name}
	}
	address := strings.TrimSuffix(strings.TrimSuffix(name, "index.html"), "/") + "/"
	return publish.HostCopy{Address: address, Client: &http.Client{Timeout: time.Minute}}
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
