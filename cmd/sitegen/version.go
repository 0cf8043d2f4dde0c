package main

import (
	"fmt"
	"runtime"
)

// version is the generator's version. Every manifest contains it.
const version = "0.1.0"

var versionCommand = command{
	name: "version", options: []string{"lang"}, run: runVersion,
	help: helpText{
		phrase{"版を表示する", "show the version"}, phrase{}, phrase{},
	},
}

func runVersion(c *console, _ *options) int {
	fmt.Fprintf(c.Out, "sitegen %s (%s %s/%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return exitFine
}
