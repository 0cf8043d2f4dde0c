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

// A literal is one test, or its opposite, as an editor writes it:
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
type literal struct {
	text  string
	place place
	not   bool
	test  test
}

type testKind uint8

const (
	testCondition testKind = iota
	testMember             // value of a set
	testChoice             // values of a choice
	testSpecial            // special value of a date or number
	testNumber             // number at least
	testDate               // date comparison
	testOutcome
	testEnough
	testResult // of laws: something about the result
)

type test struct {
	kind      testKind
	condition *condition
	input     *input
	mask      int32 // of choice values or outcomes
	value     int   // member, special, number, or document or note of a result test
	below     bool  // of numbers: less than
	left      *dateTerm
	right     *dateTerm
	strict    bool // of dates: before, not "not after"
	result    string
}

// dateTerm is a day as written.
type dateTerm struct {
	op    table.TermOp
	input *input
	day   int32
	n     int32
	a, b  *dateTerm
}

var token = regexp.MustCompile(`fact:[a-z0-9_]+|[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)?|\d{4}-\d\d-\d\d|\d+|<=|>=|[<>=(),]`)

// parser reads one literal.
type parser struct {
	l      *loader
	text   strictyaml.Text
	place  place
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

func (l *loader) literals(f *diag.File, texts []strictyaml.Text, s stage) []literal {
	list := make([]literal, 0, len(texts))
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

func (l *loader) literal(f *diag.File, text strictyaml.Text, s stage) (literal, bool) {
	p := &parser{l: l, text: text, place: place{f, text.Offset}, stage: s}
	if text.Value == "" { // told already
		p.lost()
		return literal{}, false
	}
	if at, wrong, instead := otherNotation(text.Value); instead != "" {
		l.report(f.At(text.Offset+at, "rule-write-so", wrong, instead))
		return literal{}, false
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
		return literal{}, false
	}
	lit := literal{text: text.Value, place: p.place}
	if p.peek() == "not" {
		p.next++
		lit.not = true
	}
	lit.test = p.test()
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
	p.l.report(p.place.file.At(offset, code, args...))
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

func (p *parser) test() test {
	name := p.peek()
	group, member, dotted := strings.Cut(name, ".")
	switch {
	case name == "":
		p.fail("rule-ends", p.text.Value)
		return test{}
	case dotted && p.stage == aboutResult && slices.Contains(resultTests, group):
		return p.resultTest(group, member)
	case dotted:
		return p.member(group, member)
	case name == "outcome":
		return p.outcome()
	case name == "enough":
		return p.enough()
	case name == firstHeld && p.stage == aboutResult:
		p.next++
		return test{kind: testResult, result: firstHeld}
	case strings.HasPrefix(name, "fact:") || p.tokensAhead("("):
		return p.dates()
	}
	in := p.l.inputNamed(name)
	switch {
	case in == nil:
		return p.named(name)
	case in.lost:
		p.lost()
		return test{}
	case p.tokensAhead("is"):
		return p.special(in)
	case in.kind == table.Choice:
		return p.choice(in)
	case in.kind == table.Number:
		return p.number(in)
	case in.kind == table.Date:
		return p.dates()
	}
	example := in.values[0].id
	if p.next+2 < len(p.tokens) && wordNamed(in.values, p.tokens[p.next+2]) != nil {
		example = p.tokens[p.next+2]
	}
	p.fail("rule-set-value", name, example)
	return test{}
}

func (p *parser) tokensAhead(token string) bool {
	return p.next+1 < len(p.tokens) && p.tokens[p.next+1] == token
}

func (p *parser) named(name string) test {
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
	return test{kind: testCondition, condition: c}
}

func (p *parser) member(group, member string) test {
	in := p.l.inputNamed(group)
	switch {
	case in != nil && in.lost:
		p.lost()
		return test{}
	case in != nil && in.kind == table.Choice:
		p.fail("rule-write-so", p.peek(), group+" = "+member)
		return test{}
	case in != nil && in.kind != table.Several && wordNamed(in.specials, member) != nil:
		p.fail("rule-write-so", p.peek(), group+" is "+member)
		return test{}
	case in == nil || in.kind != table.Several:
		p.unknown("rule-unknown-set", group, suggest(group, p.l.inputIDs(table.Several)))
		return test{}
	}
	value := wordNamed(in.values, member)
	if value == nil {
		p.fail("rule-unknown-value", member, group, suggest(member, ids(in.values)))
		return test{}
	}
	p.next++
	return test{kind: testMember, input: in, value: value.index}
}

// choices reads "= a or b or c" as a mask.
func (p *parser) choices(name string, known []*word) int32 {
	p.next++
	p.expect("=")
	mask := int32(0)
	if known == nil {
		p.lost()
	}
	for !p.failed {
		value := wordNamed(known, p.peek())
		if p.peek() == "" {
			p.fail("rule-ends", p.text.Value)
			break
		}
		if value == nil {
			p.fail("rule-unknown-value", p.peek(), name, suggest(p.peek(), ids(known)))
			break
		}
		p.next++
		mask |= 1 << value.index
		if p.peek() != "or" {
			break
		}
		p.next++
	}
	return mask
}

func (p *parser) choice(in *input) test {
	return test{kind: testChoice, input: in, mask: p.choices(in.id, in.values)}
}

func (p *parser) outcome() test {
	if p.stage == beforeDecision {
		p.fail("rule-outcome-early", "outcome")
	}
	return test{kind: testOutcome, mask: p.choices("outcome", p.l.set.outcomes)}
}

// levelWords are the levels of the table of Enough, by number.
var levelWords = []*word{
	{id: schema.Levels.Words[table.No], words: Words{"足りない", "not enough"}, index: int(table.No)},
	{id: schema.Levels.Words[table.Unsure], words: Words{"足りないかもしれない", "perhaps enough"}, index: int(table.Unsure)},
	{id: schema.Levels.Words[table.Yes], words: Words{"足りる", "enough"}, index: int(table.Yes)},
}

func (p *parser) enough() test {
	switch {
	case p.stage < afterEnough:
		p.fail("rule-enough-early", "enough")
	case !p.l.withEnough:
		p.fail("rule-no-enough", "enough", enoughFile)
	}
	return test{kind: testEnough, mask: p.choices("enough", levelWords)}
}

func (p *parser) special(in *input) test {
	p.next += 2
	if in.kind == table.Choice && wordNamed(in.values, p.peek()) != nil {
		p.next -= 2
		p.fail("rule-write-so", in.id+" is "+p.tokens[p.next+2], in.id+" = "+p.tokens[p.next+2])
		return test{}
	}
	value := wordNamed(in.specials, p.peek())
	if p.peek() == "" {
		p.fail("rule-ends", p.text.Value)
	}
	if value == nil {
		p.fail("rule-unknown-value", p.peek(), in.id, suggest(p.peek(), ids(in.specials)))
		return test{}
	}
	p.next++
	return test{kind: testSpecial, input: in, value: value.index}
}

func (p *parser) number(in *input) test {
	p.next++
	operator := p.take()
	if operator != ">=" && operator != "<" {
		p.next--
		p.fail("rule-number-sign", p.text.Value)
		return test{}
	}
	at := p.next
	value := p.count("number")
	if p.failed {
		return test{}
	}
	if value < table.LowestNumber || value > table.HighestNumber {
		p.next = at
		p.fail("rule-number-range", table.LowestNumber, table.HighestNumber)
	} else if same := p.l.set.facts.equalTo(value, in.id); same != "" && !strings.HasPrefix(p.tokens[at], "fact:") {
		p.l.remark(p.place.file.At(p.text.Offset+p.starts[at], "rule-number-fact", itoa(value), same))
	}
	return test{kind: testNumber, input: in, value: int(value), below: operator == "<"}
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
	value, ok, code, args := p.l.fact(p.place.file, id, kind)
	if code != "" {
		p.fail(code, args...)
	} else if !ok {
		p.lost()
	}
	p.next++
	return value
}

// firstHeld is the test of a law that all of the first alternative is held, supplements apart.
const firstHeld = "first_held"

const resultTestNames = "tell bring alone first also not_alone start"

var resultTests = strings.Fields(resultTestNames)

func (p *parser) resultTest(group, member string) test {
	known := p.l.set.documents
	if group == "tell" || group == "start" {
		known = p.l.set.notes
	}
	value := wordNamed(known, member)
	if known == nil {
		p.lost()
	}
	if value == nil {
		p.fail("rule-unknown-value", member, group, suggest(member, ids(known)))
		return test{}
	}
	p.next++
	return test{kind: testResult, result: group, value: value.index}
}
