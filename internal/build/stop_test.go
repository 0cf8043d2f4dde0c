package build

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/publish"
	"sitegen/internal/testcontent"
	"sitegen/themes"
)

// countedContext ends after Err was called a given number of times. Work that calls Err therefore stops at the same place on every machine.
type countedContext struct {
	context.Context
	left     atomic.Int64
	asked    atomic.Int64
	diagrams atomic.Int64 // how often Err was called while a decision diagram made nodes
}

func (c *countedContext) Err() error {
	c.asked.Add(1)
	var callers [4]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers[:])])
	for more := true; more; {
		var frame runtime.Frame
		if frame, more = frames.Next(); strings.Contains(frame.Function, "/bdd.(*Diagram).Make") {
			c.diagrams.Add(1)
		}
	}
	if c.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// mostAsked limits how often Err is called after the context has ended: each of the few goroutines calls it once or twice.
const mostAsked = 20

// A stopped proof of the rules ends at once, even while it makes a decision diagram.
func TestProofStops(t *testing.T) {
	source := Source{Content: os.DirFS("../../content"), ContentName: "content", Theme: themes.Default(), ThemeName: "theme", Bundle: bundled, Today: civil.Of(2026, 12, 15)}
	all := &countedContext{Context: t.Context()}
	all.left.Store(1 << 40)
	if _, _, err := CheckRules(all, source.Content, source.ContentName); err != nil {
		t.Fatal(err)
	}
	whole := all.asked.Load()
	if diagrams := all.diagrams.Load(); diagrams < 100 {
		t.Errorf("the diagrams of a proof ask %d times whether they are waited for", diagrams)
	}
	ctx, after := &countedContext{Context: t.Context()}, whole/2
	ctx.left.Store(after)
	r, _, err := CheckRules(ctx, source.Content, source.ContentName)
	if more := ctx.asked.Load() - after; r != nil || !errors.Is(err, context.Canceled) || more > mostAsked {
		t.Errorf("stopped after %d of %d: %v, and %d questions more", after, whole, err, more)
	}
}

// readUntil is a folder that counts the reads of its files, and calls `stop` at the read with the number `last`.
type readUntil struct {
	fstest.MapFS
	reads, last *atomic.Int64
	stop        context.CancelFunc
}

// ReadFile implements [fs.ReadFileFS].
func (r readUntil) ReadFile(name string) ([]byte, error) {
	if r.reads.Add(1) == r.last.Load() {
		r.stop()
	}
	return fs.ReadFile(r.MapFS, name)
}

// A check or build can be stopped at any point. It then finishes only the files and pages that are being read or written, reports
// nothing about the content, and leaves the published site as it was.
func TestMakingStops(t *testing.T) {
	content, dir := testcontent.Permit(t), t.TempDir()
	accept(t, content)
	public := filepath.Join(dir, "public")
	var reads, last, written atomic.Int64
	making := func(stop context.CancelFunc) (Source, Output) {
		return Source{Content: readUntil{content, &reads, &last, stop}, ContentName: "content", Theme: themes.Default(), ThemeName: "theme", Bundle: bundled, Today: civil.Of(2026, 12, 15)},
			Output{Written: &written, Output: publish.Output{Dir: public, Version: "test"}}
	}
	source, output := making(func() {})
	if _, found, err := Build(t.Context(), source, output); err != nil || diag.HasErrors(found) {
		t.Fatal(found, err)
	}
	before, err := os.ReadFile(filepath.Join(public, publish.ManifestName))
	if err != nil {
		t.Fatal(err)
	}
	all := reads.Load()
	few := int64(2 * runtime.GOMAXPROCS(0))
	for name, run := range map[string]func(context.Context, Source, Output) (Summary, []diag.Diagnostic, error){"check": Check, "build": Build} {
		for _, at := range []int64{1, all / 2, all} {
			ctx, stop := context.WithCancel(t.Context())
			reads.Store(0)
			last.Store(at)
			source, output := making(stop)
			source.Today++ // so that the new site differs from the published one
			if _, found, err := run(ctx, source, output); !errors.Is(err, context.Canceled) || len(found) > 0 || reads.Load() > at+few {
				t.Errorf("%s stopped at file %d of %d: %v %v after %d", name, at, all, found, err, reads.Load())
			}
			stop()
		}
	}
	last.Store(0)
	ctx, stop := context.WithCancel(t.Context())
	pages, _, err := Make(ctx, source)
	if err != nil {
		t.Fatal(err)
	}
	written.Store(0)
	if _, err := renderAll(ctx, source, pages, output, func(int, []byte) error { stop(); return nil }); !errors.Is(err, context.Canceled) || written.Load() > few {
		t.Errorf("stopped at the first page: %v after %d", err, written.Load())
	}
	if after, err := os.ReadFile(filepath.Join(public, publish.ManifestName)); err != nil || !bytes.Equal(after, before) {
		t.Errorf("who was stopped changed the published site: %v", err)
	}
}
