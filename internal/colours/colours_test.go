package colours

import (
	"fmt"
	"regexp"
	"strconv"
	"testing"

	"sitegen/internal/bundle"
	"sitegen/internal/site"
	"sitegen/internal/testcontent"
)

// Whatever colour an insurer's profile names, all texts of the theme can be read on all tints of this colour, in light and in dark mode.
// The test tries a sample of colours.
func TestInsurersColours(t *testing.T) {
	assets, err := bundle.Load(testcontent.Theme())
	if err != nil {
		t.Fatal(err)
	}
	declared := regexp.MustCompile(`(--[a-z-]+): ?(#[0-9a-f]{6})([0-9a-f]{2})?`)
	texts := append([]string{"--link"}, textColours...)
	tried := 0
	for rgb := 0; rgb < 1<<24; rgb += 0x0f1e2d/4 + 1 {
		accent := site.Colour(fmt.Sprintf("#%06x", rgb))
		if !accent.Readable("#ffffff") {
			continue
		}
		tried++
		said, band, err := Of(assets.Styles["home"].Text, &site.Profile{Band: accent, Accent: accent})
		if err != nil || band != accent {
			t.Fatalf("%s: the band is %s, %v", accent, band, err)
		}
		schemes := regexp.MustCompile(`@media`).Split(said, 2)
		for i, scheme := range schemes {
			colours := map[string]site.Colour{}
			for _, name := range append([]string{"--page"}, textColours...) {
				light, dark, err := themeColours(assets.Styles["home"].Text, name)
				if err != nil {
					t.Fatal(err)
				}
				colours[name] = []site.Colour{light, dark}[i]
			}
			for _, match := range declared.FindAllStringSubmatch(scheme, -1) {
				colours[match[1]] = site.Colour(match[2])
				if match[3] != "" {
					opaque, err := strconv.ParseUint(match[3], 16, 8)
					if err != nil {
						t.Fatal(err)
					}
					colours[match[1]] = colours["--page"].Mix(colours[match[1]], float64(opaque)/255)
				}
			}
			for _, text := range texts {
				for _, ground := range []string{"--page", "--tint", "--soft"} {
					if contrast := colours[text].Contrast(colours[ground]); contrast < 4.5 {
						t.Errorf("%s, scheme %d: %s (%s) on %s (%s) has a contrast of %.2f", accent, i, text, colours[text], ground, colours[ground], contrast)
					}
				}
			}
			if i == 1 && !colours["--page"].Readable(colours["--key"]) {
				t.Errorf("%s: what stands on buttons, %s", accent, colours["--key"])
			}
		}
	}
	if tried < 20 {
		t.Errorf("only %d colours were tried", tried)
	}
}

func TestColoursOfTheTheme(t *testing.T) {
	light, dark, err := themeColours(":root{--page:#fff;--band: #00118f}@media x{:root{--page: #12151d}}", "--page")
	if light != "#ffffff" || dark != "#12151d" || err != nil {
		t.Errorf("got %s, %s, %v", light, dark, err)
	}
	if _, _, err := themeColours(":root{--page:white}", "--page"); err == nil {
		t.Error("a colour by name is accepted")
	}
}
