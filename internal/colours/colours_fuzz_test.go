package colours

import (
	"fmt"
	"regexp"
	"testing"

	"sitegen/internal/site"
)

// rule matches the style rules of an insurer; colourForm matches a colour.
var rule = regexp.MustCompile(`^(?::root\{(?:--[a-z-]+:#[0-9a-f]{6}(?:[0-9a-f]{2})?;)+\})?(?:@media screen and \(prefers-color-scheme:dark\)\{:root\{(?:--[a-z-]+:(?:#[0-9a-f]{6}(?:[0-9a-f]{2})?;|var\(--page\)))+\}\})?$`)

var colourForm = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// Whatever the style of a theme is, and whatever colours a profile may have, the result is an error or style rules that consist of colours
// alone.
func FuzzOf(f *testing.F) {
	f.Add("--band: #123; --page: #fff; --text: #000; --muted: #555555; --seen: #505", uint32(0x005a9c), true)
	f.Add("--band:#000;--page:#ffffff;--page:#000;--text:#111111;--text:#eee;--muted:#222;--seen:#333", uint32(0x767676), false)
	f.Add("--band: #12", uint32(0), true)
	f.Add("--band: #1234567; --page: #ffff", uint32(0xffffff), true)
	f.Fuzz(func(t *testing.T, base string, rgb uint32, hasBand bool) {
		profile := &site.Profile{Accent: site.Colour(fmt.Sprintf("#%06x", rgb&0xffffff))}
		if hasBand {
			profile.Band = profile.Accent
		}
		rules, band, err := Of(base, profile)
		if err != nil {
			return
		}
		if !colourForm.MatchString(string(band)) || !rule.MatchString(rules) {
			t.Errorf("%q with %+v: %q, band %q", base, *profile, rules, band)
		}
	})
}
