package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"

	"sitegen/internal/build"
	"sitegen/internal/diag"
)

// phrase is a sentence that the command prints, in each language. Both are formats of package fmt for the same arguments.
type phrase struct{ ja, en string }

// words formats a phrase in the language of messages. It puts each string argument on one line (see [diag.OneLine]).
func (c *console) words(p phrase, args ...any) string {
	args = slices.Clone(args)
	for i, arg := range args {
		if text, ok := arg.(string); ok {
			args[i] = diag.OneLine(text)
		}
	}
	return fmt.Sprintf(p.in(c.language), args...)
}

// in returns the sentence in a language.
func (p phrase) in(language string) string {
	if language == "ja" {
		return p.ja
	}
	return p.en
}

// say writes a phrase and a newline.
func (c *console) say(w io.Writer, p phrase, args ...any) {
	fmt.Fprintln(w, c.words(p, args...))
}

// misuse prints what is wrong with the command line, followed by the hints, and returns exitUsage. arg is the argument of p.
func (c *console) misuse(p phrase, arg any, hints ...string) int {
	fmt.Fprintf(c.err, "sitegen: %s\n", c.words(p, arg))
	for _, hint := range hints {
		fmt.Fprintf(c.err, "  %s\n", hint)
	}
	c.say(c.err, phrase{"  使い方: sitegen help", "  to see how it is used: sitegen help"})
	return exitUsage
}

// counts returns words that say how many languages, questions, insurers, pages and drafts a site has.
func (c *console) counts(s build.Summary) string {
	insurers, drafts := "", ""
	if c.language == "ja" {
		if s.Insurers > 0 {
			insurers = fmt.Sprintf("%d保険者 ", s.Insurers)
		}
		if s.Drafts > 0 {
			drafts = fmt.Sprintf("（ほかに下書き%d問。プレビューで確かめます）", s.Drafts)
		}
		return fmt.Sprintf("%d言語 %d問 %s%dページ%s", s.Languages, s.Questions, insurers, s.Pages, drafts)
	}
	if s.Insurers > 0 {
		insurers = ", " + plural(s.Insurers, "insurer")
	}
	if s.Drafts > 0 {
		drafts = " (and " + plural(s.Drafts, "draft") + ", to be checked in the preview)"
	}
	return plural(s.Languages, "language") + ", " + plural(s.Questions, "question") + insurers + ", " + plural(s.Pages, "page") + drafts
}

func plural(n int, word string) string {
	if n != 1 {
		word += "s"
	}
	return strconv.Itoa(n) + " " + word
}
