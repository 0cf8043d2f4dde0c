// Package sweep tells tests how many cases to try.
package sweep

import "os"

// All reports whether tests try everything (`make sweep`) or only a part (`make test`).
func All() bool { return os.Getenv("SWEEP") == "1" }

// Of returns `all` if [All] is true, and `part` otherwise.
func Of(all, part int) int {
	if All() {
		return all
	}
	return part
}
