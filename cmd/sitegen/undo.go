package main

import (
	"errors"
	"time"

	"sitegen/internal/publish"
)

func runUndo(c *console, o *options) int {
	ctx, stop := interruptible()
	defer stop()
	err := publish.Undo(ctx, publish.Output{Dir: o.out, Wait: time.Minute, Litter: c.tellLitter, Waiting: c.tellWaiting})
	var nothing *publish.NothingBefore
	switch {
	case errors.As(err, &nothing):
		return c.misuse(phrase{"戻せるサイトがありません: %s", "there is no site to put back: %s"}, nothing.Dir,
			c.words(phrase{"前のサイトが残るのは、sitegen build --keep で作ったときです", "the site before is kept by sitegen build --keep"}))
	case err != nil:
		return c.fail(err)
	}
	c.say(c.out, phrase{"前のサイトに戻しました: %s/（もう一度 sitegen undo とすると、取り消せます）", "The site before is back: %s/ (sitegen undo once more takes that back)"}, o.out)
	return exitFine
}
