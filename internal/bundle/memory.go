package bundle

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"sync"
)

// Memory keeps the last theme that was bundled without a mistake, for a program that bundles repeatedly. A theme is not bundled again until
// one of its files changes. A memory can be encoded, and works again after it is decoded.
type Memory struct {
	mu sync.Mutex
	// Sum is the hash of the theme's files.
	Sum string
	// Assets are what [Load] returned for these files. Nobody may change them.
	Assets *Assets
}

// Load is like the function [Load], and remembers what it returned. A nil memory remembers nothing.
func (m *Memory) Load(theme fs.FS) (*Assets, error) {
	if m == nil {
		return Load(theme)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	sum, err := sumOf(theme)
	if err != nil {
		return Load(theme) // which says what is wrong
	}
	if m.Assets != nil && m.Sum == sum {
		return m.Assets, nil
	}
	assets, err := Load(theme)
	m.Assets = nil
	if after, failed := sumOf(theme); err == nil && failed == nil && after == sum { // otherwise a file was saved while Load read it
		m.Sum, m.Assets = sum, assets
	}
	return assets, err
}

// errLink says that a theme has an entry that is neither a file nor a folder. What is behind a link can change unnoticed.
var errLink = errors.New("the theme has a link")

// sumOf hashes the names and contents of all files of a theme. It returns errLink for an entry that is neither a file nor a folder.
func sumOf(theme fs.FS) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(theme, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if !entry.Type().IsRegular() {
			return errLink
		}
		data, err := fs.ReadFile(theme, name)
		fmt.Fprintf(sum, "%q %d\n", name, len(data))
		sum.Write(data)
		return err
	})
	return hex.EncodeToString(sum.Sum(nil)), err
}
