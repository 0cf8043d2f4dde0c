package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sitegen/internal/build"
	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/parity"
	"sitegen/internal/site"
)

// mostListed is the maximum number of units that the program prints in one list: of new records, or of units of a page with the same
// state.
const mostListed = 20

// runTranslateAccept records that translations match the present source text.
func runTranslateAccept(c *console, o *options) int { return c.recordTranslations(o, civil.Unset) }

// runTranslateWaive records that translations may stay stale until the day of --until.
func runTranslateWaive(c *console, o *options) int {
	if o.until == civil.Unset {
		return c.misuse(phrase{"いつまで古いままでよいかを書いてください: %s", "say how long the translation may wait: %s"}, "--until YYYY-MM-DD")
	}
	if longest := o.today() + parity.LongestWaiver; o.until > longest {
		return c.misuse(phrase{"訳が古いままでよいのは、長くて1年、%s までです", "a translation may wait for a year at most, until %s"}, longest.String())
	}
	return c.recordTranslations(o, o.until)
}

func (c *console) recordTranslations(o *options, until civil.Date) int {
	if len(o.args) == 0 {
		return c.misuse(phrase{"訳のファイルか、フォルダーを書いてください。例: %s", "name a file of a translation, or a folder, such as %s"}, "content/faq")
	}
	source, closeSource, code := c.open(o)
	if code != exitFine {
		return code
	}
	defer closeSource()
	var places []string
	for _, arg := range o.args {
		place, ok := inContent(o.content, arg)
		if !ok {
			return c.misuse(phrase{"原稿のフォルダーの中に、このファイルはありません: %s", "the folder of the content has no %s"}, arg, o.content)
		}
		places = append(places, place)
	}
	recorded, found, known, err := build.AcceptTranslations(source.Content, source.ContentName, source.Today, places, until)
	if err := errors.Join(c.print(o, found), err); err != nil {
		return c.fail(err)
	}
	if recorded == nil {
		c.say(c.err, phrase{"間違いのある訳は記録しません。直してから、もう一度実行してください", "Translations with mistakes are not recorded. Correct them, and run it again"})
		return exitContent
	}
	if !known {
		return c.misuse(phrase{"訳がありません: %s", "there is no translation in %s"}, strings.Join(o.args, " "))
	}
	if err := os.MkdirAll(filepath.Join(o.content, parity.RecordFolder), 0o777); err != nil {
		return c.fail(err)
	}
	if err := recorded.Write(o.content); err != nil {
		return c.fail(err)
	}
	c.listRecorded(recorded)
	return exitFine
}

// inContent returns a file's path relative to the content folder, with slashes. arg is relative to the current folder or, if no such
// file exists there, to the content folder. inContent returns false if the file does not exist, or is outside the content folder.
func inContent(content, arg string) (string, bool) {
	if _, err := os.Stat(arg); errors.Is(err, os.ErrNotExist) {
		arg = filepath.Join(content, arg)
	}
	from, err := filepath.Abs(content)
	if err != nil {
		return "", false
	}
	to, err := filepath.Abs(arg)
	if err != nil {
		return "", false
	}
	place, err := filepath.Rel(from, to)
	_, missing := os.Stat(to)
	return filepath.ToSlash(place), err == nil && missing == nil && filepath.IsLocal(place)
}

// listRecorded prints the units with a new record, and the files of records that were written.
func (c *console) listRecorded(r *build.Recorded) {
	for _, u := range r.Units[:min(len(r.Units), mostListed)] {
		fmt.Fprintf(c.out, "%s %s\n", u.File, u.Name)
	}
	if more := len(r.Units) - mostListed; more > 0 {
		c.say(c.out, phrase{"ほかに %d か所", "and %d more"}, more)
	}
	var names []string
	for name := range r.Files {
		names = append(names, name)
	}
	slices.Sort(names)
	if len(names) == 0 {
		c.say(c.out, phrase{"記録は、そのままです", "The records are as they were"})
		return
	}
	c.say(c.out, phrase{"%d か所を記録しました: %s", "Recorded %d units: %s"}, len(r.Units), strings.Join(names, ", "))
}

// runTranslateStatus prints, for each language, how many units are complete, stale, not recorded or missing. It then prints the pages
// that need work, the most read first.
func runTranslateStatus(c *console, o *options) int {
	source, closeSource, code := c.open(o)
	if code != exitFine {
		return code
	}
	defer closeSource()
	loaded, found, err := site.Follow(source.Content, source.ContentName, source.Today)
	if err != nil {
		return c.fail(err)
	}
	if loaded.Default == nil {
		if err := c.print(o, found); err != nil {
			return c.fail(err)
		}
		return exitContent
	}
	languages := slices.DeleteFunc(slices.Clone(loaded.Languages), func(l *site.Language) bool {
		return l == loaded.Default || len(o.args) > 0 && l.ID != o.args[0]
	})
	if len(languages) == 0 {
		return c.misuse(phrase{"訳す言語ではありません: %s", "%s is no language to translate into"}, strings.Join(o.args, " "))
	}
	for _, language := range languages {
		c.printStatus(build.TranslationStatus(loaded, language))
	}
	if others := slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return site.AboutRecords(d.Code) }); diag.HasErrors(others) {
		c.say(c.err, phrase{"原稿に間違いがあるので、数が足りないかもしれません。sitegen check を実行してください", "The content has mistakes, so units may be left out here. Run sitegen check"})
	}
	return exitFine
}

// stateWords has the word for each state of a unit.
var stateWords = map[site.TranslationState]phrase{
	site.Complete:   {"済み", "complete"},
	site.Stale:      {"古い", "stale"},
	site.Unrecorded: {"記録なし", "not recorded"},
	site.Missing:    {"ない", "missing"},
}

func (c *console) printStatus(s build.Status) {
	c.say(c.out, phrase{"%s（%s）: 済み %d、古い %d、記録なし %d、ない %d", "%s (%s): %d complete, %d stale, %d not recorded, %d missing"},
		s.Language.ID, s.Language.Name, s.Count[site.Complete], s.Count[site.Stale], s.Count[site.Unrecorded], s.Count[site.Missing])
	for _, page := range s.Pages {
		line := "  " + page.File
		for _, state := range []site.TranslationState{site.Missing, site.Stale, site.Unrecorded} {
			if units := page.Units[state]; len(units) > 0 {
				line += fmt.Sprintf("  %s: %s", c.words(stateWords[state]), strings.Join(units[:min(len(units), mostListed)], " "))
				if more := len(units) - mostListed; more > 0 {
					line += " " + c.words(phrase{"ほか %d", "and %d more"}, more)
				}
			}
		}
		fmt.Fprintln(c.out, line)
	}
}
