package build

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// A Busy error says that another build of the same folder is running.
type Busy struct {
	PID  int
	Host string
	lock string // the file that says so
}

// Error names the lock, and the process and the host that hold it.
func (b *Busy) Error() string {
	return fmt.Sprintf("%s: process %d on %s is publishing", b.lock, b.PID, b.Host)
}

// lock makes this process the only one that publishes into a folder, and returns how to let go. It waits a while for
// another, and calls waiting if it must. A lock whose process is dead is taken over; how that is known depends on the
// system: see tryLock.
func lock(ctx context.Context, path string, wait time.Duration, waiting func(*Busy)) (unlock func(), err error) {
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

// owner is what a lock file says: the process and the machine.
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

// busy reads a lock file's text.
func busy(path string, text []byte) *Busy {
	pid, host, _ := strings.Cut(strings.TrimSpace(string(text)), " ")
	number, _ := strconv.Atoi(pid)
	return &Busy{PID: number, Host: host, lock: path}
}
