package schema

import (
	"regexp"
	"strings"
	"unicode"

	"sitegen/internal/diag"
)

var hostForm = regexp.MustCompile(`^([a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?\.)+[a-zA-Z][a-zA-Z0-9-]*$`)

// CheckHost returns what is wrong with the host of an address, and what the finding is to name. A host is written in ASCII,
// without a user or port, as browsers show and send it; in punycode (RFC 3492) it may stand for other letters, but for none
// that look like those of ASCII. "" stands for nothing wrong.
func CheckHost(address, host string) (diag.Code, []any) {
	labels, ascii := strings.Split(strings.ToLower(host), "."), true
	for i, label := range labels {
		shown := label
		if code, isCode := strings.CutPrefix(label, punycodePrefix); isCode {
			decoded, ok := decodePunycode(code)
			if !ok {
				return "address-host", []any{address}
			}
			shown = decoded
		}
		for _, r := range shown {
			switch {
			case looksLikeASCII(r):
				return "address-lookalike", []any{address, string(r), r}
			case r >= 0x80 && !unicode.In(r, unicode.L, unicode.M, unicode.Nd):
				return "address-host", []any{address}
			}
		}
		if !isASCII(label) {
			labels[i], ascii = punycodePrefix+encodePunycode(label), false
		}
	}
	switch written := strings.Join(labels, "."); {
	case !hostForm.MatchString(written):
		return "address-host", []any{address}
	case !ascii:
		return "address-script", []any{host, written}
	}
	return "", nil
}

func isASCII(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r >= 0x80 }) < 0
}

// looksLikeASCII reports whether a letter may be taken for one of ASCII: those of scripts that share shapes with it, and
// the rarer forms of Latin letters.
func looksLikeASCII(r rune) bool {
	return unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee, unicode.Coptic, unicode.Lisu) ||
		r == 'ı' || r > 'ſ' && unicode.Is(unicode.Latin, r)
}

// The parameters of punycode: RFC 3492, section 5.
const (
	punycodePrefix             = "xn--"
	punyBase, punyMin, punyMax = 36, 1, 26
	punySkew, punyDamp         = 38, 700
	punyBias, punyFirst        = 72, 0x80
	longestLabel               = 63 // RFC 1035, section 2.3.4
)

const punyDigits = "abcdefghijklmnopqrstuvwxyz0123456789"

// adapt is the function of RFC 3492, section 6.1.
func adapt(delta, count int, first bool) int {
	if first {
		delta /= punyDamp
	} else {
		delta /= 2
	}
	delta += delta / count
	k := 0
	for ; delta > (punyBase-punyMin)*punyMax/2; k += punyBase {
		delta /= punyBase - punyMin
	}
	return k + (punyBase-punyMin+1)*delta/(delta+punySkew)
}

func threshold(k, bias int) int { return min(max(k-bias, punyMin), punyMax) }

// encodePunycode encodes a label: RFC 3492, section 6.3.
func encodePunycode(label string) string {
	var out []byte
	all := []rune(label)
	for _, r := range all {
		if r < punyFirst {
			out = append(out, byte(r))
		}
	}
	done, basic := len(out), len(out)
	if basic > 0 {
		out = append(out, '-')
	}
	delta, bias, last := 0, punyBias, rune(punyFirst)
	for done < len(all) {
		next := rune(unicode.MaxRune)
		for _, r := range all {
			if r >= last && r < next {
				next = r
			}
		}
		delta += int(next-last) * (done + 1)
		for _, r := range all {
			if r < next {
				delta++
			}
			if r != next {
				continue
			}
			rest := delta
			for k := punyBase; ; k += punyBase {
				t := threshold(k, bias)
				if rest < t {
					break
				}
				out = append(out, punyDigits[t+(rest-t)%(punyBase-t)])
				rest = (rest - t) / (punyBase - t)
			}
			out = append(out, punyDigits[rest])
			bias = adapt(delta, done+1, done == basic)
			delta = 0
			done++
		}
		delta++
		last = next + 1
	}
	return string(out)
}

// decodePunycode decodes a label without its prefix: RFC 3492, section 6.2. ok is false where it is malformed.
func decodePunycode(code string) (label string, ok bool) {
	if len(code) > longestLabel {
		return "", false
	}
	var out []rune
	if at := strings.LastIndexByte(code, '-'); at >= 0 {
		out = []rune(code[:at])
		code = code[at+1:]
	}
	n, i, bias := punyFirst, 0, punyBias
	for code != "" {
		before, weight := i, 1
		for k := punyBase; ; k += punyBase {
			if code == "" {
				return "", false
			}
			digit := strings.IndexByte(punyDigits, code[0])
			code = code[1:]
			if i += digit * weight; digit < 0 || i > unicode.MaxRune*longestLabel {
				return "", false
			}
			t := threshold(k, bias)
			if digit < t {
				break
			}
			if weight *= punyBase - t; weight > unicode.MaxRune*longestLabel {
				return "", false
			}
		}
		bias = adapt(i-before, len(out)+1, before == 0)
		n += i / (len(out) + 1)
		i %= len(out) + 1
		if n > unicode.MaxRune {
			return "", false
		}
		out = append(out[:i], append([]rune{rune(n)}, out[i:]...)...)
		i++
	}
	return string(out), true
}
