package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"

	"sitegen/internal/bundle"
	"sitegen/internal/checkerpage"
	"sitegen/internal/interview"
	"sitegen/internal/markup"
	"sitegen/internal/site"
	"sitegen/internal/strictjson"
	"sitegen/internal/table"
)

// Checker is the material of the checker's pages, except for the words.
type Checker struct {
	Program *table.Program
	Module  []byte // the rules compiled to WebAssembly
	File    []byte // the module as it is published, with the section that describes it
	Page    checkerpage.ThemeWords
	// NoScript holds the interview as pages for each site, by the id of its insurer; "" for the general site.
	NoScript map[string]*interview.Pages
}

const (
	checkerScript = "checker"
	rulesScript   = "rules-js" // the rules for browsers that lack or refuse WebAssembly; only these load it
	toolsScript   = "tools"    // tools, circumstances and reasons; loaded when opened
	dataScript    = "data"     // ids and words of one language of one site
	restScript    = "rest"     // words that few people see; loaded when needed
	aroundScript  = "around"   // the frame around the checker; loaded when the reader changes the language
	moduleMark    = "@module@" // placeholder for the module in the checker's script
)

// checkerKinds are the kinds of page that only a site with rules has.
var checkerKinds = []string{"checker", "checker-plain"}

// checkerSite holds the parts that the checker's pages share in all languages.
type checkerSite struct {
	Checker
	script, fallback bundle.Script
	tools            bundle.Script
	version          string
	policy           []int32          // of the site's insurer: the result of policyAnswers; nil on the general site
	pages            *interview.Pages // the interview as pages
}

// newCheckerSite prepares the checker of the site at the root. It returns nil if there are no rules. An error means a mistake
// in the theme.
func newCheckerSite(site *site.Site, assets *bundle.Assets, c *Checker) (*checkerSite, error) {
	if c == nil || site.Checker == nil {
		return nil, nil
	}
	for _, name := range []string{checkerScript, rulesScript, toolsScript} {
		if _, ok := assets.Scripts[name]; !ok {
			return nil, fmt.Errorf("the theme has no script/%s.ts", name)
		}
	}
	script := assets.Scripts[checkerScript]
	if !bytes.Contains(script.Content, []byte(moduleMark)) {
		return nil, fmt.Errorf("script/%s.ts has no place for the module: %s", checkerScript, moduleMark)
	}
	sum := sha256.Sum256(c.Module)
	s := &checkerSite{Checker: *c, version: hex.EncodeToString(sum[:])[:12], fallback: assets.Scripts[rulesScript], tools: assets.Scripts[toolsScript]}
	s.script = script.Fill(checkerScript, moduleMark, hex.EncodeToString(c.Module))
	return s.of(site), nil
}

// of returns a copy of the checker for a site, with the policy of the site's insurer and the site's pages without script. It
// returns nil if s is nil.
func (s *checkerSite) of(site *site.Site) *checkerSite {
	if s == nil {
		return nil
	}
	own := *s
	own.policy, own.pages = nil, s.NoScript[""]
	if site.Profile != nil {
		own.policy, own.pages = policyAnswers(s.Program, site.Profile.Policies), s.NoScript[site.Profile.ID]
	}
	return &own
}

// tellable returns for each note whether a visitor of this site can be told it, given the policy of the site's insurer. On the
// general site no policy parameter is set.
func (s *checkerSite) tellable() []bool {
	values := map[int]int32{}
	answers := s.policy
	if answers == nil {
		answers = policyAnswers(s.Program, nil)
	}
	for i := 1; i < len(answers); i++ {
		values[int(answers[0])+i-1] = answers[i]
	}
	return s.Program.Tellable(values)
}

// policyAnswers returns the slot of the first policy parameter, then the raw values of all parameters, or nil if the program has
// none. The parameters are the last inputs of the program. The first value of each means that it is not set.
func policyAnswers(p *table.Program, policies map[string]string) []int32 {
	var answers []int32
	for i, names := range p.Names.Inputs {
		if names.Policy {
			if answers == nil {
				answers = []int32{int32(p.Slot(i))}
			}
			answers = append(answers, max(0, int32(slices.Index(names.Values, policies[names.ID]))))
		}
	}
	return answers
}

// listCheckerAssets adds the scripts that the checkers of all sites load, and the files with which other programs use the
// rules.
func (r *Renderer) listCheckerAssets() {
	s := r.checker
	for _, script := range []bundle.Script{s.script, s.fallback, s.tools} {
		r.addBytes(script.Path, script.Content)
	}
	r.listPublishedRules()
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
		data, rest := e.scriptData()
		e.words.around = bundle.NewScript(aroundScript, "checkerAround="+encodeLiteral(around))
		e.words.rest = bundle.NewScript(restScript, "checkerRest="+encodeLiteral(rest))
		data.Rest = path.Base(e.words.rest.Path)
		e.words.data = bundle.NewScript(dataScript, "checkerData="+encodeLiteral(data))
	}
	return nil
}

// listWords adds the scripts with the checker's words of all sites. They are in the same folder as the other scripts: there,
// publishing keeps the files that yesterday's pages still load.
func (r *Renderer) listWords() {
	if r.checker == nil {
		return
	}
	listed := map[string]bool{}
	for _, one := range append([]*Renderer{r}, r.insurers...) {
		for _, e := range one.editions {
			for _, script := range []bundle.Script{e.words.data, e.words.rest, e.words.around} {
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
	Words         map[string]site.Phrase // of the page
	CheckerScript string                 // its address
	RulesScript   string                 // address of the script for browsers that lack or refuse WebAssembly
	ToolsScript   string
	DataScript    string
	Languages     string             // for each language its id and the addresses of its data and around scripts, separated by spaces
	Nonce         markup.Attributes  // the nonce attribute of the scripts, only on the page for frames
	Built         int                // the day for which the site was built, in days since 1970-01-01
	Held          site.QuestionWords // the first question
	Papers        []firstPaper       // the papers that the first question shows without "more"
	First         site.Phrase        // the text above the first question: its number
	Made          site.Phrase
	NoScript      string // the address of the first page without script
	Plain         *noScriptView
}

// checkerShell returns the frame of a page of the checker. The page also says if the facts in the checker's words were not
// reviewed in time.
func (e *edition) checkerShell(p place, title site.Phrase) shell {
	facts := slices.Concat(e.HelpFacts, e.Checker.Facts)
	s := e.shell(p, e.titled(title.Plain), e.Checker.Page.Of("description").Plain, e.on(facts))
	s.Review = e.reviewedBy(e.missed, facts)
	s.Rail = "" // nothing should lead visitors away from the questions
	return s
}

func (e *edition) checkerView(p place) (shell, checkerView) {
	words := e.Checker.Page
	s := e.checkerShell(p, words.Of("title"))
	s.Script = "" // the page has nothing dated, and the checker's script switches readings itself
	s.Policy = markup.Replace(s.Policy, "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
	var languages []string
	for _, other := range e.r.editions {
		languages = append(languages, other.ID, s.Assets+other.words.data.Path, s.Assets+other.words.around.Path)
	}
	view := checkerView{
		Words: words.ForTemplates(), NoScript: e.noScriptStart(s.Base), Built: int(e.r.site.Today), DataScript: s.Assets + e.words.data.Path, Languages: strings.Join(languages, " "),
		CheckerScript: s.Assets + e.r.checker.script.Path, RulesScript: s.Assets + e.r.checker.fallback.Path, ToolsScript: s.Assets + e.r.checker.tools.Path,
	}
	e.addFirst(&view)
	return s, view
}

// firstPaper is an answer to the first question. Drawn reports whether the script puts a drawing beside its words.
type firstPaper struct {
	site.NamedWords
	Drawn bool
}

// addFirst adds the words of the first question.
func (e *edition) addFirst(v *checkerView) {
	p := e.r.checker.Program
	v.Held = e.Checker.Questions.Of(p.Names.Inputs[p.InputOf(p.Held)].ID)
	look := e.r.site.Checker
	for _, id := range look.First {
		v.Papers = append(v.Papers, firstPaper{v.Held.Values.Of(id), look.Pictures[id] != ""})
	}
	v.First = e.Checker.Page.Of("progress").With("n", site.Phrase{HTML: "1", Plain: "1"})
}

func (e *edition) checkerPage(w *markup.Writer) error {
	p := place{kind: "checker", path: site.CheckerPath}
	s, view := e.checkerView(p)
	view.shell = &s
	return e.page(w, p, &s, view)
}

// embedNonce is the nonce of the scripts in the page for frames. In a frame without an origin of its own, 'self' matches no
// address in WebKit of the first half of 2026 (bugs.webkit.org/316847), so an iPhone with that version would block the scripts.
// It does no harm that everybody can read the nonce: whoever can write a script into a file can also write its policy.
const embedNonce = "embed"

// checkerEmbedPage writes the checker for a frame in a different site, without header and footer.
func (e *edition) checkerEmbedPage(w *markup.Writer) error {
	s, view := e.checkerView(place{kind: "checker", path: site.CheckerEmbedPath})
	view.shell = &s
	s.Policy, view.Nonce = markup.Replace(s.Policy, "script-src 'self'", "script-src 'self' 'nonce-"+embedNonce+"'"), markup.Attr("nonce", embedNonce)
	s.Title = view.Words["embed_title"].Plain
	view.Made = view.Words["embed_made"].With("site", e.UI.SiteName)
	page, err := e.r.layouts["checker"].Run("embed", view)
	fragment(w, page, "")
	return err
}

// encodeLiteral returns a value as a JavaScript literal: JSON without quotation marks around the keys that need none. This saves
// 100 bytes. A quotation mark inside a text is escaped, so no text looks like the end of a key.
func encodeLiteral(v any) string {
	var w strings.Builder
	rest := string(strictjson.Line(v))
	for {
		before, after, more := strings.Cut(rest, `":`)
		open := strings.LastIndexByte(before, '"')
		if more && open > 0 && isName(before[open+1:]) && strings.IndexByte("{,", before[open-1]) >= 0 {
			w.WriteString(before[:open] + before[open+1:] + ":")
		} else {
			w.WriteString(before + rest[len(before):len(rest)-len(after)])
		}
		if rest = after; !more {
			return w.String()
		}
	}
}

// isName reports whether a key needs no quotation marks in JavaScript: it is a name of ASCII characters, or a number. No key
// is a digit followed by letters.
func isName(key string) bool {
	return key != "" && strings.Trim(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") == ""
}
