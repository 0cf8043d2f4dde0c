package search

import "strings"

// kana maps syllables of romaji, in Hepburn and in Kunrei spelling, to normalised kana.
var kana = func() map[string]string {
	of := map[string]string{}
	rows := "a あいうえお,k かきくけこ,s さしすせそ,t たちつてと,n なにぬねの,h はひふへほ,m まみむめも,r らりるれろ,g がぎぐげご,z ざじずぜぞ,d だぢづでど,b ばびぶべぼ,p ぱぴぷぺぽ"
	for _, row := range strings.Split(rows, ",") {
		name, letters, _ := strings.Cut(row, " ")
		for i, r := range []rune(letters) {
			of[strings.TrimPrefix(name, "a")+"aiueo"[i:i+1]] = string(r)
		}
	}
	for name, i := range map[string]string{"ky": "き", "sy": "し", "ty": "ち", "ny": "に", "hy": "ひ", "my": "み", "ry": "り", "gy": "ぎ", "zy": "じ", "by": "び", "py": "ぴ", "sh": "し", "ch": "ち", "j": "じ"} {
		of[name+"a"], of[name+"u"], of[name+"o"] = i+"や", i+"ゆ", i+"よ"
		of[name+"e"] = i + "え"
	}
	for name, text := range map[string]string{
		"shi": "し", "chi": "ち", "tsu": "つ", "fu": "ふ", "ji": "じ", "ya": "や", "yu": "ゆ", "yo": "よ", "wa": "わ", "wo": "を", "fa": "ふあ", "fi": "ふい", "fe": "ふえ", "fo": "ふお", "ti": "ち", "di": "じ",
	} {
		of[name] = text
	}
	return of
}()

// fromRomaji converts a word in Latin letters to normalised kana, or to "" if it is not romaji.
func fromRomaji(word string) string {
	var b strings.Builder
	for rest := word; rest != ""; {
		n := min(3, len(rest))
		for n > 0 && kana[rest[:n]] == "" {
			n--
		}
		switch {
		case n > 0:
			b.WriteString(kana[rest[:n]])
			rest = rest[n:]
		case rest[0] == 'n' || rest[0] == 'm' && len(rest) > 1 && strings.IndexByte("bmp", rest[1]) >= 0:
			b.WriteString("ん")
			rest = rest[1:]
		case len(rest) > 1 && (rest[0] == rest[1] || rest[:2] == "tc") && strings.IndexByte("kstcpgdbzjf", rest[0]) >= 0:
			b.WriteString("つ")
			rest = rest[1:]
		default:
			return ""
		}
	}
	return shortVowels(b.String())
}
