package schema

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestHosts(t *testing.T) {
	for host, want := range map[string]string{
		"www.mhlw.go.jp":                 "",
		"WWW.MHLW.go.jp":                 "",
		"xn--r8jz45g.jp":                 "", // 例え
		"例え.jp":                          "address-script [例え.jp xn--r8jz45g.jp]",
		"bücher.example":                 "address-script [bücher.example xn--bcher-kva.example]",
		"3年b組金八先生.jp":                    "address-script [3年b組金八先生.jp xn--3b-ww4c5e180e575a65lsy2b.jp]", // RFC 3492, 7.1 (L), in small letters
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

// Whatever a label is, it ends, and what it is decoded to is decoded again from how that is encoded.
func FuzzPunycode(f *testing.F) {
	for _, code := range []string{"r8jz45g", "bcher-kva", "3b-ww4c5e180e575a65lsy2b", "", "-a", "99999999"} {
		f.Add(code)
	}
	f.Fuzz(func(t *testing.T, code string) {
		label, ok := decodePunycode(code)
		if !ok || isASCII(label) || strings.ContainsRune(label, utf8.RuneError) || len(encodePunycode(label)) > longestLabel {
			return
		}
		if again, ok := decodePunycode(encodePunycode(label)); !ok || again != label {
			t.Errorf("%q is %q, whose code %q is %q", code, label, encodePunycode(label), again)
		}
	})
}
