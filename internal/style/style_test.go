package style

import (
	"slices"
	"strings"
	"testing"

	"sitegen/internal/diag"
	"sitegen/internal/dialect"
	"sitegen/internal/markdown"
)

// every returns rules with all checks that exist for a language.
func every(language string) *Rules {
	r := &Rules{Language: language, NamesApart: true, Longest: 12, On: map[Check]bool{}, PassiveVerbs: []string{"盗まれる"},
		Easy: NewWords(strings.Fields("病院 人 使 見 聞 紙 送 行 盗 電話 番号 登録 生"))}
	r.Avoid(Variant{"だれ", []Avoided{{Spelling: "誰"}}}, Variant{"こと", []Avoided{{Spelling: "ない事"}}})
	r.Easy.AddName("資格 確認書")
	for _, check := range Checks {
		r.On[check] = Knows(check, language)
	}
	return r
}

// found returns the warnings about a text. Each is the code without "style-", an @, and the first characters of the text at the warning.
func found(r *Rules, text string) []string {
	f := &diag.File{Name: "x.md", Data: []byte(text)}
	body, wrong := dialect.ParseBody(f, 0, len(f.Data))
	if len(wrong) > 0 {
		return []string{string(wrong[0].Code)}
	}
	var list []string
	for _, d := range r.Find(f, body.Passages(func(token markdown.Token) string { return "三つの名前" })) {
		rest := text[f.Offset(d.Line, d.Column):]
		list = append(list, strings.TrimPrefix(string(d.Code), "style-")+"@"+strings.TrimSpace(string([]rune(rest)[:min(4, len([]rune(rest)))])))
	}
	return list
}

func TestJapanese(t *testing.T) {
	r := every("ja")
	for text, want := range map[string]string{
		// sentences
		"あいうえおかきくけこさの。":                         "",
		"あいうえおかきくけこさしの。":                        "long@あいうえ",
		"みじかい です。あいうえお かきくけこ さしの。":              "long@あいうえ",
		"{term:x}と {fact:y}と {insurer:name}です。": "",
		"「あいうえおかきくけこ、」かきくけこ。":                   "long@「あいう",
		"**あいうえおかきくけこ** さしすせそたちつ":               "", // a label
		"あいうえおかきくけこ：さしすせそたちつ":                   "",
		"> あいうえおかきくけこさしすせそたちつてと。":               "", // a quotation
		// endings
		"つかえる。":                  "ending@つかえる",
		"つかえます。":                 "",
		"{使|つか}える。":              "ending@える。",
		"これである。":                 "ending@れである",
		"はい。つかえません。":             "",
		"カードのこと。":                "space@こと。",
		"**{見|み}せる。** みせて ください。": "",
		"- つかえる":                 "",
		"つかえます（カード）。":            "",
		// spellings
		"{誰|だれ}ですか": "hard@誰|だれ spelling@誰|だれ",
		"ない事です":     "spelling@ない事で",
		"ない事情です":    "",
		// spaces
		"みてください。":    "space@ください",
		"みて ください。":   "",
		"つかっている カード": "space@いる カ",
		"つかう ことば":    "",
		"つかうとき":      "space@とき",
		"いつもの カード":   "",
		"カード は だめです": "no-space@は だ",
		"カード 。":      "no-space@。",
		"はじめに つかう":   "",
		"あいうえおかきくけこさしせそたちつてと、あ": "long@あいうえ phrase@あいうえ",
		// items that begin in bold
		"- **みせる。** カードです。":             "",
		"- **みせる** カードです。":              "lead@みせる*",
		"- **カード**: みせます。":              "",
		"- **カード:** みせます。":              "lead@カード:",
		"1. **カード：** みせます。":             "lead@カード：",
		"- **カード**（みせます）":               "",
		"- **カード**を みせます。":              "",
		"- **カード** {fact:y}です。":         "lead@カード*",
		"- **「みせる。」** カードです。":           "",
		"- {紙|かみ}です。\n- **{紙|かみ}** です。": "lead@紙|かみ",
		"**カード** みせます。":                 "", // no item
		"- カードです。\n\n  **カード** みせます。":   "", // not the beginning of the item
		// the passive
		"{聞|き}かれます":        "passive@かれます",
		"{送|おく}られて":        "passive@られて",
		"{見|み}られます":        "",
		"{見|み}られて います":     "",
		"{生|う}まれました":       "",
		"{盗|ぬす}まれました":      "",
		"{登録|とうろく}されました":   "passive@されまし",
		"「{登録|とうろく}されました」": "",
		"ロックされる カード":       "passive@される",
		// words
		"{受診|じゅしん}":                "hard@受診|じ",
		"{受診|じゅしん}、{受診|じゅしん}":      "hard@受診|じ",
		"{受診|じゅしん}（いく こと）":         "",
		"「{受診|じゅしん}」":              "",
		"{確認書|かくにんしょ}":             "", // part of a name
		"{電話番号|でんわばんごう}":           "", // made of two words
		"{病院人|びょういんじん}":            "",
		"{人紙|ひとがみ}":                "hard@人紙|ひ",
		"{資格|しかく}":                 "",
		"> {受診|じゅしん}":              "",
		"[{受診|じゅしん}](page:home)です": "hard@受診|じ",
		// phrases
		"ないわけではないです":    "negatives@ないわけ",
		"「ないわけではない」です":  "",
		"こちらです":         "pointing@こちらで",
		"来月からです":        "relative@来月から",
		"日本年金です":        "",
		"「来月からです」です":    "",
		"「来月」は、来月です":    "relative@来月です",
		"来月は、来年です":      "relative@来月は、",
		"{来月|らいげつ}からです": "hard@来月|ら relative@来月|ら",
	} {
		got := found(r, text+"\n")
		slices.Sort(got)
		if have := strings.Join(got, " "); have != want {
			t.Errorf("%s\n  %q, want %q", text, have, want)
		}
	}
}

func TestEnglish(t *testing.T) {
	r := every("en")
	for text, want := range map[string]string{
		"One two three four five six seven eight nine ten eleven twelve.":             "",
		"One two three four five six seven eight nine ten eleven twelve more.":        "long-words@One",
		"One two. Three four five six seven eight nine ten eleven twelve more to go.": "long-words@Thre",
		"One two: three four five six seven eight nine ten eleven twelve more.":       "",
		"Take {term:x} and {term:x} and {term:x} with {fact:y} and {insurer:name}.":   "",
		"It is 1.5 km, e.g. here.":                    "",
		"You cannot go without it.":                   "negatives@cann",
		"You cannot go, but it works without it.":     "",
		"Not everybody can go (without it).":          "",
		"It is not uncommon.":                         "negatives@not",
		"See above.":                                  "pointing@See",
		"- **Show it.** Put it there.":                "",
		"- **Show it** Put it there.":                 "lead@Show",
		"- **Medicine**: your notebook.":              "",
		"- **Medicine:** your notebook.":              "lead@Medi",
		"- **Medicine** A notebook.":                  "lead@Medi",
		"- **Bring** your card.":                      "",
		"- **Bring** {term:x}.":                       "",
		"- **Call** JR, or do as I do.":               "",
		"The rest is above all that.":                 "",
		"It starts next month.":                       "relative@next",
		"It starts the next monthly round.":           "",
		"He says \"it starts next month\" every day.": "",
	} {
		if have := strings.Join(found(r, text+"\n"), " "); have != want {
			t.Errorf("%s\n  %q, want %q", text, have, want)
		}
	}
}

// Each check can be switched off. The text then gives fewer warnings.
func TestSwitches(t *testing.T) {
	text := "{受診|じゅしん}してください。こちらは、来月から {聞|き}かれる。ないわけではない、あいうえおかきくけこさしす、{誰|だれ}。\n\n- **カード** です。\n"
	all := found(every("ja"), text)
	for _, check := range Checks {
		r := every("ja")
		r.On[check] = false
		if less := found(r, text); len(less) >= len(all) {
			t.Errorf("%s: %q", check, less)
		}
	}
	if got := found(&Rules{Language: "ja"}, text); len(got) > 0 {
		t.Errorf("no rules find %q", got)
	}
}
