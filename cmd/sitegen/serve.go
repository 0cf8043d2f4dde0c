package main

import (
	"context"
	"crypto/rand"
	"errors"
	"net"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"

	"sitegen/internal/build"
	"sitegen/internal/diag"
	"sitegen/internal/serve"
)

var serveCommand = command{
	name: "serve", options: []string{"content", "theme", "profile", "date", "port", "phone", "lang"}, run: runServe,
	help: helpText{
		phrase{"書きながら、ブラウザーで見る", "see the site in a browser while you write"},
		phrase{`サイトをこのコンピューターの中だけで見せます。原稿を保存すると、開いているページが新しくなります。
間違いはページの上に出て、直せば消えます。注意だけなら、左下のボタンで見られます。止めるには Ctrl+C を押します。
--date を付けると、このプレビューのページは、その日に読んだときのように見えます。
--phone を付けると、同じネットワーク（Wi-Fi）の電話で開く住所を出します。それを知る人だけが見られます。`,
			`Shows the site on this computer only. When you save a file, the pages that are open renew
themselves. Mistakes are shown over the page and go when they are corrected; a button on it opens a list of
warnings. Ctrl+C ends it.
With --date the pages of this preview look as they do when they are read on that day.
--phone prints an address to open on a phone of the same network (Wi-Fi). Only who knows it can look.`},
		phrase{`  sitegen serve
  sitegen serve --port 3000 --date 2026-08-01
  sitegen serve --phone`,
			`  sitegen serve
  sitegen serve --port 3000 --date 2026-08-01
  sitegen serve --phone`},
	},
}

func runServe(c *console, o *options) int {
	_, closeSource, code := c.open(o) // report a wrong folder before anything else
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
	guests := guestsOf(o, listener.Addr())
	made, known := 0, &build.RulesMemory{}
	server, err := serve.New(ctx, serve.Config{
		Make:     func(ctx context.Context) (*build.Pages, []diag.Diagnostic, error) { return c.remake(ctx, o, known) },
		Watch:    sourceFolders(o),
		Language: c.Language,
		Day:      o.date.String(),
		Guests:   guests,
		Describe: c.describe,
		Rebuilt: func(found []diag.Diagnostic, err error) {
			c.tellRebuilt(found, err, made > 0)
			made++
		},
	}, listener.Addr())
	if err == nil {
		_, port, _ := net.SplitHostPort(listener.Addr().String())
		c.Say(c.Out, phrase{"プレビュー: http://127.0.0.1:%s/（止めるには Ctrl+C）", "Preview: http://127.0.0.1:%s/ (Ctrl+C ends it)"}, port)
		c.tellGuests(o, guests)
		err = server.Run(ctx, listener)
	}
	if err != nil {
		return c.fail(err)
	}
	return exitFine
}

// errNoFolder means that a source folder can no longer be opened, although it could be opened at the start. The reason has been
// printed.
var errNoFolder = errors.New("content or theme folder")

// remake opens the sources again, because a folder may have been replaced, and makes the site.
func (c *console) remake(ctx context.Context, o *options, known *build.RulesMemory) (*build.Pages, []diag.Diagnostic, error) {
	source, closeSource, code := c.open(o)
	if code != exitFine {
		return nil, nil, errNoFolder
	}
	defer closeSource()
	source.Rules, source.Preview = known, true
	return build.Make(ctx, source)
}

// tellRebuilt prints the findings of a rebuild, and that it succeeded or why it failed. For the first build, `again` is false,
// and success is not printed.
func (c *console) tellRebuilt(found []diag.Diagnostic, err error, again bool) {
	diag.Print(c.Err, found, c.Language)
	switch {
	case err != nil:
		c.fail(err)
	case again && !diag.HasErrors(found):
		c.Say(c.Out, phrase{"作り直しました", "Made again"})
	}
}

// guestsOf returns how phones in this computer's networks can reach the preview: the addresses, and a random key that is the path
// of each address. Without --phone it returns neither.
func guestsOf(o *options, address net.Addr) (guests serve.Guests) {
	if !o.phone {
		return guests
	}
	_, port, _ := net.SplitHostPort(address.String())
	addresses, _ := net.InterfaceAddrs() // empty if they cannot be determined
	for _, one := range addresses {
		if network, ok := one.(*net.IPNet); ok && network.IP.To4() != nil && network.IP.IsPrivate() {
			guests.Hosts = append(guests.Hosts, net.JoinHostPort(network.IP.String(), port))
		}
	}
	guests.Key = strings.ToLower(rand.Text()[:8])
	return guests
}

// tellGuests prints the addresses to open on a phone.
func (c *console) tellGuests(o *options, guests serve.Guests) {
	for _, host := range guests.Hosts {
		c.Say(c.Out, phrase{"電話から: http://%s/%s（同じ Wi-Fi で。この住所を知る人だけが見られます）", "On a phone: http://%s/%s (in the same Wi-Fi; only who knows this address can look)"}, host, guests.Key)
	}
	if o.phone && len(guests.Hosts) == 0 {
		c.Say(c.Err, phrase{"sitegen: このコンピューターは、電話とつながるネットワークに入っていません", "sitegen: this computer is in no network that a phone could reach it by"})
	}
}

// listen opens the port that --port names. Without --port it tries 21 ports, beginning with the default port, and opens the first
// free one. With --phone it accepts connections from the computer's networks, and otherwise only from this computer. If it opens
// no port, it prints the reason and returns nil and an exit code.
func (c *console) listen(o *options) (net.Listener, int) {
	const others = 20
	for port := o.port; ; port++ {
		host := "127.0.0.1"
		if o.phone {
			host = "0.0.0.0"
		}
		listener, err := net.Listen("tcp4", net.JoinHostPort(host, strconv.Itoa(port)))
		if err == nil {
			return listener, exitFine
		}
		if !errors.Is(err, syscall.EADDRINUSE) {
			return nil, c.fail(err)
		}
		if o.portGiven || port == o.port+others {
			c.Say(c.Err, phrase{"sitegen: ポート %d は使われています。--port で別の番号を指定してください", "sitegen: port %d is taken; name another one with --port"}, port)
			return nil, exitEnvironment
		}
	}
}
