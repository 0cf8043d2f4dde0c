package interview

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/civil"
	"sitegen/internal/table"
	"sitegen/internal/testcontent"
)

// For each of the days, every path through the pages ends where the rules lead, and there are at least 400 paths. From 1 August
// 2026 on, there are at most 40 pages.
func TestPages(t *testing.T) {
	i := realInterview(t)
	for _, day := range []civil.Date{civil.Of(2024, 11, 20), civil.Of(2025, 12, 1), civil.Of(2025, 12, 2), civil.Of(2026, 7, 31), civil.Of(2026, 8, 1), today, civil.Of(2028, 2, 29), civil.Of(2035, 12, 31)} {
		p := i.Pages(int32(day))
		faults, paths := i.Replay(p)
		for _, f := range faults {
			t.Errorf("%s: %+v", day, f)
		}
		if day >= civil.Of(2026, 8, 1) && len(p.Pages) > 40 || paths < 400 {
			t.Errorf("%s: %d pages, %d paths", day, len(p.Pages), paths)
		}
		t.Logf("%s: %d pages, %d paths", day, len(p.Pages), paths)
	}
}

// A condition has as few answers as possible: one answer if that distinguishes the people, and no neutral line if other answers suffice.
func TestDistinguish(t *testing.T) {
	a, b, c, d, secret := Answer{Value: 1}, Answer{Value: 2}, Answer{Input: 1, Value: 1}, Answer{Input: 1, Value: 2}, Answer{Kind: Neutral}
	for name, test := range map[string]struct {
		told, others [][]Answer
		want         []Condition
	}{
		"one answer":         {[][]Answer{{a, c}, {a, d}}, [][]Answer{{b, c}}, []Condition{{a}}},
		"either of two":      {[][]Answer{{a, c}, {b, c}}, [][]Answer{{c}, {d}}, []Condition{{a}, {b}}},
		"two together":       {[][]Answer{{a, c}}, [][]Answer{{a, d}, {b, c}}, []Condition{{a, c}}},
		"only the secret":    {[][]Answer{{secret, a}, {secret, b}}, [][]Answer{{a}, {b}}, []Condition{{secret}}},
		"also the secret":    {[][]Answer{{secret, a}, {b}}, [][]Answer{{a}, {secret, c}}, []Condition{{b}, {secret, a}}},
		"not needed":         {[][]Answer{{secret, a}, {a}}, [][]Answer{{secret, b}}, []Condition{{a}}},
		"nothing to tell by": {[][]Answer{{a}}, [][]Answer{{secret, a}}, nil},
	} {
		if got := distinguish(test.told, test.others); fmt.Sprint(got) != fmt.Sprint(test.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// If a note is for everybody except people with secret values, no page tells it to these people. If necessary, they get conclusions of
// their own.
func TestPagesApart(t *testing.T) {
	usual := realInterview(t).Pages(int32(today))
	const file, row = "rules/add.yaml", "when: [may_leave_municipal, insured_care]"
	for name, test := range map[string]struct {
		edit  func(rows string) string
		pages int // the minimum number of additional pages
	}{
		"after questions": {func(rows string) string { return strings.Replace(rows, row, row[:len(row)-1]+", not needs.dv]", 1) }, 1},
		"circumstance": {func(rows string) string {
			return rows + "\n- {id: not_for_all, when: [outcome = disaster, not needs.dv], tell: [look_whose_name], sources: [sk]}\n"
		}, 0},
	} {
		content := testcontent.Real(t)
		rows := string(content[file].Data)
		if test.edit(rows) == rows {
			t.Fatal(name, ": nothing is edited")
		}
		content[file] = &fstest.MapFile{Data: []byte(test.edit(rows))}
		apart := interviewOf(t, content)
		p := apart.Pages(int32(today))
		if faults, _ := apart.Replay(p); len(faults) > 0 || len(p.Pages) < len(usual.Pages)+test.pages {
			t.Errorf("%s: %d pages, %d usually, %v", name, len(p.Pages), len(usual.Pages), faults)
		}
	}
}

// The pages ask for the documents held and for the inputs in NoScript.Ask, and for nothing else. No page lists an answer twice.
func TestPagesAsk(t *testing.T) {
	i := realInterview(t)
	p := i.Pages(int32(today))
	asked := map[string]bool{}
	for _, page := range p.Pages {
		page.each(func(question *Page) {
			if question.Kind != Asks {
				return
			}
			asked[i.Program.Names.Inputs[question.Input].ID] = true
			seen := map[Answer]bool{}
			for _, link := range question.Links {
				for _, answer := range link.Answers {
					if seen[answer] {
						t.Error("twice on a page: ", i.path([]Answer{answer}))
					}
					seen[answer] = true
				}
			}
		})
	}
	for _, id := range append([]string{"have"}, i.look.NoScript.Ask...) {
		if !asked[id] {
			t.Error(id, " is not asked")
		}
		delete(asked, id)
	}
	for id := range asked {
		t.Error(id, " is asked")
	}
}

// each calls f for a page and for the questions that are put on it.
func (p *Page) each(f func(*Page)) {
	f(p)
	for _, link := range p.Links {
		if link.Then != nil {
			link.Then.each(f)
		}
	}
}

// The neutral line for secret values leads to pages that do not offer the card.
func TestSecretPages(t *testing.T) {
	i := realInterview(t)
	p := i.Pages(int32(today))
	card := 1 << slices.Index(i.Program.Names.Documents, "my_number_card")
	seen := map[int]bool{}
	var follow func(number int)
	follow = func(number int) {
		if seen[number] {
			return
		}
		seen[number] = true
		page := &p.Pages[number]
		if page.Kind == LeavesOut && page.Always == nil {
			t.Error("the page for most people is linked: ", number)
		}
		if o := page.Outcome; o != nil && slices.ContainsFunc(o.Bring, func(set int32) bool { return set&int32(card) != 0 }) {
			t.Error("the card is offered on page ", number)
		}
		page.each(func(question *Page) {
			for _, link := range question.Links {
				if link.Then == nil {
					follow(link.To)
				}
			}
		})
	}
	follow(p.Secret)
	if len(seen) < 5 || !seen[p.SecretLeftOut] {
		t.Error("only pages ", seen)
	}
	always := p.Pages[p.SecretLeftOut].Always
	if always.Away != int32(card) {
		t.Error("not to bring: ", i.documents(always.Away))
	}
	use, notices := slices.Index(i.Program.Names.Notes, "dv_use_cert"), slices.Index(i.Program.Names.Notes, "dv_medical_notices")
	change := i.input("change")
	for value, id := range i.Program.Names.Inputs[change].Values {
		want := []int{use, notices}
		if id == "welfare_started" { // no health insurer issues a certificate or sends notices
			want = nil
		}
		if got := always.at([]Answer{{Input: change, Value: value}}); !slices.Equal(got, slices.Sorted(slices.Values(want))) {
			t.Errorf("%s: %s", id, i.saidAlways(0, got))
		}
	}
}

// Outcome.Unless has no answer to a choice if every path to the page already answers that choice.
func TestPagesUnless(t *testing.T) {
	i := realInterview(t)
	p := i.Pages(int32(today))
	open, named := map[*Outcome]map[int]bool{}, map[int]bool{}
	i.walk(p, func(page *Page, raw []int32, _ []Answer) {
		if page.Kind != Concludes {
			return
		}
		if open[page.Outcome] == nil {
			open[page.Outcome] = map[int]bool{}
		}
		for input := range i.Program.Inputs {
			if i.Program.Inputs[input].Kind == table.Several || raw[i.Program.Slot(input)] == table.Missing {
				open[page.Outcome][input] = true
			}
		}
	})
	for number, page := range p.Pages {
		for o := page.Outcome; o != nil; o = nil {
			for _, a := range o.Unless {
				if named[a.Input] = true; !open[o][a.Input] {
					t.Errorf("page %d: %s", number, i.path([]Answer{a}))
				}
			}
		}
	}
	if place := i.input("place"); !named[place] {
		t.Error("no page names a place")
	}
}

// Replay reports three kinds of fault, each with the path: a page that differs from the rules, a link that leads to the wrong page, and
// a page that does not name an answer with which its result would differ.
func TestReplayTells(t *testing.T) {
	i := realInterview(t)
	conclusion := func(p *Pages, level table.Level) *Outcome {
		k := slices.IndexFunc(p.Pages, func(page Page) bool {
			return page.Outcome != nil && page.Outcome.Enough == level && len(page.Outcome.Bring) > 0 && len(page.Outcome.Tell) > 1
		})
		return p.Pages[k].Outcome
	}
	conditional := func(p *Pages) *Outcome {
		k := slices.IndexFunc(p.Pages, func(page Page) bool { return page.Outcome != nil && len(page.Outcome.Some) > 0 })
		return p.Pages[k].Outcome
	}
	for name, spoil := range map[string]func(p *Pages){
		"outcome":       func(p *Pages) { conclusion(p, table.No).Outcome = 0 },
		"enough":        func(p *Pages) { conclusion(p, table.Unsure).Enough = table.Yes },
		"bring":         func(p *Pages) { conclusion(p, table.Yes).Bring = []int32{1 << 20} },
		"note":          func(p *Pages) { o := conclusion(p, table.No); o.Tell = append(slices.Clone(o.Tell), 0, 1, 2, 3) },
		"note left out": func(p *Pages) { o := conclusion(p, table.No); o.Tell = o.Tell[1:] },
		"note for some left out": func(p *Pages) {
			some := &conditional(p).Some[0]
			some.Tell, some.Also, some.NotAlone = nil, 0, 0
		},
		"condition left out": func(p *Pages) { some := &conditional(p).Some[0]; some.If = some.If[1:] },
		"condition too wide": func(p *Pages) { conditional(p).Some[0].If[0] = Condition{} },
		"remedy": func(p *Pages) {
			o := conclusion(p, table.No)
			o.Remedies = append(slices.Clone(o.Remedies), table.Remedied{Output: table.Output{Enough: table.Yes}})
		},
		"remedy left out": func(p *Pages) {
			k := slices.IndexFunc(p.Pages, func(page Page) bool { return page.Outcome != nil && len(page.Outcome.Remedies) > 0 })
			p.Pages[k].Outcome.Remedies = nil
		},
		"left out, with the card": func(p *Pages) { p.Pages[p.SecretLeftOut].Always.Away = 0 },
		"left out, without the notes": func(p *Pages) {
			always := p.Pages[p.SecretLeftOut].Always
			always.Tell, always.Some = nil, nil
		},
		"left out with the others": func(p *Pages) {
			for _, k := range []int{p.Secret, p.Secret + 1} {
				p.Pages[k].eachLink(func(link *Link) {
					if link.To == p.SecretLeftOut {
						link.To = p.LeftOut
					}
				})
			}
		},
		"unsaid": func(p *Pages) { conclusion(p, table.Yes).Unless = nil },
		"link": func(p *Pages) {
			p.Pages[3].Links[0], p.Pages[3].Links[1] = p.Pages[3].Links[1], p.Pages[3].Links[0]
			swap(&p.Pages[3])
		},
	} {
		p := i.Pages(int32(today))
		spoil(p)
		faults, _ := i.Replay(p)
		if len(faults) == 0 || len(faults) > mostFaults {
			t.Errorf("%s: %d faults", name, len(faults))
			continue
		}
		f := faults[0]
		if f.Path == "" || (f.Unsaid != "") != (name == "unsaid") || f.Unsaid == "" && f.Page == f.Rules {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

// swap exchanges the targets of the first two links of a page.
func swap(p *Page) {
	a, b := &p.Links[0], &p.Links[1]
	a.To, b.To, a.Then, b.Then = b.To, a.To, b.Then, a.Then
}

// A conclusion says of nothing that it is for everybody except people with certain answers: whoever skims the page finds their own answer
// above what is not for them. This matters most for the neutral line. So only the page for what others leave out, to which all readers
// come by that line, has such entries, and none of them names it.
func TestNobodyExcepted(t *testing.T) {
	i := interviewOf(t, testcontent.Real(t))
	p := i.Pages(int32(today))
	some := 0
	for number, page := range p.Pages {
		if page.Outcome == nil {
			continue
		}
		for _, one := range page.Outcome.Some {
			if some++; one.Except {
				t.Errorf("page %d excepts %s", number, i.path(slices.Concat(one.If...)))
			}
		}
	}
	for _, one := range p.Pages[p.SecretLeftOut].Always.Some {
		if slices.ContainsFunc(slices.Concat(one.If...), func(a Answer) bool { return a.Kind == Neutral }) {
			t.Errorf("the page for what others leave out names the neutral line: %s", i.path(slices.Concat(one.If...)))
		}
	}
	if some == 0 {
		t.Error("no conclusion tells anything to only some people")
	}
}

// If page.yaml sets no limits for pages without script, they offer and ask everything.
func TestPagesOfAnotherSubject(t *testing.T) {
	i := interviewOf(t, testcontent.Permit(t))
	p := i.Pages(int32(today))
	faults, paths := i.Replay(p)
	if len(faults) > 0 || paths < 20 || len(p.Pages) > 40 {
		t.Error(len(p.Pages), paths, faults)
	}
	if p.Secret < 0 {
		t.Error("no way for who lives in a shelter")
	}
}
