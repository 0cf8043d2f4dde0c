package render

import (
	"strings"
	"testing"

	"sitegen/internal/markup"
)

// What has room behind the answer is open; of what is folded the heading stays, and what is important.
func TestFoldSections(t *testing.T) {
	long := "<p>" + markup.HTML(strings.Repeat("長い", openText)) + "</p>\n"
	const intro, short = "<p>はじめに。</p>\n", "<h2 id=\"a\">一</h2>\n<p>短い。</p>\n"
	const important = `<div class="important" role="note"><p>大事。</p><div>中</div></div>` + "\n"
	const steps = `<section class="steps" aria-labelledby="s">`
	inPart := func(heading, text markup.HTML) markup.HTML {
		return `<details class="part"><summary>` + heading + "</summary>\n" + text + "</details>\n"
	}
	for name, c := range map[string]struct{ body, want markup.HTML }{
		"short":                       {intro + short, intro + short},
		"no heading":                  {long, long},
		"long":                        {short + `<h2 id="b">二</h2>` + long, short + inPart(`<h2 id="b">二</h2>`, long)},
		"nothing behind a long one":   {`<h2 id="b">二</h2>` + long + short, inPart(`<h2 id="b">二</h2>`, long) + inPart(`<h2 id="a">一</h2>`, "\n<p>短い。</p>\n")},
		"important":                   {`<h2 id="b">二</h2>` + long + important + "<p>終</p>", inPart(`<h2 id="b">二</h2>`, long+"\n<p>終</p>") + markup.HTML(strings.TrimSuffix(important, "\n"))},
		"important for a time":        {`<h2 id="b">二</h2><details class="dated">` + important + "</details>" + long, `<h2 id="b">二</h2><details class="dated">` + important + "</details>" + long},
		"steps with their heading":    {steps + `<h2 id="s">順</h2><ol><li><h2>中</h2></li></ol></section>` + long, inPart(`<h2 id="s">順</h2>`, `<div class="steps"><ol><li><h2>中</h2></li></ol></div>`+long)},
		"steps below a heading":       {short + steps + `<h3 id="s">順</h3></section>`, short + steps + `<h3 id="s">順</h3></section>`},
		"a reading has no end of its": {`<h2 id="b"><ruby>二<rp>(<rt>に<rp>)</ruby></h2>` + long + short, inPart(`<h2 id="b"><ruby>二<rp>(<rt>に<rp>)</ruby></h2>`, long) + inPart(`<h2 id="a">一</h2>`, "\n<p>短い。</p>\n")},
	} {
		if got := foldSections("答え。", c.body); got != c.want {
			t.Errorf("%s: got\n%.300s\nwant\n%.300s", name, got, c.want)
		}
	}
	if got := foldSections(markup.HTML(strings.Repeat("答え", openText)), short); got == short {
		t.Error("a long answer leaves room for details")
	}
}
