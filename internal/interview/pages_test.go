package interview

import (
	"os"
	"strings"
	"testing"
	"time"

	"sitegen/internal/civil"
	"sitegen/internal/rules"
	"sitegen/internal/site"
)

func load(t *testing.T, folder string) (*Interview, *site.Site) {
	t.Helper()
	content := os.DirFS(folder)
	s, found, err := site.Load(content, "content", civil.Of(2026, 11, 22))
	if err != nil || s.Checker == nil {
		t.Fatal("no checker", err, found)
	}
	facts, err := rules.ReadFacts(content)
	if err != nil {
		t.Fatal(err)
	}
	set, found, err := rules.Load(content, "content", facts)
	if err != nil || set == nil {
		for _, d := range found {
			t.Log(d.File, d.Line, d.Code, d.Args)
		}
		t.Fatal("no rules", err)
	}
	return New(set.Program, s), s
}

func TestProto(t *testing.T) {
	dir := os.Getenv("CONTENT")
	if dir == "" {
		dir = "../../content"
	}
	i, s := load(t, dir)
	if a := os.Getenv("ASK"); a != "" {
		i.look.NoScript.Ask = strings.Fields(a)
	}
	if a := os.Getenv("LEAVE"); a != "" {
		i.look.NoScript.LeaveOut = map[string][]string{"change": strings.Fields(a)}
	}
	n := i.Program.Names
	start := time.Now()
	p := i.Pages(int32(s.Today))
	t.Log(time.Since(start), len(p.Pages), p.Secret, p.LeftOut)
	kinds := map[PageKind]int{}
	for k, page := range p.Pages {
		kinds[page.Kind]++
		if page.Outcome != nil {
			o := page.Outcome
			t.Log(k, n.Outcomes[o.Outcome], o.Enough, i.said(rules.Output{Bring: o.Bring}), o.Wording, o.Marks, len(o.Tell), len(o.Unless))
			continue
		}
		t.Log(k, page.Kind, n.Inputs[page.Input].ID)
		for _, l := range page.Links {
			for _, a := range l.Answers {
				v := ""
				if a.Kind == OneValue || a.Kind == WithMore {
					v = n.Inputs[a.Input].Values[a.Value]
				}
				t.Log("      ", a.Kind, v, a.From, a.Until, a.Group, "->", l.To)
				if l.Then != nil {
					t.Log("             ", n.Inputs[l.Then.Input].ID, l.Then.Links)
				}
			}
		}
	}
	t.Log(kinds)
	start = time.Now()
	faults, paths := i.Replay(p)
	t.Log(time.Since(start), "paths", paths)
	for _, f := range faults {
		t.Errorf("%+v", f)
	}
}

func TestDays(t *testing.T) {
	i, _ := load(t, "../../content")
	for _, day := range []civil.Date{civil.Of(2024, 11, 20), civil.Of(2025, 7, 31), civil.Of(2025, 12, 1), civil.Of(2025, 12, 2), civil.Of(2026, 7, 31), civil.Of(2026, 8, 1), civil.Of(2026, 11, 28), civil.Of(2027, 3, 1), civil.Of(2028, 2, 29), civil.Of(2030, 12, 2), civil.Of(2035, 1, 1)} {
		start := time.Now()
		p := i.Pages(int32(day))
		took := time.Since(start)
		faults, paths := i.Replay(p)
		t.Log(day, len(p.Pages), took, paths, time.Since(start)-took, len(faults))
	}
}
