package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sitegen/internal/build"
	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/load"
	"sitegen/internal/parity"
	"sitegen/internal/report"
	"sitegen/internal/site"
	"sitegen/internal/translations"
)

var translateAcceptCommand = command{
	name: "translate accept", options: []string{"content", "date", "lang"}, run: runTranslateAccept, arguments: 1000,
	help: helpText{
		phrase{"訳を、今のもとの文に合うものとして記録する", "record that a translation fits its source as it is"},
		phrase{`もとの文が変わると、その訳を誰かが見るまで、check と build は止まります（本文の言い方だけの変化は注意です）。
訳を見て、要れば直してから、訳のファイルかフォルダーを渡して実行してください。translated/<言語>.txt に記録します。
間違いのあるファイルは記録しません。`,
			`When a source changes, check and build stop until somebody has looked at its translations (where only
the wording of a body changed, they warn). Look at a translation, correct it if need be, and run this
with its file or a folder. The record is translated/<language>.txt. Files with mistakes are not recorded.`},
		phrase{`  sitegen translate accept content/faq/old-card/old-card-lost/en.md`, `  sitegen translate accept content/faq/old-card/old-card-lost/en.md`},
	},
}

// runTranslateAccept records that translations match the present source text.
func runTranslateAccept(c *console, o *options) int { return c.recordTranslations(o, civil.Unset) }

var translateWaiveCommand = command{
	name: "translate waive", options: []string{"content", "date", "until", "lang"}, run: runTranslateWaive, arguments: 1000,
	own: option{"until", "YYYY-MM-DD", phrase{"訳が古いままでよい、最後の日", "the last day on which the translation may stay as it is"}},
	help: helpText{
		phrase{"訳が、ある日まで古いままでよいと記録する", "record that a translation may stay behind until a day"},
		phrase{`すぐに訳せないときに使います。その日までは注意になり、ページは読者に、訳が古いことを言います。もとの文がまた変われば、
もう一度要ります。`,
			`For when nobody can translate at once. Until that day it is a warning, and the page tells its readers.
If the source changes once more, this is needed once more.`},
		phrase{`  sitegen translate waive content/faq/old-card/old-card-lost/en.md --until 2026-12-31`, `  sitegen translate waive content/faq/old-card/old-card-lost/en.md --until 2026-12-31`},
	},
}

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
		c.Say(c.Err, phrase{"間違いのある訳は記録しません。直してから、もう一度実行してください", "Translations with mistakes are not recorded. Correct them, and run it again"})
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
	report.Recorded(c.Terminal, recorded)
	return exitFine
}

// inContent returns a file's path relative to the content folder, with slashes. `arg` is relative to the current folder or, if no
// such file exists there, to the content folder. inContent returns false if the file does not exist, or is outside the content
// folder.
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

var translateStatusCommand = command{
	name: "translate status", options: []string{"content", "date", "lang"}, run: runTranslateStatus, arguments: 1,
	help: helpText{
		phrase{"訳の様子: 済み、古い、ない", "how the translations stand: complete, stale, missing"},
		phrase{`言語ごとに、もとの文が変わったあとに見ていない訳、記録のない訳、ない訳を、よく読まれる順に並べます。
言語の id を書けば、その言語だけを並べます。`,
			`For each language, or the one named, the translations that nobody has looked at since their source
changed, those not recorded and those that are missing, most read first.`},
		phrase{`  sitegen translate status en`, `  sitegen translate status en`},
	},
}

// runTranslateStatus prints how many units are complete, stale, not recorded or missing, for each language or only for the language
// that is named. It then prints the pages that need work, the most read first.
func runTranslateStatus(c *console, o *options) int {
	source, closeSource, code := c.open(o)
	if code != exitFine {
		return code
	}
	defer closeSource()
	loaded, found, err := load.Follow(source.Content, source.ContentName, source.Today)
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
		report.Status(c.Terminal, build.TranslationStatus(loaded, language))
	}
	if others := slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return translations.AboutRecords(d.Code) }); diag.HasErrors(others) {
		c.Say(c.Err, phrase{"原稿に間違いがあるので、数が足りないかもしれません。sitegen check を実行してください", "The content has mistakes, so units may be left out here. Run sitegen check"})
	}
	return exitFine
}
