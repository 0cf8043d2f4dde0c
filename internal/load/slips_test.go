package load

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// A value or name that fits the schema of its file, but cannot be meant, is reported at its place.
func TestImplausible(t *testing.T) {
	facts, site := string(small(nil)["facts.yaml"].Data), string(small(nil)["site.yaml"].Data)
	hours := func(with string) map[string]string {
		return map[string]string{"facts.yaml": strings.Replace(facts, "  hours: [{days: weekdays, open: '9:30', close: '20:00'}]\n", with, 1)}
	}
	asOf := func(day, sources string) map[string]string {
		return map[string]string{
			"facts.yaml":   strings.Replace(facts, "as_of: 2026-11-20", "as_of: "+day, 1),
			"sources.yaml": "law: {publisher: 国, title: 法, label: {ja: 法律, en: The law}, read: 2026-11-22" + sources,
		}
	}
	const other = ", published: unknown}\nold: {publisher: 国, title: 古, label: {ja: 通知, en: Notice}, published: 2018-04-23, read: 2026-11-22}\n"
	topics := map[string]string{"site.yaml": strings.Replace(site, "topics: [cards]", "topics: [cards, others]", 1)}
	for _, language := range []string{"ja", "en"} {
		title := map[string]string{"ja": "Others, summary: ほか", "en": "Cards, summary: About others"}[language]
		topics["text/"+language+".yaml"] = strings.Replace(textYAML(language), "topics:\n", "topics:\n  others: {title: "+title+"}\n", 1)
	}
	for name, test := range map[string]struct {
		files map[string]string
		want  string
	}{
		"always open, and closed":                {hours("  hours: [{days: always}]\n  closed: year_end\n"), "content/facts.yaml:5:11 hours-closed\ncontent/facts.yaml:5:11 value-unknown"},
		"always open, in a variant":              {hours("  variants: [{until: 2026-03-31, hours: [{days: weekdays, open: '9:30', close: '20:00'}]}, {from: 2026-04-01, hours: [{days: always}]}]\n  closed: year_end\n"), "content/facts.yaml:5:11 hours-closed\ncontent/facts.yaml:5:11 value-unknown"},
		"closed, without hours":                  {hours("  phone: 0120-95-0178\n  closed: year_end\n"), "content/facts.yaml:5:11 closed-alone\ncontent/facts.yaml:5:11 value-unknown\ncontent/facts.yaml:8:41 fact-wrong-kind"},
		"checked before the source was there":    {asOf("2025-02-28", ", published: 2025-03}\n"), "content/facts.yaml:2:56 as-of-early"},
		"checked in the month of the source":     {asOf("2025-03-01", ", published: 2025-03}\n"), ""},
		"checked in the year of the source":      {asOf("2025-01-01", ", published: '2025'}\n"), ""},
		"checked before all sources, none dated": {asOf("2016-11-20", other), "content/facts.yaml:2:56 as-of-early"},
		"checked long ago, source without a day": {asOf("2018-04-23", other), ""},
		"two topics with one title":              {topics, "content/text/en.yaml:3:18 topic-same"},
	} {
		_, found := load(t, test.files)
		if got := codes(found); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, test.want)
		}
	}
}

// A copy of an insurer's passage is reported as a copy, whichever part of the file name says that it is one.
func TestCopiesOfPassages(t *testing.T) {
	content := realContent(t)
	const folder = "profiles/sk/faq/contact/whom-to-call/"
	passage := string(content[folder+"insurer.ja.md"].Data)
	var want []string
	for _, name := range []string{"insurer (1).ja.md", "insurer - コピー.ja.md", "insurer.ja (1).md", "insurer.ja - コピー.md", "insurer.ja-PC01.md", "ja (1).md", "ja - コピー.md"} {
		content = with(content, folder+name, passage)
		want = append(want, "content/"+folder+name+" file-copy")
	}
	if got, want := codes(faultsOf(t, content)), strings.Join(want, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// The facts of the home page are those of its periods and those that its texts mention. The page's notice about reviews depends on all
// of these facts.
func TestHomeFacts(t *testing.T) {
	text := strings.Replace(textYAML("en"), "topics:\n", "home: [{until: fact:last_day, text: \"Call {fact:line}.\"}, {from: fact:next_day, text: Over.}]\ntopics:\n", 1)
	s, _ := load(t, map[string]string{"text/en.yaml": text, "text/ja.yaml": strings.Replace(textYAML("ja"), "topics:\n", "home: [{until: fact:last_day, text: \"電話: {fact:line}\"}, {from: fact:next_day, text: 終わり}]\ntopics:\n", 1)})
	var ids []string
	for _, fact := range s.Languages[1].HomeFacts {
		ids = append(ids, fact.ID)
	}
	if want := []string{"last_day", "next_day", "line"}; !slices.Equal(ids, want) {
		t.Errorf("got %v, want %v", ids, want)
	}
}

// A slip in a declaration of the real content is reported there, and none of its consequences beside it.
func TestSlipsInDeclarations(t *testing.T) {
	content := realContent(t)
	for file, slips := range map[string]map[string]string{
		"site.yaml":     {"- id: ja-easy": "- id: ja-esay", "- id: en\n": "- id: ne\n", "  - money": "  - mony"},
		"policies.yaml": {"\ncert_return:": "\ncert_retrun:"},
	} {
		text := string(content[file].Data)
		for old, slip := range slips {
			at := strings.Index(text, old)
			if at < 0 {
				t.Fatalf("%s has no %q", file, old)
			}
			var got []string
			for _, d := range faultsOf(t, with(content, file, strings.Replace(text, old, slip, 1))) {
				got = append(got, fmt.Sprintf("%s:%d %s", d.File, d.Line, d.Code))
			}
			place := at + len(old) - len(strings.TrimLeft(old, "\n"))
			want := fmt.Sprintf("content/%s:%d name-slip", file, 1+strings.Count(text[:place], "\n"))
			if strings.Join(got, "\n") != want {
				t.Errorf("%q: got\n%s\nwant\n%s", slip, strings.Join(got, "\n"), want)
			}
		}
	}
}

// A wrong id of a term is reported once. Its consequences are not reported: stale translations, and translations that name different
// papers.
func TestWrongTerm(t *testing.T) {
	content := realContent(t)
	for file, want := range map[string]string{
		"faq/at-the-clinic/home-visit-online/ja.md": "content/faq/at-the-clinic/home-visit-online/ja.md:3:10 term-unknown",
		"faq/at-the-clinic/home-visit-online/en.md": "content/faq/at-the-clinic/home-visit-online/en.md:3:10 term-unknown",
	} {
		text := string(content[file].Data)
		at := strings.Index(text, "answer: ") + len("answer: ")
		rest := strings.TrimPrefix(text[at:], "\"")
		changed := text[:at] + "\"{term:eligibility_certificat} " + strings.TrimPrefix(rest, "{term:eligibility_certificate}")
		if !strings.HasPrefix(text[at:], "\"") {
			changed = text[:at] + "\"{term:eligibility_certificat} " + strings.Replace(rest, "\n", "\"\n", 1)
		}
		if got := codes(faultsOf(t, with(content, file, changed))); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}

// One slip has one finding, at its place: neither the uses of a misspelt word nor what a wrong file name seems to leave out is told too.
// The slips of a group are made together, because loading the content takes long.
func TestOneSlipOneFinding(t *testing.T) {
	content := realContent(t)
	const passages, profile, question = "profiles/sk/faq/contact/whom-to-call/", "profiles/sk/profile.yaml", "faq/money/"
	type slip struct{ file, old, new, want string } // without `old`, `new` is the new name of the file
	for i, group := range [][]slip{{
		{"text/ja.yaml", "    years: {other", "    year: {other", "yaml-unknown-key"},
		{"text/ja.yaml", "bounds: {about", "bounds: {abou", "yaml-unknown-key"},
		{"text/ja.yaml", "days: {weekdays", "days: {weekday", "name-slip"},
		{"text/ja.yaml", "closed: {year_end", "closed: {yearend", "name-slip"},
		{"glossary.yaml", "id: myna_insurance_card", "id: myna_insurence_card", "name-slip"},
		{passages + "insurer.en.md", "", passages + "insurre.en.md", "passage-nowhere"},
		{profile, "en: Opening hours of SK", "en: 073-480-5855 of SK", "literal-fixed-fact"},
	}, {
		{"text/en.yaml", "    months: {one", "    moths: {one", "yaml-unknown-key"},
		{"text/en.yaml", "days: {weekdays", "days: {weekday", "yaml-unknown-key"},
		{passages + "insurer.en.md", "", passages + "insurer.eng.md", "file-ending"},
		{question + "high-cost/ja.md", "## ", "~~~\n## ", "code-fenced"},
		{question + "paid-in-full/en.md", "", question + "paid-in-full/en-.md", "file-copy"},
	}, {
		{"text/ja.yaml", "    years: {other: \"{n}年\"}", "    years: {other: \"{n}年\"}\n    year: {other: \"{n}年\"}", "yaml-unknown-key"},
		{"text/en.yaml", "years: {one", "years: {on", "yaml-unknown-key"},
		{profile, "", "profiles/sk/profil.yaml", "file-ending"},
		{"pictures/card.svg", "", "pictures/crad.svg", "picture-unknown"},
	}} {
		changed := maps.Clone(content)
		var want []string
		for _, s := range group {
			text, name := string(changed[s.file].Data), s.file
			if s.old == "" {
				delete(changed, s.file)
				name = s.new
			} else if !strings.Contains(text, s.old) {
				t.Fatalf("%s has no %q", s.file, s.old)
			} else {
				text = strings.Replace(text, s.old, s.new, 1)
			}
			changed = with(changed, name, text)
			if s.want == "picture-unknown" {
				name = "glossary.yaml" // where the drawing is looked for first
			}
			want = append(want, "content/"+name+" "+s.want)
		}
		var got []string
		for _, d := range faultsOf(t, changed) {
			if code := string(d.Code); !strings.HasPrefix(code, "translation-") && !strings.HasPrefix(code, "parity-") && code != "record-left" {
				got = append(got, d.File+" "+code)
			}
		}
		slices.Sort(got)
		if slices.Sort(want); !slices.Equal(got, want) {
			t.Errorf("group %d: got\n%s\nwant\n%s", i, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}
