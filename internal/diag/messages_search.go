package diag

// Messages about the search: its queries and synonyms.
var _ = register(map[Code]entry{
	"synonym-itself": {Error,
		text{"「%[1]s」が typed と means の両方にあります", "どちらかを消してください"},
		text{`"%[1]s" stands in typed and in means`, "remove it from one of them"}},
	"synonym-nowhere": {Warning,
		text{"「%[1]s」ということばは、%[2]s のどのページの質問・答え・keywords にもありません", "ページにあることばを書くか、この行を消してください"},
		text{`no page in %[2]s has "%[1]s" in its question, answer or keywords`, "write words that pages have, or remove the line"}},
	"query-lost": {Warning,
		text{"「%[1]s」で検索しても、「%[2]s」が上の3件に入りません（いま一番上は「%[3]s」）", "sitegen search で理由を見て、そのページの keywords か、glossary.yaml の synonyms にことばを足してください"},
		text{`a search for "%[1]s" does not show "%[2]s" among the first three (the first is "%[3]s")`, "see why with sitegen search, and add words to keywords of that page, or to synonyms in glossary.yaml"}},
	"query-nothing": {Warning,
		text{"「%[1]s」で検索しても、何も見つかりません（「%[2]s」が見つかるはずです）", "「%[2]s」の keywords か、glossary.yaml の synonyms にことばを足してください"},
		text{`a search for "%[1]s" finds nothing; it should find "%[2]s"`, `add words to keywords of "%[2]s", or to synonyms in glossary.yaml`}},
	"query-long": {Error,
		text{"検索のことばは %[1]d文字までです（これは %[2]d文字）", "人が打ち込むとおりに書いてください"},
		text{"a query has %[1]d characters at most, and this one has %[2]d", "write what people type"}},
	"query-found": {Warning,
		text{"「%[1]s」では何も見つからないはずですが、「%[2]s」が見つかります", "合っているなら、この行の pages に書いてください"},
		text{`a search for "%[1]s" should find nothing, and finds "%[2]s"`, "if that is right, write it into pages of this line"}},
})
