package terminal

import (
	"fmt"
	"os"
	"sync/atomic"
	"time"
)

// Progress returns a count that is shown on the terminal in the words of p after the first second, and a function that ends the
// display. If standard error is not a terminal, nothing is shown.
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
