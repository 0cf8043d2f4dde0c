package disk

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestLock(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "lock")
	first, err := Lock(t.Context(), path, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Lock(t.Context(), path, 0, nil)
	if busy := (*Busy)(nil); !errors.As(err, &busy) || busy.PID != os.Getpid() || busy.Host != hostname() || busy.lock != path {
		t.Fatalf("a second lock: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Lock(ctx, path, time.Hour, nil); !errors.Is(err, context.Canceled) {
		t.Fatalf("waiting when cancelled: %v", err)
	}
	// A process that waits gets the lock as soon as it is released.
	got, waits := make(chan error), make(chan struct{})
	go func() {
		second, err := Lock(t.Context(), path, time.Hour, func(*Busy) { close(waits) })
		if err == nil {
			second()
		}
		got <- err
	}()
	<-waits
	first()
	if err := <-got; err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	// A lock file without a living owner does not hold the lock, whatever it contains.
	for _, text := range []string{"99999999 " + hostname() + "\n", "", "half", "1 elsewhere.example\n"} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		unlock, err := Lock(t.Context(), path, 0, nil)
		if err != nil {
			t.Errorf("lock file %q: %v", text, err)
			continue
		}
		unlock()
	}
}
