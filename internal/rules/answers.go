package rules

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
)

// Answers are a visitor's answers as read from JSON: texts, numbers and lists of texts by input id; "profile" names
// an insurer, whose policy parameters take its place.
type Answers map[string]any

// AnswerError is what is wrong with somebody's answers. Code is stable; Message is in English, Ja the same in Japanese.
type AnswerError struct {
	Code    string
	Message string
	Ja      string
}

func (e *AnswerError) Error() string { return e.Message }

// In returns the message in a language.
func (e *AnswerError) In(language string) string { return Words{e.Ja, e.Message}.In(language) }

// answerError words a mistake in both languages; arguments that are Words stand in theirs.
func answerError(code string, message Words, args ...any) *AnswerError {
	in := func(language string) string {
		list := slices.Clone(args)
		for i, arg := range list {
			if words, ok := arg.(Words); ok {
				list[i] = words.In(language)
			}
		}
		return fmt.Sprintf(message.In(language), list...)
	}
	return &AnswerError{Code: code, Message: in("en"), Ja: in("ja")}
}

func didYouMean(name string, known []string) Words {
	if nearest := diag.Nearest(clip(name), known); nearest != "" {
		return Words{"「" + nearest + "」ではありませんか", fmt.Sprintf("did you mean %q?", nearest)}
	}
	return Words{"使える値: " + strings.Join(known, "、"), "known: " + strings.Join(known, ", ")}
}

// asJSON shows what somebody wrote that is no text.
func asJSON(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return "?"
	}
	return clip(string(text))
}

// clip shortens what somebody wrote, for a message.
func clip(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
	if runes := []rune(text); len(runes) > longestShown {
		return string(runes[:longestShown]) + "…"
	}
	return text
}

const longestShown = 60

// Raw encodes answers as [Program] describes. today stands for a missing day of the visit; with [civil.Unset] it
// stays missing.
func (s *Set) Raw(answers Answers, today civil.Date) ([]int32, *AnswerError) {
	raw := s.Program.Unanswered()
	if today != civil.Unset {
		raw[s.Program.Visit] = int32(today)
	}
	for _, id := range sortedKeys(answers) {
		if id == "profile" {
			continue
		}
		in := s.inputByID(id)
		if in == nil {
			return nil, answerError("unknown_input", Words{"「%s」という質問はありません。%s", "there is no input %q: %s"}, clip(id), didYouMean(id, s.InputIDs()))
		}
		if err := in.encode(raw[in.slot:in.slot+in.slots()], answers[id]); err != nil {
			return nil, err
		}
	}
	return raw, s.applyProfile(raw, answers)
}

// Unanswered returns an answer vector with every slot missing.
func (p *Program) Unanswered() []int32 {
	raw := make([]int32, p.slots())
	for i := range raw {
		raw[i] = Missing
	}
	return raw
}

// applyProfile puts the policy of the named insurer where no parameter is given.
func (s *Set) applyProfile(raw []int32, answers Answers) *AnswerError {
	value, given := answers["profile"]
	if !given || value == nil {
		return nil
	}
	id, ok := value.(string)
	if !ok {
		return answerError("wrong_type", Words{"profile には保険者の名前（id）を書きます。%s は名前ではありません", "profile takes the id of an insurer, and %s is not one"}, asJSON(value))
	}
	profile, known := s.profiles[id]
	if !known {
		return answerError("unknown_profile", Words{"「%s」という保険者はありません。%s", "there is no profile %q: %s"}, clip(id), didYouMean(id, sortedKeys(s.profiles)))
	}
	for _, in := range s.inputs {
		if policy, ok := profile[in.id]; ok && raw[in.slot] == Missing {
			raw[in.slot] = int32(wordNamed(in.values, policy).index)
		}
	}
	return nil
}

func (s *Set) inputByID(id string) *input {
	for _, in := range s.inputs {
		if in.id == id {
			return in
		}
	}
	return nil
}

// InputIDs returns the ids of the inputs in the order of asking, policy parameters last.
func (s *Set) InputIDs() []string {
	var list []string
	for _, in := range s.inputs {
		list = append(list, in.id)
	}
	return list
}

func (in *input) encode(raw []int32, value any) *AnswerError {
	if value == nil {
		return nil
	}
	if in.kind == Several {
		return in.encodeSet(raw, value)
	}
	if number, ok := value.(float64); ok && in.kind == Number {
		if number != math.Trunc(number) || number < lowestNumber || number > highestNumber {
			return answerError("out_of_range", Words{"%s は%dから%dまでの整数です", "%s must be a whole number from %d to %d"}, in.id, lowestNumber, highestNumber)
		}
		raw[0] = int32(number)
		return nil
	}
	text, ok := value.(string)
	if !ok {
		return in.wrongType()
	}
	if special := wordNamed(in.specials, text); special != nil {
		raw[0] = Missing + 1 + int32(special.index)
		return nil
	}
	if in.kind == Number {
		return in.wrongType()
	}
	if in.kind == Date {
		day, err := civil.Parse(text)
		if err != nil {
			return answerError("bad_date", Words{"%s: 「%s」という日はありません（YYYY-MM-DD と書きます）%s", "%s: %q is no day (write YYYY-MM-DD)%s"}, in.id, clip(text), in.orSpecial(text))
		}
		if day < lowestDay || day > highestDay {
			return answerError("out_of_range", Words{"%s は%sから%sまでの日です", "%s must be a day from %s to %s"}, in.id, dayText(lowestDay), dayText(highestDay))
		}
		raw[0] = int32(day)
		return nil
	}
	choice := wordNamed(in.values, text)
	if choice == nil {
		return answerError("unknown_value", noValue, in.id, clip(text), didYouMean(text, append(ids(in.values), ids(in.specials)...)))
	}
	raw[0] = int32(choice.index)
	return nil
}

func (in *input) encodeSet(raw []int32, value any) *AnswerError {
	list, ok := value.([]any)
	if texts, typed := value.([]string); typed {
		ok = true
		for _, text := range texts {
			list = append(list, text)
		}
	}
	if !ok {
		return in.wrongType()
	}
	clear(raw)
	for _, item := range list {
		text, ok := item.(string)
		if !ok {
			return answerError("wrong_type", Words{"%s には値の名前を並べます。%s は名前ではありません。使える値: %s", "%s takes a list of ids, and %s is not one; known: %s"},
				in.id, asJSON(item), strings.Join(ids(in.values), ", "))
		}
		member := wordNamed(in.values, text)
		if member == nil {
			return answerError("unknown_value", noValue, in.id, clip(text), didYouMean(text, ids(in.values)))
		}
		raw[member.index/31] |= 1 << (member.index % 31)
	}
	return nil
}

var noValue = Words{"%s に「%s」という値はありません。%s", "%s has no value %q: %s"}

func (in *input) wrongType() *AnswerError {
	return answerError("wrong_type", Words{"%s には、%sを書きます", "%s takes %s"}, in.id, in.takes())
}

// orSpecial suggests a word that stands in the place of a date.
func (in *input) orSpecial(text string) Words {
	if nearest := diag.Nearest(clip(text), ids(in.specials)); nearest != "" {
		return Words{"。「" + nearest + "」ではありませんか", fmt.Sprintf("; did you mean %q?", nearest)}
	}
	return Words{}
}

// takes says what may be answered.
func (in *input) takes() Words {
	values := func(between string) string { return strings.Join(ids(in.values), between) }
	or := func(first Words) Words {
		for _, special := range in.specials {
			first = Words{first.Ja + "か「" + special.id + "」", first.En + " or " + special.id}
		}
		return first
	}
	switch in.kind {
	case Choice:
		return Words{"次のどれか（" + values("、") + "）", "one of " + values(", ")}
	case Several:
		return Words{"次の値の一覧（" + values("、") + "）", "a list of " + values(", ")}
	case Number:
		return or(Words{"整数", "a whole number"})
	}
	return or(Words{"日付（YYYY-MM-DD）", "a day as YYYY-MM-DD"})
}

// Answers decodes an answer vector; what is missing is left out, and so are policy parameters at their default.
func (s *Set) Answers(raw []int32) Answers {
	answers := Answers{}
	for _, in := range s.inputs {
		value := raw[in.slot]
		if value == Missing || in.policy && value == in.missing {
			continue
		}
		switch {
		case in.kind == Several:
			members := []string{}
			for _, v := range in.values {
				if raw[in.slot+v.index/31]>>(v.index%31)&1 != 0 {
					members = append(members, v.id)
				}
			}
			answers[in.id] = members
		case value < firstDay:
			answers[in.id] = in.specials[value-Missing-1].id
		case in.kind == Choice:
			answers[in.id] = in.values[value].id
		case in.kind == Date:
			answers[in.id] = dayText(value)
		default:
			answers[in.id] = float64(value)
		}
	}
	return answers
}
