package main

import (
	"errors"
	"time"

	"sitegen/internal/publish"
)

var undoCommand = command{
	name: "undo", options: []string{"out", "lang"}, run: runUndo,
	help: helpText{
		phrase{"入れ替える前のサイトに戻す", "put the site back that was there before"},
		phrase{`sitegen build --keep で作ると、入れ替えた前のサイトが、出力先の隣（public.sitegen-before）に残ります。
undo はその二つを取り替えます。もう一度 undo とすると、元どおりです。原稿は変わりません。`,
			`sitegen build --keep keeps the site that it replaces beside the output folder
(public.sitegen-before). This exchanges the two; doing it twice changes nothing. The content stays as it is.`},
		phrase{`  sitegen undo
  sitegen undo --out ../kenpo-site`,
			`  sitegen undo
  sitegen undo --out ../kenpo-site`},
	},
}

func runUndo(c *console, o *options) int {
	ctx, stop := interruptible()
	defer stop()
	err := publish.Undo(ctx, publish.Output{Dir: o.out, Wait: time.Minute, Litter: c.tellLitter, Waiting: c.tellWaiting})
	var nothing *publish.NothingBefore
	switch {
	case errors.As(err, &nothing):
		return c.misuse(phrase{"戻せるサイトがありません: %s", "there is no site to put back: %s"}, nothing.Dir,
			c.Words(phrase{"前のサイトが残るのは、sitegen build --keep で作ったときです", "the site before is kept by sitegen build --keep"}))
	case err != nil:
		return c.fail(err)
	}
	c.Say(c.Out, phrase{"前のサイトに戻しました: %s/（もう一度 sitegen undo とすると、取り消せます）", "The site before is back: %s/ (sitegen undo once more takes that back)"}, o.out)
	return exitFine
}
