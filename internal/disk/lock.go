package disk

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// Busy says that a different process holds a lock.
type Busy struct {
	PID  int
	Host string
	File string // the lock file, which a person must delete if that process has died; "" if the system releases locks itself
	lock string // path of the lock file
}

// Error names the lock file, and the process and the host that hold it.
func (b *Busy) Error() string {
	return fmt.Sprintf("%s: process %d on %s is publishing", b.lock, b.PID, b.Host)
}

// Lock makes this process the only one that holds the lock in a file, and returns a function that releases the lock and removes the file.
// If a different process holds the lock, Lock tries again for the duration `wait`, and then returns a [Busy] error. Before it waits, it
// calls `waiting` once, unless that is nil. If the context ends first, it returns the context's error. Lock takes over the lock of a dead
// process if the system can recognize one (see tryLock).
func Lock(ctx context.Context, path string, wait time.Duration, waiting func(*Busy)) (unlock func(), err error) {
	const pause = 20 * time.Millisecond
	for waited := time.Duration(0); ; waited += pause {
		unlock, err := tryLock(path)
		held, busy := err.(*Busy)
		if !busy || waited >= wait {
			return unlock, err
		}
		if waited == 0 && waiting != nil {
			waiting(held)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
		}
	}
}

// owner returns the text of a lock file: process id and host name.
func owner() string {
	return strconv.Itoa(os.Getpid()) + " " + hostname() + "\n"
}

func hostname() string {
	name, err := os.Hostname()
	if err != nil || name == "" {
		return "localhost"
	}
	return strings.Join(strings.Fields(name), "-")
}

// busy returns the process that the text of a lock file names.
func busy(path string, text []byte) *Busy {
	pid, host, _ := strings.Cut(strings.TrimSpace(string(text)), " ")
	number, _ := strconv.Atoi(pid)
	return &Busy{PID: number, Host: host, lock: path}
}
