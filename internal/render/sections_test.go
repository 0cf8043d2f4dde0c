package render

import (
	"strings"
	"testing"

	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// What has room behind the answer is open; of what is folded the heading stays, and what is important.
func TestFoldChapters(t *testing.T) {
	chapter := func(heading, below markup.HTML) site.Chapter {
		return site.Chapter{HTML: heading + below, Heading: heading, Below: below}
	}
	folded := func(c site.Chapter) markup.HTML {
		return `<details class="fold part"><summary>` + c.Heading + "</summary>\n" + c.Below + "</details>\n" + c.Important
	}
	text := "<p>" + markup.HTML(strings.Repeat("長い", 400)) + "</p>\n"
	intro, long, short := chapter("", text), chapter(`<h2 id="b">二</h2>`, text), chapter(`<h2 id="a">一</h2>`, "<p>短い。</p>\n")
	important, bound := long, long
	important.Important, bound.Bound = "<div>大事。</div>", true
	for name, c := range map[string]struct {
		list []site.Chapter
		want markup.HTML
	}{
		"nothing":                   {nil, ""},
		"short":                     {[]site.Chapter{short}, short.HTML},
		"no heading":                {[]site.Chapter{intro}, intro.HTML},
		"long":                      {[]site.Chapter{short, long}, short.HTML + folded(long)},
		"nothing behind a long one": {[]site.Chapter{long, short}, folded(long) + folded(short)},
		"important":                 {[]site.Chapter{important}, folded(important)},
		"what cannot be parted":     {[]site.Chapter{bound}, bound.HTML},
	} {
		if got := foldChapters("答え。", c.list); got != c.want {
			t.Errorf("%s: got\n%.300s\nwant\n%.300s", name, got, c.want)
		}
	}
	if got := foldChapters(markup.HTML(strings.Repeat("答え", 400)), []site.Chapter{short}); got == short.HTML {
		t.Error("a long answer leaves room for details")
	}
}
