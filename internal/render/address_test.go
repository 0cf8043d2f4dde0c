package render_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"strings"
	"testing"
)

func wellFormed(text string) error {
	decoder := xml.NewDecoder(strings.NewReader(text))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func TestWithBaseURL(t *testing.T) {
	const base = address
	all := publicFiles(t)
	for _, name := range []string{"sitemap.xml", "ja/feed.xml", "ja-easy/feed.xml", "en/feed.xml"} {
		if err := wellFormed(all[name]); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	sitemap := all["sitemap.xml"]
	for _, want := range []string{
		"<loc>" + base + "/ja-easy/faq/what-to-bring.html</loc><lastmod>2026-11-22</lastmod></url>",
		`<xhtml:link rel="alternate" hreflang="en" href="` + base + `/en/faq/what-to-bring.html"/>`,
		`<xhtml:link rel="alternate" hreflang="x-default" href="` + base + `/ja/faq/what-to-bring.html"/>`,
	} {
		if !strings.Contains(sitemap, want) {
			t.Errorf("sitemap.xml lacks %s", want)
		}
	}
	sites, listed, pages := 0, 0, 0
	for name, text := range all {
		if strings.Contains(text, "ZgotmplZ") { // html/template refused a value
			t.Errorf("%s: a template has a value of a wrong kind", name)
		}
		switch {
		case path.Base(name) == "sitemap.xml":
			sites++
			listed += strings.Count(text, "<url>")
			if !strings.Contains(all["robots.txt"], "Sitemap: "+base+"/"+name) {
				t.Errorf("robots.txt does not name %s", name)
			}
		case path.Ext(name) == ".html" && !strings.Contains(text, `http-equiv="refresh"`):
			pages++
		}
	}
	if sites != 6 || listed != pages-2*sites { // sitemaps list neither the choice of languages nor the page for wrong addresses
		t.Errorf("%d sitemaps list %d of %d pages", sites, listed, pages)
	}
	page := all["en/faq/what-to-bring.html"]
	for _, want := range []string{
		`<link rel="canonical" href="` + base + `/en/faq/what-to-bring.html">`,
		`<link rel="alternate" hreflang="ja" href="` + base + `/ja/faq/what-to-bring.html">`,
		`<link rel="alternate" hreflang="x-default" href="` + base + `/ja/faq/what-to-bring.html">`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(page, "ja-easy/faq/what-to-bring.html\">\n<link") || strings.Contains(page, `hreflang=""`) {
		t.Error("やさしい日本語 has an hreflang")
	}
	checkData(t, all)
	if !strings.Contains(all["404.html"], `href="`+base+`/en/index.html"`) {
		t.Error("404.html does not link by the site's address")
	}
	if !strings.Contains(all["robots.txt"], "Sitemap: "+base+"/sitemap.xml\n") {
		t.Errorf("robots.txt: %s", all["robots.txt"])
	}
}

// checkData checks that structured data is small and valid.
func checkData(t *testing.T, all map[string]string) {
	t.Helper()
	data := regexp.MustCompile(`<script type="application/ld\+json">(.*?)</script>`)
	for name, text := range all {
		for _, m := range data.FindAllStringSubmatch(text, -1) {
			var value struct {
				Name string `json:"name"`
			}
			if err := json.Unmarshal([]byte(m[1]), &value); err != nil || value.Name == "" || len(m[1]) > 400 {
				t.Errorf("%s: %v, %d bytes of structured data: %s", name, err, len(m[1]), m[1])
			}
		}
	}
}
