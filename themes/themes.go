// Package themes contains the themes that are part of sitegen.
package themes

import (
	"embed"
	"io/fs"
)

//go:embed default
var embedded embed.FS

// Default returns the built-in theme: templates, style sheets and scripts. It is used unless a different theme folder is named.
func Default() fs.FS {
	theme, err := fs.Sub(embedded, "default")
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return theme
}
