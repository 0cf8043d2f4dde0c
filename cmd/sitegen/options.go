package main

import (
	"errors"
	"flag"
	"io"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"sitegen/internal/civil"
	"sitegen/internal/schema"
)

// option is an option of the command line: its name without hyphens, the placeholder of its value, and its description. The
// placeholder is "" if the option takes no value.
type option struct {
	name, value string
	phrase
}

var allOptions = []option{
	{"answers", "FILE|-", phrase{"答えのファイル。一行に一人、JSONで（- は標準入力）", "file of answers, one person a line as JSON (- is standard input)"}},
	{"profile", "ID", phrase{"保険者（profiles/ のフォルダー名）", "the insurer (a folder of profiles/)"}},
	{"text", "", phrase{"結果を、人が読む文で出す（--lang はサイトの言語）", "answer in sentences for people (--lang: a language of the site)"}},
	{"explain", "", phrase{"答えの決まり方と、何があれば変わるかも出す", "also tell how each answer came about, and what would change it"}},
	{"content", "DIR", phrase{"原稿のフォルダー（省くと content）", "folder of the content (default: content)"}},
	{"theme", "DIR", phrase{"見た目のフォルダー（省くと組み込みのもの）", "folder of the theme (default: the built-in one)"}},
	{"out", "DIR", phrase{"サイトを置くフォルダー（省くと public）", "folder for the site (default: public)"}},
	{"date", "YYYY-MM-DD", phrase{"今日とみなす日（省くと SOURCE_DATE_EPOCH の日、それもなければ日本時間の今日）", "the day to take for today (default: the day of SOURCE_DATE_EPOCH, else today in Tokyo)"}},
	{"previous", "FILE", phrase{"前に公開した sitegen-manifest.json。変わった質問を知るため（省くと --out にあるもの）", "sitegen-manifest.json of the last publication, to tell what changed (default: the one in --out)"}},
	{"base-url", "URL", phrase{"公開先のアドレス。サイトマップとフィードに要ります", "where the site will be published; needed for sitemap and feeds"}},
	{"strict", "", phrase{"注意も間違いに数える（終了コード1、何も公開しない）", "warnings count as mistakes (exit code 1, nothing is published)"}},
	{"compress", "", phrase{"各ファイルを .br と .gz でも書く（圧縮したまま送れるサーバーのため）", "also write each file as .br and .gz, for hosts that send them as they are"}},
	{"replace-edits", "", phrase{"手で書き換えられた公開済みのファイルも置き換える", "replace published files even where somebody edited them by hand"}},
	{"keep", "", phrase{"入れ替えた前のサイトを残す（sitegen undo で戻せる）", "keep the site that is replaced, so that sitegen undo can put it back"}},
	{"stats", "", phrase{"サイトと言語ごとのページの数、時間、メモリーも出す", "also print the pages of each site and language, time and memory"}},
	{"until", "YYYY-MM-DD", phrase{"その日までに本当でなくなる所を、日の順に並べる", "list by day what becomes false up to and including that day"}},
	{"format", "text|json", phrase{"間違いの出し方。json なら一行に一件を標準出力へ", "how mistakes are told; json: one a line on standard output"}},
	{"by", "source", phrase{"資料ごとに、それをもとにした事実、質問、用語、ルールを並べる", "list by source: the facts, questions, terms and rules that rest on each"}},
	{"write", "", phrase{"聞かずに書く", "write without asking"}},
	{"port", "N", phrase{"ポート番号（省くと 8080 から空いているもの）", "port (default: the first free one from 8080)"}},
	{"phone", "", phrase{"同じネットワークの電話からも見られるようにする", "let phones of the same network see it, too"}},
	{"lang", "ja|en", phrase{"この画面の言葉（省くとOSの設定）", "language of messages (default: the locale's)"}},
}

// options holds the values given on the command line.
type options struct {
	content, theme, out, baseURL, format string
	answers, profile, previous, lang, by string
	text, explain, strict, stats, write  bool
	replaceEdits, compress, phone, keep  bool

	port      int
	portGiven bool
	date      civil.Date // of --date or SOURCE_DATE_EPOCH; civil.Unset if neither is given
	until     civil.Date // civil.Unset if not given
	args      []string   // the arguments that are not options
}

// json reports whether --format json was given.
func (o *options) json() bool { return o.format == "json" }

// today returns the day for which the site is built: the day of --date or SOURCE_DATE_EPOCH, and otherwise today in Tokyo.
func (o *options) today() civil.Date {
	if o.date != civil.Unset {
		return o.date
	}
	return civil.In(time.Now())
}

// parse reads the options of a command. If `ok` is false, the command exits with `code`.
func (c *console) parse(command command, args []string) (o *options, ok bool, code int) {
	o = &options{}
	var date, until string
	targets := map[string]*string{
		"content": &o.content, "theme": &o.theme, "out": &o.out, "date": &date, "until": &until,
		"base-url": &o.baseURL, "format": &o.format, "lang": &o.lang, "by": &o.by,
		"answers": &o.answers, "profile": &o.profile, "previous": &o.previous,
	}
	defaults := map[string]string{"content": "content", "out": "public", "format": "text"}
	set := flag.NewFlagSet(command.name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	if own := command.own.name; own != "" {
		defaults[own] = command.ownDefault
	}
	for _, name := range command.options {
		switch name {
		case "port":
			set.IntVar(&o.port, name, 8080, "")
		case "text":
			set.BoolVar(&o.text, name, false, "")
		case "explain":
			set.BoolVar(&o.explain, name, false, "")
		case "keep":
			set.BoolVar(&o.keep, name, false, "")
		case "phone":
			set.BoolVar(&o.phone, name, false, "")
		case "strict":
			set.BoolVar(&o.strict, name, false, "")
		case "compress":
			set.BoolVar(&o.compress, name, false, "")
		case "replace-edits":
			set.BoolVar(&o.replaceEdits, name, false, "")
		case "write":
			set.BoolVar(&o.write, name, false, "")
		case "stats":
			set.BoolVar(&o.stats, name, false, "")
		default:
			set.StringVar(targets[name], name, defaults[name], "")
		}
	}
	for { // options may follow arguments
		if err := set.Parse(args); errors.Is(err, flag.ErrHelp) {
			c.printCommandHelp(c.Out, command)
			return nil, false, exitFine
		} else if err != nil {
			return nil, false, c.badOption(command, err)
		}
		if set.NArg() == 0 {
			break
		}
		o.args, args = append(o.args, set.Arg(0)), set.Args()[1:]
	}
	if len(o.args) > command.arguments {
		return nil, false, c.misuse(phrase{"余分な引数があります: %s", "superfluous argument: %s"}, o.args[command.arguments])
	}
	set.Visit(func(f *flag.Flag) { o.portGiven = o.portGiven || f.Name == "port" })
	if code = c.checkDays(o, date, until); code == exitFine {
		code = c.checkOptions(o, slices.Contains(command.options, "text") || command.name == "search")
	}
	return o, code == exitFine, code
}

// badOption prints an error of package flag in the language of the messages, and returns exitUsage.
func (c *console) badOption(command command, err error) int {
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "flag provided but not defined: -"); ok {
		name = strings.TrimLeft(name, "-")
		return c.misuse(phrase{"知らないオプションです: --%s", "unknown option: --%s"}, name, c.didYouMean(name, command.options, "--")...)
	}
	if name, ok := strings.CutPrefix(text, "flag needs an argument: -"); ok {
		return c.misuse(phrase{"値がありません: --%s", "the value is missing: --%s"}, strings.TrimLeft(name, "-"))
	}
	if strings.Contains(text, "for flag -port") {
		return c.misuse(phrase{"--%s は0から65535までの数です", "--%s is a number from 0 to 65535"}, "port")
	}
	return c.misuse(phrase{"オプションを読めません: %s", "cannot read the options: %s"}, text)
}

// checkDays reads --date and --until. Without --date it uses the environment variable SOURCE_DATE_EPOCH, with which tools for
// reproducible builds set the day (reproducible-builds.org). It returns exitUsage if a day is invalid, or if --until is before
// today.
func (c *console) checkDays(o *options, date, until string) int {
	if epoch := os.Getenv("SOURCE_DATE_EPOCH"); epoch != "" && date == "" {
		seconds, err := strconv.ParseInt(epoch, 10, 64)
		if date = civil.In(time.Unix(seconds, 0)).String(); err == nil {
			_, err = civil.Parse(date) // accepts only days of the years 1 to 9999
		}
		if err != nil || seconds < 0 {
			return c.misuse(phrase{"SOURCE_DATE_EPOCH は1970年1月1日からの秒数です: %s", "SOURCE_DATE_EPOCH is a number of seconds since 1970-01-01: %s"}, epoch)
		}
	}
	for _, given := range []struct {
		name, text string
		day        *civil.Date
	}{{"date", date, &o.date}, {"until", until, &o.until}} {
		*given.day = civil.Unset
		if given.text == "" {
			continue
		}
		day, err := civil.Parse(given.text)
		if err != nil {
			return c.misuse(phrase{"--" + given.name + " は年-月-日です: %s", "--" + given.name + " is year-month-day: %s"}, given.text,
				c.Words(phrase{"例: --%s 2025-12-02", "for example: --%s 2025-12-02"}, given.name))
		}
		*given.day = day
	}
	if o.until != civil.Unset && o.until < o.today() {
		return c.misuse(phrase{"--until は今日か、それより後の日です: %s", "--until is today or a later day: %s"}, o.until)
	}
	return exitFine
}

// checkOptions checks all values except days, and adds a final slash to the base URL. If anyLanguage is true, it accepts every
// value of --lang, because the site can have languages other than those of the messages. It returns exitUsage if a value is
// invalid.
func (c *console) checkOptions(o *options, anyLanguage bool) int {
	if lang := o.lang; lang != "" && lang != "ja" && lang != "en" && !anyLanguage {
		return c.misuse(phrase{"--lang は ja か en です: %s", "--lang is ja or en: %s"}, lang)
	}
	if !slices.Contains([]string{"", "text", "json"}, o.format) {
		return c.misuse(phrase{"--format は text か json です: %s", "--format is text or json: %s"}, o.format)
	}
	if o.by != "" && o.by != "source" {
		return c.misuse(phrase{"--by は source だけです: %s", "--by can only be source: %s"}, o.by)
	}
	if o.port < 0 || o.port > 65535 {
		return c.misuse(phrase{"--%s は0から65535までの数です", "--%s is a number from 0 to 65535"}, "port")
	}
	if o.baseURL != "" {
		address, ok := baseURL(o.baseURL)
		if !ok {
			return c.misuse(phrase{
				"--base-url は https:// から始まり、? や # のないアドレスです（サーバーは example.jp のような半角の完全なサーバー名かIPアドレスかlocalhost、ポートは1から65535まで）: %s",
				"--base-url is an address that begins with https:// and has no ? or #; its host is a full host name in ASCII such as example.jp, an IP address or localhost, and its port is from 1 to 65535: %s",
			}, o.baseURL, c.Words(phrase{"例: --base-url https://example.jp/hoken/", "for example: --base-url https://example.jp/hoken/"}))
		}
		o.baseURL = address
	}
	return exitFine
}

// baseURL returns an http or https address with a slash at its end. It returns false if the text is not such an address, if it has
// a user, a query, a fragment or a character that no address has, or if its host is wrong.
func baseURL(text string) (string, bool) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || strings.ContainsAny(text, "?# \n\t\"<>\\") || !isHost(u) {
		return "", false
	}
	u.Host = strings.ToLower(u.Host)
	return strings.TrimRight(u.String(), "/") + "/", true
}

// isHost reports whether an address has a host that [schema.CheckHost] accepts, an IP address, or localhost. A port may follow.
func isHost(u *url.URL) bool {
	name := u.Hostname()
	if port := u.Port(); port != "" || strings.HasSuffix(u.Host, ":") {
		if number, err := strconv.Atoi(port); err != nil || number < 1 || number > 65535 {
			return false
		}
	}
	if ip, err := netip.ParseAddr(name); err == nil {
		return ip.Zone() == ""
	}
	wrong, _ := schema.CheckHost(u.String(), name)
	return wrong == "" || strings.EqualFold(name, "localhost")
}
