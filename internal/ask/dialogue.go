package ask

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/interview"
	"sitegen/internal/plaintext"
	"sitegen/internal/schema"
	"sitegen/internal/site"
	"sitegen/internal/table"
	"sitegen/internal/terminal"
)

// dialogue asks the questions of the checker's page on a terminal, one at a time.
type dialogue struct {
	*Asker
	*terminal.Terminal
	lines *bufio.Scanner
	asked *interview.Interview
}

// Interview asks on a terminal until no further answer can change the result, and then writes the result. Call [Asker.Speak]
// first. Interview returns false if the input ends before the result.
func (a *Asker) Interview(person *terminal.Terminal) bool {
	t := &dialogue{Asker: a, Terminal: person, lines: bufio.NewScanner(person.In), asked: interview.New(a.set.Program, a.words.site)}
	answers, ok := t.visit()
	told := false // whether the circumstances were listed; they come last, and what is chosen there can make further questions relevant
	for ok {
		switch step := t.asked.Next(answers); {
		case step.Kind != interview.Result:
			answers, ok = t.ask(answers, step)
		case !told:
			answers, ok = t.circumstances(answers, t.asked.Circumstances)
			told = true
		default:
			t.conclude(answers)
			t.offer(answers)
			return true
		}
	}
	t.Say(t.Err, phrase{"\n答えの途中で終わりました", "\nended before the answer"})
	return false
}

func (t *dialogue) conclude(answers interview.Answers) {
	result, bad := t.decide(answers.Raw())
	if bad != nil {
		panic("BUG: an interview led to a refused answer: " + bad.Message)
	}
	fmt.Fprintln(t.Out)
	words := t.words.wording
	if t.asked.IsElsewhere(answers) {
		words = t.words.insurer[schema.General]
	}
	t.tell(t.Out, words, answers.Raw(), answers.IsUnsure, result)
}

// offer lets the person answer questions that the page offers at the result, and writes the result again after each answer. It
// ends when the person presses Enter, when no such question is left, or when the input ends.
func (t *dialogue) offer(answers interview.Answers) {
	for inputs := t.asked.Offers(answers); len(inputs) > 0; inputs = t.asked.Offers(answers) {
		t.Say(t.Out, phrase{"\n番号を書くと、答えを足せます。Enterだけで終わります", "\ntype a number to add an answer, or press Enter to end"})
		for n, input := range inputs {
			fmt.Fprintf(t.Out, "%3d  ＋ %s\n", n+1, t.question(input).Short.Plain)
		}
		text, ok := t.line()
		if !ok || text == "" {
			return
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > len(inputs) {
			t.refuse(-1, len(inputs))
			continue
		}
		if answers, ok = t.ask(answers, t.asked.Offer(inputs[n-1])); !ok {
			return
		}
		t.conclude(answers)
	}
}

// line reads a line that the person types. It trims the line and replaces full-width characters by their usual forms. `ok` is false
// at the end of the input.
func (t *dialogue) line() (text string, ok bool) {
	fmt.Fprint(t.Out, "> ")
	ok = t.lines.Scan()
	return strings.TrimSpace(plaintext.Compatible(t.lines.Text())), ok
}

// choice is one numbered answer: its text, the key of the heading above it, and a function that adds it to the answers.
type choice struct {
	text, group string
	take        func(interview.Answers) interview.Answers
}

// visit asks for the day of the visit, and returns answers with that day. It returns false if the input has ended.
func (t *dialogue) visit() (interview.Answers, bool) {
	start := t.asked.Start(int32(t.Today))
	question := t.question(t.asked.Visit)
	today := choice{text: t.words.page("today") + ": " + t.words.day(t.Today.String()), take: func(interview.Answers) interview.Answers { return start }}
	t.show(question.Title.Plain, question.Hint.Plain, []choice{today})
	return t.read(start, []choice{today}, t.asked.Visit, true)
}

// ask asks the question of one step, and returns the answers with the person's answer added. It returns false if the input has ended.
func (t *dialogue) ask(answers interview.Answers, step interview.Step) (interview.Answers, bool) {
	title, hint := t.titleOf(answers, step)
	var choices []choice
	elsewhere := false // whether the person chose the option that leads to circumstances
	for _, o := range step.Options {
		choices = append(choices, choice{t.text(step, o), o.Group, func(a interview.Answers) interview.Answers {
			elsewhere = o.Kind == interview.Elsewhere
			return t.asked.Take(a, step, o)
		}})
	}
	typed := -1
	kind := t.asked.Program.Inputs[step.Input].Kind
	if kind == table.Date || kind == table.Number {
		typed = step.Input
	}
	if kind == table.Number { // a number that is typed is the answer itself, so the choices have letters
		t.show(title, hint, nil)
		for n, one := range choices {
			fmt.Fprintf(t.Out, "%3c  %s\n", 'a'+n, one.text)
		}
	} else {
		t.show(title, hint, choices)
	}
	answers, ok := t.read(answers, choices, typed, false)
	if ok && elsewhere {
		return t.circumstances(answers, t.asked.CircumstancesOf(step.Input))
	}
	return answers, ok
}

// circumstances lists groups of circumstances, such as an accident, about which no question asks directly. The person picks any number
// of them, or presses Enter to pick none. circumstances returns the answers with those picked. It returns false if the input has
// ended.
func (t *dialogue) circumstances(answers interview.Answers, groups []interview.Group) (interview.Answers, bool) {
	tell := func(values ...interview.Value) func(interview.Answers) interview.Answers {
		return func(a interview.Answers) interview.Answers { return t.asked.Tell(a, values...) }
	}
	var choices []choice
	for _, group := range groups {
		for _, v := range group.Values {
			choices = append(choices, choice{t.value(v), group.Title, tell(v)})
		}
	}
	if len(t.asked.Secret) > 0 { // a single neutral line stands for all circumstances too private to name
		choices = append(choices, choice{text: t.words.page("sensitive_use"), take: tell(t.asked.Secret...)})
	}
	if len(choices) == 0 {
		return answers, true
	}
	choices = append(choices, choice{text: t.words.page("none_apply"), take: tell()})
	t.show(t.words.page("circumstances"), t.words.page("circumstances_hint"), choices)
	for {
		text, ok := t.line()
		if !ok {
			return answers, false
		}
		if text == "" { // the hint says to press Enter if nothing applies
			return tell()(answers), true
		}
		if picked, fine := pick(text, choices); fine {
			for _, one := range picked {
				answers = one.take(answers)
			}
			return answers, true
		}
		t.Say(t.Out, phrase{"  1から%dまでの番号を、空白で区切って書いてください", "  type numbers from 1 to %d with spaces between them"}, len(choices))
	}
}

func (t *dialogue) question(input int) site.QuestionWords {
	return t.words.language.Checker.Questions.Of(t.asked.Program.Names.Inputs[input].ID)
}

func (t *dialogue) value(v interview.Value) string {
	return t.question(v.Input).Values.Of(t.asked.Program.Names.Inputs[v.Input].Values[v.Value]).Name.Plain
}

// titleOf returns the words of a step's question, and its hint or "".
func (t *dialogue) titleOf(answers interview.Answers, step interview.Step) (title, hint string) {
	question := t.question(step.Input)
	switch step.Kind {
	case interview.Another:
		return t.words.page("another"), ""
	case interview.Expect:
		return t.words.page("insurer_is"), ""
	case interview.AskFurther:
		return t.words.page(step.Further.Ask), ""
	case interview.More:
		if question.MoreTitle.Plain != "" {
			return question.MoreTitle.Plain, ""
		}
	}
	if document := t.asked.Wording(answers, step.Input); document >= 0 {
		for _, held := range question.Held {
			if held.Document == t.asked.Program.Names.Documents[document] {
				return held.Title.Plain, held.Hint.Plain
			}
		}
	}
	return question.Title.Plain, question.Hint.Plain
}

// text returns the words of an option.
func (t *dialogue) text(step interview.Step, o interview.Option) string {
	question := t.question(step.Input)
	switch {
	case o.Kind == interview.Unknown:
		return question.Unknown.Plain
	case o.Kind == interview.Elsewhere:
		return t.words.page(t.asked.Inputs[step.Input].Elsewhere)
	case o.Kind == interview.None && step.Kind == interview.Another:
		return t.words.page("another_none")
	case o.Kind == interview.None && step.Input == t.asked.Held:
		return t.words.page("have_none")
	case o.Kind == interview.None:
		return t.words.page("none_apply")
	case step.Kind == interview.AskFurther && o.Kind == interview.Yes:
		return t.words.page(step.Further.Ask + "_yes")
	case step.Kind == interview.AskFurther:
		return t.words.page(step.Further.Ask + "_no")
	case o.Kind == interview.Yes:
		return t.words.page("say_yes")
	case o.Kind == interview.Opens && step.Kind == interview.Expect:
		return t.words.page("insurer_other")
	case o.Kind == interview.Opens && question.More.Plain != "":
		return question.More.Plain
	case o.Kind == interview.Opens:
		return t.words.page("more_choices")
	}
	return t.value(interview.Value{Input: step.Input, Value: o.Value})
}

// show prints a question, and its numbered answers under their headings.
func (t *dialogue) show(title, hint string, choices []choice) {
	fmt.Fprintf(t.Out, "\n%s\n", title)
	if hint != "" {
		fmt.Fprintf(t.Out, "%s\n", hint)
	}
	group := ""
	for n, one := range choices {
		if one.group != group {
			if group = one.group; group != "" {
				fmt.Fprintf(t.Out, "     %s\n", t.words.page(group))
			}
		}
		fmt.Fprintf(t.Out, "%3d  %s\n", n+1, one.text)
	}
}

// read reads one answer: the number of a choice or, if the input is a date, a day. It returns answers with this answer
// added. `typed` is the index of an input that is a date or a number, or -1. If the input is a number, the line is this
// number or the letter of a choice. If `first` is true, an empty line selects the first choice. After a wrong answer, read
// asks again. It returns false if the input has ended.
func (t *dialogue) read(answers interview.Answers, choices []choice, typed int, first bool) (interview.Answers, bool) {
	isKind := func(kind table.Kind) bool { return typed >= 0 && t.asked.Program.Inputs[typed].Kind == kind }
	if isKind(table.Date) {
		fmt.Fprintf(t.Out, "     %s\n", t.words.page("date_label"))
	}
	for {
		text, ok := t.line()
		if !ok {
			return answers, false
		}
		if typed >= 0 {
			if n, ok := t.typed(typed, text); ok {
				return t.asked.Number(answers, typed, n), true
			}
		}
		if text == "" && first {
			return choices[0].take(answers), true
		}
		if isKind(table.Number) {
			if n := strings.Index("abcdefghijklmnopqrstuvwxyz", strings.ToLower(text)); len(text) == 1 && n >= 0 && n < len(choices) {
				return choices[n].take(answers), true
			}
		} else if picked, fine := pick(text, choices); fine && len(picked) == 1 {
			return picked[0].take(answers), true
		}
		t.refuse(typed, len(choices))
	}
}

// typed reads a day or a number for an input. It prints a day as the language writes it. It returns false if the text is neither, or
// not in the input's range.
func (t *dialogue) typed(input int, text string) (int32, bool) {
	in := &t.asked.Program.Inputs[input]
	if in.Kind == table.Number {
		n, err := strconv.Atoi(text)
		return int32(n), err == nil && int(in.Lo) <= n && n <= int(in.Hi)
	}
	day, ok := readDay(text)
	if !ok || int32(day) < in.Lo || int32(day) > in.Hi {
		return 0, false
	}
	fmt.Fprintf(t.Out, "  = %s\n", t.words.language.DateBoth(day).Plain)
	return int32(day), true
}

// pick reads the numbers of choices, separated by blanks or commas. `fine` is false if the text has no number, or a word that is not the
// number of a choice.
func pick(text string, choices []choice) (picked []choice, fine bool) {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == '、' || r == '・' }) {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 || n > len(choices) {
			return nil, false
		}
		picked = append(picked, choices[n-1])
	}
	return picked, len(picked) > 0
}

func (t *dialogue) refuse(typed, most int) {
	if typed >= 0 && t.asked.Program.Inputs[typed].Kind == table.Number {
		in := &t.asked.Program.Inputs[typed]
		t.Say(t.Out, phrase{"  %dから%dまでの数か、文字を書いてください", "  type a number from %d to %d, or a letter"}, in.Lo, in.Hi)
		return
	}
	if typed >= 0 {
		t.Say(t.Out, phrase{"  この日付は読めません。日付か、1から%dまでの番号を書いてください", "  this is no date that can be read; type a date, or a number from 1 to %d"}, most)
		return
	}
	t.Say(t.Out, phrase{"  1から%dまでの番号を書いてください", "  type a number from 1 to %d"}, most)
}

// readDay reads a day in the forms that [civil.Read] accepts. Digits and letters can have any width. Blanks may stand anywhere, and
// may replace the hyphens.
func readDay(text string) (civil.Date, bool) {
	fields := strings.Fields(plaintext.Compatible(text))
	for _, between := range []string{"", "-"} {
		if day, err := civil.Read(strings.Join(fields, between)); err == nil {
			return day, true
		}
	}
	return civil.Unset, false
}
