package load

import (
	"fmt"
	"strings"
	"testing"

	"sitegen/internal/civil"
)

// BenchmarkLoad loads 1,000 questions in two languages. Each file has about 1.5 KB of Markdown.
func BenchmarkLoad(b *testing.B) {
	const questions = 1000
	files := map[string]string{}
	for i := range questions {
		for _, language := range []string{"ja", "en"} {
			body := strings.Repeat("## 見出し\n\nマイナ保険証を**持っていない人**は、[くわしく](faq:second)を見て、窓口で{term:certificate}を見せます。届いていないときは保険者に聞きます。\n\n- 一つ目は{fact:last_day}まで\n- 二つ目\n\n", 6)
			files[fmt.Sprintf("faq/cards/q%d/%s.md", i, language)] = page(language, "質問です", "答えです。", body)
		}
	}
	content := small(files)
	b.ReportAllocs()
	for b.Loop() {
		if _, found, err := Site(content, "content", civil.Of(2026, 11, 22)); err != nil || len(found) > 0 {
			b.Fatal(err, codes(found))
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/(2*questions), "µs/page")
}
