package main

import (
	"context"
	"errors"
	"net"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"sitegen/internal/build"
	"sitegen/internal/diag"
	"sitegen/internal/serve"
)

func runServe(c *console, o *options) int {
	_, closeSource, code := c.open(o) // to tell of a wrong folder before anything else
	if code != exitFine {
		return code
	}
	closeSource()
	listener, code := c.listen(o)
	if code != exitFine {
		return code
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	made, known := 0, &build.RulesMemory{}
	server, err := serve.New(serve.Config{
		Make:     func() (*build.Pages, []diag.Diagnostic, error) { return c.remake(o, known) },
		Watch:    sourceFolders(o),
		Language: c.language,
		Day:      o.date.String(),
		Describe: c.describe,
		Rebuilt: func(found []diag.Diagnostic, err error) {
			c.tellRebuilt(found, err, made > 0)
			made++
		},
	}, listener.Addr())
	if err == nil {
		c.say(c.out, phrase{"プレビュー: http://%s/（止めるには Ctrl+C）", "Preview: http://%s/ (Ctrl+C ends it)"}, listener.Addr())
		err = server.Run(ctx, listener)
	}
	if err != nil {
		return c.fail(err)
	}
	return exitFine
}

// errNoFolder says that a source folder, which was there at the start, cannot be opened any more. Why was printed.
var errNoFolder = errors.New("content or theme folder")

// remake opens the sources anew, because a folder may have been replaced, and makes the site.
func (c *console) remake(o *options, known *build.RulesMemory) (*build.Pages, []diag.Diagnostic, error) {
	source, closeSource, code := c.open(o)
	if code != exitFine {
		return nil, nil, errNoFolder
	}
	defer closeSource()
	source.Rules, source.Preview = known, true
	return build.Make(source)
}

// tellRebuilt prints what was found when the site was made.
func (c *console) tellRebuilt(found []diag.Diagnostic, err error, again bool) {
	diag.Print(c.err, found, c.language)
	switch {
	case err != nil:
		c.fail(err)
	case again && !diag.HasErrors(found):
		c.say(c.out, phrase{"作り直しました", "Made again"})
	}
}

// listen takes the wanted port of this computer. Where none was named, the first free one from the usual on will do.
func (c *console) listen(o *options) (net.Listener, int) {
	const others = 20
	for port := o.port; ; port++ {
		listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err == nil {
			return listener, exitFine
		}
		if !errors.Is(err, syscall.EADDRINUSE) {
			return nil, c.fail(err)
		}
		if o.portGiven || port == o.port+others {
			c.say(c.err, phrase{"sitegen: ポート %d は使われています。--port で別の番号を指定してください", "sitegen: port %d is taken; name another one with --port"}, port)
			return nil, exitEnvironment
		}
	}
}
