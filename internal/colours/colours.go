// Package colours gives an insurer's site its colours, so that all texts can still be read.
//
// The input is a theme's style, and the one or two colours of a profile. The output is style rules with all colours that are derived from
// these ([Of]).
package colours

import (
	"fmt"
	"regexp"
	"slices"

	"sitegen/internal/site"
)

// Names of colours in a theme's base style. pageColour is the background of the page, bandColour the background of the site's
// name. textColours are the colours of texts that can be on a tint.
const (
	pageColour = "--page"
	bandColour = "--band"
)

var textColours = []string{"--text", "--muted", "--seen"}

// How strongly an insurer's accent colours a page, from 0 to 1. The first four are upper limits: for tints and for the frame around the
// main part (soft), in light and in dark mode. lineShare is the opacity of lines, which have the colour of links, in both modes.
const (
	lightTint, lightSoft = 0.09, 0.05
	darkTint, darkSoft   = 0.3, 0.12
	lineShare            = 0.4
)

// darkContrast is the least contrast of links and buttons with a tint in dark mode. The theme's own colours keep it too.
const darkContrast = 7

// step is the amount by which the functions tinted and lightened change a colour's share from one attempt to the next.
const step = 0.01

// themeColours returns the values of a colour in a style sheet: the first is for light mode, the last for dark mode. If the
// sheet has only one value, both are equal. Values must be #rgb or #rrggbb in lower case. A sheet without such a value is an
// error.
func themeColours(style, name string) (light, dark site.Colour, err error) {
	var found []site.Colour
	for _, match := range regexp.MustCompile(name+`: ?#([0-9a-f]{6}|[0-9a-f]{3})\b`).FindAllStringSubmatch(style, -1) {
		digits := match[1]
		if len(digits) == len("rgb") {
			digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
		}
		found = append(found, site.Colour("#"+digits))
	}
	if len(found) == 0 {
		return "", "", fmt.Errorf("the theme's style says no colour for %s", name)
	}
	return found[0], found[len(found)-1], nil
}

// Of returns the style rules in which a site differs from the theme because of its insurer's colours, and the colour of the band. `base`
// is the theme's base style; `profile` is nil on the general site. An error means that the style lacks a colour.
func Of(base string, profile *site.Profile) (rules string, band site.Colour, err error) {
	band, _, err = themeColours(base, bandColour)
	if err != nil || profile == nil {
		return "", band, err
	}
	light, dark := "", ""
	if profile.Band != "" {
		band = profile.Band
		light = declare(bandColour, band)
	}
	if profile.Accent != "" {
		var lightTexts, darkTexts []site.Colour
		for _, name := range append(textColours, pageColour) {
			onLight, onDark, err := themeColours(base, name)
			if err != nil {
				return "", "", err
			}
			lightTexts, darkTexts = append(lightTexts, onLight), append(darkTexts, onDark)
		}
		lightPage, darkPage := lightTexts[len(textColours)], darkTexts[len(textColours)]
		light += accented(profile.Accent, profile.Accent, lightPage, lightTexts[:len(textColours)], lightTint, lightSoft)
		key := lightened(profile.Accent, darkPage.Mix(profile.Accent, darkTint))
		dark += accented(profile.Accent, key, darkPage, darkTexts[:len(textColours)], darkTint, darkSoft) + "--on-key:var(" + pageColour + ")"
	}
	if light != "" {
		rules += ":root{" + light + "}"
	}
	if dark != "" {
		rules += "@media screen and (prefers-color-scheme:dark){:root{" + dark + "}}"
	}
	return rules, band, nil
}

func declare(name string, colour site.Colour) string { return name + ":" + string(colour) + ";" }

// accented returns the declarations of all colours that are derived from an accent. `key` is the colour of buttons and links, `page` is
// the background, and `texts` are the colours of texts. `tint` and `soft` are the highest shares of the accent, from 0 to 1.
func accented(accent, key, page site.Colour, texts []site.Colour, tint, soft float64) string {
	texts = append(texts, key)
	return declare("--key", key) + declare("--link", key) + declare("--tint", tinted(accent, page, texts, tint)) +
		declare("--soft", tinted(accent, page, texts, soft)) + declare("--tint-line", veiled(key, lineShare))
}

// veiled returns a translucent colour. `share` is its opacity, from 0 to 1.
func veiled(colour site.Colour, share float64) site.Colour {
	return site.Colour(fmt.Sprintf("%s%02x", colour, int(share*255)))
}

// tinted returns the accent as a translucent colour over the page. If some text would be unreadable on that colour, tinted lowers `share`
// until all texts can be read.
func tinted(accent, page site.Colour, texts []site.Colour, share float64) site.Colour {
	for ; share > 0; share -= step {
		isUnreadable := func(text site.Colour) bool { return !text.Readable(page.Mix(accent, share)) }
		if !slices.ContainsFunc(texts, isUnreadable) {
			return veiled(accent, share)
		}
	}
	return veiled(accent, 0)
}

// lightened returns the accent mixed with as much white as it needs for darkContrast with a dark tint. If no mixture is
// enough, it returns white.
func lightened(accent, tint site.Colour) site.Colour {
	for share := step; share < 1; share += step {
		if key := accent.Mix("#ffffff", share); key.Contrast(tint) >= darkContrast {
			return key
		}
	}
	return "#ffffff"
}
