// Package themes holds the looks that come with sitegen.
package themes

import (
	"embed"
	"io/fs"
)

//go:embed default
var embedded embed.FS

// Default is the theme that is used where no other is named: templates, style sheets and scripts.
func Default() fs.FS {
	theme, err := fs.Sub(embedded, "default")
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return theme
}
