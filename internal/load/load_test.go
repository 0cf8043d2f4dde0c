package load

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/site"
)

// small returns a content folder with one topic and two questions in Japanese and English. The files in `replace` are added to the folder
// or replace its files. A file with an empty text is left out.
func small(replace map[string]string) fstest.MapFS {
	files := map[string]string{
		"site.yaml":      "default: ja\nlanguages:\n  - {id: ja, name: 日本語, lang: ja, hreflang: ja}\n  - {id: en, name: English, lang: en, hreflang: en}\ntopics: [cards]\npopular: [first]\n",
		"facts.yaml":     "last_day: {date: 2025-12-01, sources: [law], as_of: 2026-11-22}\nnext_day: {day_after: last_day, sources: [law], as_of: 2026-11-20}\nline_hours:\n  hours: [{days: weekdays, open: '9:30', close: '20:00'}]\n  sources: [law]\n  as_of: 2026-11-22\nline: {phone: 0120-95-0178, hours_fact: line_hours, sources: [law], as_of: 2026-11-22}\ngrace: {duration: {min: 2, max: 3, unit: months, bound: about}, sources: [law], as_of: 2026-11-22}\nfee: {fee: 12000, sources: [law], as_of: 2026-11-22}\nstarted: {month: 2021-09, sources: [law], as_of: 2026-11-22}\nportal: {link: 'https://myna.go.jp/', sources: [law], as_of: 2026-11-22}\n",
		"sources.yaml":   "law: {publisher: 国, title: 法, label: {ja: 法律, en: The law}, published: unknown, read: 2026-11-22}\n",
		"glossary.yaml":  "terms:\n  - id: certificate\n    sign: true\n    romaji: shikaku kakuninsho\n    words:\n      ja: {name: 資格確認書, meaning: 紙です}\n      en: {name: Eligibility Certificate, meaning: A paper}\n  - id: insurer\n    romaji: hokensha\n    words:\n      ja: {name: 保険者, meaning: 健康保険を営む団体です}\n      en: {name: health insurer, short: insurer, meaning: Who insures you}\nforbidden:\n  - {spelling: 資格確認証, use: certificate, languages: [ja]}\n",
		"redirects.yaml": "{}\n",
	}
	for _, language := range []string{"ja", "en"} {
		files["text/"+language+".yaml"] = textYAML(language)
		files["faq/cards/first/"+language+".md"] = page(language, "First", "Yes.", "## More {#more}\n\nSee: [](faq:second#more)\n")
	}
	files["faq/cards/first/ja.md"] = page("ja", "First", "Yes.", "## More {#more}\n\n見る: [](faq:second#more)\n")
	files["faq/cards/second/ja.md"] = page("ja", "Second", "No.", "## More {#more}\n\n文です。\n")
	files["faq/cards/second/en.md"] = page("en", "Second", "No.", "## More {#more}\n\n{term:insurer}: {term:insurer}.\n") // the second token shows the short name
	maps.Copy(files, replace)
	content := fstest.MapFS{}
	for name, text := range files {
		if text != "" {
			content[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return content
}

// page returns the text of a question's file.
func page(language, question, answer, body string) string {
	shared := ""
	if language == "ja" {
		shared = "sources: [law]\n"
	}
	return "---\nquestion: " + question + "\nanswer: \"" + answer + "\"\n" + shared + "---\n\n" + body
}

func textYAML(language string) string {
	formats := "  term: \"{name}\"\n  date: \"{year}年{month}月{day}日\"\n  era_date: \"{era}{era_year}年{month}月{day}日\"\n  both: \"{date}（{era_date}）\"\n  month_day: \"{month}月{day}日\"\n  month: \"{year}年{month}月\"\n  month_both: \"{year}年{month}月（{era}{era_year}年）\"\n"
	singular := ""
	months, eras := "['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12']", "{reiwa: 令和, heisei: 平成, showa: 昭和}"
	if language == "en" {
		formats = "  term: \"{name} ({native}, {romaji})\"\n  date: \"{day} {month} {year}\"\n  era_date: \"{day} {month} {era} {era_year}\"\n  both: \"{date} ({era} {era_year})\"\n  month_day: \"{day} {month}\"\n  month: \"{month} {year}\"\n  month_both: \"{month} {year} ({era} {era_year})\"\n"
		singular = "one: \"{n} month\", "
		months, eras = "[January, February, March, April, May, June, July, August, September, October, November, December]", "{reiwa: Reiwa, heisei: Heisei, showa: Showa}"
	}
	summary, last, next := "カード", "最後の日", "次の日"
	if language == "en" {
		summary, last, next = "About cards", "Last day", "Next day"
	}
	text := "topics:\n  cards: {title: Cards, summary: " + summary + "}\nfacts: {last_day: " + last + ", next_day: " + next + ", line_hours: Hours, line: Hotline, grace: Grace, fee: Fee, started: Start, portal: Portal}\nformats:\n" + formats +
		"  eras: " + eras + "\n  first_era_year: 元\n  months: " + months + "\n  duration: {months: {" + singular + "other: \"{n} months\"}}\n  range: \"{min}–{max}\"\n  bounds: {about: \"about {x}\"}\n  yen: \"{n} yen\"\n  number: \"{n}\"\n  hours: {entry: \"{days} {open}–{close}\", separator: \", \", days: {weekdays: weekdays}, always: always, closed: {}, hours_with_closed: \"{hours}\"}\n  phone: \"{number} ({hours})\"\n  period: {from: \"{from}–\", until: \"–{until}\", both: \"{from}–{until}\", variant: \" ({period})\"}\nui:\n"
	ui, prefix := reflect.TypeFor[site.UI](), "語" // words in the letters of the language
	if language == "en" {
		prefix = ""
	}
	for i := range ui.NumField() {
		text += "  " + ui.Field(i).Tag.Get("yaml") + ": \"" + prefix + strings.Join(append([]string{ui.Field(i).Name}, fieldSlots(ui.Field(i))...), " ") + "\"\n"
	}
	return text
}

// fieldSlots returns the names of the slots in a word of the interface, each in braces.
func fieldSlots(field reflect.StructField) []string {
	slots := strings.Fields(field.Tag.Get("slots"))
	for i, name := range slots {
		slots[i] = "{" + name + "}"
	}
	return slots
}

func load(t *testing.T, replace map[string]string) (*site.Site, []diag.Diagnostic) {
	t.Helper()
	s, found, err := Site(small(replace), "content", civil.Of(2026, 11, 22))
	if err != nil {
		t.Fatal(err)
	}
	// Most tests change only one language of the small content. parity_test.go tests the findings about differences between languages.
	return s, slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return strings.HasPrefix(string(d.Code), "parity-") })
}

// loaded loads the small content with these files, which must cause no findings.
func loaded(t *testing.T, replace map[string]string) *site.Site {
	t.Helper()
	s, found := load(t, replace)
	if len(found) > 0 {
		var b strings.Builder
		_ = diag.Print(&b, found, "en")
		t.Fatal(b.String())
	}
	return s
}

func codes(found []diag.Diagnostic) string {
	var list []string
	for _, d := range found {
		list = append(list, fmt.Sprintf("%s %s", d.Position, d.Code))
	}
	return strings.Join(list, "\n")
}

// english returns the English translation of the question "first" with this answer and body.
func english(t *testing.T, answer, body string) *site.Translation {
	t.Helper()
	s := loaded(t, map[string]string{"faq/cards/first/en.md": page("en", "First", answer, body)})
	return s.Question("first").In(s.Languages[1])
}

func TestTokens(t *testing.T) {
	for token, want := range map[string]string{
		"{fact:last_day}":           "1 December 2025",
		"{fact:next_day}":           "2 December 2025",
		"{fact:last_day:both}":      "1 December 2025 (Reiwa 7)",
		"{fact:last_day:era}":       "1 December Reiwa 7",
		"{fact:last_day:month_day}": "1 December",
		"{fact:started}":            "September 2021",
		"{fact:started:both}":       "September 2021 (Reiwa 3)",
		"{fact:line}":               `<a href="tel:0120950178">0120-95-0178</a> (weekdays 9:30–20:00)`,
		"{fact:line:number}":        `<a href="tel:0120950178">0120-95-0178</a>`,
		"{fact:line_hours}":         "weekdays 9:30–20:00",
		"{fact:grace}":              "about 2–3 months",
		"{fact:fee}":                "12,000 yen",
		"{fact:portal}":             `<a class="external" href="https://myna.go.jp/" rel="noopener">Portal</a>`,
		"{literal:1 April 2024}":    "1 April 2024",
	} {
		if got := string(english(t, token, "Text.\n").Answer.HTML); got != want {
			t.Errorf("%s: got %s, want %s", token, got, want)
		}
	}
}

// A term is explained at its first use in the details. A term in the answer is explained below the answer instead, and not linked. Later
// uses have the short name. Terms in headings are never explained.
func TestTermsAreExplainedOnce(t *testing.T) {
	translation := english(t, "Ask your {term:insurer}.", "## The {term:insurer}\n\nYour {term:insurer} sends the {term:certificate}, an Eligibility Certificate.\n")
	const certificate = `<a class="term" href="` + site.RootMarker + `glossary.html#certificate">Eligibility Certificate</a> (<span lang="ja">資格確認書</span>, <span lang="ja-Latn">shikaku kakuninsho</span>)`
	if got, want := string(translation.Answer.HTML), "Ask your health insurer."; got != want {
		t.Errorf("answer: got %q, want %q", got, want)
	}
	if len(translation.Words) != 1 || translation.Words[0].ID != "insurer" {
		t.Errorf("explained below the answer: %v", translation.Words)
	}
	if got, want := translation.Answer.Plain, "Ask your insurer."; got != want {
		t.Errorf("plain answer: got %q, want %q", got, want)
	}
	for _, want := range []string{">The insurer</h2>", "Your insurer sends the " + certificate + ", an Eligibility Certificate."} {
		if !strings.Contains(string(translation.Body()), want) {
			t.Errorf("body: %q lacks %q", translation.Body(), want)
		}
	}
}

// A term that is neither a paper nor on a sign is explained without its Japanese name. A gloss appears at the first use of the term, both
// in the answer and in the details.
func TestOnlyPapersAndSignsHaveTheirJapaneseName(t *testing.T) {
	glossed := func(answer, body string) *site.Translation {
		files := small(nil)
		s := loaded(t, map[string]string{
			"glossary.yaml": strings.Replace(string(files["glossary.yaml"].Data), "name: Eligibility Certificate,", "name: Eligibility Certificate, gloss: a proof,", 1),
			"text/en.yaml": strings.Replace(string(files["text/en.yaml"].Data), "  term: ",
				"  term_glossed: \"{name} ({native}: {gloss})\"\n  answer_glossed: \"{name} ({gloss})\"\n  term: ", 1),
			"faq/cards/first/en.md": page("en", "First", answer, body),
		})
		return s.Question("first").In(s.Languages[1])
	}
	link := func(id, name string) string {
		return `<a class="term" href="` + site.RootMarker + `glossary.html#` + id + `">` + name + `</a>`
	}
	body := string(glossed("Yes.", "Your {term:insurer} sends the {term:certificate}.\n").Body())
	want := "Your " + link("insurer", "health insurer") + " sends the " + link("certificate", "Eligibility Certificate") + ` (<span lang="ja">資格確認書</span>: a proof).`
	if !strings.Contains(body, want) {
		t.Errorf("%s lacks %s", body, want)
	}
	translation := glossed("Bring the {term:certificate}.", "Bring the {term:certificate}.\n")
	if got, want := string(translation.Answer.HTML), "Bring the Eligibility Certificate (a proof)."; got != want {
		t.Errorf("answer: got %q, want %q", got, want)
	}
	if !strings.Contains(string(translation.Body()), "Bring the Eligibility Certificate.") {
		t.Errorf("body: %s", translation.Body())
	}
}

// The gloss of a paper can be a second title of the paper. It stands beside the first use of the name, but not where the text itself uses
// the second title.
func TestDifferentTitle(t *testing.T) {
	files := small(nil)
	glossary := strings.NewReplacer(
		"name: 資格確認書,", "name: 資格確認書, gloss: 資格の証明, aliases: [資格の証明],",
		"name: Eligibility Certificate,", `name: Eligibility Certificate, gloss: "also titled {ja:資格の証明}",`,
	).Replace(string(files["glossary.yaml"].Data))
	text := func(language, title string) string {
		return strings.Replace(string(files["text/"+language+".yaml"].Data), "  term: ", title+"  term: ", 1)
	}
	titled := func(ja, en string) (string, string) {
		s := loaded(t, map[string]string{
			"glossary.yaml":         glossary,
			"text/ja.yaml":          text("ja", "  term_glossed: \"{name}（{gloss}）\"\n  answer_glossed: \"{name}（{gloss}）\"\n"),
			"text/en.yaml":          text("en", "  term_glossed: \"{name} ({native}: {gloss})\"\n  answer_glossed: \"{name} ({gloss})\"\n"),
			"faq/cards/first/ja.md": page("ja", "最初", ja, "\n"),
			"faq/cards/first/en.md": page("en", "First", en, "\n"),
		})
		question := s.Question("first")
		return string(question.In(s.Languages[0]).Answer.HTML), string(question.In(s.Languages[1]).Answer.HTML)
	}
	ja, en := titled("資格確認書が届きます。資格確認書です。", "The {term:certificate} comes.")
	if want := "資格確認書（資格の証明）が届きます。資格確認書です。"; ja != want {
		t.Errorf("got %s, want %s", ja, want)
	}
	if want := `The Eligibility Certificate (also titled <span class="ja" lang="ja">資格の証明</span>) comes.`; en != want {
		t.Errorf("got %s, want %s", en, want)
	}
	if ja, _ := titled("資格の証明が届きます。", "The {term:certificate} comes."); ja != "資格の証明が届きます。" {
		t.Errorf("got %s", ja)
	}
}

// Words of the default language are marked with lang, and their reading follows after a comma. A sentence for reception has the words, the
// reading and the meaning.
func TestNativeWords(t *testing.T) {
	translation := english(t, "The paper ({ja:資格確認書|shikaku kakuninsho}) and {ja:明細書}.", "{say:お願いします。|Onegai shimasu.|Please.}\n")
	const want = `The paper (<span class="ja" lang="ja">資格確認書</span>, <span lang="ja-Latn">shikaku kakuninsho</span>) and <span class="ja" lang="ja">明細書</span>.`
	if got := string(translation.Answer.HTML); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if got, want := translation.Answer.Plain, "The paper (資格確認書, shikaku kakuninsho) and 明細書."; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	const say = `<span class="say"><span lang="ja">お願いします。</span> <span lang="ja-Latn">Onegai shimasu.</span> <span>Please.</span></span>`
	if !strings.Contains(string(translation.Body()), say) {
		t.Errorf("%s lacks %s", translation.Body(), say)
	}
	s := loaded(t, map[string]string{"faq/cards/first/ja.md": page("ja", "First", "「{ja:明細書|meisaisho}」です。", "Text.\n")})
	if got := string(s.Question("first").In(s.Default).Answer.HTML); got != "「明細書」です。" {
		t.Errorf("in the language itself: %s", got)
	}
}

// A token can name a form of the glossary, or the form for the start of a sentence. Each form has a name and a short name.
func TestFormsOfTerms(t *testing.T) {
	glossary := strings.Replace(string(small(nil)["glossary.yaml"].Data), "short: insurer, ", "short: insurer, forms: {plural: {name: health insurers, short: insurers}, indefinite: {name: a health insurer, short: an insurer}}, ", 1)
	s := loaded(t, map[string]string{"glossary.yaml": glossary,
		"faq/cards/first/en.md": page("en", "First", "{term:insurer:indefinite_start} pays.", "Ask {term:insurer:indefinite}. {term:insurer:plural_start} and {term:insurer:plural}. {term:insurer:start}.\n")})
	translation := s.Question("first").In(s.Languages[1])
	if got := string(translation.Answer.HTML); got != "A health insurer pays." {
		t.Errorf("answer: %s", got)
	}
	if got, want := string(translation.Body()), "Ask an insurer. Insurers and insurers. Insurer."; !strings.Contains(got, want) {
		t.Errorf("body: %s lacks %s", got, want)
	}
}

// In languages other than the default one, a term's name written without {term:…} is not recognised as the term.
func TestOrdinaryWordsOfOtherLanguages(t *testing.T) {
	if got := string(english(t, "Ask the insurer for the Eligibility Certificate.", "Text.\n").Answer.HTML); strings.Contains(got, "<a") {
		t.Errorf("linked: %s", got)
	}
}

// In the default language, a term's name written without {term:…} is recognised as the term, except inside longer words.
func TestTermsInOrdinaryText(t *testing.T) {
	s := loaded(t, map[string]string{"faq/cards/first/ja.md": page("ja", "質問", "被保険者は資格確認書を見せます。", "資格確認書は保険者が送ります。\n")})
	translation := s.Question("first").In(s.Default)
	if len(translation.Words) != 1 || translation.Words[0].ID != "certificate" || strings.Contains(string(translation.Answer.HTML), "<a") {
		t.Errorf("answer: %s, with %v", translation.Answer.HTML, translation.Words)
	}
	if got := string(translation.Body()); strings.Count(got, "<a") != 1 || !strings.Contains(got, ">保険者</a>が") {
		t.Errorf("body: %s", got)
	}
}

func TestLinks(t *testing.T) {
	translation := english(t, "Yes.", "## Here {#here}\n\n[a](faq:second)\n\n[](faq:second#more)\n\n[b](page:glossary#insurer) [c](page:home) [d](fact:portal) [e](fact:line) [f](#here) [g](https://example.jp/あ?a=1&b=2)\n")
	for _, want := range []string{
		`<a href="` + site.RootMarker + `faq/second.html">a</a>`,
		`<a href="` + site.RootMarker + `faq/second.html#more">Second</a>`,
		`<a href="` + site.RootMarker + `glossary.html#insurer">b</a>`,
		`<a href="` + site.RootMarker + `index.html">c</a>`,
		`href="https://myna.go.jp/"`, `href="tel:0120950178"`, `<a href="#here">f</a>`,
		`href="https://example.jp/%E3%81%82?a=1&amp;b=2"`,
	} {
		if !strings.Contains(string(translation.Body()), want) {
			t.Errorf("%q is not in %q", want, translation.Body())
		}
	}
}

// The boundaries of a page are the first day of each of its dated passages, and the day after each passage's last day.
func TestBoundaries(t *testing.T) {
	translation := english(t, "Yes.", "::: from fact:next_day until fact:next_day\nA\n:::\n\n::: until fact:last_day\nB\n:::\n")
	if got, want := fmt.Sprint(translation.Boundaries), "[2025-12-02 2025-12-03]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := translation.Question.AsOf.String(); got != "2026-11-20" {
		t.Errorf("the question is as of %s, want the oldest of its facts", got)
	}
}

func TestMistakes(t *testing.T) {
	const first = "faq/cards/first/ja.md"
	body := func(text string) map[string]string { return map[string]string{first: page("ja", "Q", "A", text)} }
	answer := func(text string) map[string]string { return map[string]string{first: page("ja", "Q", text, "x\n")} }
	for name, test := range map[string]struct {
		files map[string]string
		want  string
	}{
		"unknown fact":            {body("{fact:last_dya}\n"), "content/" + first + ":7:1 fact-unknown"},
		"unknown format":          {body("{fact:last_day:long}\n"), "content/" + first + ":7:1 fact-format"},
		"unknown term":            {body("{term:certificat}\n"), "content/" + first + ":7:1 term-unknown"},
		"format of a term":        {body("{term:certificate:short}\n"), "content/" + first + ":7:1 term-format"},
		"unknown question":        {body("[a](faq:third)\n"), "content/" + first + ":7:5 question-unknown"},
		"unknown anchor":          {body("[a](faq:second#les)\n"), "content/" + first + ":7:5 anchor-unknown"},
		"unknown own anchor":      {body("[a](#les)\n"), "content/" + first + ":7:5 anchor-unknown"},
		"unknown page":            {body("[a](page:index)\n"), "content/" + first + ":7:5 page-unknown"},
		"link to a date":          {body("[a](fact:last_day)\n"), "content/" + first + ":7:5 fact-wrong-kind"},
		"literal fact":            {answer("2025年12月1日まで"), "content/" + first + ":3:10 literal-fact"},
		"literal date":            {answer("期限は2024年5月6日"), "content/" + first + ":3:13 literal-date"},
		"literal phone":           {body("電話は0120-95-0178へ\n"), "content/" + first + ":7:4 literal-fact"},
		"phone link":              {body("[電話](tel:0120950178)\n"), "content/" + first + ":7:6 literal-call"},
		"fact in native words":    {body("{ja:電話は0120-95-0178へ}\n"), "content/" + first + ":7:8 literal-fixed-fact"},
		"date in native words":    {answer("{ja:期限は2024年5月6日|kigen}"), "content/" + first + ":3:17 literal-fixed"},
		"fact in a meaning":       {body("{say:紙です|kami|It ends on 1 December 2025}\n"), "content/" + first + ":7:26 literal-fixed-fact"},
		"no day in native words":  {body("{ja:2月30日まで|made}\n"), "content/" + first + ":7:5 literal-impossible"},
		"unfinished native words": {body("{ja:紙です（要確認）}\n"), "content/" + first + ":7:9 placeholder"},
		"native words to avoid":   {map[string]string{"faq/cards/first/en.md": page("en", "First", "Yes.", "## More {#more}\n\nMore: {ja:資格確認証}\n")}, "content/faq/cards/first/en.md:8:11 spelling"},
		"quoted native words":     {body("> {ja:2024年5月6日まで}\n\n{ja:5月6日まで}\n"), ""},
		"fact in a name":          {map[string]string{"glossary.yaml": strings.Replace(string(small(nil)["glossary.yaml"].Data), "name: 資格確認書", "name: 2025年12月1日の書", 1)}, "content/glossary.yaml:6:18 literal-fixed-fact"},
		"fact in a fact's name":   {map[string]string{"text/ja.yaml": strings.Replace(textYAML("ja"), "最後の日", "2025年12月1日", 1)}, "content/text/ja.yaml:3:19 literal-fixed-fact"},
		"date in a format":        {map[string]string{"text/ja.yaml": strings.Replace(textYAML("ja"), "yen: \"{n} yen", "yen: \"{n}円、2024年5月6日", 1)}, "content/text/ja.yaml:18:14 literal-fixed"},
		"period by a fact's day":  {body("::: from 2025-12-02\nx\n:::\n"), "content/" + first + ":7:10 period-fact"},
		"reversed period":         {body("::: from fact:next_day until fact:last_day\nx\n:::\n"), "content/" + first + ":7:5 period-reversed"},
		"emphasis in a question":  {map[string]string{first: page("ja", "\"**漢字**\"", "A", "x\n")}, "content/" + first + ":2:12 question-markup"},
		"reversed front matter":   {map[string]string{first: "---\nquestion: Q\nanswer: A\nsources: [law]\nvalid_from: fact:next_day\nvalid_until: fact:last_day\n---\n"}, "content/" + first + ":5:13 period-reversed"},
		"spelling":                {body("資格確認証を見せます\n"), "content/" + first + ":7:1 spelling"},
		"no front matter":         {map[string]string{first: "# Q\n"}, "content/" + first + ":1:1 front-matter-missing"},
		"no sources":              {map[string]string{first: "---\nquestion: Q\nanswer: A\n---\n"}, "content/" + first + ":2:11 sources-missing"},
		"unknown source":          {map[string]string{first: "---\nquestion: Q\nanswer: A\nsources: [lwa]\n---\n"}, "content/" + first + ":4:11 source-unknown"},
		"related to itself":       {map[string]string{first: "---\nquestion: Q\nanswer: A\nsources: [law]\nrelated: [first]\n---\n"}, "content/" + first + ":5:11 related-itself"},
		"order in translation":    {map[string]string{"faq/cards/first/en.md": "---\nquestion: Q\nanswer: A\norder: 1\n---\n"}, "content/faq/cards/first/en.md:4:1 front-matter-shared"},
		"translation missing":     {map[string]string{"faq/cards/first/en.md": ""}, "content/faq/cards/first translation-missing"},
		"unknown language":        {map[string]string{"faq/cards/first/fr.md": "x"}, "content/faq/cards/first/fr.md language-unknown"},
		"copy":                    {map[string]string{"faq/cards/first/ja のコピー.md": "x"}, "content/faq/cards/first/ja のコピー.md file-copy"},
		"stray file":              {map[string]string{"faq/cards/first/notes.txt": "x"}, "content/faq/cards/first/notes.txt file-unexpected"},
		"unknown topic":           {map[string]string{"faq/card/x/ja.md": "x"}, "content/faq/card topic-unknown"},
		"device name":             {map[string]string{"faq/cards/con/ja.md": page("ja", "Q", "A", "x")}, "content/faq/cards/con id-form"},
		"bad id":                  {map[string]string{"faq/cards/First_Q/ja.md": "x"}, "content/faq/cards/First_Q id-form"},
		"redirect of existing":    {map[string]string{"redirects.yaml": "first: second\n"}, "content/redirects.yaml:1:1 redirect-of-existing"},
		"redirect to nowhere":     {map[string]string{"redirects.yaml": "old: nowhere\n"}, "content/redirects.yaml:1:6 question-unknown"},
		"redirect chain":          {map[string]string{"redirects.yaml": "old: older\nolder: first\n"}, "content/redirects.yaml:1:6 redirect-chain"},
		"popular unknown":         {map[string]string{"site.yaml": strings.Replace(string(small(nil)["site.yaml"].Data), "[first]", "[frist]", 1)}, "content/site.yaml:6:11 question-unknown"},
		"tag of other letters":    {map[string]string{"site.yaml": strings.Replace(string(small(nil)["site.yaml"].Data), "lang: en", "lang: ru", 1)}, "content/site.yaml:4:35 language-tag-other"},
		"coverage of nothing":     {map[string]string{"coverage.yaml": "000-F1: {page: thrid}\n"}, "content/coverage.yaml:1:16 question-unknown"},
		"address of no page":      {map[string]string{"sources.yaml": "law: {publisher: 国, title: 法, label: {ja: 法律, en: The law}, address: https://example.jp/law, published: unknown, read: 2026-11-22}\n"}, "content/sources.yaml:1:70 address-unseen"},
		"coverage of both":        {map[string]string{"coverage.yaml": "000-F1: {page: first, omitted: x}\n"}, "content/coverage.yaml:1:1 coverage-form"},
	} {
		_, found := load(t, test.files)
		if got := codes(found); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, test.want)
		}
	}
}

// Loading the same folder again gives the same mistakes in the same order.
func TestLoadIsDeterministic(t *testing.T) {
	files := map[string]string{
		"faq/cards/first/ja.md":  page("ja", "Q", "{fact:x}", "{term:y}\n\n[](faq:z)\n"),
		"faq/cards/second/ja.md": page("ja", "Q", "2025年12月1日", "資格確認証\n"),
	}
	_, first := load(t, files)
	for range 20 {
		if _, again := load(t, files); codes(again) != codes(first) {
			t.Fatalf("got\n%s\nthen\n%s", codes(first), codes(again))
		}
	}
	if len(first) != 5 {
		t.Errorf("got %d findings, want all 5 at once:\n%s", len(first), codes(first))
	}
}

// The HTML of a fact that changes on some day has all its values, each with its days. The plain text has the value for the day of the
// build. The boundaries of a page that mentions the fact include these days.
func TestFactVariants(t *testing.T) {
	facts := string(small(nil)["facts.yaml"].Data)
	facts = strings.Replace(facts, "fee: {fee: 12000,", "fee: {variants: [{until: 2026-03-31, fee: 12000}, {from: 2026-04-01, fee: 13000}],", 1)
	for today, plain := range map[civil.Date]string{civil.Of(2026, 3, 31): "Pay 12,000 yen", civil.Of(2026, 4, 1): "Pay 13,000 yen"} {
		s, found, err := Site(small(map[string]string{
			"facts.yaml":            facts,
			"faq/cards/first/ja.md": page("ja", "First", "Pay {fact:fee}", "## More {#more}\n\n{fact:fee}\n"),
			"faq/cards/first/en.md": page("en", "First", "Pay {fact:fee}", "## More {#more}\n\n{fact:fee}\n"),
		}), "content", today)
		if err != nil || diag.HasErrors(found) {
			t.Fatal(err, found)
		}
		en := s.Questions[0].In(s.Languages[1])
		want := `<span class="variant u20260401">12,000 yen<span class="when"> (–31 March 2026)</span></span>` +
			`<span class="variant f20260401">13,000 yen<span class="when"> (1 April 2026–)</span></span>`
		if en.Answer.Plain != plain || !strings.Contains(string(en.Answer.HTML), want) || !strings.Contains(string(en.Body()), want) {
			t.Errorf("on %s: %q, %s, %s", today, en.Answer.Plain, en.Answer.HTML, en.Body())
		}
		if len(en.Boundaries) != 1 || en.Boundaries[0] != civil.Of(2026, 4, 1) {
			t.Errorf("the page changes on %v", en.Boundaries)
		}
	}
}
