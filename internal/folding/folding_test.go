package folding

import (
	"strings"
	"testing"

	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// Chapters that fit are open. Of a folded chapter, the heading and the important blocks stay visible.
func TestFoldChapters(t *testing.T) {
	chapter := func(heading, below markup.HTML) site.Chapter {
		return site.Chapter{HTML: heading + below, Heading: heading, Below: below}
	}
	folded := func(c site.Chapter) markup.HTML {
		return `<details class="fold part"><summary>` + c.Heading + "</summary>\n" + c.Below + "</details>\n" + c.Important
	}
	text := "<p>" + markup.HTML(strings.Repeat("長い", 200)) + "</p>\n" // 25 lines
	intro, long, short := chapter("", text), chapter(`<h2 id="b">二</h2>`, text), chapter(`<h2 id="a">一</h2>`, "<p>短い。</p>\n")
	important, bound := long, long
	important.Important, bound.Bound = "<div>大事。</div>", true
	for name, c := range map[string]struct {
		list    []site.Chapter
		want    markup.HTML
		tooLong bool
	}{
		"nothing":               {nil, "", false},
		"short":                 {[]site.Chapter{short}, short.HTML, false},
		"no heading":            {[]site.Chapter{intro}, intro.HTML, true},
		"no room":               {[]site.Chapter{intro, short}, intro.HTML + folded(short), true},
		"long":                  {[]site.Chapter{short, long}, short.HTML + folded(long), false},
		"short behind a long":   {[]site.Chapter{long, short}, folded(long) + short.HTML, false},
		"important":             {[]site.Chapter{important}, folded(important), false},
		"what cannot be parted": {[]site.Chapter{bound, short}, bound.HTML + folded(short), true},
	} {
		if got, tooLong := (measure{}).foldChapters(c.list, 600); got != c.want || tooLong != c.tooLong {
			t.Errorf("%s: got, too long %t\n%.300s\nwant, too long %t\n%.300s", name, tooLong, got, c.tooLong, c.want)
		}
	}
}

// The height of a text is the sum of the heights of its blocks, each of which has as many lines as its width needs.
func TestHeight(t *testing.T) {
	line, space := bodyText.line, between["p"]
	full := func(letters int) markup.HTML { return markup.HTML(strings.Repeat("字", letters)) }
	for html, want := range map[markup.HTML]int{
		"":                               0,
		"<p>" + full(16) + "</p>\n":      line + space,
		"<p>" + full(17) + "</p>\n":      2*line + space,
		"<p>" + full(8) + "abcdefgh</p>": line + space, // letters of half the width
		markup.HTML("<p>" + strings.Repeat("é", 30) + "</p>"):                                       line + space, // likewise letters outside ASCII
		markup.HTML("<p>" + strings.Repeat("é", 34) + "</p>"):                                       2*line + space,
		markup.HTML("<p>" + strings.Repeat("a\u0301\u200b", 30) + "</p>"):                           line + space, // a combining accent has no width
		"<p><ruby>" + full(16) + "<rp>(<rt>" + full(30) + "<rp>)</ruby></p>":                        line + space, // a reading is above the line
		"<p>" + full(16) + "</p>\n<p>" + full(16) + "</p>\n":                                        2*line + 2*space,
		"<ul><li>" + full(15) + "</li></ul>\n":                                                      2*line + between["li"] + between["ul"],
		`<div class="note" role="note"><p>` + full(14) + "</p>\n</div>\n":                           2*line + space + between["div"],
		"<table><tbody><tr><td>" + full(20) + "</td><td>" + full(2) + "</td></tr></tbody></table>":  4*cellText.line + between["tr"] + between["table"],
		`<figure class="timeline"><svg viewBox="0 0 340 200" font-size="13"><g></g></svg></figure>`: 200,
	} {
		if got := (measure{}).height(html); got != want {
			t.Errorf("%.80s: %d, want %d", html, got, want)
		}
	}
	if got := (measure{ruby: true}).height("<p>" + full(16) + "</p>"); got != line+line/5+space {
		t.Errorf("with readings: %d", got)
	}
}
