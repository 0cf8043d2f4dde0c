package render

import (
	"slices"
	"strings"

	"sitegen/internal/bundle"
	"sitegen/internal/checker"
	"sitegen/internal/civil"
	"sitegen/internal/lines"
	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// checkerKinds are the kinds of page that only a site with rules has.
var checkerKinds = []string{"checker", "checker-plain"}

// listCheckerAssets adds the scripts that the checkers of all sites load, and the files with which other programs use the
// rules.
func (r *Renderer) listCheckerAssets() {
	for _, script := range []bundle.Script{r.checker.Script, r.checker.Frame, r.checker.Fallback, r.checker.Tools} {
		r.addBytes(script.Path, script.Content)
	}
	for _, file := range r.checker.Published() {
		r.addBytes(file.Path, file.Content)
	}
}

// listChecker adds the checker's pages in a language.
func (e *edition) listChecker() {
	e.addPage(site.CheckerPath, e.checkerPage)
	e.addPage(site.CheckerEmbedPath, e.checkerEmbedPage)
	for _, page := range e.r.checker.OwnPages(e.Language) {
		e.addPage(page.Path, func(w *markup.Writer) error { return e.noScriptPage(w, page) })
	}
}

// speak makes the scripts with the checker's words in each language.
func (r *Renderer) speak() error {
	if r.checker == nil {
		return nil
	}
	for _, e := range r.editions {
		around, err := e.around()
		if err != nil {
			return err
		}
		e.words.around = around.Script()
		e.words.data, e.words.rest, e.words.why = r.checker.Data(e.Language)
	}
	return nil
}

// listWords adds the scripts with the checker's words of all sites. They are in the folder of the other scripts, because
// publishing keeps the previous publication's scripts there: pages that readers opened before still load them.
func (r *Renderer) listWords() {
	if r.checker == nil {
		return
	}
	listed := map[string]bool{}
	for _, one := range append([]*Renderer{r}, r.insurers...) {
		for _, e := range one.editions {
			for _, script := range []bundle.Script{e.words.data, e.words.rest, e.words.why, e.words.around} {
				if !listed[script.Path] {
					r.addBytes(script.Path, script.Content)
					listed[script.Path] = true
				}
			}
		}
	}
}

// checkerView is the data of the checker's templates.
type checkerView struct {
	*shell
	Words         map[string]site.Phrase // the words of the checker's page
	CheckerScript string                 // the address of the checker's script
	RulesScript   string                 // the address of the script for browsers that lack or refuse WebAssembly
	ToolsScript   string
	DataScript    string
	Languages     string            // three words for each language: its id, and the addresses of the scripts with its words and with the parts around the checker
	Nonce         markup.Attributes // the nonce attribute of the scripts, only on the page for frames
	Built         int               // the first day of the month for which the site was built, in days since 1970-01-01
	Made          site.Phrase
	NoScript      string // the address of the first page without script
	Plain         *checker.View
	checker.Opening
}

// checkerShell returns the shell of a page of the checker. If facts in the checker's words were not reviewed in time, the page
// says so.
func (e *edition) checkerShell(p place, title site.Phrase) *shell {
	facts := slices.Concat(e.HelpFacts, e.Checker.Facts)
	s := e.shell(p, e.titled(title.Plain), e.Checker.Page.Of("description").Plain, e.on(facts))
	s.Review = e.reviewedBy(e.missed, facts)
	s.Rail = "" // nothing should lead visitors away from the questions
	return s
}

func (e *edition) checkerView(path string) checkerView {
	words, c := e.Checker.Page, e.r.checker
	s := e.checkerShell(place{kind: "checker", path: path}, words.Of("title"))
	s.Script = "" // the main script is not needed: the page has nothing dated, and the checker's script switches readings itself
	s.Policy = markup.Replace(s.Policy, "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
	var languages []string
	for _, other := range e.r.editions {
		languages = append(languages, other.ID, s.Assets+other.words.data.Path, s.Assets+other.words.around.Path)
	}
	return checkerView{
		shell: s, Words: words.ForTemplates(), NoScript: c.Start(e.Language, s.Base), Built: builtIn(e.r.site.Today), DataScript: s.Assets + e.words.data.Path, Languages: strings.Join(languages, " "),
		CheckerScript: s.Assets + c.Script.Path, RulesScript: s.Assets + c.Fallback.Path, ToolsScript: s.Assets + c.Tools.Path,
		Opening: c.Opening(e.Language),
	}
}

// builtIn returns the first day of the month in days since 1970-01-01. The checker compares it with the clock of the device: a clock that
// is a month behind is wrong. A more precise day would change the pages on each day on which the site is built.
func builtIn(today civil.Date) int {
	year, month, _ := today.YMD()
	return int(civil.Of(year, month, 1))
}

func (e *edition) checkerPage(w *markup.Writer) error {
	return e.page(w, e.checkerView(site.CheckerPath))
}

// embedNonce is the nonce of the scripts in the page for frames. In a frame without an origin of its own, 'self' matches no
// address in WebKit of the first half of 2026 (bugs.webkit.org/316847), so an iPhone with that version would block the scripts.
// It does no harm that everybody can read the nonce: whoever can write a script into a file can also write its policy.
const embedNonce = "embed"

// checkerEmbedPage writes the checker for a frame in a different site, without header and footer.
func (e *edition) checkerEmbedPage(w *markup.Writer) error {
	view := e.checkerView(site.CheckerEmbedPath)
	view.Policy, view.Nonce = markup.Replace(view.Policy, "script-src 'self'", "script-src 'self' 'nonce-"+embedNonce+"'"), markup.Attr("nonce", embedNonce)
	view.CheckerScript = view.Assets + e.r.checker.Frame.Path
	view.Title = view.Words["embed_title"].Plain
	view.Made = view.Words["embed_made"].With("site", e.UI.SiteName)
	page, err := e.r.layouts["checker"].Run("embed", view)
	fragment(w, page, "")
	return err
}

// noScriptPage writes a page of the interview without script.
func (e *edition) noScriptPage(w *markup.Writer, page checker.Page) error {
	s := e.checkerShell(place{kind: "checker-plain", path: page.Path}, page.View.Title)
	s.Script, s.Printed = "", "" // readers have no script, so the day on which they read is unknown
	return e.page(w, checkerView{shell: s, Words: e.Checker.Page.ForTemplates(), Plain: page.View})
}

// around renders the parts of a page that surround the checker: header, first step, help and footer.
func (e *edition) around() (checker.Around, error) {
	s := e.checkerShell(place{kind: "checker", path: site.CheckerPath}, e.Checker.Page.Of("title"))
	s.Base, s.Root = "../"+e.ID+"/", "../"
	var list markup.Writer
	e.languages(&list, s.Root, s.path, nil)
	s.Switch = list.Done()
	pieces := map[string]markup.HTML{}
	for selector, name := range map[string]string{"header": "header", "#first-step": "first-step", ".help": "help-box", "footer": "footer"} {
		out, err := e.r.layouts[s.kind].Run(name, checkerView{shell: s, Words: e.Checker.Page.ForTemplates(), NoScript: e.r.checker.Start(e.Language, s.Base)})
		if err != nil {
			return checker.Around{}, err
		}
		var done markup.Writer
		fragment(&done, out, s.Base)
		text := done.Done()
		if e.Ruby {
			text = lines.OpenWords(lines.KeepWords(text))
		}
		pieces[selector] = bareRuby.Replace(text)
	}
	return checker.Around{Title: e.titled(e.Checker.Page.Of("title").Plain), Lang: e.Lang, Dir: e.Dir, Easy: e.Ruby, Pieces: pieces}, nil
}
