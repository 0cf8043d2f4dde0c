// Package checker makes what the checker's pages show and load. Package render makes the frame of these pages, and fills
// their templates.
//
// The input is a site with its words, the scripts of the theme, and the compiled rules with the interview written out as pages
// ([Material]). The output is the checker of the site ([Site]): scripts, files for other programs, tiles for the home page, and the
// pages without script in words.
//
// Begin with [New]. data.go makes the data of the script, late.go decides which of it the script loads only when needed, published.go
// makes the files for other programs (docs/module.md), noscript.go the pages without script, and tiles.go what other pages show of the
// first question.
package checker

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"

	"sitegen/internal/bundle"
	"sitegen/internal/checkerpage"
	"sitegen/internal/interview"
	"sitegen/internal/markup"
	"sitegen/internal/site"
	"sitegen/internal/strictjson"
	"sitegen/internal/table"
)

// Material is what a checker is made of, except for the words of its site.
type Material struct {
	Program *table.Program
	Module  []byte // the rules compiled to WebAssembly
	File    []byte // the module as it is published, with the section that describes it
	Words   checkerpage.ThemeWords
	// NoScript holds the interview as pages for each site, by the id of its insurer; "" for the general site.
	NoScript map[string]*interview.Pages
}

const (
	checkerScript = "checker"
	rulesScript   = "rules-js" // the rules for browsers that lack or refuse WebAssembly; only those browsers load it
	frameScript   = "frame"    // the checker on the page for frames, in place of checkerScript
	toolsScript   = "tools"    // tools, circumstances and reasons; loaded when the visitor opens one of these
	dataScript    = "data"     // ids and words of one language of one site
	restScript    = "rest"     // words that few people see; loaded when needed
	whyScript     = "why"      // the reasons of answers; loaded when somebody opens them
	aroundScript  = "around"   // the parts of the page around the checker; loaded when the reader changes the language
	moduleMark    = "@module@" // placeholder for the module in the checker's script
)

// Site is the checker of one site.
type Site struct {
	Material
	// The theme's scripts are the same for the checkers of all sites. Script is the script of the checker's page. Fallback has the rules
	// for browsers that lack or refuse WebAssembly. Tools has what is loaded when the visitor opens tools, circumstances or reasons. Frame
	// is loaded in place of Script by the page for frames.
	Script, Frame, Fallback, Tools bundle.Script

	site     *site.Site
	asked    *interview.Interview
	version  string
	noScript *noScript
}

// edition is the checker of a site in one language.
type edition struct {
	*site.Language
	*Site
}

func (s *Site) in(l *site.Language) edition { return edition{l, s} }

// New returns the checker of the site at the root, or nil if there are no rules. An error means a mistake in the theme.
func New(root *site.Site, assets *bundle.Assets, m *Material) (*Site, error) {
	if m == nil || root.Checker == nil {
		return nil, nil
	}
	for _, name := range []string{checkerScript, frameScript, rulesScript, toolsScript} {
		if _, ok := assets.Scripts[name]; !ok {
			return nil, fmt.Errorf("the theme has no script/%s.ts", name)
		}
	}
	withModule := map[string]bundle.Script{}
	for _, name := range []string{checkerScript, frameScript} {
		script := assets.Scripts[name]
		if !bytes.Contains(script.Content, []byte(moduleMark)) {
			return nil, fmt.Errorf("script/%s.ts has no place for the module: %s", name, moduleMark)
		}
		withModule[name] = script.Fill(name, moduleMark, hex.EncodeToString(m.Module))
	}
	sum := sha256.Sum256(m.Module)
	s := &Site{Material: *m, version: hex.EncodeToString(sum[:])[:12], Fallback: assets.Scripts[rulesScript], Tools: assets.Scripts[toolsScript]}
	s.Script, s.Frame = withModule[checkerScript], withModule[frameScript]
	return s.Of(root), nil
}

// Of returns a copy of the checker for a site, with the site's own pages without script. If s is the checker of the general
// site, an insurer's copy links to pages of s instead of making the same pages again. Of returns nil if s is nil.
func (s *Site) Of(one *site.Site) *Site {
	if s == nil {
		return nil
	}
	own := *s
	own.site, own.asked = one, interview.New(s.Program, one)
	pages := s.NoScript[""]
	if one.Profile != nil {
		pages = s.NoScript[one.Profile.ID]
	}
	own.writeOut(pages, s.noScript)
	return &own
}

// tellable returns for each note whether members of the site's insurer can be told it, given its policies, and whether people who are
// insured elsewhere can be told it: for them, no policy is known. On a site that is no insurer's, everybody counts as a member.
func (s *Site) tellable() (members, elsewhere []bool) {
	own, unknown := map[int]int32{}, map[int]int32{}
	for i, in := range s.Program.Inputs {
		if value := s.asked.Fixed(i); value >= 0 {
			own[s.Program.Slot(i)], unknown[s.Program.Slot(i)] = int32(value), in.Default
		}
	}
	if len(s.asked.Expected) == 0 {
		return s.Program.Tellable(own), make([]bool, s.Program.Notes)
	}
	return s.Program.Tellable(own), s.Program.Tellable(unknown)
}

// Data returns the scripts with the checker's words in a language: what the checker's script needs at once, the rest, and the
// reasons of answers. It loads the latter two when needed.
func (s *Site) Data(l *site.Language) (data, rest, why bundle.Script) {
	e := s.in(l)
	first, later := e.scriptData()
	why = bundle.NewScript(whyScript, "checkerWhy="+encodeLiteral(e.scriptWhy()))
	later.Why = path.Base(why.Path)
	rest = bundle.NewScript(restScript, "checkerRest="+encodeLiteral(later))
	first.Rest = path.Base(rest.Path)
	return bundle.NewScript(dataScript, "checkerData="+encodeLiteral(first)), rest, why
}

// Around is what the script replaces around the checker when the reader changes the language.
type Around struct {
	Title  string                 `json:"title"`
	Lang   string                 `json:"lang"`
	Dir    string                 `json:"dir,omitempty"` // the writing direction; left out if it is ltr
	Easy   bool                   `json:"easy"`
	Pieces map[string]markup.HTML `json:"pieces"` // by CSS selector: the new HTML
}

// Script returns the script that gives the page these replacements.
func (a Around) Script() bundle.Script {
	return bundle.NewScript(aroundScript, "checkerAround="+encodeLiteral(a))
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

// isName reports whether a key needs no quotation marks in JavaScript: it consists of ASCII letters, digits and _. This would be wrong for
// a key such as 1a, but no key begins with a digit and has letters.
func isName(key string) bool {
	return key != "" && strings.Trim(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") == ""
}
