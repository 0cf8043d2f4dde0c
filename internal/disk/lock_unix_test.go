//go:build unix

package disk

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// On a file system without locks, the file is the lock. That of a dead process is taken over; of any other, Busy names it.
func TestNoLocks(t *testing.T) {
	defer func() { flock = unix.Flock }()
	for _, failure := range []error{unix.ENOLCK, unix.ENOSYS, unix.EOPNOTSUPP} {
		flock = func(int, int) error { return failure }
		path := filepath.Join(t.TempDir(), "lock")
		unlock, err := Lock(t.Context(), path, 0, nil)
		if err != nil {
			t.Fatal(failure, err)
		}
		_, err = Lock(t.Context(), path, 0, nil)
		if busy := (*Busy)(nil); !errors.As(err, &busy) || busy.PID != os.Getpid() || busy.File != path {
			t.Errorf("%v: a second lock: %v", failure, err)
		}
		unlock()
		for text, free := range map[string]bool{"99999999 " + hostname() + "\n": true, "": false, "1 elsewhere.example\n": false} {
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			unlock, err := Lock(t.Context(), path, 0, nil)
			if (err == nil) != free {
				t.Errorf("%v: lock file %q: %v", failure, text, err)
			}
			if err == nil {
				unlock()
			}
		}
	}
}
