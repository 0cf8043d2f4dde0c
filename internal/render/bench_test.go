package render_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"sitegen/internal/render"
)

// made has the front matter and a section of the made-up questions in each language.
var made = map[string]struct{ head, section string }{
	"ja": {
		"question: 質問 %d はどうなりますか\nanswer: 答えです。資格確認書を見せてください。\n",
		"## 大事なこと {#h%d}\n\nマイナ保険証か資格確認書を持って行ってください。[くわしい説明](faq:what-to-bring)があります。{fact:old_card_last_day}までです。\n\n- 一つ\n- 二つ\n- 三つ\n\n::: from fact:interim_first_day until fact:interim_last_day\n期限のあるお知らせです。\n:::\n",
	},
	"ja-easy": {
		"question: \"{質問|しつもん} %dは どう なりますか\"\nanswer: \"{答|こた}えです。{資格確認書|しかくかくにんしょ}を {見|み}せて ください。\"\n",
		"## {大事|だいじ}な こと {#h%d}\n\nマイナ{保険証|ほけんしょう}か {資格確認書|しかくかくにんしょ}を {持|も}って {行|い}って ください。[くわしい {説明|せつめい}](faq:what-to-bring)が あります。{fact:old_card_last_day}までです。\n\n- {一|ひと}つ\n- {二|ふた}つ\n- {三|みっ}つ\n\n::: from fact:interim_first_day until fact:interim_last_day\n{期限|きげん}の ある お{知|し}らせです。\n:::\n",
	},
	"en": {
		"question: What happens to question %d?\nanswer: This is the answer. Show the Eligibility Certificate.\n",
		"## What matters {#h%d}\n\nBring your My Number health insurance card or the Eligibility Certificate. There is [an explanation](faq:what-to-bring). It holds until {fact:old_card_last_day}.\n\n- One\n- Two\n- Three\n\n::: from fact:interim_first_day until fact:interim_last_day\nThis notice holds for a time.\n:::\n",
	},
}

// many returns the files of n made-up questions, each about as long as a real one.
func many(n int) map[string]string {
	files := map[string]string{}
	for language, text := range made {
		body := fmt.Sprintf(strings.Repeat("\n"+text.section, 3), 1, 2, 3)
		for i := range n {
			head := "---\n" + fmt.Sprintf(text.head, i)
			if language == "ja" {
				head += fmt.Sprintf("sources: [sk, inoac, mhlw_50657]\nrelated: [what-to-bring, made-%d, made-%d]\n", (i+1)%n, (i+2)%n)
			}
			files[fmt.Sprintf("faq/money/made-%d/%s.md", i, language)] = head + "---\n" + body
		}
	}
	return files
}

// The made-up questions of the benchmarks are valid content.
func TestManyAreValid(t *testing.T) { realSite(t, many(3)) }

// BenchmarkQuestionPage renders pages of questions one after the other.
func BenchmarkQuestionPage(b *testing.B) {
	r := renderer(b, realSite(b, many(1000)), render.Options{})
	var pages []render.File
	for _, file := range r.Files() {
		if strings.Contains(file.Path, "/faq/made-") {
			pages = append(pages, file)
		}
	}
	var w bytes.Buffer
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		w.Reset()
		if err := pages[i%len(pages)].Render(&w); err != nil {
			b.Fatal(err)
		}
		i++
	}
	b.SetBytes(int64(w.Len()))
}

// BenchmarkNew prepares a site of thousands of pages.
func BenchmarkNew(b *testing.B) {
	s := realSite(b, many(1000))
	b.ReportAllocs()
	for b.Loop() {
		renderer(b, s, render.Options{})
	}
}
