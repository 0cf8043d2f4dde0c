package site

import (
	"fmt"
	"math"
	"strconv"
)

// Colour is a colour in the form #rrggbb with lower-case hexadecimal digits, or "" for no colour.
type Colour string

// leastContrast is the lowest contrast ratio that text and its background may have (WCAG 2.2, 1.4.3).
const leastContrast = 4.5

// White is the background of light pages.
const White Colour = "#ffffff"

// part returns the red (i = 0), green (1) or blue (2) part of the colour, from 0 to 1.
func (c Colour) part(i int) float64 {
	n, err := strconv.ParseUint(string(c[1+2*i:3+2*i]), 16, 8)
	if err != nil {
		panic("BUG: a colour that was not checked: " + string(c))
	}
	return float64(n) / 255
}

// Mix returns a mixture of two colours. `share` is the share of the colour `other`, from 0 to 1.
func (c Colour) Mix(other Colour, share float64) Colour {
	text := "#"
	for i := range 3 {
		text += fmt.Sprintf("%02x", int(math.Round(255*(c.part(i)*(1-share)+other.part(i)*share))))
	}
	return Colour(text)
}

// luminance returns the relative luminance of the colour (WCAG 2.2), from 0 to 1.
func (c Colour) luminance() float64 {
	return 0.2126*linear(c.part(0)) + 0.7152*linear(c.part(1)) + 0.0722*linear(c.part(2))
}

// linear converts a red, green or blue part of an sRGB colour, from 0 to 1, to linear light.
func linear(c float64) float64 {
	if c <= 0.04045 {
		return c / 12.92
	}
	return math.Pow((c+0.055)/1.055, 2.4)
}

// Contrast returns the contrast ratio of two colours, from 1 to 21 (WCAG 2.2).
func (c Colour) Contrast(other Colour) float64 {
	a, b := c.luminance(), other.luminance()
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}

// Readable reports whether text of this colour has enough contrast on a background of the colour
// `on`.
func (c Colour) Readable(on Colour) bool { return c.Contrast(on) >= leastContrast }
