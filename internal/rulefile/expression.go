package rulefile

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/strictyaml"
	"sitegen/internal/table"
)

var token = regexp.MustCompile(`fact:[a-z0-9_]+|[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)?|\d{4}-\d\d-\d\d|\d+|<=|>=|[<>=(),]`)

// parser reads one literal.
type parser struct {
	l      *loader
	text   strictyaml.Text
	place  rules.Place
	tokens []string
	starts []int
	next   int
	failed bool
	depth  int // how many operators on days enclose the current token
	stage  stage
}

// stage says what a literal may refer to.
type stage uint8

const (
	beforeDecision stage = iota
	afterDecision        // the outcome is known
	afterEnough
	aboutResult
)

func (l *loader) literals(f *diag.File, texts []strictyaml.Text, s stage) []rules.Literal {
	list := make([]rules.Literal, 0, len(texts))
	for i := 0; i < len(texts); i++ {
		if line, pieces := splitLine(texts[i:]); pieces > 1 {
			l.report(f.At(texts[i].Offset, "rule-line-split", line))
			i += pieces - 1
		} else if lit, ok := l.literal(f, texts[i], s); ok {
			list = append(list, lit)
		}
	}
	return list
}

func (l *loader) literal(f *diag.File, text strictyaml.Text, s stage) (rules.Literal, bool) {
	p := &parser{l: l, text: text, place: rules.Place{File: f, Offset: text.Offset}, stage: s}
	if text.Value == "" { // already reported
		p.lost()
		return rules.Literal{}, false
	}
	if at, wrong, instead := otherNotation(text.Value); instead != "" {
		l.report(f.At(text.Offset+at, "rule-write-so", wrong, instead))
		return rules.Literal{}, false
	}
	end := 0
	for _, span := range token.FindAllStringIndex(text.Value, -1) {
		if strings.TrimSpace(text.Value[end:span[0]]) != "" {
			break
		}
		p.tokens, p.starts, end = append(p.tokens, text.Value[span[0]:span[1]]), append(p.starts, span[0]), span[1]
	}
	if rest := strings.TrimSpace(text.Value[end:]); rest != "" || len(p.tokens) == 0 {
		p.next = len(p.tokens)
		p.fail("rule-unreadable", text.Value)
		return rules.Literal{}, false
	}
	lit := rules.Literal{Text: text.Value, Place: p.place}
	if p.peek() == "not" {
		p.next++
		lit.Not = true
	}
	lit.Test = p.test()
	if !p.failed && p.next < len(p.tokens) {
		p.fail("rule-unreadable", text.Value)
	}
	if !p.failed {
		l.set.NotePeriod(lit)
	}
	return lit, !p.failed
}

func (p *parser) peek() string {
	if p.next < len(p.tokens) {
		return p.tokens[p.next]
	}
	return ""
}

func (p *parser) take() string {
	t := p.peek()
	p.next++
	return t
}

// fail reports a mistake at the current token. It reports only the first mistake of a literal.
func (p *parser) fail(code diag.Code, args ...any) {
	if p.failed {
		return
	}
	p.failed = true
	offset := p.text.Offset
	if at := min(p.next, len(p.starts)-1); at >= 0 {
		offset += p.starts[at]
	}
	p.l.report(p.place.File.At(offset, code, args...))
}

// lost gives up on a literal that names something that could not be read, and marks the current area as broken. The cause has
// already been reported.
func (p *parser) lost() {
	p.failed = true
	p.l.broken[p.l.reading] = true
}

// unknown reports a name that does not exist. If the name may be defined in a file that could not be read, it reports nothing.
func (p *parser) unknown(code diag.Code, args ...any) {
	if p.l.namesLost() {
		p.lost()
	}
	p.fail(code, args...)
}

func (p *parser) expect(token string) {
	if p.peek() != token {
		p.fail("rule-expect", token, p.text.Value)
		return
	}
	p.next++
}

func (p *parser) test() rules.Test {
	name := p.peek()
	group, member, dotted := strings.Cut(name, ".")
	switch {
	case name == "":
		p.fail("rule-ends", p.text.Value)
		return rules.Test{}
	case dotted && p.stage == aboutResult && slices.Contains(resultTests, group):
		return p.resultTest(group, member)
	case dotted && p.stage == aboutResult && group == "remedy":
		return p.remedyTest(member)
	case dotted:
		return p.member(group, member)
	case name == "outcome":
		return p.outcome()
	case name == "enough":
		return p.enough()
	case name == rules.FirstHeld && p.stage == aboutResult:
		p.next++
		return rules.Test{Kind: rules.ResultTest, Result: rules.FirstHeld}
	case strings.HasPrefix(name, "fact:") || p.tokensAhead("("):
		return p.dates()
	}
	in := p.l.set.InputByID(name)
	switch {
	case in == nil:
		return p.named(name)
	case in.Lost:
		p.lost()
		return rules.Test{}
	case p.tokensAhead("is"):
		return p.special(in)
	case in.Kind == table.Choice:
		return p.choice(in)
	case in.Kind == table.Number:
		return p.number(in)
	case in.Kind == table.Date:
		return p.dates()
	}
	example := in.Values[0].ID
	if p.next+2 < len(p.tokens) && rules.WordNamed(in.Values, p.tokens[p.next+2]) != nil {
		example = p.tokens[p.next+2]
	}
	p.fail("rule-set-value", name, example)
	return rules.Test{}
}

func (p *parser) tokensAhead(token string) bool {
	return p.next+1 < len(p.tokens) && p.tokens[p.next+1] == token
}

func (p *parser) named(name string) rules.Test {
	c := p.l.set.ConditionByID(name)
	switch {
	case c == nil:
		p.unnamed(name)
	case c.Phase >= rules.OfOutcome && p.stage == beforeDecision:
		p.fail("rule-outcome-early", name)
	case c.Phase == rules.OfEnough && p.stage < afterEnough:
		p.fail("rule-enough-early", name)
	}
	p.next++
	return rules.Test{Kind: rules.ConditionTest, Condition: c}
}

func (p *parser) member(group, member string) rules.Test {
	in := p.l.set.InputByID(group)
	switch {
	case in != nil && in.Lost:
		p.lost()
		return rules.Test{}
	case in != nil && in.Kind == table.Choice:
		p.fail("rule-write-so", p.peek(), group+" = "+member)
		return rules.Test{}
	case in != nil && in.Kind != table.Several && rules.WordNamed(in.Specials, member) != nil:
		p.fail("rule-write-so", p.peek(), group+" is "+member)
		return rules.Test{}
	case in == nil || in.Kind != table.Several:
		p.unknown("rule-unknown-set", group, diag.Nearest(group, p.l.inputIDs(table.Several)))
		return rules.Test{}
	}
	value := rules.WordNamed(in.Values, member)
	if value == nil {
		p.fail("rule-unknown-value", member, group, diag.Nearest(member, rules.IDs(in.Values)))
		return rules.Test{}
	}
	p.next++
	return rules.Test{Kind: rules.MemberTest, Input: in, Value: value.Index}
}

// choices reads "name = a or b or c" and returns the values as a bit mask.
func (p *parser) choices(name string, known []*rules.Word) int32 {
	p.next++
	p.expect("=")
	mask := int32(0)
	if known == nil {
		p.lost()
	}
	for !p.failed {
		value := rules.WordNamed(known, p.peek())
		if p.peek() == "" {
			p.fail("rule-ends", p.text.Value)
			break
		}
		if value == nil {
			p.fail("rule-unknown-value", p.peek(), name, diag.Nearest(p.peek(), rules.IDs(known)))
			break
		}
		p.next++
		mask |= 1 << value.Index
		if p.peek() != "or" {
			break
		}
		p.next++
	}
	return mask
}

func (p *parser) choice(in *rules.Input) rules.Test {
	return rules.Test{Kind: rules.ChoiceTest, Input: in, Mask: p.choices(in.ID, in.Values)}
}

func (p *parser) outcome() rules.Test {
	if p.stage == beforeDecision {
		p.fail("rule-outcome-early", "outcome")
	}
	return rules.Test{Kind: rules.OutcomeTest, Mask: p.choices("outcome", p.l.set.Outcomes)}
}

func (p *parser) enough() rules.Test {
	switch {
	case p.stage < afterEnough:
		p.fail("rule-enough-early", "enough")
	case !p.l.withEnough:
		p.fail("rule-no-enough", "enough", rules.EnoughFile)
	}
	return rules.Test{Kind: rules.EnoughTest, Mask: p.choices("enough", rules.LevelWords)}
}

func (p *parser) special(in *rules.Input) rules.Test {
	p.next += 2
	if in.Kind == table.Choice && rules.WordNamed(in.Values, p.peek()) != nil {
		p.next -= 2
		p.fail("rule-write-so", in.ID+" is "+p.tokens[p.next+2], in.ID+" = "+p.tokens[p.next+2])
		return rules.Test{}
	}
	value := rules.WordNamed(in.Specials, p.peek())
	if p.peek() == "" {
		p.fail("rule-ends", p.text.Value)
	}
	if value == nil {
		p.fail("rule-unknown-value", p.peek(), in.ID, diag.Nearest(p.peek(), rules.IDs(in.Specials)))
		return rules.Test{}
	}
	p.next++
	return rules.Test{Kind: rules.SpecialTest, Input: in, Value: value.Index}
}

func (p *parser) number(in *rules.Input) rules.Test {
	p.next++
	operator := p.take()
	if operator != ">=" && operator != "<" {
		p.next--
		p.fail("rule-number-sign", p.text.Value)
		return rules.Test{}
	}
	at := p.next
	value := p.count("number")
	if p.failed {
		return rules.Test{}
	}
	if value < table.LowestNumber || value > table.HighestNumber {
		p.next = at
		p.fail("rule-number-range", table.LowestNumber, table.HighestNumber)
	} else if same := p.l.set.Facts.EqualTo(value, in.ID); same != "" && !strings.HasPrefix(p.tokens[at], "fact:") {
		p.l.remark(p.place.File.At(p.text.Offset+p.starts[at], "rule-number-fact", strconv.Itoa(int(value)), same))
	}
	return rules.Test{Kind: rules.NumberTest, Input: in, Value: int(value), Below: operator == "<"}
}

// count reads a number: either digits, or a fact of the given kind. Digits are allowed only for a plain number outside
// operators on days, so durations are always facts.
func (p *parser) count(kind string) int32 {
	id, isFact := strings.CutPrefix(p.peek(), "fact:")
	if !isFact {
		n, err := strconv.ParseInt(p.peek(), 10, 31)
		switch {
		case err != nil && plainDigits.MatchString(p.peek()):
			n = table.HighestNumber + 1 // more than any number allowed
		case p.peek() == "":
			p.fail("rule-ends", p.text.Value)
		case err != nil:
			p.fail("rule-expect", "fact:…", p.text.Value)
		case kind != "number" || p.depth > 0:
			p.fail("rule-fact-wanted", p.peek())
		}
		p.next++
		return int32(n)
	}
	return p.fact(id, kind)
}

var plainDigits = regexp.MustCompile(`^\d+$`)

// fact reads a fact of a kind and returns its value: a day number for "date", otherwise a count.
func (p *parser) fact(id, kind string) int32 {
	value, ok, code, args := p.l.fact(p.place.File, id, kind)
	if code != "" {
		p.fail(code, args...)
	} else if !ok {
		p.lost()
	}
	p.next++
	return value
}

const resultTestNames = "tell bring alone first also not_alone start"

var resultTests = strings.Fields(resultTestNames)

// remedyTest reads whether a remedy is meant for the person.
func (p *parser) remedyTest(member string) rules.Test {
	var known []string
	for _, r := range p.l.set.Remedies {
		if known = append(known, r.ID); r.ID == member {
			p.next++
			return rules.Test{Kind: rules.RemedyTest, Remedy: r}
		}
	}
	if p.l.unread[rules.RemediesFile] {
		p.lost()
	}
	p.fail("rule-unknown-value", member, "remedy", diag.Nearest(member, known))
	return rules.Test{}
}

func (p *parser) resultTest(group, member string) rules.Test {
	known := p.l.set.Documents
	if group == "tell" || group == "start" {
		known = p.l.set.Notes
	}
	value := rules.WordNamed(known, member)
	if known == nil {
		p.lost()
	}
	if value == nil {
		p.fail("rule-unknown-value", member, group, diag.Nearest(member, rules.IDs(known)))
		return rules.Test{}
	}
	p.next++
	return rules.Test{Kind: rules.ResultTest, Result: group, Value: value.Index}
}
