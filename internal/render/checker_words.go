package render

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"

	"sitegen/internal/checkerpage"
	"sitegen/internal/lines"
	"sitegen/internal/markup"
	"sitegen/internal/site"
	"sitegen/internal/table"
)

// PageWords are the keys of the words that the checker of a theme uses.
type PageWords struct {
	Script []string            // words that its script shows
	Rest   []string            // words that its script loads when needed
	Static []string            // words that only its templates and the pages without script use
	Slots  map[string][]string // key → slots of the word: the names in braces in its description
}

// All returns the keys for which there must be words.
func (w PageWords) All() []string { return slices.Concat(w.Script, w.Rest, w.Static) }

// pageWordsFile lists the checker's words and describes each. TypeScript takes its types from it.
const pageWordsFile = "script/checker/words.json"

var meaningSlot = regexp.MustCompile(`\{([a-z_]+)\}`)

// ReadPageWords reads which words the checker of a theme uses. A missing or malformed file is an error of the theme.
func ReadPageWords(theme fs.FS) (PageWords, error) {
	data, err := fs.ReadFile(theme, pageWordsFile)
	if err != nil {
		return PageWords{}, fmt.Errorf("the theme has no list of the checker's words: %w", err)
	}
	var file struct{ Script, Rest, Static map[string]string }
	if err := json.Unmarshal(data, &file); err != nil {
		return PageWords{}, fmt.Errorf("%s: %w", pageWordsFile, err)
	}
	words := PageWords{slices.Sorted(maps.Keys(file.Script)), slices.Sorted(maps.Keys(file.Rest)), slices.Sorted(maps.Keys(file.Static)), map[string][]string{}}
	for _, meanings := range []map[string]string{file.Script, file.Rest, file.Static} {
		for key, meaning := range meanings {
			for _, match := range meaningSlot.FindAllStringSubmatch(meaning, -1) {
				words.Slots[key] = append(words.Slots[key], match[1])
			}
		}
	}
	return words, nil
}

// RuleIDs returns everything for which there must be words: the ids of a program, and the keys of the page's words.
func RuleIDs(p *table.Program, page PageWords) checkerpage.RuleIDs {
	ids := checkerpage.RuleIDs{Inputs: map[string][]string{}, Told: map[string][]string{}, Secret: map[string][]string{}, Default: map[string][]string{}, Unasked: map[string][]string{}, Documents: p.Names.Documents, Outcomes: p.Names.Outcomes, Notes: p.Names.Notes, Page: page.All(), Slots: page.Slots}
	if p.Held != p.Visit {
		ids.Held = p.Names.Inputs[p.InputOf(p.Held)].ID
	}
	for i, names := range p.Names.Inputs {
		if names.Policy {
			continue
		}
		in := &p.Inputs[i]
		if in.Kind == table.Choice {
			ids.Default[names.ID] = []string{names.Values[in.Default]}
		}
		asked := p.Slot(i) == p.Visit || slices.ContainsFunc(p.Asks, func(a table.Ask) bool { return a.Input == i })
		for value, id := range names.Values {
			switch {
			case slices.Contains(names.Secret, value):
				ids.Secret[names.ID] = append(ids.Secret[names.ID], id)
			case value/31 < len(in.Told) && in.Told[value/31]>>(value%31)&1 != 0:
				ids.Told[names.ID] = append(ids.Told[names.ID], id)
			case !asked && !slices.Contains(ids.Default[names.ID], id):
				ids.Unasked[names.ID] = append(ids.Unasked[names.ID], id)
			}
		}
		values := slices.Clone(names.Values)
		if names.Unknown >= 0 {
			values = slices.Delete(values, names.Unknown, names.Unknown+1)
		}
		ids.Inputs[names.ID] = values
	}
	for i, reasons := range p.Names.RowReasons {
		ids.Rows = append(ids.Rows, checkerpage.RowIDs{ID: p.Names.Rows[i], Holds: reasons.Holds, Not: reasons.Not})
	}
	return ids
}

// scriptAround is what the script replaces around the checker when the reader changes the language.
type scriptAround struct {
	Title  string                 `json:"title"`
	Lang   string                 `json:"lang"`
	Dir    string                 `json:"dir,omitempty"` // missing if ltr
	Easy   bool                   `json:"easy"`
	Pieces map[string]markup.HTML `json:"pieces"` // CSS selector → HTML
}

// around renders the frame around the checker.
func (e *edition) around() (scriptAround, error) {
	p := place{kind: "checker", path: site.CheckerPath}
	s := e.checkerShell(p, e.Checker.Page.Of("title"))
	s.Base, s.Root = "../"+e.ID+"/", "../"
	var list markup.Writer
	e.languages(&list, s.Root, p.path, nil)
	s.Switch = list.Done()
	pieces := map[string]markup.HTML{}
	for selector, name := range map[string]string{"header": "header", "#first-step": "first-step", ".help": "help-box", "footer": "footer"} {
		out, err := e.r.layouts[p.kind].Run(name, checkerView{shell: &s, Words: e.Checker.Page.ForTemplates(), NoScript: e.noScriptStart(s.Base)})
		if err != nil {
			return scriptAround{}, err
		}
		var done markup.Writer
		fragment(&done, out, s.Base)
		text := done.Done()
		if e.Ruby {
			text = lines.OpenWords(lines.KeepWords(text))
		}
		pieces[selector] = bareRuby.Replace(text)
	}
	return scriptAround{e.titled(e.Checker.Page.Of("title").Plain), e.Lang, e.Dir, e.Ruby, pieces}, nil
}
