package dialect

import (
	"slices"
	"strings"
	"testing"

	"sitegen/internal/markdown"
)

// A chapter begins at each heading of level 2, also inside a block with a condition, and at the heading of steps. Important blocks are
// returned separately from the text of their chapter, unless they are inside a different block.
func TestChapters(t *testing.T) {
	const one, important = "## 一 {#a}\n\nx\n\n", "::: important\n大事\n:::\n\n"
	const note = `<div class="important" role="note"><p class="block-title">[important]</p>` + "\n<p>大事</p>\n</div>"
	for name, c := range map[string]struct {
		sources []string
		want    []string // for each chapter: Heading, Below and Important, then "bound" if Bound is set
	}{
		"nothing":               {[]string{""}, nil},
		"no heading":            {[]string{"x"}, []string{"", "<p>x</p>\n", ""}},
		"before a heading":      {[]string{"v\n\n" + one}, []string{"", "<p>v</p>\n", "", `<h2 id="a">一</h2>`, "\n<p>x</p>\n", ""}},
		"headings below":        {[]string{one + "### 下 {#b}\n\ny\n"}, []string{`<h2 id="a">一</h2>`, "\n<p>x</p>\n<h3 id=\"b\">下</h3>\n<p>y</p>\n", ""}},
		"important":             {[]string{one + important + "y\n\n" + important}, []string{`<h2 id="a">一</h2>`, "\n<p>x</p>\n\n<p>y</p>\n\n", note + note}},
		"important for a time":  {[]string{one + ":::: from 2026-01-01\n" + important + "::::\n"}, []string{`<h2 id="a">一</h2>`, "\n<p>x</p>\n" + `<details class="dated f20260101" open data-from="2026-01-01"><summary>2026-01-01〜</summary><div>` + note + "\n</div></details>\n", "", "bound"}},
		"a heading in a note":   {[]string{one + "::: note 注\n## 中 {#b}\n:::\n"}, []string{`<h2 id="a">一</h2>`, "\n<p>x</p>\n" + `<div class="note" role="note"><p class="block-title">注</p>` + "\n<h2 id=\"b\">中</h2>\n</div>\n", ""}},
		"a heading if it holds": {[]string{one + "::: if p is yes\n## 二 {#b}\n:::\n::: if p is no\n## 三 {#c}\n:::\n"}, []string{`<h2 id="a">一</h2>`, "\n<p>x</p>\n", "", `<h2 id="b">二</h2>`, "\n", ""}},
		"steps first":           {[]string{"::: steps 順\n1. y\n:::\n\nz\n"}, []string{`<h2 id="steps-1">順</h2>`, "<div class=\"steps\">\n<ol><li>y</li></ol>\n</div>\n<p>z</p>\n", ""}},
		"steps below a heading": {[]string{one + "::: steps 順\n1. y\n:::\n"}, []string{`<h2 id="a">一</h2>`, "\n<p>x</p>\n" + `<section class="steps" aria-labelledby="steps-1"><h3 id="steps-1">順</h3>` + "\n<ol><li>y</li></ol>\n</section>\n", ""}},
		"two texts":             {[]string{one, "y\n"}, []string{`<h2 id="a">一</h2>`, "\n<p>x</p>\n<p>y</p>\n", ""}},
	} {
		var stretches []markdown.Stretch
		whole := ""
		for _, source := range c.sources {
			body, found := parse(t, source)
			if len(found) > 0 {
				t.Fatalf("%s: %s", name, found[0].Code)
			}
			stretches = append(stretches, body.Stretch)
			whole += string(body.HTML(testResolver{}))
		}
		var got []string
		written := ""
		for _, chapter := range markdown.Chapters(testResolver{}, stretches...) {
			got = append(got, string(chapter.Heading), string(chapter.Below), string(chapter.Important))
			if chapter.Bound {
				got = append(got, "bound")
			}
			written += string(chapter.HTML)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got\n%s\nwant\n%s", name, strings.Join(got, "\n|"), strings.Join(c.want, "\n|"))
		}
		if written != whole {
			t.Errorf("%s: the chapters are\n%s\nand the text is\n%s", name, written, whole)
		}
	}
}
