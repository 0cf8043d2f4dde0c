package rulefile

import (
	"regexp"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/strictyaml"
)

// notation finds operators and punctuation as other languages and full-width keyboards write them.
var notation = regexp.MustCompile(`=<|=>|==|<>|!=|[≦≧≤≥≠＝＜＞（），、．]`)

var notations = map[string]string{
	"=<": "<=", "≦": "<=", "≤": "<=", "=>": ">=", "≧": ">=", "≥": ">=", "==": "=", "＝": "=", "＜": "<", "＞": ">",
	"（": "(", "）": ")", "，": ",", "、": ",", "．": ".",
}

// otherNotation finds a sign in the notation of a different language, or capital letters. `wrong` is the text that it found,
// `at` is its offset, and `instead` is how conditions write it. If it finds nothing, `instead` is "".
func otherNotation(text string) (at int, wrong, instead string) {
	if span := notation.FindStringIndex(text); span != nil {
		wrong = text[span[0]:span[1]]
		if instead = notations[wrong]; instead == "" { // not equal
			instead = "not " + strings.TrimSpace(text[:span[0]]) + " = " + strings.TrimSpace(text[span[1]:])
		}
		return span[0], wrong, instead
	}
	if lower := strings.ToLower(text); lower != text {
		return 0, text, lower
	}
	return 0, "", ""
}

// splitLine joins a condition that YAML has split at the commas within its parentheses. `pieces` is the number of texts that
// belong to the condition. If a parenthesis is never closed, it returns "" and 1.
func splitLine(texts []strictyaml.Text) (line string, pieces int) {
	open := 0
	for i, text := range texts {
		open += strings.Count(text.Value, "(") - strings.Count(text.Value, ")")
		if line += text.Value; open <= 0 {
			return line, i + 1
		}
		line += ", "
	}
	return "", 1 // a parenthesis is missing
}

// mostLookedFor is the maximum number of unknown names for which a similar known name is looked for. Hints for still more
// names would help nobody.
const mostLookedFor = 500

// unnamed reports a name that is not a condition, or whose condition is defined later.
func (p *parser) unnamed(name string) {
	l := p.l
	l.lookedFor++
	if _, later := l.conditions.Get(name); !later {
		nearest := ""
		if l.lookedFor <= mostLookedFor {
			nearest = diag.Nearest(name, l.names())
		}
		p.unknown("rule-unknown-name", name, nearest)
		return
	}
	if l.lookedFor > mostLookedFor {
		p.fail("rule-condition-later", name, "")
		return
	}
	if way := l.wayBack(name, map[string]bool{}); way != nil {
		p.fail("rule-circle", l.reader, strings.Join(append([]string{l.reader}, way...), " → "))
		return
	}
	at := ""
	for _, entry := range l.conditions {
		if entry.Key.Value == name {
			at = rules.Place{File: p.place.File, Offset: entry.Key.Offset}.String()
		}
	}
	p.fail("rule-condition-later", name, at)
}

// wayBack returns the chain of conditions by which a condition refers to the one that is being read, or nil. The conditions in
// `seen` are known not to refer to the one that is being read.
func (l *loader) wayBack(name string, seen map[string]bool) []string {
	if name == l.reader {
		return []string{name}
	}
	seen[name] = true
	c, _ := l.conditions.Get(name)
	for _, text := range slices.Concat(c.All, c.Any) {
		for _, word := range token.FindAllString(text.Value, -1) {
			if _, known := l.conditions.Get(word); !known || seen[word] {
				continue
			}
			if way := l.wayBack(word, seen); way != nil {
				return append([]string{name}, way...)
			}
		}
	}
	return nil
}
