package render

import (
	"strings"
	"sync"
	"testing"

	"sitegen/internal/bundle"
	"sitegen/internal/civil"
	"sitegen/internal/markup"
)

func TestEmbed(t *testing.T) {
	for given, want := range map[markup.HTML]markup.HTML{
		`plain`:                        `plain`,
		`<h2 id="a">T</h2><p>x</p>`:    `<h4 id="q--a">T</h4><p>x</p>`,
		`<h4 id="b">T</h4>`:            `<h6 id="q--b">T</h6>`,
		`<hr><header>`:                 `<hr><header>`,
		`<a href="#a">x</a>`:           `<a href="#q--a">x</a>`,
		`<a href="faq/x.html#a">x</a>`: `<a href="faq/x.html#a">x</a>`,
		`<section class="steps" aria-labelledby="a b">`: `<section class="steps" aria-labelledby="q--a q--b">`,
		`a &lt; <b>`: `a &lt; <b>`,
	} {
		var w markup.Writer
		if embed(&w, given, "q--"); w.Done() != want {
			t.Errorf("embed(%s)\n got %s\nwant %s", given, w.Done(), want)
		}
	}
}

func TestFragment(t *testing.T) {
	var w markup.Writer
	fragment(&w, "<a href=\"\x00x\">\x00</a>.", "../")
	if got, want := string(w.Done()), `<a href="../x">../</a>.`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestDays(t *testing.T) {
	var cache dayCache
	start, end := civil.Of(2025, 12, 2), civil.Of(2026, 8, 1)
	d := cache.of([]civil.Date{end, start, end}, nil)
	if want := ` data-days="20251202 20260801"`; string(d.attribute) != want {
		t.Errorf("attribute: got %s, want %s", d.attribute, want)
	}
	for _, want := range []string{
		".d20260801 .u20260801{--ended:inline;--paper:none}",
		".js:not(.d20251202) .f20251202{--later:inline;--ahead:none}",
		".d20260801 .u20260801:not([data-seen]),",
		"}.d20260801 .variant.u20260801{display:none}", // outside @media, so it also applies on paper
		"@media screen{.js:not(.d20251202) .f20251202.variant{display:none}",
		"@media print{.js:not(.d20251202) .f20251202.variant{order:1}",
	} {
		if !strings.Contains(d.css, want) {
			t.Errorf("style lacks %s: %s", want, d.css)
		}
	}
	if cache.of([]civil.Date{start, end}, []civil.Date{end}) != d {
		t.Error("the same days are made twice")
	}
	if got, want := *cache.of(nil, []civil.Date{end}), (pageDays{` data-days="20260801"`, ".d20260801 .u20260801{--ended:inline}"}); got != want {
		t.Errorf("the end of a review: got %v, want %v", got, want)
	}
	if got := cache.of([]civil.Date{start}, []civil.Date{end}); got.attribute != d.attribute || got.css == d.css {
		t.Errorf("a day and the end of a review: %v", got)
	}
	if none := cache.of(nil, nil); *none != (pageDays{}) {
		t.Errorf("no days: %v", none)
	}
	if got, want := civil.PeriodClasses(start, civil.Of(2026, 7, 31)), "f20251202 u20260801"; got != want {
		t.Errorf("classes: got %s, want %s", got, want)
	}
}

// The hash of a style is that of its content, even if two pages have the same days. A day can be the end of a review on one page and the
// end of a passage on the other.
func TestStyleHash(t *testing.T) {
	r := &Renderer{styles: map[string]bundle.Inline{"question": bundle.NewInline("p{}")}, styleHashes: &sync.Map{}}
	var cache dayCache
	day := []civil.Date{civil.Of(2026, 8, 1)}
	for _, d := range []*pageDays{cache.of(day, nil), cache.of(nil, day)} {
		if style := r.style("question", d); style.hash != bundle.NewInline(style.sheet+style.days).Hash {
			t.Errorf("the hash is not of %s%s", style.sheet, style.days)
		}
	}
}
