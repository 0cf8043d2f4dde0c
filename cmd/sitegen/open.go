package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"sitegen/internal/build"
	"sitegen/internal/bundle"
	"sitegen/internal/civil"
	"sitegen/internal/declare"
	"sitegen/internal/diag"
	"sitegen/internal/disk"
	"sitegen/internal/load"
	"sitegen/internal/plaintext"
	"sitegen/internal/site"
	"sitegen/themes"
)

// bundled keeps the bundled theme, because the preview makes the site again and again.
var bundled = &bundle.Memory{}

// open opens the content and the theme. Nothing outside these two folders can be read through the source, not even through symbolic
// links. Unless `code` is exitFine, the error has been printed and nothing stays open.
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
				c.Words(phrase{"リポジトリーのいちばん上で実行するか、--%s で場所を指定してください", "run this at the top of the repository, or name the folder with --%s"}, option))
		}
		if disk.IsLoop(err) {
			return nil, c.misuse(phrase{"リンクが輪になっていて、どのフォルダーにも着きません: %s", "this is a loop of links that leads to no folder: %s"}, name,
				c.Words(phrase{"リンクを直すか、--%s で場所を指定してください", "correct the link, or name the folder with --%s"}, option))
		}
		dir, err := disk.OpenDir(name)
		if err != nil {
			return nil, c.fail(err)
		}
		opened = append(opened, dir)
		return dir, exitFine
	}
	source = build.Source{
		ContentName: filepath.ToSlash(filepath.Clean(o.content)), Theme: themes.Default(), ThemeName: "themes/default", Bundle: bundled,
		Today: o.today(), Clock: o.date == civil.Unset, BaseURL: o.baseURL, Profile: o.profile,
	}
	if source.Content, code = open("content", o.content); code == exitFine && o.theme != "" {
		source.Theme, code = open("theme", o.theme)
		source.ThemeName = filepath.ToSlash(filepath.Clean(o.theme))
		if code == exitFine {
			source.Theme = plaintext.Within(source.Theme, plaintext.DefaultLimits)
		}
	}
	if code != exitFine {
		closeSource()
	} else {
		source.Content = declare.Bounded(source.Content)
	}
	return source, closeSource, code
}

// sourceFolders returns the folders that a site is made from: the content and, if --theme was given, the theme.
func sourceFolders(o *options) []string {
	if o.theme == "" {
		return []string{o.content}
	}
	return []string{o.content, o.theme}
}

// load loads the site from opened content. If the content has errors or cannot be read, load prints the findings or the error, and
// returns nil and an exit code. If there are only warnings, it prints nothing.
func (c *console) load(o *options, source build.Source) (*site.Site, int) {
	loaded, found, err := load.Site(source.Content, source.ContentName, source.Today)
	if diag.HasErrors(found) || err != nil {
		if err := errors.Join(c.print(o, found), err); err != nil {
			return nil, c.fail(err)
		}
		return nil, exitContent
	}
	return loaded, exitFine
}

// hasRules reports whether a content folder has rules.
func hasRules(content fs.FS) bool {
	info, err := fs.Lstat(content, "rules")
	return err == nil && (info.IsDir() || info.Mode()&fs.ModeSymlink != 0) // a link counts, so that the code that reads the rules can report it
}

// openWithRules does the same as open, for a command that needs rules. It prints an error and returns exitUsage if the content
// folder has no rules.
func (c *console) openWithRules(o *options) (source build.Source, closeSource func(), code int) {
	source, closeSource, code = c.open(o)
	if code == exitFine && !hasRules(source.Content) {
		closeSource()
		code = c.misuse(phrase{"規則がありません: %s/rules", "there are no rules: %s/rules"}, o.content)
	}
	return source, closeSource, code
}

// compileRules compiles the rules of a content folder and prints the findings. It returns nil and an exit code if the rules have
// mistakes or cannot be read.
func (c *console) compileRules(o *options, source build.Source) (*build.Rules, int) {
	compiled, found, err := build.CompileRules(source.Content, source.ContentName)
	if err := errors.Join(c.print(o, found), err); err != nil {
		return nil, c.fail(err)
	}
	if compiled == nil {
		return nil, exitContent
	}
	return compiled, exitFine
}
