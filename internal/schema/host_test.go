package schema

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

func TestHosts(t *testing.T) {
	for host, want := range map[string]string{
		"www.mhlw.go.jp":                 "",
		"WWW.MHLW.go.jp":                 "",
		"xn--r8jz45g.jp":                 "", // 例え
		"例え.jp":                          "address-script [例え.jp xn--r8jz45g.jp]",
		"bücher.example":                 "address-script [bücher.example xn--bcher-kva.example]",
		"3年b組金八先生.jp":                    "address-script [3年b組金八先生.jp xn--3b-ww4c5e180e575a65lsy2b.jp]", // RFC 3492, 7.1 (L), in lower case
		"www.mhlw.gо.jp":                 "address-lookalike [a о 1086]",
		"www.xn--mhlw-85d.go.jp":         "address-lookalike [a о 1086]",
		"ｗｗｗ.mhlw.go.jp":                 "address-lookalike [a ｗ 65367]",
		"www。mhlw。go。jp":                 "address-host [a]",
		"xn--.jp":                        "address-host [a]",
		"xn--99999999999999999999999.jp": "address-host [a]",
		"xn--a\x00.jp":                   "address-host [a]",
		"1.2.3.4":                        "address-host [a]",
		"0x7f.1":                         "address-host [a]",
		"localhost":                      "address-host [a]",
		"r3---sn.example.jp":             "",
		"אa.jp":                          "address-host [a]", // letters of both directions in one label
		"www..jp":                        "address-host [a]",
		"-a.jp":                          "address-host [a]",
		"www.mhlw.go.jp:8443":            "address-host [a]",
		"":                               "address-host [a]",
	} {
		got := ""
		if code, args := CheckHost("a", host); code != "" {
			got = fmt.Sprint(code, " ", args)
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", host, got, want)
		}
	}
}

// CheckHost ends for any host. If it suggests a different form of the host, it accepts that form.
func FuzzHost(f *testing.F) {
	for _, host := range []string{"www.mhlw.go.jp", "xn--r8jz45g.jp", "例え.jp", "xn--.jp", "www.mhlw.gо.jp", "a.\x00", "xn--99999999.jp", "אב.jp"} {
		f.Add(host)
	}
	f.Fuzz(func(t *testing.T, host string) {
		code, args := CheckHost("a", host)
		if code == "address-script" {
			host = args[1].(string)
			code, _ = CheckHost("a", host)
			if code != "" {
				t.Errorf("%q is to be written %q, which is %s", args[0], host, code)
			}
		}
		if code == "" && strings.IndexFunc(host, func(r rune) bool { return r <= ' ' || r >= 0x7f }) >= 0 {
			t.Errorf("%q is fine", host)
		}
	})
}

// A destination that is accepted leads to a site, to a part of this one, to a telephone or to an address for mail. An address that is
// accepted has https and a host.
func FuzzDestination(f *testing.F) {
	for _, text := range []string{"https://www.mhlw.go.jp/", "http://a.jp", "faq:x#y", "page:about", "fact:x", "tel:119", "mailto:a@b.jp", "//a.jp", `/\a`, "javascript:a", "java\tscript:a", "HTTPS://u@a.jp", "https://a.jp:99999/", "#x", "https://[::1]/", "data:text/html,x"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		code, _ := CheckDestination(text)
		if strings.HasPrefix(text, "#") { // a part of the same page
			return
		}
		if parsed, err := url.Parse(text); code == "" && (err != nil || parsed.Opaque == "" && parsed.Host == "" && parsed.Scheme != "tel" && parsed.Scheme != "mailto" && !IsInternal(parsed.Scheme)) {
			t.Errorf("the destination %q is fine (%v)", text, err)
		} else if code == "" && !IsInternal(parsed.Scheme) && !slices.Contains([]string{"https", "tel", "mailto"}, parsed.Scheme) {
			t.Errorf("the destination %q has the scheme %q", text, parsed.Scheme)
		}
		file := &diag.File{Name: "x", Data: []byte(text)}
		if found := CheckAddress(file, strictyaml.Text{Value: text}); text != "" && len(found) == 0 {
			if parsed, err := url.Parse(text); err != nil || parsed.Scheme != "https" || parsed.Hostname() == "" || parsed.User != nil {
				t.Errorf("the address %q is fine", text)
			}
		}
		Telephone(text)
	})
}

// A tag of a language is accepted only in a form that can stand in an attribute.
func FuzzLanguage(f *testing.F) {
	for _, tag := range []string{"ja", "en-GB", "zh-Hant", "pt-BR", "x-a", "und", "ja_JP", "", "en-\x00", "de-CH-1996", "ja\"><x-poly>"} {
		f.Add(tag)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		if _, ok := ParseLanguage(tag); ok && strings.Trim(tag, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "" {
			t.Errorf("%q is a language", tag)
		}
		SameLanguage(tag, "ja")
	})
}
