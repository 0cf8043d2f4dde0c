package schema

import (
	"fmt"
	"strings"
	"testing"
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
