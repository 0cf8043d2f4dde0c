package rules

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/table"
)

// Answers are a visitor's answers as read from JSON: texts, numbers and lists of texts, by the id of the input. "profile"
// names an insurer, whose policies fill in the policy parameters that are not given.
type Answers map[string]any

// AnswerError says what is wrong with somebody's answers. Code identifies the kind of mistake and never changes. Message is
// in English, and Words has it in both languages of messages.
type AnswerError struct {
	Code    string
	Message string
	Words   diag.Wording

	Item int // for a list: the index of the wrong item
}

// Error returns the message in English.
func (e *AnswerError) Error() string { return e.Message }

// In returns the message in a language.
func (e *AnswerError) In(language string) string { return Words{e.Words.JA, e.Words.EN}.In(language) }

func answerError(code string, words diag.Wording) *AnswerError {
	return &AnswerError{Code: code, Message: words.EN, Words: words}
}

func didYouMean(name string, known []string) diag.Wording {
	if nearest := diag.Nearest(Clip(name), known); nearest != "" {
		return diag.Worded("「%s」ではありませんか", "did you mean %q?", nearest)
	}
	return diag.Worded("使えるのは: %s", "known: %s", strings.Join(known, ", "))
}

// Clip prepares a text that somebody wrote for a message. It replaces control characters. If the text has more than
// longestShown characters, it cuts the text there and adds "…".
func Clip(text string) string {
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

// asJSON returns a value of any type as JSON, clipped for a message. It is for values that were given in place of a text.
func asJSON(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return "?"
	}
	return Clip(string(text))
}

// Raw encodes answers as [table.Program] describes. `today` is the day of the visit if the answers have none; with
// [civil.Unset] that day stays missing. If the answers name an insurer, Raw applies its policies. It returns the first error
// in the order of the ids; an error about the insurer comes last.
func (s *Set) Raw(answers Answers, today civil.Date) ([]int32, *AnswerError) {
	raw := s.Unanswered()
	if today != civil.Unset {
		raw[s.Visit.Slot] = int32(today)
	}
	for _, id := range slices.Sorted(maps.Keys(answers)) {
		if err := s.Answer(raw, id, answers[id]); err != nil {
			return nil, err
		}
	}
	return raw, s.ApplyProfile(raw, answers["profile"])
}

// Answer encodes one answer into `raw`, or returns an error. It ignores "profile"; [Set.ApplyProfile] handles that.
func (s *Set) Answer(raw []int32, id string, value any) *AnswerError {
	if id == "profile" {
		return nil
	}
	in := s.InputByID(id)
	if in == nil {
		return answerError("unknown_input", diag.Worded("「%s」という質問はありません。%s", "there is no input %q: %s", Clip(id), didYouMean(id, s.InputIDs())))
	}
	return in.Encode(raw[in.Slot:in.Slot+in.Slots()], value)
}

// Unanswered returns an answer vector in which every slot is Missing.
func (s *Set) Unanswered() []int32 {
	last := s.Inputs[len(s.Inputs)-1]
	return table.Unanswered(last.Slot + last.Slots())
}

// ApplyProfile fills in the policy parameters for which raw has no answer. `value` is the id of the insurer whose policies apply;
// nil changes nothing. The policies do not apply to somebody whose answers say that they are insured elsewhere (see
// [Set.IsElsewhere]).
func (s *Set) ApplyProfile(raw []int32, value any) *AnswerError {
	if value == nil {
		return nil
	}
	id, ok := value.(string)
	if !ok {
		return answerError("wrong_type", diag.Worded("「profile」に書けるのは、保険者のidです。%sはidではありません", "profile takes the id of an insurer, and %s is not one", asJSON(value)))
	}
	profile, known := s.Profiles[id]
	if !known {
		return answerError("unknown_profile", diag.Worded("「%s」という保険者はありません。%s", "there is no profile %q: %s", Clip(id), didYouMean(id, slices.Sorted(maps.Keys(s.Profiles)))))
	}
	if s.IsElsewhere(raw, id) {
		return nil
	}
	for _, in := range s.Inputs {
		if policy, ok := profile[in.ID]; ok && raw[in.Slot] == table.Missing {
			raw[in.Slot] = int32(WordNamed(in.Values, policy).Index)
		}
	}
	return nil
}

// IsElsewhere reports whether answers say that somebody is not insured with the insurer with this id: see
// [table.Elsewhere.Holds].
func (s *Set) IsElsewhere(raw []int32, insurer string) bool {
	members := map[int]int{}
	for number, in := range s.Inputs {
		if word := WordNamed(in.Values, s.Members[insurer][in.ID]); word != nil {
			members[number] = word.Index
		}
	}
	return s.Elsewhere.Holds(raw, members, func(input int) (slot int, in *table.Input) {
		lowered := s.Inputs[input].lowered()
		return s.Inputs[input].Slot, &lowered
	})
}

// InputByID returns an input, or nil.
func (s *Set) InputByID(id string) *Input {
	for _, in := range s.Inputs {
		if in.ID == id {
			return in
		}
	}
	return nil
}

// InputIDs returns the ids of the inputs in the order of inputs.yaml, then those of the policy parameters.
func (s *Set) InputIDs() []string {
	var list []string
	for _, in := range s.Inputs {
		list = append(list, in.ID)
	}
	return list
}

// Encode writes an answer into `raw`, which has only the slots of this input. The value has a type as in [Answers]; nil leaves
// the slots unchanged.
func (in *Input) Encode(raw []int32, value any) *AnswerError {
	if value == nil {
		return nil
	}
	if in.Kind == table.Several {
		return in.encodeSet(raw, value)
	}
	if number, ok := value.(float64); ok && in.Kind == table.Number {
		if number != math.Trunc(number) || number < table.LowestNumber || number > table.HighestNumber {
			return answerError("out_of_range", diag.Worded("「%s」に書けるのは、%dから%dまでの整数です", "%s must be a whole number from %d to %d", in.ID, table.LowestNumber, table.HighestNumber))
		}
		raw[0] = int32(number)
		return nil
	}
	text, ok := value.(string)
	if !ok {
		return answerError("wrong_type", diag.Worded("「%s」に書けるのは、%sです", "%s takes %s", in.ID, in.takes()))
	}
	if special := WordNamed(in.Specials, text); special != nil {
		raw[0] = table.Missing + 1 + int32(special.Index)
		return nil
	}
	if in.Kind == table.Number {
		return answerError("wrong_type", diag.Worded("「%s」に書けるのは、%sです", "%s takes %s", in.ID, in.takes()))
	}
	if in.Kind == table.Date {
		day, err := civil.Parse(text)
		if err != nil {
			return answerError("bad_date", diag.Worded("「%s」の「%s」は日付ではありません（YYYY-MM-DD と書きます）%s", "%s: %q is not a day (write YYYY-MM-DD)%s", in.ID, Clip(text), in.orSpecial(text)))
		}
		if day < table.LowestDay || day > table.HighestDay {
			return answerError("out_of_range", diag.Worded("「%s」に書けるのは、%sから%sまでの日です", "%s must be a day from %s to %s", in.ID, table.DayText(table.LowestDay), table.DayText(table.HighestDay)))
		}
		raw[0] = int32(day)
		return nil
	}
	choice := WordNamed(in.Values, text)
	if choice == nil {
		return answerError("unknown_value", diag.Worded("「%s」に「%s」という値はありません。%s", "%s has no value %q: %s", in.ID, Clip(text), didYouMean(text, append(IDs(in.Values), IDs(in.Specials)...))))
	}
	raw[0] = int32(choice.Index)
	return nil
}

func (in *Input) encodeSet(raw []int32, value any) *AnswerError {
	list, ok := value.([]any)
	if texts, typed := value.([]string); typed {
		ok = true
		for _, text := range texts {
			list = append(list, text)
		}
	}
	if !ok {
		return answerError("wrong_type", diag.Worded("「%s」に書けるのは、%sです", "%s takes %s", in.ID, in.takes()))
	}
	clear(raw)
	for i, item := range list {
		text, isText := item.(string)
		member := WordNamed(in.Values, text)
		if member == nil {
			err := answerError("unknown_value", diag.Worded("「%s」に「%s」という値はありません。%s", "%s has no value %q: %s", in.ID, Clip(text), didYouMean(text, IDs(in.Values))))
			if !isText {
				known := strings.Join(IDs(in.Values), ", ")
				err = answerError("wrong_type", diag.Worded("「%s」に書けるのは、idのリストです。%sはidではありません。使えるのは: %s", "%s takes a list of ids, and %s is not one; known: %s", in.ID, asJSON(item), known))
			}
			err.Item = i
			return err
		}
		raw[member.Index/31] |= 1 << (member.Index % 31)
	}
	return nil
}

// orSpecial suggests, for a message, the special value that somebody may have meant. It returns empty words if none is similar.
func (in *Input) orSpecial(text string) diag.Wording {
	if nearest := diag.Nearest(Clip(text), IDs(in.Specials)); nearest != "" {
		return diag.Worded("。「%s」ではありませんか", "; did you mean %q?", nearest)
	}
	return diag.Wording{}
}

// takes says, for a message, what an answer to the input may be.
func (in *Input) takes() diag.Wording {
	words := strings.Join(append([]string{""}, IDs(in.Specials)...), ", ")
	switch in.Kind {
	case table.Choice:
		return diag.Worded("%s のどれか", "one of %s", strings.Join(IDs(in.Values), ", "))
	case table.Several:
		return diag.Worded("%s のリスト", "a list of %s", strings.Join(IDs(in.Values), ", "))
	case table.Number:
		return diag.Worded("整数%s", "a whole number%s", words)
	}
	return diag.Worded("YYYY-MM-DD の日付%s", "a day as YYYY-MM-DD%s", words)
}

// Answers decodes an answer vector. It leaves out missing answers, and policy parameters that have their default.
func (s *Set) Answers(raw []int32) Answers {
	answers := Answers{}
	for _, in := range s.Inputs {
		value := raw[in.Slot]
		if value == table.Missing || in.Policy && value == in.Default {
			continue
		}
		switch {
		case in.Kind == table.Several:
			answers[in.ID] = s.Program.SetIDs(in.Index, raw)
		case in.Kind == table.Number && value >= table.FirstDay:
			answers[in.ID] = float64(value)
		default:
			answers[in.ID] = s.Program.ValueID(in.Index, value)
		}
	}
	return answers
}

// Plain returns a copy of `raw` in which every answer that equals the default is Missing.
func (s *Set) Plain(raw []int32) []int32 {
	raw = slices.Clone(raw)
	for _, in := range s.Inputs {
		slots := raw[in.Slot : in.Slot+in.Slots()]
		if !slices.ContainsFunc(slots, func(value int32) bool { return value != in.Default }) {
			for i := range slots {
				slots[i] = table.Missing
			}
		}
	}
	return raw
}
