package render

import (
	"bytes"
	"strings"
)

// embed writes a question's body for a page that holds many: what it names and refers to gets a prefix, so that names
// are unique, and its headings step down by two, below the question's. It knows only the HTML that our own Markdown
// stage writes: lower-case tags, attributes in double quotes, and no "<" or "\"" in text.
func embed(w *bytes.Buffer, body, prefix string) {
	for {
		at := strings.IndexByte(body, '<')
		if at < 0 {
			w.WriteString(body)
			return
		}
		end := strings.IndexByte(body[at:], '>')
		if end < 0 {
			panic("BUG: a tag without end in a body")
		}
		w.WriteString(body[:at])
		embedTag(w, body[at:at+end+1], prefix)
		body = body[at+end+1:]
	}
}

// references are the attributes that name a place of the same page, or refer to some.
var references = []string{` id="`, ` href="#`, ` aria-labelledby="`, ` aria-describedby="`}

func embedTag(w *bytes.Buffer, tag, prefix string) {
	name := strings.TrimLeft(tag, "</")
	if len(name) > 2 && name[0] == 'h' && name[1] >= '2' && name[1] <= '4' && (name[2] == '>' || name[2] == ' ') {
		at := len(tag) - len(name)
		w.WriteString(tag[:at+1])
		w.WriteByte(name[1] + 2)
		tag = name[2:]
	}
	for _, attribute := range references {
		before, rest, found := strings.Cut(tag, attribute)
		if !found {
			continue
		}
		value, after, _ := strings.Cut(rest, `"`)
		tag = before + attribute + prefix + strings.ReplaceAll(value, " ", " "+prefix) + `"` + after
	}
	w.WriteString(tag)
}
