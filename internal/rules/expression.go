package rules

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
	"sitegen/internal/table"
)

// A Literal is one test, or its opposite, as an editor writes it:
//
//	cert_valid                          a condition of conditions.yaml
//	have.old_card                       a value of a set
//	place = reader or pharmacy          a value of a choice, or one of several
//	ecert_expiry is unknown             a special value of a date
//	age >= fact:late_elderly_age        a number; < too
//	visit_date <= fact:interim_last_day dates; < > >= too
//	outcome = bring_cert or apply_cert  what was decided (add.yaml, laws.yaml)
//	enough = unsure or no               whether what is held is enough (add.yaml, laws.yaml)
//	tell.ask_insurer, bring.old_card    the result (laws.yaml)
//	first_held                          all of the first alternative is held (laws.yaml)
//
// with "not" before it for the opposite.
type Literal struct {
	Text  string
	place Place
	Not   bool
	Test  Test
}

// TestKind is what a test looks at.
type TestKind uint8

// The kinds.
const (
	ConditionTest TestKind = iota // a named condition
	MemberTest                    // value of a set
	ChoiceTest                    // values of a choice
	SpecialTest                   // special value of a date or number
	NumberTest                    // number at least
	DateTest                      // date comparison
	OutcomeTest                   // what was decided
	EnoughTest                    // whether it is enough
	ResultTest                    // of laws: something about the result
)

// Test is what a literal states; which fields count depends on its kind.
type Test struct {
	Kind      TestKind
	Condition *Condition
	Input     *Input
	Mask      int32 // of choice values or outcomes
	Value     int   // member, special, number, or document or note of a result test
	Below     bool  // of numbers: less than
	Left      *DateTerm
	Right     *DateTerm
	strict    bool // of dates: before, not "not after"
	Result    string
}

// DateTerm is a day as written.
type DateTerm struct {
	op    table.TermOp
	input *Input
	day   int32
	n     int32
	a, b  *DateTerm
}

var token = regexp.MustCompile(`fact:[a-z0-9_]+|[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)?|\d{4}-\d\d-\d\d|\d+|<=|>=|[<>=(),]`)

// parser reads one literal.
type parser struct {
	l      *loader
	text   strictyaml.Text
	place  Place
	tokens []string
	starts []int
	next   int
	failed bool
	depth  int // of calculations within calculations
	stage  stage
}

// stage says what a literal may speak of.
type stage uint8

const (
	beforeDecision stage = iota
	afterDecision        // the outcome is known
	afterEnough
	aboutResult
)

func (l *loader) literals(f *diag.File, texts []strictyaml.Text, s stage) []Literal {
	list := make([]Literal, 0, len(texts))
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

func (l *loader) literal(f *diag.File, text strictyaml.Text, s stage) (Literal, bool) {
	p := &parser{l: l, text: text, place: Place{f, text.Offset}, stage: s}
	if text.Value == "" { // told already
		p.lost()
		return Literal{}, false
	}
	if at, wrong, instead := otherNotation(text.Value); instead != "" {
		l.report(f.At(text.Offset+at, "rule-write-so", wrong, instead))
		return Literal{}, false
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
		return Literal{}, false
	}
	lit := Literal{Text: text.Value, place: p.place}
	if p.peek() == "not" {
		p.next++
		lit.Not = true
	}
	lit.Test = p.test()
	if !p.failed && p.next < len(p.tokens) {
		p.fail("rule-unreadable", text.Value)
	}
	if !p.failed {
		l.set.notePeriod(lit)
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

// fail reports a mistake at the current token, once a literal.
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

// lost gives up on a literal that speaks of what could not be read: of that the editor has been told.
func (p *parser) lost() {
	p.failed = true
	p.l.broken[p.l.reading] = true
}

// unknown reports a name that does not exist, unless it may be one that could not be read.
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

// suggest returns the known name nearest to a wrong one, or "" where none is near.
func suggest(name string, known []string) string { return diag.Nearest(name, known) }

func (p *parser) test() Test {
	name := p.peek()
	group, member, dotted := strings.Cut(name, ".")
	switch {
	case name == "":
		p.fail("rule-ends", p.text.Value)
		return Test{}
	case dotted && p.stage == aboutResult && slices.Contains(resultTests, group):
		return p.resultTest(group, member)
	case dotted:
		return p.member(group, member)
	case name == "outcome":
		return p.outcome()
	case name == "enough":
		return p.enough()
	case name == FirstHeld && p.stage == aboutResult:
		p.next++
		return Test{Kind: ResultTest, Result: FirstHeld}
	case strings.HasPrefix(name, "fact:") || p.tokensAhead("("):
		return p.dates()
	}
	in := p.l.inputNamed(name)
	switch {
	case in == nil:
		return p.named(name)
	case in.lost:
		p.lost()
		return Test{}
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
	if p.next+2 < len(p.tokens) && WordNamed(in.Values, p.tokens[p.next+2]) != nil {
		example = p.tokens[p.next+2]
	}
	p.fail("rule-set-value", name, example)
	return Test{}
}

func (p *parser) tokensAhead(token string) bool {
	return p.next+1 < len(p.tokens) && p.tokens[p.next+1] == token
}

func (p *parser) named(name string) Test {
	c := p.l.conditionNamed(name)
	switch {
	case c == nil:
		p.unnamed(name)
	case c.phase >= posts && p.stage == beforeDecision:
		p.fail("rule-outcome-early", name)
	case c.phase == lasts && p.stage < afterEnough:
		p.fail("rule-enough-early", name)
	}
	p.next++
	return Test{Kind: ConditionTest, Condition: c}
}

func (p *parser) member(group, member string) Test {
	in := p.l.inputNamed(group)
	switch {
	case in != nil && in.lost:
		p.lost()
		return Test{}
	case in != nil && in.Kind == table.Choice:
		p.fail("rule-write-so", p.peek(), group+" = "+member)
		return Test{}
	case in != nil && in.Kind != table.Several && WordNamed(in.Specials, member) != nil:
		p.fail("rule-write-so", p.peek(), group+" is "+member)
		return Test{}
	case in == nil || in.Kind != table.Several:
		p.unknown("rule-unknown-set", group, suggest(group, p.l.inputIDs(table.Several)))
		return Test{}
	}
	value := WordNamed(in.Values, member)
	if value == nil {
		p.fail("rule-unknown-value", member, group, suggest(member, IDs(in.Values)))
		return Test{}
	}
	p.next++
	return Test{Kind: MemberTest, Input: in, Value: value.Index}
}

// choices reads "= a or b or c" as a mask.
func (p *parser) choices(name string, known []*Word) int32 {
	p.next++
	p.expect("=")
	mask := int32(0)
	if known == nil {
		p.lost()
	}
	for !p.failed {
		value := WordNamed(known, p.peek())
		if p.peek() == "" {
			p.fail("rule-ends", p.text.Value)
			break
		}
		if value == nil {
			p.fail("rule-unknown-value", p.peek(), name, suggest(p.peek(), IDs(known)))
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

func (p *parser) choice(in *Input) Test {
	return Test{Kind: ChoiceTest, Input: in, Mask: p.choices(in.ID, in.Values)}
}

func (p *parser) outcome() Test {
	if p.stage == beforeDecision {
		p.fail("rule-outcome-early", "outcome")
	}
	return Test{Kind: OutcomeTest, Mask: p.choices("outcome", p.l.set.Outcomes)}
}

// levelWords are the levels of the table of Enough, by number.
var LevelWords = []*Word{
	{ID: schema.Levels.Words[table.No], Words: Words{"足りない", "not enough"}, Index: int(table.No)},
	{ID: schema.Levels.Words[table.Unsure], Words: Words{"足りないかもしれない", "perhaps enough"}, Index: int(table.Unsure)},
	{ID: schema.Levels.Words[table.Yes], Words: Words{"足りる", "enough"}, Index: int(table.Yes)},
}

func (p *parser) enough() Test {
	switch {
	case p.stage < afterEnough:
		p.fail("rule-enough-early", "enough")
	case !p.l.withEnough:
		p.fail("rule-no-enough", "enough", enoughFile)
	}
	return Test{Kind: EnoughTest, Mask: p.choices("enough", LevelWords)}
}

func (p *parser) special(in *Input) Test {
	p.next += 2
	if in.Kind == table.Choice && WordNamed(in.Values, p.peek()) != nil {
		p.next -= 2
		p.fail("rule-write-so", in.ID+" is "+p.tokens[p.next+2], in.ID+" = "+p.tokens[p.next+2])
		return Test{}
	}
	value := WordNamed(in.Specials, p.peek())
	if p.peek() == "" {
		p.fail("rule-ends", p.text.Value)
	}
	if value == nil {
		p.fail("rule-unknown-value", p.peek(), in.ID, suggest(p.peek(), IDs(in.Specials)))
		return Test{}
	}
	p.next++
	return Test{Kind: SpecialTest, Input: in, Value: value.Index}
}

func (p *parser) number(in *Input) Test {
	p.next++
	operator := p.take()
	if operator != ">=" && operator != "<" {
		p.next--
		p.fail("rule-number-sign", p.text.Value)
		return Test{}
	}
	at := p.next
	value := p.count("number")
	if p.failed {
		return Test{}
	}
	if value < table.LowestNumber || value > table.HighestNumber {
		p.next = at
		p.fail("rule-number-range", table.LowestNumber, table.HighestNumber)
	} else if same := p.l.set.facts.equalTo(value, in.ID); same != "" && !strings.HasPrefix(p.tokens[at], "fact:") {
		p.l.remark(p.place.File.At(p.text.Offset+p.starts[at], "rule-number-fact", itoa(value), same))
	}
	return Test{Kind: NumberTest, Input: in, Value: int(value), Below: operator == "<"}
}

// count reads a whole number, or a fact of a kind; only a plain number may be written out.
func (p *parser) count(kind string) int32 {
	id, isFact := strings.CutPrefix(p.peek(), "fact:")
	if !isFact {
		n, err := strconv.ParseInt(p.peek(), 10, 31)
		switch {
		case err != nil && plainDigits.MatchString(p.peek()):
			n = table.HighestNumber + 1 // more than any number may be
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

// fact reads a fact of a kind.
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

// firstHeld is the test of a law that all of the first alternative is held, supplements apart.
const FirstHeld = "first_held"

const resultTestNames = "tell bring alone first also not_alone start"

var resultTests = strings.Fields(resultTestNames)

func (p *parser) resultTest(group, member string) Test {
	known := p.l.set.Documents
	if group == "tell" || group == "start" {
		known = p.l.set.Notes
	}
	value := WordNamed(known, member)
	if known == nil {
		p.lost()
	}
	if value == nil {
		p.fail("rule-unknown-value", member, group, suggest(member, IDs(known)))
		return Test{}
	}
	p.next++
	return Test{Kind: ResultTest, Result: group, Value: value.Index}
}
