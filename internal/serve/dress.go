package serve

import (
	"bytes"
	"html"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/markup"
)

// dress adds to a page what only the preview has: a script that reloads the page, a script that sets the day that the page
// takes for today, and a list of findings over the page. If there are only warnings, a button with their number opens the
// list. If there is no page, the list is the page. dress extends the page's own security policy so that it allows these
// additions.
func (s *Server) dress(page []byte, state *state, err error) []byte {
	if err == nil {
		err = state.err
	}
	faulty := err != nil || state.broken()
	if len(page) == 0 {
		page = []byte("<!doctype html>\n" + markup.Tag("html", markup.Attr("lang", s.Language)) + `<head><meta charset="utf-8"><title>sitegen</title>` +
			`<meta name="viewport" content="width=device-width, initial-scale=1"></head><body></body></html>` + "\n")
	}
	page = allow(page, "script-src", "connect-src")
	head := markup.Tag("script", markup.Attr("src", "/.sitegen/reload.js")+markup.Attr("data-generation", state.generation)+" defer") + "</script>"
	if faulty || len(state.found) > 0 {
		page = allow(page, "style-src")
		head += `<link rel="stylesheet" href="/.sitegen/overlay.css">`
		page = insert(page, "</body>", s.overlay(state.found, err, faulty))
	}
	page = insert(page, "</head>", head)
	if s.Day != "" {
		page = insertFirst(page, "<script", markup.Tag("script", markup.Attr("src", "/.sitegen/day.js")+markup.Attr("data-day", s.Day))+"</script>")
	}
	return page
}

// insertFirst inserts markup before the first occurrence of `mark`. A page without `mark` is unchanged.
func insertFirst(page []byte, mark string, what markup.HTML) []byte {
	at := bytes.Index(page, []byte(mark))
	if at < 0 {
		return page
	}
	return bytes.Join([][]byte{page[:at], []byte(what), page[at:]}, nil)
}

// insert inserts markup before the last occurrence of `mark`, or at the end of a page without `mark`.
func insert(page []byte, mark string, what markup.HTML) []byte {
	at := bytes.LastIndex(page, []byte(mark))
	if at < 0 {
		at = len(page)
	}
	return bytes.Join([][]byte{page[:at], []byte(what), page[at:]}, nil)
}

// allow adds 'self' to directives of the security policy in a page. A page without a policy is unchanged.
func allow(page []byte, directives ...string) []byte {
	_, rest, ok := bytes.Cut(page, []byte(`http-equiv="Content-Security-Policy" content="`))
	if !ok {
		return page
	}
	policy, _, _ := bytes.Cut(rest, []byte(`"`))
	extended := html.UnescapeString(string(policy))
	for _, directive := range directives {
		extended = extend(extended, directive)
	}
	start := len(page) - len(rest)
	return bytes.Join([][]byte{page[:start], []byte(attribute.Replace(extended)), rest[len(policy):]}, nil)
}

// attribute escapes a text for an attribute in double quotes.
var attribute = strings.NewReplacer("&", "&amp;", `"`, "&quot;")

// extend adds 'self' to one directive of a policy. If the directive has only 'none', 'self' replaces it. If the policy lacks
// the directive, extend adds the directive.
func extend(policy, directive string) string {
	parts := strings.Split(policy, ";")
	for i, part := range parts {
		words := strings.Fields(part)
		if len(words) == 0 || words[0] != directive {
			continue
		}
		if len(words) == 2 && words[1] == "'none'" {
			words = words[:1]
		}
		parts[i] = " " + strings.Join(append(words, "'self'"), " ")
		return strings.TrimSpace(strings.Join(parts, ";"))
	}
	return strings.TrimRight(policy, "; ") + "; " + directive + " 'self'"
}

// words are the overlay's words, by the author's language.
var words = map[string]map[string]string{
	"ja": {
		"title": "直すところがあります", "check": "確かめるところがあります", "close": "閉じる", "hint": "直し方",
		"lead": "保存すると、このページは自動で新しくなります。後ろに見えるのは、最後にうまくいったときのページです。",
	},
	"en": {
		"title": "Something needs correcting", "check": "Something is to be looked at", "close": "Close", "hint": "Hint",
		"lead": "Save the file and this page renews itself. Behind this you see the page as it last was in order.",
	},
}

// problem is one finding in the overlay.
type problem struct {
	Warning             bool
	Severity            string // the word for the severity
	Place, Message      string
	Before, Mark, After string // the source line: before the marked part, the part itself, and after it
	Hint                string
	Untold              []string
}

var overlayTemplate = markup.MustParse("overlay",
	`{{if not .Faulty}}<button type="button" id="sitegen-notice" lang="{{.Language}}">{{.Summary}}</button>
{{end}}<div id="sitegen-overlay"{{if .Faulty}} role="alert"{{else}} hidden{{end}} lang="{{.Language}}"><div>
<button type="button">{{.Words.close}}</button>
<h1>{{if .Faulty}}{{.Words.title}}{{else}}{{.Words.check}}{{end}}{{with .Summary}} ({{.}}){{end}}</h1>
{{- if .Faulty}}
<p>{{.Words.lead}}</p>
{{- end}}
<ol>
{{- range .Problems}}
<li{{if .Warning}} class="warning"{{end}}>
{{- with .Place}}<p class="place">{{.}}</p>{{end}}
<h2>{{with .Severity}}{{.}}: {{end}}{{.Message}}</h2>
{{- if or .Before .Mark .After}}<pre>{{.Before}}<mark>{{.Mark}}</mark>{{.After}}</pre>{{end}}
{{- with .Hint}}<p class="hint">{{$.Words.hint}}: {{.}}</p>{{end}}
{{- range .Untold}}<p>{{.}}</p>{{end}}</li>
{{- end}}
</ol>
</div></div>
`)

// longestExcerpt limits how many characters of an author's line are shown. The browser wraps them.
const longestExcerpt = 500

// overlay lists the findings as HTML. All text is escaped, so that authors' lines appear as they are.
func (s *Server) overlay(found []diag.Diagnostic, err error, faulty bool) markup.HTML {
	var problems []problem
	summary, shown := "", diag.Shown(found)
	if len(shown) > 0 {
		summary = diag.Summary(shown, s.Language)
	}
	if err != nil {
		problems = append(problems, problem{Message: s.Describe(err)})
	}
	for _, d := range shown {
		message, hint := d.Text(s.Language)
		p := problem{Warning: d.Severity() == diag.Warning, Severity: d.Severity().Word(s.Language), Place: d.Position.String(), Message: message, Hint: hint, Untold: d.Untold(s.Language)}
		if d.Excerpt != "" {
			before, mark, after := d.Around(longestExcerpt)
			p.Before, p.Mark, p.After = diag.Visible(before), diag.Visible(mark), diag.Visible(after)
		}
		problems = append(problems, p)
	}
	html, err := overlayTemplate.Run("overlay", struct {
		Language string
		Words    map[string]string
		Summary  string
		Faulty   bool
		Problems []problem
	}{s.Language, words[s.Language], summary, faulty, problems})
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return html
}
