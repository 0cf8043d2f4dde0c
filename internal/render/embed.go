package render

import (
	"strings"

	"sitegen/internal/markup"
)

// embed writes a question's body for a page with many questions. Ids and references to them get a prefix, so that they are
// unique, and headings move two levels down, below the question's own heading. embed only understands the HTML that package
// markdown writes: lower-case tags, attributes in double quotes, and no "<" or "\"" in text.
func embed(w *markup.Writer, body, prefix markup.HTML) {
	for {
		at := strings.IndexByte(string(body), '<')
		if at < 0 {
			w.HTML(body)
			return
		}
		end := strings.IndexByte(string(body[at:]), '>')
		if end < 0 {
			panic("BUG: a tag without end in a body")
		}
		w.HTML(body[:at])
		embedTag(w, body[at:at+end+1], prefix)
		body = body[at+end+1:]
	}
}

// references are the attributes that hold an id or refer to one on the same page.
var references = []markup.HTML{` id="`, ` href="#`, ` aria-labelledby="`, ` aria-describedby="`}

func embedTag(w *markup.Writer, tag, prefix markup.HTML) {
	name := tag[len(tag)-len(strings.TrimLeft(string(tag), "</")):]
	if len(name) > 2 && name[0] == 'h' && name[1] >= '2' && name[1] <= '4' && (name[2] == '>' || name[2] == ' ') {
		at := len(tag) - len(name)
		w.HTML(tag[:at+1])
		w.Int(int(name[1]-'0') + 2)
		tag = name[2:]
	}
	for _, attribute := range references {
		before, rest, found := markup.Cut(tag, attribute)
		if !found {
			continue
		}
		value, after, _ := markup.Cut(rest, `"`)
		tag = before + attribute + prefix + markup.Replace(value, " ", " "+prefix) + `"` + after
	}
	w.HTML(tag)
}
