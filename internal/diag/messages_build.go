package diag

// Messages about publishing.
var _ = register(map[Code]entry{
	"host-file": {Error,
		text{"「%[1]s」は、サーバーが読むファイルではありません", "host/ に置けるもの: %[2]s"},
		text{`"%[1]s" is not a file that a host reads`, "what host/ may hold: %[2]s"}},
	"address-vanished": {Error,
		text{"公開済みの質問「%[1]s」（%[2]s）がなくなっています", "redirects.yaml に「%[1]s: 代わりの質問」の行を足すか（質問の代わりに topic:話題、page:all、gone も書けます）、質問を元に戻してください。まだどこにも公開していないサイトなら、出力先（--out、省くと public）を消せば済みます"},
		text{`the published question "%[1]s" (%[2]s) is gone`, `add a line "%[1]s: the-question-that-answers-it-now" to redirects.yaml (topic:…, page:all or gone may stand there, too), or bring the question back; if this site was never published anywhere, delete the output folder (--out, by default public)`}},
	"language-vanished": {Error,
		text{"公開済みの言語「%[1]s」がなくなっています（質問%[2]d件の住所が消えます）", "languages に「%[1]s」を戻してください。本当にやめるときは、新しい出力先（--out）に構築してください"},
		text{`the published language "%[1]s" is gone, and with it the addresses of %[2]d questions`, `put "%[1]s" back into languages; if it really ends, build into a new folder (--out)`}},
	"insurer-vanished": {Error,
		text{"公開済みの保険者「%[1]s」がなくなっています（質問%[2]d件の住所が消えます）", "profiles/%[1]s を戻してください。本当にやめるときは、新しい出力先（--out）に構築してください。まだどこにも公開していないなら、出力先を消せば済みます"},
		text{`the published insurer "%[1]s" is gone, and with it the addresses of %[2]d questions`, `bring profiles/%[1]s back; if it really ends, build into a new folder (--out); if this site was never published anywhere, delete the output folder`}},
	"sites-vanished": {Error,
		text{"出力先に、すべての保険者のサイトがあります。「%[1]s」だけのサイトに置き換えると、ほかが消えます", "--out で別のフォルダーを指定してください"},
		text{`the output folder holds the sites of all insurers, which the site of "%[1]s" alone would replace`, "name another folder with --out"}},
	"page-link-dead": {Error,
		text{"リンク先「%[1]s」がサイトにありません", "テーマのひな型（templates）を直してください"},
		text{`the link "%[1]s" leads to no file of the site`, "correct the theme's templates"}},
	"theme-faulty": {Error,
		text{"テーマに間違いがあります: %[1]s", ""},
		text{"the theme has a mistake: %[1]s", ""}},
})
