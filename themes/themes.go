// Package themes holds the themes that come with sitegen.
package themes

import (
	"embed"
	"io/fs"
)

//go:embed default
var embedded embed.FS

// Default returns the theme that is used if the site names none: templates, style sheets and scripts.
func Default() fs.FS {
	theme, err := fs.Sub(embedded, "default")
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return theme
}
