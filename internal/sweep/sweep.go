// Package sweep tells tests how much to try.
package sweep

import "os"

// All reports whether everything is to be tried (`make sweep`) or a part of it (`make test`).
func All() bool { return os.Getenv("SWEEP") == "1" }

// Of returns all in `make sweep`, and part otherwise.
func Of(all, part int) int {
	if All() {
		return all
	}
	return part
}
