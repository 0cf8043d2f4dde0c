package explain

import (
	"bytes"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"strings"
	"testing"

	"sitegen/internal/ruletest"
)

func TestWhy(t *testing.T) {
	s := ruletest.Load(t)
	for _, c := range s.Cases {
		why, err := Why(s, c.Raw)
		if err != nil {
			t.Fatal(err)
		}
		if result, _ := s.Evaluate(c.Raw); result.Rule != why.Row || len(why.Sources) == 0 {
			t.Errorf("%s: %+v", c.ID, why)
		}
		var check func(r Reason)
		check = func(r Reason) {
			if r.Words.Ja == "" || r.ID != "" && len(r.Because) == 0 {
				t.Errorf("%s: nothing explains %q", c.ID, r.Text)
			}
			for _, part := range r.Because {
				check(part)
			}
		}
		for _, r := range why.Reasons {
			check(r)
		}
	}
}

func TestGraph(t *testing.T) {
	s, again := ruletest.Load(t), ruletest.Read(t)
	for _, language := range []string{"ja", "en"} {
		svg := Graph(s, language)
		if !bytes.Equal(svg, Graph(again, language)) {
			t.Error("two drawings differ")
		}
		decoder := xml.NewDecoder(bytes.NewReader(svg))
		for {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
		for _, r := range s.Rows {
			row, ok := inside(string(svg), `<g id="row-`+r.ID+`"`, "</g>")
			if !ok {
				t.Errorf("row %s is missing", r.ID)
			}
			for _, set := range r.Bring {
				for _, document := range set {
					if !strings.Contains(row, html.EscapeString(document.Words.In(language))) {
						t.Errorf("row %s does not bring %s", r.ID, document.ID)
					}
				}
			}
			if !strings.Contains(row, html.EscapeString(r.Outcome.Words.In(language))) || !strings.Contains(row, `class="bring"`) {
				t.Errorf("row %s: %s", r.ID, row)
			}
		}
	}
}

// inside returns the text between the first from and the next to. It returns false if one of them is missing.
func inside(text, from, to string) (string, bool) {
	_, rest, ok := strings.Cut(text, from)
	within, _, closed := strings.Cut(rest, to)
	return within, ok && closed
}
