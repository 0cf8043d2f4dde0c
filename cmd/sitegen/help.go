package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"sitegen/internal/hosting"
)

// helpText is the help of a command: its purpose in one line, details, and examples. more and examples may be empty.
type helpText struct {
	purpose, more, examples phrase
}

var (
	helpBuild = helpText{
		phrase{"サイトを作り、フォルダーに置く", "make the site and put it into a folder"},
		phrase{`原稿をぜんぶ確かめてから、サイトを作ります。間違いがあれば、場所と直し方をまとめて出し、
公開中のサイトには手を触れません。できあがったサイトは、最後に一度で入れ替わります。
--date で変わるのは、期限切れや見直しを確かめる日です。読む人に何が見えるかは、読む日で決まります。
スクリプトの動かないブラウザー向けの質問のページだけは、その日の受診について答え、そう書いてあります。`,
			`Checks all content, then makes the site. If there are mistakes you are told all of them, with
where they are and what to write instead, and the published site stays as it is. A finished
site takes the place of the old one in a single step.
--date sets the day of the checks, of what is over and what is to be reviewed. It never changes what
readers see: pages decide that on the day they are read. Only the questions for browsers without
scripts are about a visit on that day, and say so.`},
		phrase{`  sitegen build
  sitegen build --out ../kenpo-site --base-url https://example.jp/hoken/
  sitegen build --profile sk --out sk-site 一つの保険者だけを作る
  sitegen build --date 2026-08-01          その日に期限切れのものがないか確かめて作る
  sitegen build --previous last.json       公開中のサイトから取ったマニフェストと比べる`,
			`  sitegen build
  sitegen build --out ../kenpo-site --base-url https://example.jp/hoken/
  sitegen build --profile sk --out sk-site the site of one insurer alone
  sitegen build --date 2026-08-01          check what is over on that day, and build
  sitegen build --previous last.json       compare with the manifest of the published site`},
	}
	helpUndo = helpText{
		phrase{"入れ替える前のサイトに戻す", "put the site back that was there before"},
		phrase{`sitegen build --keep で作ると、入れ替えた前のサイトが、出力先の隣（public.sitegen-before）に残ります。
undo はその二つを取り替えます。もう一度 undo とすると、元どおりです。原稿は変わりません。`,
			`sitegen build --keep keeps the site that it replaces beside the output folder
(public.sitegen-before). This exchanges the two; doing it twice changes nothing. The content stays as it is.`},
		phrase{`  sitegen undo
  sitegen undo --out ../kenpo-site`,
			`  sitegen undo
  sitegen undo --out ../kenpo-site`},
	}
	helpCheck = helpText{
		phrase{"作るときと同じことを確かめる（何も書かない）", "check what build checks, and write nothing"},
		phrase{`原稿、リンク、公開済みの住所が残っているかを確かめます。ファイルは何も変わりません。
--until を付けると、その日までに本当でなくなる所（質問、囲み、事実、規則の条件）と、見直す事実を並べます。`,
			`Checks the content, every link, and that no published address vanishes. No file changes.
With --until it lists what becomes false by that day (questions, blocks, facts, conditions of the
rules) and the facts to be reviewed.`},
		phrase{`  sitegen check
  sitegen check --strict                   注意も間違いに数える
  sitegen check --until 2027-03-31         その日までに直すことを知る
  sitegen check --format json              ほかの道具に渡す`,
			`  sitegen check
  sitegen check --strict                   warnings count as mistakes
  sitegen check --until 2027-03-31         what has to be corrected by that day
  sitegen check --format json              for other programs`},
	}
	helpFix = helpText{
		phrase{"直し方が一つしかない間違いを直す", "mend what can only be meant in one way"},
		phrase{`使い方: sitegen fix [ファイル…]（省くと原稿のすべて）
・①１．や【見出し】、全角の記号、表計算ソフトから貼った表、半角カナ、事実と同じ日付や電話番号、
やさしい日本語の空白、文字コード（Shift_JIS など）、BOM、改行、分かれた濁点を直します。まず違いを
見せ、y か --write で書きます。どちらとも言えない所には手を触れません。`,
			`Usage: sitegen fix [FILE…] (all content without one)
Mends lists and headings as offices write them, full-width marks, tables pasted from a spreadsheet,
half-width kana, dates and numbers that are facts, spaces of やさしい日本語, encodings such as
Shift_JIS, byte order marks, line ends and letters apart from their marks. It shows the difference
first, and writes it after a y or with --write. Whatever could mean two things stays as it is.`},
		phrase{`  sitegen fix
  sitegen fix content/faq/old-card/old-card-lost/ja.md
  sitegen fix --write content/faq`,
			`  sitegen fix
  sitegen fix content/faq/old-card/old-card-lost/ja.md
  sitegen fix --write content/faq`},
	}
	helpServe = helpText{
		phrase{"書きながら、ブラウザーで見る", "see the site in a browser while you write"},
		phrase{`サイトをこのコンピューターの中だけで見せます。原稿を保存すると、開いているページが新しくなります。
間違いはページの上に出て、直せば消えます。注意だけなら、左下のボタンで見られます。止めるには Ctrl+C を押します。
--date を付けると、このプレビューのページは、その日に読んだときのように見えます。
--phone を付けると、同じネットワーク（Wi-Fi）の電話で開く住所を出します。それを知る人だけが見られます。`,
			`Shows the site on this computer only. When you save a file, the pages that are open renew
themselves. Mistakes are shown over the page and go when they are corrected; a button on it opens a list of
warnings. Ctrl+C ends it.
With --date the pages of this preview look as they do when they are read on that day.
--phone prints an address to open on a phone of the same network (Wi-Fi). Only who knows it can look.`},
		phrase{`  sitegen serve
  sitegen serve --port 3000 --date 2026-08-01
  sitegen serve --phone`,
			`  sitegen serve
  sitegen serve --port 3000 --date 2026-08-01
  sitegen serve --phone`},
	}
	helpAsk = helpText{
		phrase{"何を持っていくかを、規則に聞く", "ask the rules what to bring"},
		phrase{`答えを一行に一人ずつJSONで読み、結果を一行ずつ、同じ順に出します。読めない行には、そこに error を出し、
ほかの行には答えて、終了コード1で終わります。--answers がなければ、端末で一つずつ質問します。
--explain を付けると、どの行が決めたか、ほかの行はどの条件で外れたか、何をどの行が足したか、何があれば
答えが変わるかも出します。
質問と結果のidは docs/module.md と content/rules/ にあります。`,
			`Reads answers, one person a line as JSON, and writes one result a line in the same order. A line
that cannot be read yields an error in its place, the others are answered, and the exit code is 1.
Without --answers it asks its questions on the terminal, one after another.
With --explain it also tells which row decided, by which condition the others failed, which row
added what, and what would change the answer.
The ids of questions and results are in docs/module.md and content/rules/.`},
		phrase{`  sitegen ask
  sitegen ask --answers people.jsonl > results.jsonl
  echo '{"have":["old_card"],"insurer":"nhi"}' | sitegen ask --answers - --date 2026-06-01
  echo '{"have":["my_number_card"],"last_use":"ok"}' | sitegen ask --answers - --text --lang ja
  sitegen ask --explain                    端末で聞き、答えの決まり方も見る`,
			`  sitegen ask
  sitegen ask --answers people.jsonl > results.jsonl
  echo '{"have":["old_card"],"insurer":"nhi"}' | sitegen ask --answers - --date 2026-06-01
  echo '{"have":["my_number_card"],"last_use":"ok"}' | sitegen ask --answers - --text --lang en
  sitegen ask --explain                    answer on the terminal, and see how it was decided`},
	}
	helpVerify = helpText{
		phrase{"写したサイトが、公開したものと同じか確かめる", "compare a copy of a site with what was published"},
		phrase{`フォルダー、または公開先のアドレスのサイトを、その中のマニフェストと比べます。ない、違う、余分なファイルを並べます。
アドレスには、ファイルごとに一度ずつ尋ねます。省くと public です。`,
			`Compares the site in a folder, or at the address of a host, with the manifest in it, and lists files that
are missing, differ, or were not published. A host is asked once for each file. Without an argument: public.`},
		phrase{`  sitegen verify public
  sitegen verify https://example.jp/hoken/`,
			`  sitegen verify public
  sitegen verify https://example.jp/hoken/`},
	}
	helpPackage = helpText{
		phrase{"サイトを一つのzipファイルにまとめる", "put a site into one zip file"},
		phrase{`フォルダー（省くと public）を確かめてから、zipファイルにまとめ、そのSHA-256の値を横のファイルに書きます。
同じサイトからは、いつも同じファイルができます。`,
			`Verifies a folder (public by default), puts it into a zip file, and writes its SHA-256 sum into a file beside
it. The same site always gives the same file.`},
		phrase{`  sitegen package
  sitegen package public --out hoken.zip`,
			`  sitegen package
  sitegen package public --out hoken.zip`},
	}
	helpHost = helpText{
		phrase{"サーバーの設定を書く", "write the configuration of a host"},
		phrase{`サーバーの種類（` + strings.Join(hosting.Hosts, "、") + `）を渡すと、設定と、使い方の説明を
hosting/ に書きます。公開先の場所が決まっていれば、--base-url で知らせてください。`,
			`Writes the configuration of a kind of host (` + strings.Join(hosting.Hosts, ", ") + `) and how to
use it into hosting/. If you know where the site will be published, say so with --base-url.`},
		phrase{`  sitegen host apache --base-url https://example.jp/hoken/`, `  sitegen host apache --base-url https://example.jp/hoken/`},
	}
	helpProfiles = helpText{
		phrase{"保険者と、それぞれが変えていることを並べる", "list the insurers and what each says otherwise"},
		phrase{`profiles/ の保険者ごとに、決まりと、共通の文を置き換え、足し、省いた所を並べます。
置き換えたあとに元の文が変わった所には、印が付きます。`,
			`For each insurer of profiles/ its policy, and where it replaces, adds or leaves out text. What
replaces a text that has changed since is marked.`},
		phrase{`  sitegen profiles`, `  sitegen profiles`},
	}
	helpFacts = helpText{
		phrase{"事実を並べる: 値、確かめた日、出典、使う所", "list the facts: value, day checked, sources, where used"},
		phrase{`facts.yaml と保険者の事実ごとに、値、確かめた日と見直す日、出典、それを使うファイルを並べます。
--by source は sources.yaml の資料ごとに、出た日、確かめた日、どう見たか、それをもとにしたものを並べます。`,
			`For each fact of facts.yaml and of insurers its value, when it was checked and is to be reviewed,
its sources, and the files that use it. With --by source, for each source of sources.yaml when it was
published and read, how it was seen, and what rests on it.`},
		phrase{`  sitegen facts
  sitegen facts --by source                資料ごとに、何がそれによっているか
  sitegen facts --format json              一行に一件、ほかの道具に渡す`,
			`  sitegen facts
  sitegen facts --by source                what rests on each source
  sitegen facts --format json              one a line, for other programs`},
	}
	helpSearch = helpText{
		phrase{"サイトの検索と同じように探し、なぜその順かを見る", "search as the site does, and see why"},
		phrase{`使い方: sitegen search [ことば…]
読む人が検索したときの順に10件まで、それぞれに、入れたことばのうちどれが、ページのどのことばに当たり、
点の何割になったかを並べます。ことばを書かなければ、search.yaml のことばをすべて試し、正しいページの順位
（なければ 0）と一番上のページを並べます。--lang はサイトの言語の id です（ja-easy など）。見つかるはずのページが
上に来ないときは、その質問の keywords か、glossary.yaml の synonyms にことばを足します。
search.yaml に書いたことばは、check が毎回確かめます。`,
			`Usage: sitegen search [WORDS…]
Up to ten questions in the order in which readers get them; for each, which of the words typed met
which words of the page, and how much of its score that made. Without words everything in search.yaml
is tried: the place of the right page (0: not found), and the page at the top. --lang is a language of the site, such
as ja-easy. Where the right page is not at the top, add words to its keywords, or to synonyms in
glossary.yaml. What search.yaml lists is tried by every check.`},
		phrase{`  sitegen search 保険証 なくした
  sitegen search --lang ja-easy ほけんしょう
  sitegen search --format json shikaku kakuninsho`,
			`  sitegen search lost card
  sitegen search --lang ja-easy ほけんしょう
  sitegen search --format json shikaku kakuninsho`},
	}
	helpTranslateStatus = helpText{
		phrase{"訳の様子: 済み、古い、ない", "how the translations stand: complete, stale, missing"},
		phrase{`言語ごとに、もとの文が変わったあとに見ていない訳、記録のない訳、ない訳を、よく読まれる順に並べます。
言語の id を書けば、その言語だけを並べます。`,
			`For each language, or the one named, the translations that nobody has looked at since their source
changed, those not recorded and those that are missing, most read first.`},
		phrase{`  sitegen translate status en`, `  sitegen translate status en`},
	}
	helpTranslateAccept = helpText{
		phrase{"訳を、今のもとの文に合うものとして記録する", "record that a translation fits its source as it is"},
		phrase{`もとの文が変わると、その訳を誰かが見るまで、check と build は止まります（本文の言い方だけの変化は注意です）。
訳を見て、要れば直してから、訳のファイルかフォルダーを渡して実行してください。translated/<言語>.txt に記録します。
間違いのあるファイルは記録しません。`,
			`When a source changes, check and build stop until somebody has looked at its translations (where only
the wording of a body changed, they warn). Look at a translation, correct it if need be, and run this
with its file or a folder. The record is translated/<language>.txt. Files with mistakes are not recorded.`},
		phrase{`  sitegen translate accept content/faq/old-card/old-card-lost/en.md`, `  sitegen translate accept content/faq/old-card/old-card-lost/en.md`},
	}
	helpTranslateWaive = helpText{
		phrase{"訳が、ある日まで古いままでよいと記録する", "record that a translation may stay behind until a day"},
		phrase{`すぐに訳せないときに使います。その日までは注意になり、ページは読者に、訳が古いことを言います。もとの文がまた変われば、
もう一度要ります。`,
			`For when nobody can translate at once. Until that day it is a warning, and the page tells its readers.
If the source changes once more, this is needed once more.`},
		phrase{`  sitegen translate waive content/faq/old-card/old-card-lost/en.md --until 2026-12-31`, `  sitegen translate waive content/faq/old-card/old-card-lost/en.md --until 2026-12-31`},
	}
	helpRulesVerify = helpText{
		phrase{"規則を、ありうるすべての人について確かめる", "prove the rules for every possible visitor"},
		phrase{`もれ、重なり、効かない行や値、守るべきことの破れを、例になる人とともに出します。build と check も同じことを確かめます。
正しければ、守るべきことのそれぞれがどう守られているかと、確かめの例（cases.json）が何を試しているかを出します。
--strict を付けると、例のない行や値を、場所とともに間違いとして出します。`,
			`Tells of gaps, overlaps, rows and values without effect and laws that do not hold, each with a
person as an example. build and check do the same. Where all is in order it says of each law how it
is held, and what the worked cases (cases.json) try. With --strict every row and value without a
case is a mistake, and told with its place.`},
		phrase{`  sitegen rules verify
  sitegen rules verify --strict`, `  sitegen rules verify
  sitegen rules verify --strict`},
	}
	helpRulesAccept = helpText{
		phrase{"規則を今のままで認める", "accept the rules as they are"},
		phrase{`check と build は、ありうるすべての人について、規則を前に認めたものと比べ、誰かの答えが変われば止まります。
変えるつもりで変えたときに、これを実行してください。誰の答えが変わるかを組に分けて出し、rules/accepted.yaml と
rules/boundaries.json を書き直します。書き直された行も読んでください。間違いのある規則は認めません。`,
			`check and build compare the rules with those accepted last, for every possible visitor, and stop if
anybody's answer changes. Run this when you meant that: it tells in groups whose answer changes and
writes rules/accepted.yaml and rules/boundaries.json anew. Read the lines that change in them, too. Rules
with mistakes are not accepted.`},
		phrase{`  sitegen rules accept`, `  sitegen rules accept`},
	}
	helpRulesDiff = helpText{
		phrase{"規則を変えると、誰の答えが変わるか", "whose answer changes from one rule set to another"},
		phrase{`前と後は、原稿のフォルダーか、gitの版です。後を省くと、今の原稿です。変わる人を組に分け、例と、前後の答えと、
ありうる状況のうちの割合を出します。rules/weights.yaml に割合のある答えは、その分だけ数えます。
答えない人の扱いや、聞く相手が変わった質問は、その前に並べます。`,
			`OLD and NEW are content folders or git revisions; without NEW it is the content as it is now. Those
whose answer changes are told in groups, with an example, both answers and the share of all situations,
in which the answers in rules/weights.yaml count as often as people give them. Before them stand the
questions that are asked of others than before, or count as something else where they are not answered.`},
		phrase{`  sitegen rules diff HEAD
  sitegen rules diff HEAD~1 HEAD
  sitegen rules diff ../old/content content`,
			`  sitegen rules diff HEAD
  sitegen rules diff HEAD~1 HEAD
  sitegen rules diff ../old/content content`},
	}
	helpRulesGraph = helpText{
		phrase{"規則を図（SVG）に描く", "draw the decision as an SVG"},
		phrase{`層を上から順に、行ごとに、条件と、結果と、持っていくものを描きます。`,
			`Draws the layers from top to bottom, and of each row its conditions, its outcome and what to bring.`}, phrase{`  sitegen rules graph --out rules.svg --lang ja`, `  sitegen rules graph --out rules.svg --lang en`},
	}
	helpVersion = helpText{
		phrase{"版を表示する", "show the version"}, phrase{}, phrase{},
	}
	helpHelp = helpText{
		phrase{"この説明。sitegen help build で命令ごとの説明", "this text; sitegen help build tells about one command"}, phrase{}, phrase{},
	}
)

var (
	introduction = phrase{"sitegen — 質問と答えのフォルダーから、多言語のサイトを作ります", "sitegen — makes a site in several languages of a folder of questions and answers"}
	usageTitle   = phrase{"使い方:", "Usage:"}
	commandTitle = phrase{"命令:", "Commands:"}
	optionTitle  = phrase{"オプション:", "Options:"}
	exampleTitle = phrase{"例:", "Examples:"}
	exitTitle    = phrase{"終了コード:", "Exit codes:"}
	exitText     = phrase{"  0 よい　1 原稿に間違い　2 使い方の間違い　3 ディスクや権限　4 sitegenの不具合",
		"  0 fine, 1 mistakes in the content, 2 usage, 3 disk or permissions, 4 a bug of sitegen"}
	startExamples = phrase{`  sitegen serve                  書きながら見る
  sitegen check                  間違いがないか確かめる
  sitegen build                  public/ に作る。public/index.html を開けば見られる`,
		`  sitegen serve                  see it while you write
  sitegen check                  is everything in order?
  sitegen build                  make it in public/; open public/index.html to see it`}
)

func runHelp(c *console, o *options) int {
	if len(o.args) == 0 {
		c.printHelp(c.out)
		return exitFine
	}
	name := strings.Join(o.args, " ")
	i := slices.IndexFunc(commands, func(command command) bool {
		return command.name == name || strings.HasPrefix(command.name, name+" ")
	})
	if i < 0 {
		return c.misuse(phrase{"知らない命令です: %s", "unknown command: %s"}, name, c.didYouMean(name, commandNames(), "")...)
	}
	c.printCommandHelp(c.out, commands[i])
	return exitFine
}

// printHelp prints the help of the whole program.
func (c *console) printHelp(w io.Writer) {
	fmt.Fprintf(w, "%s\n\n%s\n  %s\n\n%s\n", c.words(introduction), c.words(usageTitle),
		c.words(phrase{"sitegen <命令> [オプション]", "sitegen <command> [options]"}), c.words(commandTitle))
	for _, command := range commands {
		fmt.Fprintf(w, "  %-18s%s\n", command.name, c.words(command.help.purpose))
	}
	fmt.Fprintf(w, "\n%s\n%s\n\n%s\n%s\n", c.words(exampleTitle), c.words(startExamples), c.words(exitTitle), c.words(exitText))
}

// printCommandHelp prints the help of one command.
func (c *console) printCommandHelp(w io.Writer, command command) {
	text := command.help
	fmt.Fprintf(w, "sitegen %s — %s\n", command.name, c.words(text.purpose))
	if text.more.en != "" {
		fmt.Fprintf(w, "\n%s\n", c.words(text.more))
	}
	fmt.Fprintf(w, "\n%s\n", c.words(optionTitle))
	for _, option := range allOptions {
		if own, ok := ownMeaning[command.name]; ok && option.name == own.name {
			option = own.option
		}
		if slices.Contains(command.options, option.name) {
			fmt.Fprintf(w, "  %-20s %s\n", "--"+option.name+" "+option.value, c.words(option.phrase))
		}
	}
	if text.examples.en != "" {
		fmt.Fprintf(w, "\n%s\n%s\n", c.words(exampleTitle), c.words(text.examples))
	}
}
