// Package bundle turns a theme's style and script sources into what pages carry: one minified style sheet a kind of
// page, one tiny script for the head of every page, and script files with hashed names.
package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

const headScript = "head"

// HeadLimit is how many bytes the head script may have. It stands in every page and runs before the first paint.
const HeadLimit = 400

// Assets are the finished style sheets and scripts of a theme.
type Assets struct {
	// Styles are the style sheets by kind of page: style/<kind>.css with everything it imports.
	Styles map[string]Inline
	// Head is script/head.ts: it decides what must be known before the first paint.
	Head Inline
	// Scripts are the other script/<name>.ts by name.
	Scripts map[string]Script
}

// Inline is text that stands inside a page, with the hash that allows it in the page's policy.
type Inline struct {
	Text string
	Hash string // as a source expression without quotes: sha256-…
}

// Script is a file that pages load.
type Script struct {
	Path    string // from the site's root: assets/<name>.<hash>.js
	Content []byte
}

// NewInline returns a text for use inside a page.
func NewInline(text string) Inline {
	sum := sha256.Sum256([]byte(text))
	return Inline{Text: text, Hash: "sha256-" + base64.StdEncoding.EncodeToString(sum[:])}
}

// NewScript returns a script with its hash in its name.
func NewScript(name, text string) Script {
	content := []byte(text)
	sum := sha256.Sum256(content)
	// Twelve digits tell contents apart, and cache rules for hosts match names by them.
	return Script{Path: "assets/" + name + "." + hex.EncodeToString(sum[:])[:12] + ".js", Content: content}
}

// Fill returns the script with a text in the place of a mark.
func (s Script) Fill(name, mark, text string) Script {
	return NewScript(name, string(bytes.ReplaceAll(s.Content, []byte(mark), []byte(text))))
}

// Load bundles a theme. Files directly in style/ and script/ each become one result; what they share lies in folders
// below and is imported. Mistakes in the theme are told with file and line, all at once.
func Load(theme fs.FS) (*Assets, error) {
	styleFiles, err := fs.Glob(theme, "style/*.css")
	if err != nil {
		return nil, err
	}
	scriptFiles, err := fs.Glob(theme, "script/*.ts")
	if err != nil {
		return nil, err
	}
	styles, styleErr := compileStyles(theme, styleFiles)
	scripts, scriptErr := compileScripts(theme, scriptFiles)
	if err := errors.Join(styleErr, scriptErr); err != nil {
		return nil, err
	}
	assets := &Assets{Styles: map[string]Inline{}, Scripts: map[string]Script{}}
	for name, text := range styles {
		assets.Styles[name] = NewInline(text)
	}
	for name, text := range scripts {
		if name != headScript {
			assets.Scripts[name] = NewScript(name, text)
		}
	}
	head, ok := scripts[headScript]
	if !ok {
		return nil, errors.New("the theme has no script/head.ts")
	}
	if len(head) > HeadLimit {
		return nil, fmt.Errorf("script/head.ts: %d bytes when minified; at most %d may stand in every page", len(head), HeadLimit)
	}
	assets.Head = NewInline(head)
	return assets, nil
}

// stem is the name of a file without folder and ending.
func stem(file string) string {
	base := path.Base(file)
	return strings.TrimSuffix(base, path.Ext(base))
}
