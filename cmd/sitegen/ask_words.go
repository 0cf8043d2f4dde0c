package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"sitegen/internal/build"
	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/site"
)

// wording is how the checker speaks in one language of the site.
type wording struct {
	language *site.Language
	checker  *site.Checker
	sources  map[string]*site.Source
}

// loadWording loads the words of the language to answer in.
func (c *console) loadWording(o *options, source build.Source) (*wording, int) {
	loaded, found, err := site.Load(source.Content, source.ContentName, source.Today)
	if err := errors.Join(c.print(o, found), err); err != nil {
		return nil, c.fail(err)
	}
	if diag.HasErrors(found) {
		return nil, exitContent
	}
	for _, insurer := range loaded.Insurers {
		if insurer.Profile.ID == o.profile {
			loaded = insurer
		}
	}
	wanted := o.lang
	if wanted == "" {
		wanted = c.language
	}
	var known []string
	w := &wording{checker: loaded.Checker, sources: map[string]*site.Source{}}
	for _, language := range loaded.Languages {
		known = append(known, language.ID)
		if language.ID == wanted || w.language == nil && o.lang == "" {
			w.language = language
		}
	}
	if w.language == nil || loaded.Checker == nil {
		return nil, c.misuse(phrase{"このサイトにない言語です: %s", "the site has no language %s"}, wanted, strings.Join(known, ", "))
	}
	for _, s := range loaded.Sources {
		w.sources[s.ID] = s
	}
	return w, exitFine
}

// page is a sentence of the checker's page.
func (w *wording) page(key string, slots ...string) string {
	phrase := w.language.Checker.Page[key]
	for i := 0; i+1 < len(slots); i += 2 {
		phrase = phrase.With(slots[i], site.Words(slots[i+1]))
	}
	return phrase.Plain
}

func (w *wording) documents(ids []string, between string) string {
	var names []string
	for _, id := range ids {
		names = append(names, w.language.Checker.Documents[id].Name.Plain)
	}
	return strings.Join(names, between)
}

// write writes an answer for people, in the order of the checker's page.
func (w *wording) write(out io.Writer, set *rules.Set, raw []int32, r rules.Result) {
	words := w.language.Checker
	answers := set.Answers(raw)
	visit, _ := answers["visit_date"].(string)
	fmt.Fprintf(out, "%s: %s\n\n%s\n%s\n", words.Questions["visit_date"].Short.Plain, w.day(visit), words.Outcomes[r.Outcome].Title.Plain, words.Outcomes[r.Outcome].Text.Plain)
	w.writeBring(out, r, answers)
	section := func(key string, lines []string) {
		if len(lines) > 0 {
			fmt.Fprintf(out, "\n%s\n  %s\n", w.page(key), strings.Join(lines, "\n  "))
		}
	}
	list := func(ids []string) (lines []string) {
		for _, id := range ids {
			lines = append(lines, words.Documents[id].Name.Plain)
		}
		return lines
	}
	section("also", list(r.Also))
	section("not_alone", list(r.NotAlone))
	var notes, steps, why, sources []string
	for _, id := range r.Tell {
		if slices.Contains(w.checker.Steps, id) {
			steps = append(steps, words.Notes[id].Plain)
		} else {
			notes = append(notes, words.Notes[id].Plain)
		}
	}
	section("say", []string{words.Outcomes[r.Outcome].Say.Plain})
	section("next_steps", steps)
	section("tell", notes)
	until := w.page("until_none")
	if r.Until != nil {
		until = w.page("until", "date", w.day(*r.Until))
	}
	fmt.Fprintf(out, "\n%s\n", until)
	if explained, bad := set.Why(raw); bad == nil {
		for _, reason := range explained.Reasons {
			text := words.Conditions[reason.ID].Holds.Plain
			if !reason.Holds {
				text = words.Conditions[reason.ID].Not.Plain
			}
			if text != "" {
				why = append(why, text)
			}
		}
		for _, id := range explained.Sources {
			if source := w.sources[id]; source != nil {
				sources = append(sources, source.Label(w.language).Plain)
			}
		}
	}
	section("why", why)
	section("sources", sources)
}

func (w *wording) writeBring(out io.Writer, r rules.Result, answers rules.Answers) {
	fmt.Fprintf(out, "\n%s\n", w.page("bring"))
	if len(r.Bring) == 0 {
		fmt.Fprintf(out, "  %s\n", w.page("nothing_known"))
	}
	held, _ := answers["have"].([]string)
	if answers["card"] == "owned" {
		held = append(held, "my_number_card")
	}
	for i, set := range r.Bring {
		line := "  "
		if i > 0 {
			line = "  " + w.page("or") + " "
		}
		if len(set) == 0 {
			fmt.Fprintf(out, "%s%s\n", line, w.page("nothing_needed"))
			continue
		}
		line += w.documents(set, " + ")
		switch {
		case slices.Contains(set, "eligibility_certificate_new"):
			line += " — " + w.page("must_apply")
		case slices.Contains(set, "eligibility_certificate") && !slices.Contains(held, "eligibility_certificate"):
			line += " — " + w.page("at_home")
		}
		fmt.Fprintln(out, line)
	}
}

// day writes a day in the language.
func (w *wording) day(text string) string {
	day, err := civil.Parse(text)
	if err != nil {
		return text
	}
	return w.language.DateBoth(day).Plain
}
