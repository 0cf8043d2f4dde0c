package render

import (
	"sitegen/internal/lines"
	"sitegen/internal/markup"
	"sitegen/internal/site"
)

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
