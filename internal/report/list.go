package report

import (
	"fmt"
	"slices"
	"strings"

	"sitegen/internal/site"
	"sitegen/internal/terminal"
)

// phrase is a sentence of a report.
type phrase = terminal.Phrase

// list writes the entries. If `json` is true, each entry is a line of JSON; otherwise it is the lines that the
// function `lines` returns for it. The error is the writer's.
func list[T any](t *terminal.Terminal, json bool, entries []T, lines func(*terminal.Terminal, T) []string) error {
	for _, entry := range entries {
		var err error
		if json {
			err = terminal.WriteJSON(t.Out, entry)
		} else {
			_, err = fmt.Fprintln(t.Out, strings.ReplaceAll(strings.Join(lines(t, entry), "\n"), ": \n", ":\n"))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// siteLanguage returns the language of the messages if the site has it, and otherwise the site's default language.
func siteLanguage(t *terminal.Terminal, s *site.Site) *site.Language {
	i := slices.IndexFunc(s.Languages, func(l *site.Language) bool { return l.ID == t.Language })
	if i < 0 {
		return s.Default
	}
	return s.Languages[i]
}
