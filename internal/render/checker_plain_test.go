package render

import (
	"os"
	"slices"
	"testing"

	"sitegen/internal/civil"
	"sitegen/internal/rules"
	"sitegen/internal/site"
)

// Every way through the page without script ends where the rules decide, with what they offer.
func TestPlainPageAgreesWithTheRules(t *testing.T) {
	content := os.DirFS("../../content")
	s, _, err := site.Load(content, "content", civil.Of(2026, 11, 22))
	if err != nil || s.Checker == nil {
		t.Fatal("no checker", err)
	}
	facts, err := rules.ReadFacts(content)
	if err != nil {
		t.Fatal(err)
	}
	set, _, err := rules.Load(content, "content", facts)
	if err != nil || set == nil {
		t.Fatal("no rules", err)
	}
	p := set.Program
	walk := walkPlain(s, p, func(id string) int { return indexOfInput(p, id) }, nil)
	w := &plainWalker{p: p, have: indexOfInput(p, "have"), needs: indexOfInput(p, "needs")}
	seen, paths := map[string]bool{}, 0
	var follow func(link plainLink, raw []int32)
	follow = func(link plainLink, raw []int32) {
		if link.result {
			paths++
			// What was not asked may still matter to the page; the rules must agree whatever its default is.
			out, want := p.Run(raw), walk.results[link.number]
			if out.Outcome != want.outcome || !slices.Equal(out.Bring, want.bring) {
				t.Fatalf("%v: the page says %s %v, the rules %s %v", set.Answers(raw), p.Names.Outcomes[want.outcome], want.bring, p.Names.Outcomes[out.Outcome], out.Bring)
			}
			return
		}
		// The way behind a section depends on nothing but what the rules can still tell apart.
		key := link.id() + p.Rest(raw, nil)
		if seen[key] {
			return
		}
		seen[key] = true
		section := walk.sections[link.number]
		for _, o := range section.options {
			follow(o.to, w.answer(raw, section.ask, o))
		}
	}
	raw := p.Unanswered()
	raw[p.Visit] = int32(s.Today)
	follow(walk.first, raw)
	dv := indexOf(p.Names.Inputs[w.needs].Values, "dv")
	cert := indexOf(p.Names.Documents, "eligibility_certificate")
	follow(walk.secret, w.with(w.with(raw, w.needs, w.mask(w.needs, dv)...), w.have, w.mask(w.have, cert)...))
	t.Logf("%d sections, %d results, %d ways", len(walk.sections), len(walk.results), paths)
	if paths < 500 || len(walk.results) < 20 {
		t.Errorf("only %d ways to %d results", paths, len(walk.results))
	}
}

// answer puts the answer of an option where the page means it.
func (w *plainWalker) answer(raw []int32, ask plainAsk, o plainOption) []int32 {
	switch {
	case w.p.Inputs[o.of].Kind != rules.Several && o.region == 0 || o.region > 0 && ask.input == o.of:
		return w.with(raw, o.of, o.raw)
	case o.region > 0: // whether the card has expired
		day := raw[w.p.Visit] - 1
		if o.region == 2 {
			day = min(w.p.Inputs[ask.input].Hi, raw[w.p.Visit]+3660)
		}
		return w.with(raw, ask.input, day)
	case o.value < 0 && o.of == w.needs || o.value < 0 && ask.more:
		return raw
	case o.value < 0:
		return w.with(raw, o.of, w.mask(o.of)...)
	}
	mask := w.mask(o.of, o.value)
	if ask.more {
		for i := range mask {
			mask[i] |= raw[w.slot(o.of)+i]
		}
	}
	return w.with(raw, o.of, mask...)
}
