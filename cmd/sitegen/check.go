package main

import "sitegen/internal/build"

func runCheck(c *console, o *options) int {
	summary, code := c.make(o, build.Check)
	if code == exitFine {
		c.say(c.notes(o), phrase{"間違いはありません: %s", "In order: %s"}, c.counts(summary))
	}
	return code
}
