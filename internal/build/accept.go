package build

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"sitegen/internal/change"
	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/rules"
)

// Acceptance says what changes when the present rules are accepted.
type Acceptance struct {
	change.Changes
	Compared bool              // false if there are no accepted rules that can be read, or if they differ too much to be compared
	Files    map[string][]byte // new contents by path in the content folder; empty if all files are up to date
}

// AcceptRules proves the rules of a content folder and compares them with the rules accepted last. It returns the files that
// record the acceptance, but writes nothing. If a diagnostic is an error, `a` is nil. The people whose result changes are listed
// in at most `most` groups. The error says that the context ended, or is about the machine.
func AcceptRules(ctx context.Context, content fs.FS, name string, most int) (a *Acceptance, found []diag.Diagnostic, err error) {
	defer rules.Stopped(&err)
	content = plaintext.Until(ctx, content)
	r, found, err := CompileRules(content, name)
	if err != nil || r == nil {
		return nil, found, err
	}
	accepted, err := change.ReadAccepted(r.Set, content, name)
	if err != nil {
		return nil, found, err
	}
	proof, err := r.prove(ctx, accepted, func() {})
	if found = append(found, proof...); err != nil || diag.HasErrors(found) {
		diag.Sort(found)
		return nil, found, err
	}
	r.Set.Until(ctx.Err)
	defer r.Set.Until(nil)
	a = &Acceptance{Files: change.Accept(r.Set, accepted, r.Interview.Holds())}
	if a.Changes, err = change.Compare(r.Set, accepted, most); err == nil {
		a.Compared = accepted.Known()
	}
	for file, data := range a.Files {
		if old, err := fs.ReadFile(content, file); err == nil && bytes.Equal(old, data) {
			delete(a.Files, file)
		}
	}
	return a, found, nil
}

// Write writes the files into a content folder. It replaces each old file in one step, and replaces none if one of the new
// files cannot be written.
func (a *Acceptance) Write(folder string) (err error) {
	var ready []string
	defer func() {
		for _, file := range ready {
			err = errors.Join(err, os.Remove(file+unfinished))
		}
	}()
	for name, data := range a.Files {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.WriteFile(file+unfinished, data, 0o666); err != nil {
			return err
		}
		ready = append(ready, file)
	}
	for len(ready) > 0 {
		if err := os.Rename(ready[0]+unfinished, ready[0]); err != nil {
			return err
		}
		ready = ready[1:]
	}
	return nil
}

// unfinished ends the name of a file that is being written.
const unfinished = ".tmp"
