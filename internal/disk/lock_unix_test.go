//go:build unix

package disk

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// On a file system without locks, the file is the lock as long as it exists, and Busy names it.
func TestNoLocks(t *testing.T) {
	defer func() { flock = unix.Flock }()
	for _, failure := range []error{unix.ENOLCK, unix.ENOSYS, unix.EOPNOTSUPP, unix.ENOTSUP} {
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
		for _, text := range []string{"99999999 " + hostname() + "\n", "", "1 elsewhere.example\n"} {
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			if _, err := Lock(t.Context(), path, 0, nil); err == nil {
				t.Errorf("%v: lock file %q is taken over", failure, text)
			}
			os.Remove(path)
		}
	}
}

// On a file system without locks, a process that waits leaves no file behind once the lock is released. If somebody deletes a lock
// file and a second process makes a new one, the first process does not remove it.
func TestNoLocksLeaveNothing(t *testing.T) {
	defer func() { flock = unix.Flock }()
	flock = func(int, int) error { return unix.ENOLCK }
	path := filepath.Join(t.TempDir(), "lock")
	for range 300 {
		unlock, err := tryLock(path)
		if err != nil {
			t.Fatal(err)
		}
		tried := make(chan struct{})
		go func() {
			defer close(tried)
			for range 20 {
				if unlock, err := tryLock(path); err == nil {
					unlock()
				}
			}
		}()
		unlock()
		<-tried
		if _, err := os.Lstat(path); err == nil {
			t.Fatal("a lock is left that nobody holds")
		}
	}
	first, err := tryLock(path)
	if err != nil {
		t.Fatal(err)
	}
	os.Remove(path)
	second, err := tryLock(path)
	if err != nil {
		t.Fatal(err)
	}
	first()
	if _, err := tryLock(path); err == nil {
		t.Error("two processes hold the lock")
	}
	second()
}
