package render_test

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sitegen/internal/civil"
	"sitegen/internal/render"
)

// The page and the feed list the newest day first. Within a day, the questions keep their order. A feed has at most fifty entries. Each
// language of each site has its own changes.
func TestUpdates(t *testing.T) {
	s := theSite(t)
	changes := map[string]render.Change{"vanished": {Day: today}}
	var older, newer []string
	for i, q := range s.Questions {
		if i%2 == 0 {
			changes[q.ID] = render.Change{Day: civil.Of(2026, 8, 1), New: true}
			older = append(older, q.ID)
		} else {
			changes[q.ID] = render.Change{Day: civil.Of(2026, 8, 2)}
			newer = append(newer, q.ID)
		}
	}
	want := append(newer, older...)
	r := renderer(t, s, render.Options{BaseURL: "https://example.jp/", Changes: map[string]map[string]render.Change{"en": changes}})
	all := filesIf(t, r, func(name string) bool { return path.Base(name) == "updates.html" || path.Base(name) == "feed.xml" })

	page := all["en/updates.html"]
	if got := idsIn(page, `<li><a href="faq/([a-z0-9-]+)\.html"><span>`); !slices.Equal(got, want) {
		t.Errorf("the page lists\n%v\nwant\n%v", got, want)
	}
	if strings.Count(page, "<h2><time") != 2 || !strings.Contains(page, `<time datetime="2026-08-02">2 August 2026</time>`) {
		t.Error("the page is not divided by day")
	}
	feed := all["en/feed.xml"]
	if got := idsIn(feed, `<link rel="alternate" href="https://example.jp/en/faq/([a-z0-9-]+)\.html"/>`); !slices.Equal(got, want[:50]) {
		t.Errorf("the feed lists\n%v\nwant\n%v", got, want[:50])
	}
	if err := wellFormed(feed); err != nil || !strings.Contains(feed, "</subtitle>\n<updated>2026-08-02T00:00:00+09:00</updated>") {
		t.Errorf("%v\n%.1000s", err, feed)
	}
	for _, folder := range []string{"ja", "ja-easy", "sk/en"} {
		if strings.Contains(all[folder+"/updates.html"], "<h2><time") || strings.Contains(all[folder+"/feed.xml"], "<entry>") {
			t.Errorf("%s tells of changes of another site or language", folder)
		}
	}
}

func idsIn(text, pattern string) []string {
	var ids []string
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		ids = append(ids, m[1])
	}
	return ids
}
