package build

import (
	"context"
	"errors"
	"os"
	"sync/atomic"
	"testing"

	"sitegen/internal/civil"
	"sitegen/themes"
)

// countedContext ends when it has been asked some times whether it has: work that asks is stopped amid a proof, on every
// machine at the same place.
type countedContext struct {
	context.Context
	left  atomic.Int64
	asked atomic.Int64
}

func (c *countedContext) Err() error {
	c.asked.Add(1)
	if c.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// Who stops a proof of the rules waits for none of it: each of the few goroutines asks once more at most.
func TestProofStops(t *testing.T) {
	source := Source{Content: os.DirFS("../../content"), ContentName: "content", Theme: themes.Default(), ThemeName: "theme", Today: civil.Of(2026, 12, 15)}
	all := &countedContext{Context: t.Context()}
	all.left.Store(1 << 40)
	if _, _, err := CheckRules(all, source.Content, source.ContentName); err != nil {
		t.Fatal(err)
	}
	whole := all.asked.Load()
	if whole < 100 {
		t.Fatalf("a proof asks %d times whether it is waited for", whole)
	}
	ctx, after := &countedContext{Context: t.Context()}, whole/2
	ctx.left.Store(after)
	r, _, err := CheckRules(ctx, source.Content, source.ContentName)
	const most = 20
	if more := ctx.asked.Load() - after; r != nil || !errors.Is(err, context.Canceled) || more > most {
		t.Errorf("stopped after %d of %d: %v, and %d questions more", after, whole, err, more)
	}
}
