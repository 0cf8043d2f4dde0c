package render_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"sitegen/internal/render"
)

// many returns the files of n made-up questions, each about as long as a real one.
func many(n int) map[string]string {
	body := strings.Repeat("\n## Heading {#h%d}\n\nマイナ保険証か資格確認書を持って行きます。[くわしく](faq:what-to-bring)。{fact:old_card_last_day}まで。\n\n- 一つ\n- 二つ\n- 三つ\n\n::: from fact:interim_first_day until fact:interim_last_day\n期限のあるお知らせです。\n:::\n", 3)
	body = fmt.Sprintf(body, 1, 2, 3)
	files := map[string]string{}
	for i := range n {
		for _, language := range []string{"ja", "ja-easy", "en"} {
			head := fmt.Sprintf("---\nquestion: 質問 %d はどうなりますか\nanswer: 答えです。資格確認書を見せます。\n", i)
			if language == "ja" {
				head += fmt.Sprintf("sources: [sk, inoac, mhlw_50657]\nrelated: [what-to-bring, made-%d, made-%d]\n", (i+1)%n, (i+2)%n)
			}
			files[fmt.Sprintf("faq/money/made-%d/%s.md", i, language)] = head + "---\n" + body
		}
	}
	return files
}

// BenchmarkQuestionPage renders pages of questions one after the other.
func BenchmarkQuestionPage(b *testing.B) {
	r := renderer(b, load(b, many(1000)), render.Options{})
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
	s := load(b, many(1000))
	b.ReportAllocs()
	for b.Loop() {
		renderer(b, s, render.Options{})
	}
}
