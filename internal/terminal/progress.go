package terminal

import (
	"fmt"
	"os"
	"sync/atomic"
	"time"
)

// Progress shows a count on the terminal after the first second, in the words of `p`, whose argument is the count. The caller increases
// the count, and calls `stop` at the end. If standard error is not a terminal, Progress shows nothing.
func (t *Terminal) Progress(p Phrase) (count *atomic.Int64, stop func()) {
	count = new(atomic.Int64)
	shown, _ := t.Err.(*screen)
	if shown == nil {
		return count, func() {}
	}
	display, ok := shown.Writer.(*os.File)
	if !ok {
		return count, func() {}
	}
	if info, err := display.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return count, func() {}
	}
	done, finished := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(finished)
		wait := time.Second
		for shown := false; ; shown, wait = true, 200*time.Millisecond {
			select {
			case <-done:
				if shown {
					fmt.Fprint(display, "\r\x1b[K")
				}
				return
			case <-time.After(wait):
				fmt.Fprint(display, "\r", t.Words(p, count.Load()))
			}
		}
	}()
	return count, func() {
		close(done)
		<-finished
	}
}
