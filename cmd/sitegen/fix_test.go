//go:build unix

package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"sitegen/internal/civil"
	"sitegen/internal/mend"
)

// typed has lines as office documents contain them. Some are valid in this site's Markdown, and some are not.
var typed = []string{
	"次のものが必要です。", "・申請書", "・ 通帳", "●印鑑", "○ 一つ", "①開く", "②読む", "③終える", "１．申し込む", "２．待つ", "1.出す", "2.受け取る", "（1）甲", "（2）乙", "1. 甲", "2. 乙", "※注意", "【対象者】", "【期間】一年",
	"■手続き", "　字下げの段落です。", "　続きの段落です。", "-　項目", "- 項目", "- [ ] 済み", "> 引用", "> ・引用の項目", "＞引用", "＃＃ 見出し", "##見出し", "#見出し", "## 見出し", "===", "---", "－－－", "：：：note", ":::",
	"::: note", "区分\t手数料", "初回\t無料", "| 甲 | 乙 |", "|---|---|", "｜甲｜乙｜", "｜ー｜ー｜", "甲 | 乙", "｛漢字｜かんじ｝を｛term：card｝", "（term:card）と(term:card)", "＊＊大事＊＊です", "`甲", "｀甲｀",
	"https://example.jp/a を見る", "info@example.jp へ", "~~古い~~", "本文[^1]", "[^1]: 注", "[甲](faq:card-lost)", "[甲]: 乙", "長い長い長い長い長い長い長い長い長い長い長い長い長い長い長い文の途中", "", "", "", "  ・深い項目", "    深い行", "\u200b見えない", "\uf0b7\t項目",
	"* 甲", "+ 乙", "1) 甲", "3. 丙", "*甲", "__甲__", "a\t", "|", "・", "【】", "【甲", "①", "＊注", "{term:card}", "{term:card", "乙}",
}

// pagesOf returns the small content plus `count` generated questions, and the paths of those questions' files. Each file has
// random lines from the list `typed`.
func pagesOf(t *testing.T, seed uint64, count int) (fstest.MapFS, []string) {
	t.Helper()
	content := fstest.MapFS{}
	small := os.DirFS("testdata/content-small")
	err := fs.WalkDir(small, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(small, name)
		if language, isText := strings.CutPrefix(name, "text/"); isText && err == nil {
			data, err = completeText(data, strings.TrimSuffix(language, ".yaml"))
		}
		content[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(seed, 0))
	var paths []string
	for i := range count {
		page := "---\nquestion: 質問\nanswer: 答え\nsources: [ministry]\n---\n\n"
		for range 2 + random.IntN(9) {
			page += typed[random.IntN(len(typed))] + "\n"
		}
		name := fmt.Sprintf("faq/card/page-%d/ja.md", i)
		content[name] = &fstest.MapFile{Data: []byte(page)}
		paths = append(paths, name)
	}
	return content, paths
}

// Whatever lines an author typed, mending them comes to an end, loses no letter, and leaves nothing that it could still mend.
func TestMendingIsStable(t *testing.T) {
	const day = civil.Date(20785)
	content, paths := pagesOf(t, 1, 250)
	changed, left, err := mend.Files(content, "content", day, paths)
	if err != nil || len(changed) < len(paths)/2 {
		t.Fatal(len(changed), err)
	}
	for _, d := range left {
		if len(d.Mend) > 0 {
			t.Errorf("%s: %s could still be mended", d.Position, d.Code)
		}
	}
	for _, f := range changed {
		if before, after := letters(f.Text), letters(f.After); before != after {
			t.Errorf("%s\nbecomes\n%s", f.Before, f.After)
		}
		content[f.Path] = &fstest.MapFile{Data: []byte(f.After)}
	}
	again, leftAgain, err := mend.Files(content, "content", day, paths)
	if err != nil || len(again) > 0 || len(leftAgain) != len(left) {
		t.Errorf("mended again, %d files change (%v), and %d findings are left instead of %d", len(again), err, len(leftAgain), len(left))
	}
	for _, f := range again {
		t.Errorf("%s\nbecomes\n%s", f.Text, f.After)
	}
}

// letters returns only the letters of a text. It leaves out ー too, because authors type it as a dash.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) && r != 'ー' {
			return r
		}
		return -1
	}, text)
}

// Mending the real content changes nothing.
func TestContentNeedsNoMending(t *testing.T) {
	content := os.DirFS("../../content")
	var paths []string
	err := fs.WalkDir(content, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && isText(name) {
			paths = append(paths, name)
		}
		return err
	})
	if err != nil || len(paths) < 200 {
		t.Fatal(len(paths), err)
	}
	changed, _, err := mend.Files(content, "content", civil.Of(2026, 11, 28), paths)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range changed {
		t.Errorf("%s would change: %v", f.Path, f.Diff())
	}
}
