package sample

import (
	"fmt"
	"io/fs"

	"sitegen/internal/rulefacts"
	"sitegen/internal/rulefile"
	"sitegen/internal/rules"
	"sitegen/internal/table"
)

// Site loads the rules of a content folder and returns their tables.
func Site(content fs.FS) (*table.Program, error) {
	set, err := Rules(content)
	if err != nil {
		return nil, err
	}
	return set.Program, nil
}

// Rules loads the rules of a content folder.
func Rules(content fs.FS) (*rules.Set, error) {
	facts, err := rulefacts.Read(content)
	if err != nil {
		return nil, err
	}
	set, found, err := rulefile.Load(content, "content", facts)
	if err != nil {
		return nil, err
	}
	if set == nil {
		return nil, fmt.Errorf("the rules do not load: %d findings, the first at %s", len(found), found[0].Code)
	}
	return set, nil
}
