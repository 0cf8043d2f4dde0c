package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// convertAll reads every Markdown file below the folder `from`, converts it with goldmark, and writes all results into the folder `to`.
// It is the floor: a generator in Go that uses goldmark cannot do less.
func convertAll(from, to string) error {
	var files []string
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && strings.HasSuffix(path, ".md") {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	var group sync.WaitGroup
	failures := make(chan error, runtime.NumCPU())
	for worker := range runtime.NumCPU() {
		group.Go(func() {
			markdown := goldmark.New(goldmark.WithExtensions(extension.GFM))
			var page bytes.Buffer
			for i := worker; i < len(files); i += runtime.NumCPU() {
				source, err := os.ReadFile(files[i])
				if err == nil {
					page.Reset()
					err = markdown.Convert(source, &page)
				}
				name := strings.ReplaceAll(strings.TrimPrefix(files[i], from), string(filepath.Separator), "_")
				if err == nil {
					err = os.WriteFile(filepath.Join(to, name), page.Bytes(), 0o644)
				}
				if err != nil {
					failures <- err
					return
				}
			}
		})
	}
	group.Wait()
	close(failures)
	return <-failures
}
