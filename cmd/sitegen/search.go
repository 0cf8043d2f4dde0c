package main

import (
	"math"

	"sitegen/internal/build"
	"sitegen/internal/report"
)

var searchCommand = command{
	name: "search", options: []string{"profile", "content", "date", "format", "lang"}, run: runSearch, arguments: math.MaxInt,
	help: helpText{
		phrase{"サイトの検索と同じように探し、なぜその順かを見る", "search as the site does, and see why"},
		phrase{`使い方: sitegen search [ことば…]
読む人が検索したときの順に10件まで、それぞれに、入れたことばのうちどれが、ページのどのことばに当たり、
点の何割になったかを並べます。ことばを書かなければ、search.yaml のことばをすべて試し、正しいページの順位
（なければ 0）と一番上のページを並べます。--lang はサイトの言語の id です（ja-easy など）。見つかるはずのページが
上に来ないときは、その質問の keywords か、glossary.yaml の synonyms にことばを足します。
search.yaml に書いたことばは、check が毎回確かめます。`,
			`Usage: sitegen search [WORDS…]
Up to ten questions in the order in which readers get them; for each, which of the words typed met
which words of the page, and how much of its score that made. Without words everything in search.yaml
is tried: the place of the right page (0: not found), and the page at the top. --lang is a language of the site, such
as ja-easy. Where the right page is not at the top, add words to its keywords, or to synonyms in
glossary.yaml. What search.yaml lists is tried by every check.`},
		phrase{`  sitegen search 保険証 なくした
  sitegen search --lang ja-easy ほけんしょう
  sitegen search --format json shikaku kakuninsho`,
			`  sitegen search lost card
  sitegen search --lang ja-easy ほけんしょう
  sitegen search --format json shikaku kakuninsho`},
	},
}

// runSearch searches as the pages of the site do, and prints why each question was found. Without words to search for, it runs the
// queries of search.yaml.
func runSearch(c *console, o *options) int {
	source, closeSource, code := c.open(o)
	if code != exitFine {
		return code
	}
	defer closeSource()
	loaded, code := c.load(o, source)
	if code != exitFine {
		return code
	}
	loaded, err := build.SiteOf(loaded, o.profile)
	if err != nil {
		return c.fail(err)
	}
	if err := report.Search(c.Terminal, loaded, o.lang, o.args, o.json()); err != nil {
		return c.fail(err)
	}
	return exitFine
}
