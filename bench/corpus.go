package main

import (
	"embed"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// languages are the languages of the corpus. `term` is the only entry of the glossary, and `about` is the first word of each topic's
// summary. The texts of the interface come from content/.
var languages = []struct{ id, term, about string }{
	{"ja", "{name: 資格確認書, meaning: 紙}", "話題"},
	{"en", "{name: certificate, meaning: A paper}", "About"},
}

const topics = 10

// theme is the theme for Hugo. Its pages have the same structure as sitegen's, and it gets sitegen's style sheet.
//
//go:embed all:hugo
var theme embed.FS

// writeCorpus writes the same questions into `folder` for both programs: content/ for sitegen and hugo/ for Hugo. `sitegen` is the path of
// the sitegen command.
func writeCorpus(folder string, questions int, sitegen string) error {
	c := &corpus{folder: folder}
	c.settings()
	for i := range questions {
		for _, language := range languages {
			c.question(i, questions, language.id)
		}
	}
	c.hugo()
	if c.err != nil {
		return c.err
	}
	return c.style(sitegen)
}

type corpus struct {
	folder string
	err    error
}

func (c *corpus) write(name, text string) {
	if c.err != nil {
		return
	}
	path := filepath.Join(c.folder, name)
	if c.err = os.MkdirAll(filepath.Dir(path), 0o755); c.err == nil {
		c.err = os.WriteFile(path, []byte(text), 0o644)
	}
}

// settings writes what sitegen needs besides questions. The texts of the interface and the formats come from content/.
func (c *corpus) settings() {
	site, labels, words := "default: ja\nlanguages:\n", "", ""
	for _, language := range languages {
		site += fmt.Sprintf("  - {id: %s, name: %s, lang: %s, hreflang: %s}\n", language.id, language.id, language.id, language.id)
		labels += fmt.Sprintf("%s: The law, ", language.id)
		words += fmt.Sprintf("      %s: %s\n", language.id, language.term)
	}
	site += "topics: [" + strings.Join(topicIDs(), ", ") + "]\npopular: [q0, q1, q2]\n"
	c.write("content/site.yaml", site)
	c.write("content/facts.yaml", "last_day: {date: 2025-12-01, sources: [law], as_of: 2026-11-22}\n")
	c.write("content/sources.yaml", "law: {publisher: 国, title: 法, label: {"+strings.TrimSuffix(labels, ", ")+"}, published: unknown, read: 2026-11-22}\n")
	c.write("content/glossary.yaml", "terms:\n  - id: certificate\n    romaji: shikaku kakuninsho\n    words:\n"+words)
	c.write("content/redirects.yaml", "{}\n")
	for _, language := range languages {
		real, err := os.ReadFile("content/text/" + language.id + ".yaml")
		if err != nil {
			c.err = err
			return
		}
		_, formats, _ := strings.Cut(string(real), "\nformats:\n")
		formats, _, _ = strings.Cut(formats, "\n# What the home page says") // drops the section about the home page and everything after it, because the texts there refer to facts
		text := "facts: {last_day: Last day}\ntopics:\n"
		for _, topic := range topicIDs() {
			text += "  " + topic + ": {title: " + topic + ", summary: " + language.about + " " + topic + "}\n"
		}
		c.write("content/text/"+language.id+".yaml", text+"formats:\n"+withoutReferences(formats))
	}
}

// reference matches tokens and links that refer to the real content. Of a link, it matches what is around the words: every `[`, and an end
// such as `](faq:…)`.
var reference = regexp.MustCompile(`\{(fact|term):[^}]*\}|\]\((faq|page|fact):[^)]*\)|\[`)

// withoutReferences replaces the tokens in the texts of the interface with x, and keeps only the words of the links, because the targets
// of both do not exist in this corpus.
func withoutReferences(text string) string {
	head, ui, _ := strings.Cut(text, "\nui:\n")
	return head + "\nui:\n" + reference.ReplaceAllStringFunc(ui, func(found string) string {
		if strings.HasPrefix(found, "{") {
			return "x"
		}
		return ""
	})
}

func topicIDs() []string {
	ids := make([]string, topics)
	for i := range ids {
		ids[i] = fmt.Sprintf("topic-%d", i)
	}
	return ids
}

var sentences = map[string][]string{
	"ja": {
		"病院や薬局の窓口では、マイナ保険証か資格確認書を見せます。",
		"機械で読み取れないときは、**資格情報のお知らせ**をいっしょに見せます。",
		"届いていないときは、入っている健康保険に電話で聞きましょう。",
		"領収書があれば、あとで[払い戻し](https://example.jp/refund)を受けられます。",
		"期限が切れる前に、市区町村の窓口で更新します。",
		"手続きは無料で、*その場で*終わります。",
		"引っ越しや転職のあとは、新しい健康保険の手続きが終わるまで待つことがあります。",
		"**紙の証明**は、折らずに持って行きます。",
		"家族の分は、家族それぞれのものを持って行きます。",
		"わからないときは、受診をやめずに受付で相談してください。",
	},
	"en": {
		"At a clinic or pharmacy you show your insurance card or your certificate. ",
		"If the machine cannot read the card, show the **notice** together with it. ",
		"If it has not come yet, call your own health insurance and ask. ",
		"With the receipt you can [claim money back](https://example.jp/refund) later. ",
		"Renew it at your city office before it expires. ",
		"It costs nothing and is done *while you wait*. ",
		"After moving or changing jobs you may have to wait until your new insurance has you on its list. ",
		"Bring the **paper itself**, not a copy of it. ",
		"Each member of the family brings their own. ",
		"If you are not sure, do see the doctor and talk to reception. ",
	},
}

// body returns the text of question i in plain Markdown, about 1.4 KB in Japanese and 1.1 KB in English. Both programs get the same text,
// except for the addresses of links. The text differs between questions and is the same in every run. All languages have the same
// sentences and links, as translations do.
func body(i, questions int, language string, address func(question int) string) string {
	random := rand.New(rand.NewPCG(uint64(i), 1))
	s := func() string { return sentences[language][random.IntN(len(sentences[language]))] }
	link := func() string {
		other := random.IntN(questions)
		return "[" + title(other, language) + "](" + address(other) + ")"
	}
	return s() + s() + s() + "\n\n## " + heading(language, 1) + "\n\n" + s() + s() + s() + "\n\n- " + s() + "\n- " + link() + "\n- " + s() +
		"\n\n## " + heading(language, 2) + "\n\n| A | B |\n|---|---|\n| " + s() + " | " + s() + " |\n| " + s() + " | " + link() + " |\n\n1. " + s() + "\n2. " + s() + "\n\n" + s() + s() + "\n"
}

func title(i int, language string) string {
	if language == "ja" {
		return fmt.Sprintf("質問その%dは何ですか", i)
	}
	return fmt.Sprintf("What is question number %d?", i)
}

func heading(language string, n int) string {
	if language == "ja" {
		return []string{"", "くわしい説明", "表で見る"}[n]
	}
	return []string{"", "In detail", "As a table"}[n]
}

// question writes question i in one language for both programs.
func (c *corpus) question(i, questions int, language string) {
	title, answer := title(i, language), strings.TrimSpace(sentences[language][i%len(sentences[language])])
	ours := body(i, questions, language, func(other int) string { return fmt.Sprintf("faq:q%d", other) })
	hugos := body(i, questions, language, func(other int) string { return fmt.Sprintf("q%d.html", other) })
	topic, related := fmt.Sprintf("topic-%d", i%topics), []string{fmt.Sprintf("q%d", (i+1)%questions), fmt.Sprintf("q%d", (i+7)%questions)}
	shared := ""
	if language == languages[0].id {
		shared = "sources: [law]\nrelated: [" + strings.Join(related, ", ") + "]\n"
	}
	c.write(fmt.Sprintf("content/faq/%s/q%d/%s.md", topic, i, language), "---\nquestion: \""+title+"\"\nanswer: \""+answer+"\"\n"+shared+"---\n\n"+ours)
	c.write(fmt.Sprintf("hugo/content/%s/faq/q%d.md", language, i), fmt.Sprintf("---\ntitle: %q\nanswer: %q\ntopics: [%s]\nlaw: [The law]\nrelatedquestions: [faq/%s, faq/%s]\n---\n\n%s", title, answer, topic, related[0], related[1], hugos))
}

// hugo copies the theme for Hugo and writes Hugo's settings.
func (c *corpus) hugo() {
	config := "baseURL = 'https://example.jp/'\ndefaultContentLanguage = 'ja'\ndefaultContentLanguageInSubdir = true\nuglyURLs = true\nrelativeURLs = true\ndisableKinds = ['RSS']\n[taxonomies]\ntopic = 'topics'\n"
	for i, language := range languages {
		config += fmt.Sprintf("[languages.%s]\nlanguageName = '%s'\ncontentDir = 'content/%s'\nweight = %d\n", language.id, language.id, language.id, i+1)
	}
	c.write("hugo/config.toml", config)
	err := fs.WalkDir(theme, "hugo", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := theme.ReadFile(path)
		c.write(path, string(text))
		return err
	})
	if c.err == nil {
		c.err = err
	}
}

var inlineStyle = regexp.MustCompile(`(?s)<style>(.*?)</style>`)

// style puts the style sheet of sitegen's question page into Hugo's theme, so that both programs write pages of about the same
// size.
func (c *corpus) style(sitegen string) error {
	out := filepath.Join(c.folder, "out-sitegen")
	if output, err := exec.Command(sitegen, "build", "--lang", "en", "--content", c.folder+"/content", "--out", out, "--date", "2026-11-22").CombinedOutput(); err != nil {
		return fmt.Errorf("the corpus cannot be built: %w\n%s", err, output)
	}
	page, err := os.ReadFile(filepath.Join(out, "ja/faq/q0.html"))
	if err != nil {
		return err
	}
	found := inlineStyle.FindSubmatch(page)
	if found == nil {
		return fmt.Errorf("our page has no inlined style")
	}
	c.write("hugo/layouts/partials/style.html", "<style>"+string(found[1])+"</style>\n")
	return c.err
}
