package main

import (
	"fmt"
	"runtime"
)

// version is the generator's version. Every manifest contains it.
const version = "0.1.0"

func runVersion(c *console, _ *options) int {
	fmt.Fprintf(c.out, "sitegen %s (%s %s/%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return exitFine
}
