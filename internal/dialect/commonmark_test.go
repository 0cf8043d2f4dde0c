package dialect

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sitegen/internal/diag"
)

var update = flag.Bool("update", false, "write testdata/commonmark-refused.txt anew")

// refusals has the reason why this program refuses something that CommonMark allows, for each kind of finding.
var refusals = map[diag.Code]string{
	"heading-h1":          "the question itself is the page's only heading of the first rank",
	"heading-jump":        "screen readers list headings by rank, so that none may be left out",
	"heading-empty":       "a heading without words is a slip",
	"heading-setext":      "a line of --- below a text is meant as a line across the page as often as a heading",
	"code-indented":       "there is no program text on these pages; four spaces are a slip",
	"code-fenced":         "there is no program text on these pages",
	"code-open":           "a back quote without its partner would be seen",
	"html-refused":        "nobody's HTML reaches a page: it could hide text or run a script",
	"image-refused":       "pictures of text cannot be read aloud, searched or translated",
	"link-reference":      "a link's target stands where the link is; a definition would vanish from the text",
	"link-syntax":         "titles of links and spaces in targets: a title is seen with a mouse only, a space is a slip",
	"link-relative":       "links within the site go by the names of questions, which are checked",
	"link-scheme":         "only web pages, mail and telephone can be followed from these pages",
	"link-address":        "an address must be whole",
	"link-insecure":       "a warning: what http:// leads to can be altered on its way",
	"link-nested":         "one of two links within each other cannot be reached",
	"link-bare":           "an address in a sentence would be seen, and lead nowhere",
	"link-none":           "a warning: brackets without a target would be seen",
	"entity-refused":      "characters that nobody sees",
	"entity-unknown":      "a reference to no character is a slip, and would be seen",
	"brace-open":          "braces begin tokens and ruby",
	"brace-stray":         "braces begin tokens and ruby",
	"bracket-alone":       "brackets begin links; one without its partner would be seen",
	"mark-unpaired":       "a bracket without its partner is a slip",
	"line-opening":        "a mark at the end of a line belongs to the next one",
	"list-item-empty":     "an item without words is a slip",
	"list-space":          "the author sees a list, and CommonMark none",
	"emphasis-split":      "** that is closed by * and * again is a slip: CommonMark shows two of the weaker kind within each other",
	"brace-unknown":       "braces begin tokens and ruby",
	"emphasis-literal":    "* or ** that emphasises nothing would be seen",
	"emphasis-underscore": "__ that emphasises nothing would be seen",
	"list-mark":           "a number at the start of a line looks like an entry of a list, and would run on from the line before",
	"list-nobreak":        "the author sees a list, and CommonMark none",
	"table-spaces":        "two lines with the same wide gaps look like columns, which would run together",
	"table-tabs":          "the space between two columns would vanish",
}

const refusedList = "testdata/commonmark-refused.txt"

// narrow has the numbers of the examples in which CommonMark sets the entries of a list as paragraphs only because of an empty line between
// two entries. This program does not.
var narrow = []int{109, 306, 311, 314, 326}

// Every example of the CommonMark specification 0.31.2 by John MacFarlane (CC BY-SA 4.0) either becomes the HTML of the
// specification or gives a finding. testdata/commonmark-refused.txt lists the examples with findings, with reasons.
func TestCommonMark(t *testing.T) {
	data, err := os.ReadFile("testdata/spec-0.31.2.json")
	if err != nil {
		t.Fatal(err)
	}
	var examples []struct {
		Example                 int
		Section, Markdown, HTML string
	}
	if err := json.Unmarshal(data, &examples); err != nil || len(examples) != 652 {
		t.Fatal(len(examples), err)
	}
	refused := map[diag.Code][]string{}
	for _, e := range examples {
		// CommonMark allows relative addresses, and many examples have them, so the test makes them absolute.
		body, found := parse(t, fullAddress.ReplaceAllString(e.Markdown, "${1}https://x.jp/ur"))
		for _, code := range codesOf(found) {
			refused[code] = append(refused[code], strconv.Itoa(e.Example))
		}
		if diag.HasErrors(found) {
			continue
		}
		want := normal(fullAddress.ReplaceAllString(e.HTML, "${1}https://x.jp/ur"))
		if slices.Contains(narrow, e.Example) {
			want = strings.NewReplacer("<p>", "", "</p>", "").Replace(want)
		}
		if got := normal(string(body.HTML(testResolver{}))); got != want {
			t.Errorf("%s, example %d: %q\n got %s\nwant %s", e.Section, e.Example, e.Markdown, got, want)
		}
	}
	list := refusalsOf(t, refused)
	if *update {
		if err := os.WriteFile(refusedList, []byte(list), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if committed, err := os.ReadFile(refusedList); err != nil || string(committed) != list {
		t.Errorf("%s is not what is refused (%v); compare it with\n%s", refusedList, err, list)
	}
}

// refusalsOf returns the text of the list of examples with findings. The list is ordered by kind of finding, and gives the reason for each
// kind.
func refusalsOf(t *testing.T, refused map[diag.Code][]string) string {
	var b strings.Builder
	b.WriteString("The examples of CommonMark 0.31.2 that authors are told about instead of seeing them come out so, by the kind of finding.\nWritten by: go test -run TestCommonMark ./internal/dialect -update\n")
	for _, code := range slices.Sorted(maps.Keys(refused)) {
		if refusals[code] == "" {
			t.Errorf("%s, example %s: no reason is given for refusing it", code, refused[code][0])
		}
		fmt.Fprintf(&b, "\n%s: %s\n ", code, refusals[code])
		width := 0
		for _, number := range refused[code] {
			if width += len(number) + 1; width > 110 {
				b.WriteString("\n ")
				width = len(number) + 1
			}
			b.WriteString(" " + number)
		}
		b.WriteString("\n")
	}
	for code := range refusals {
		if refused[code] == nil {
			t.Errorf("%s: no example is refused for it", code)
		}
	}
	return b.String()
}

var (
	fullAddress = regexp.MustCompile(`([(<"])/ur`)
	blockTag    = regexp.MustCompile(`\s*(</?(?:p|ul|ol|li|blockquote|hr|h[1-6])(?: start="\d+")?>)\s*`)
	attribute   = regexp.MustCompile(` (?:class|rel|id)="[^"]*"`)
)

// normal removes differences between two HTML texts that do not matter: white space, the form of quotation marks, and
// attributes that only this program adds.
func normal(text string) string {
	text = attribute.ReplaceAllString(text, "")
	text = strings.NewReplacer(" />", ">", "\n", " ", "&quot;", `"`, "&#34;", `"`, "&#39;", "'", "&amp;", "&", "%5B", "[", "%5D", "]").Replace(text)
	for !strings.Contains(text, "<code>") && strings.Contains(text, "  ") { // a browser shows several spaces as one
		text = strings.ReplaceAll(text, "  ", " ")
	}
	return strings.TrimSpace(blockTag.ReplaceAllString(strings.ReplaceAll(text, "<br> ", "<br>"), "$1"))
}

func codesOf(found []diag.Diagnostic) []diag.Code {
	var codes []diag.Code
	for _, d := range found {
		if !slices.Contains(codes, d.Code) {
			codes = append(codes, d.Code)
		}
	}
	return codes
}
