package main

import (
	"bytes"
	"errors"
	"io/fs"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"sitegen/internal/disk"
	"sitegen/internal/hosting"
	"sitegen/internal/plaintext"
	"sitegen/internal/publish"
)

var hostCommand = command{
	name: "host", options: []string{"base-url", "out", "lang"}, run: runHost, arguments: 2,
	own: option{"out", "DIR", phrase{"書くフォルダー（省くと hosting）", "folder to write (default: hosting)"}}, ownDefault: "hosting",
	help: helpText{
		phrase{"サーバーの設定を書く", "write the configuration of a host"},
		phrase{`サーバーの種類（` + strings.Join(hosting.Hosts, "、") + `）を渡すと、設定と、使い方の説明を
hosting/ に書きます。公開先の場所が決まっていれば、--base-url で知らせてください。iis の設定は、構築した
サイトのファイルを並べます。public でなければ、そのフォルダーを渡してください。`,
			`Writes the configuration of a kind of host (` + strings.Join(hosting.Hosts, ", ") + `) and how to
use it into hosting/. If you know where the site will be published, say so with --base-url. The
configuration for iis lists files of the built site; name its folder if that is not public.`},
		phrase{`  sitegen host apache --base-url https://example.jp/hoken/
  sitegen host iis public`, `  sitegen host apache --base-url https://example.jp/hoken/
  sitegen host iis public`},
	},
}

// runHost writes the configuration for a kind of host.
func runHost(c *console, o *options) int {
	if len(o.args) == 0 {
		return c.misuse(phrase{"どのサーバーですか: %s", "which host? one of %s"}, strings.Join(hosting.Hosts, ", "))
	}
	host := o.args[0]
	if !slices.Contains(hosting.Hosts, host) {
		return c.misuse(phrase{"知らないサーバーです: %s", "unknown host: %s"}, host,
			c.Words(phrase{"使えるもの: %s", "one of %s"}, strings.Join(hosting.Hosts, ", ")))
	}
	var published []string
	var err error
	if hosting.ListsFiles(host) {
		published, err = publishedIn(o.args[1:])
	} else if len(o.args) > 1 {
		return c.misuse(phrase{"余分な引数があります: %s", "superfluous argument: %s"}, o.args[1])
	}
	if err != nil {
		return c.fail(err)
	}
	folder := filepath.Join(o.out, host)
	files := hosting.Files(host, sitePath(o.baseURL), published)
	if other := foreign(folder, files); other != "" {
		return c.misuse(phrase{"%s は、この命令が作ったものではありません。ほかへ移すか、別のフォルダーを --out で指定してください",
			"%s was not made by this command; move it elsewhere, or name another folder with --out"}, other)
	}
	err = disk.MkdirAll(folder)
	for _, file := range files {
		err = errors.Join(err, disk.WriteFile(filepath.Join(folder, file.Name), file.Content))
	}
	if err != nil {
		return c.fail(err)
	}
	c.Say(c.Out, phrase{"書きました: %s（読み方: %s）", "Written: %s (how to use it: %s)"}, folder+string(filepath.Separator), filepath.Join(folder, "README."+c.Language+".md"))
	return exitFine
}

// publishedIn returns the names of the files of a built site. `args` names its folder; if it is empty, the folder is "public".
// It returns nil if no folder is named and there is no site in "public".
func publishedIn(args []string) ([]string, error) {
	folder := "public"
	if len(args) > 0 {
		folder = args[0]
	}
	manifest, err := publish.ReadManifest(filepath.Join(folder, publish.ManifestName))
	if errors.Is(err, fs.ErrNotExist) && len(args) == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	names := []string{}
	for _, file := range manifest.Files {
		names = append(names, file.Path)
	}
	return names, nil
}

// sitePath returns the path of the site on its host, escaped as in the address. It returns "" if `base` is empty, which means
// that the address is unknown.
func sitePath(base string) string {
	if base == "" {
		return ""
	}
	u, err := url.Parse(base)
	if err != nil {
		panic("BUG: the address was checked: " + err.Error())
	}
	return u.EscapedPath()
}

// foreign returns the path of an existing file that one of `files` would replace, but that sitegen did not write. It returns ""
// if there is no such file. A file that already has the new content does not count. A file that cannot be read counts.
func foreign(folder string, files []hosting.File) string {
	for _, file := range files {
		name := filepath.Join(folder, file.Name)
		text, err := disk.ReadAtMost(name, plaintext.DefaultLimits.File)
		switch {
		case errors.Is(err, fs.ErrNotExist), bytes.Equal(text, file.Content):
		case err != nil || !bytes.Contains(text[:min(len(text), 200)], []byte(hosting.Mark)):
			return name
		}
	}
	return ""
}
