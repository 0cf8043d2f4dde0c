package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/mend"
	"sitegen/internal/parity"
	"sitegen/internal/report"
	"sitegen/internal/terminal"
)

var fixCommand = command{
	name: "fix", options: []string{"content", "write", "date", "lang"}, run: runFix, arguments: math.MaxInt,
	help: helpText{
		phrase{"直し方が一つしかない間違いを直す", "mend what can only be meant in one way"},
		phrase{`使い方: sitegen fix [ファイル…]（省くと原稿のすべて）
・①１．や【見出し】、全角の記号、表計算ソフトから貼った表、半角カナ、事実と同じ日付や電話番号、
やさしい日本語の空白、文字コード（Shift_JIS など）、BOM、改行、分かれた濁点を直します。まず違いを
見せ、y か --write で書きます。どちらとも言えない所には手を触れません。`,
			`Usage: sitegen fix [FILE…] (all content without one)
Mends lists and headings as offices write them, full-width marks, tables pasted from a spreadsheet,
half-width kana, dates and numbers that are facts, spaces of やさしい日本語, encodings such as
Shift_JIS, byte order marks, line ends and letters apart from their marks. It shows the difference
first, and writes it after a y or with --write. Whatever could mean two things stays as it is.`},
		phrase{`  sitegen fix
  sitegen fix content/faq/old-card/old-card-lost/ja.md
  sitegen fix --write content/faq`,
			`  sitegen fix
  sitegen fix content/faq/old-card/old-card-lost/ja.md
  sitegen fix --write content/faq`},
	},
}

// runFix shows the changes that it can make to files. It writes them if --write is given or the person says yes.
func runFix(c *console, o *options) int {
	source, closeSource, code := c.open(o)
	if code != exitFine {
		return code
	}
	defer closeSource()
	paths, code := c.filesToFix(source.Content, o)
	if code != exitFine {
		return code
	}
	changed, left, err := mend.Files(source.Content, source.ContentName, source.Today, paths)
	if err != nil {
		return c.fail(err)
	}
	for _, f := range changed {
		report.Mended(c.Terminal, path.Join(source.ContentName, f.Path), f)
	}
	switch {
	case len(changed) == 0:
		c.Say(c.Out, phrase{"sitegenが直せる所はありません", "There is nothing that sitegen can mend"})
	case !o.write && !c.agrees(len(changed)):
		c.Say(c.Out, phrase{"何も書きませんでした。書くときは --write を付けてください", "Nothing was written. To write it, add --write"})
		return exitContent
	}
	for _, f := range changed {
		if err := f.Write(o.content); errors.Is(err, mend.ErrChanged) {
			c.Say(c.Err, phrase{"%s は、その間に保存されたので、書きませんでした。もう一度実行してください", "%s was saved meanwhile, so it was not written; run this again"}, path.Join(source.ContentName, f.Path))
			return exitEnvironment
		} else if err != nil {
			return c.fail(err)
		}
	}
	if len(changed) > 0 {
		c.Say(c.Out, phrase{"%d個のファイルに書きました", "Files written: %d"}, len(changed))
	}
	return c.printLeft(left)
}

// printLeft prints how many errors and warnings only the author can mend. It returns exitContent if one of them is an error.
func (c *console) printLeft(left []diag.Diagnostic) int {
	if len(left) > 0 {
		c.Say(c.Out, phrase{"ほかに、書いた人だけが直せる所が %d か所あります: sitegen check", "Left for the author to mend: %d. See sitegen check"}, len(left))
	}
	if diag.HasErrors(left) {
		return exitContent
	}
	return exitFine
}

// agrees asks the person whether to write this many files. An empty answer and the end of the input mean no.
func (c *console) agrees(files int) bool {
	fmt.Fprint(c.Out, c.Words(phrase{"%[1]d個のファイルに書きますか（y で書きます） ", "Write %[2]s? (y for yes) "}, files, terminal.Plural(files, "file")))
	answer, _ := bufio.NewReader(c.In).ReadString('\n')
	fmt.Fprintln(c.Out)
	return slices.Contains([]string{"y", "yes", "はい"}, strings.ToLower(strings.TrimSpace(answer)))
}

// filesToFix returns paths relative to the content folder: the named files, and the text files in the named folders. If the command
// line names neither, it returns all text files of the content.
func (c *console) filesToFix(content fs.FS, o *options) ([]string, int) {
	named := []string{"."}
	if len(o.args) > 0 {
		named = nil
	}
	for _, arg := range o.args {
		name, err := below(o.content, arg)
		if _, statErr := fs.Lstat(content, name); err != nil || statErr != nil {
			return nil, c.misuse(phrase{"原稿のフォルダーに、そのファイルはありません: %s", "there is no such file in the content folder: %s"}, arg,
				c.Words(phrase{"ほかの場所の原稿なら --content で指定してください", "name another content folder with --content"}))
		}
		named = append(named, name)
	}
	var paths []string
	for _, root := range named {
		err := fs.WalkDir(content, root, func(name string, entry fs.DirEntry, err error) error {
			if err == nil && entry.Type().IsRegular() && (name == root || isText(name)) && !slices.Contains(paths, name) {
				paths = append(paths, name)
			}
			return err
		})
		if err != nil {
			return nil, c.fail(err)
		}
	}
	return paths, exitFine
}

// below returns the path of a file relative to a folder, with slashes. It returns an error if the file is not in the folder.
func below(folder, file string) (string, error) {
	folder, err1 := filepath.Abs(folder)
	file, err2 := filepath.Abs(file)
	name, err3 := filepath.Rel(folder, file)
	name = filepath.ToSlash(name)
	if err := errors.Join(err1, err2, err3); err != nil || !fs.ValidPath(name) {
		return "", errors.Join(fs.ErrNotExist, err)
	}
	return name, nil
}

// isText reports whether `sitegen fix` reads a file that the command line does not name itself: a Markdown or YAML file or a file of
// records. It returns false for hidden files and for READMEs.
func isText(name string) bool {
	base := path.Base(name)
	record := path.Base(path.Dir(name)) == parity.RecordFolder && strings.HasSuffix(base, ".txt")
	return (strings.HasSuffix(base, ".md") || strings.HasSuffix(base, ".yaml") || record) && !strings.HasPrefix(base, ".") && !strings.HasPrefix(base, "README.")
}
