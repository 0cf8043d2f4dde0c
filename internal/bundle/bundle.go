// Package bundle turns the style sheets and scripts of a theme into the form that pages use: a minified style sheet for each kind of page,
// a tiny script for the head of every page, and script files with hashed names. Begin with [Load]; a [Memory] avoids repeating its work.
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

// HeadLimit is the maximum size of the head script in bytes. That script is part of every page and runs before the first paint.
const HeadLimit = 400

// Assets are the finished style sheets and scripts of a theme.
type Assets struct {
	// Styles has the style sheets by name. Each is style/<name>.css with its imports. Most names are kinds of page.
	Styles map[string]Inline
	// Head is script/head.ts. It sets what style sheets need to know before the first paint.
	Head Inline
	// Scripts has all other files script/<name>.ts, by name.
	Scripts map[string]Script
}

// Inline is a text that is put into a page, with the hash that allows it in the page's security policy.
type Inline struct {
	Text string
	Hash string // the source expression without quotes: sha256-…
}

// Script is a file that pages load.
type Script struct {
	Path    string // path from the site's root: assets/<name>.<hash>.js
	Content []byte
}

// NewInline returns a text with its hash, for use in a page.
func NewInline(text string) Inline {
	sum := sha256.Sum256([]byte(text))
	return Inline{Text: text, Hash: "sha256-" + base64.StdEncoding.EncodeToString(sum[:])}
}

// NewScript returns a script. Its path contains the name and the hash of the text.
func NewScript(name, text string) Script {
	content := []byte(text)
	sum := sha256.Sum256(content)
	// Twelve digits are enough to distinguish contents. The cache rules for hosts recognise hashed names by these digits.
	return Script{Path: "assets/" + name + "." + hex.EncodeToString(sum[:])[:12] + ".js", Content: content}
}

// Fill returns the script with a text in place of a mark. `name` is the script's name without the hash; the hash becomes that of the new
// content.
func (s Script) Fill(name, mark, text string) Script {
	return NewScript(name, string(bytes.ReplaceAll(s.Content, []byte(mark), []byte(text))))
}

// Load bundles a theme. Each .css file directly in style/ and each .ts file directly in script/ gives one result. These files import shared
// files from subfolders. The error lists all mistakes in the theme, each with its file and line.
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

// stem returns the name of a file without its folder and ending.
func stem(file string) string {
	base := path.Base(file)
	return strings.TrimSuffix(base, path.Ext(base))
}
