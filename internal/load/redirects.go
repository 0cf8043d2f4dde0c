package load

import (
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/schema"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
)

func (l *loader) choosePopular() {
	l.CheckTwice(l.SiteFile, l.Popular)
	for _, id := range l.Popular {
		if question := l.Site.Question(id.Value); question != nil {
			l.Site.Popular = append(l.Site.Popular, question)
		} else {
			l.Report(l.Site.NoQuestion(l.SiteFile, id.Offset, id.Value))
		}
	}
}

// gone is the target in redirects.yaml of a removed question that nothing replaces. If there is a question with the id "gone", the
// target means that question.
const gone = "gone"

// mostRedirects is the maximum number of removed questions. Each of them has a page in every language of every site.
const mostRedirects = 10_000

// loadRedirects reads redirects.yaml, which says what replaces each removed question.
func (l *loader) loadRedirects() error {
	var decoded strictyaml.Map[strictyaml.Text]
	f, err := l.Decode("redirects.yaml", &decoded)
	if err != nil {
		return err
	}
	if len(decoded) > mostRedirects {
		l.Report(f.At(decoded[mostRedirects].Key.Offset, "redirects-many", mostRedirects, len(decoded)))
		return nil
	}
	all := decoded.ByKey()
	for _, entry := range decoded {
		old := entry.Key.Value
		_, chained := all[entry.Value.Value]
		switch {
		case !schema.IsSlug(old):
			l.Report(f.At(entry.Key.Offset, "id-form", old))
		case l.Site.Question(old) != nil:
			l.Report(f.At(entry.Key.Offset, "redirect-of-existing", old))
		case chained:
			l.Report(f.At(entry.Value.Offset, "redirect-chain", entry.Value.Value))
		default:
			if redirect, ok := l.redirect(f, old, entry.Value); ok {
				l.Site.Redirects = append(l.Site.Redirects, redirect)
			}
		}
	}
	slices.SortFunc(l.Site.Redirects, func(a, b site.Redirect) int { return strings.Compare(a.From, b.From) })
	return nil
}

// redirect reads the target of one removed question: the id of a question, `topic:` with an id, `page:` with a name, or the word `gone`.
// It reports any other target and returns false.
func (l *loader) redirect(f *diag.File, old string, target strictyaml.Text) (r site.Redirect, ok bool) {
	r.From = old
	kind, id, named := strings.Cut(target.Value, ":")
	at := target.Offset + len(kind) + len(":")
	switch question := l.Site.Question(target.Value); {
	case question != nil:
		r.To = question
	case target.Value == gone:
	case named && kind == "topic":
		if r.Topic = l.Site.Topic(id); r.Topic == nil {
			l.Report(f.At(at, "topic-unknown", id))
			return r, false
		}
	case named && kind == "page":
		if !slices.Contains(site.Pages, id) {
			l.Report(f.At(at, "page-unknown", id, site.Suggest(id, site.Pages), strings.Join(site.Pages, ", ")))
			return r, false
		}
		r.Page = id
	case named:
		l.Report(f.At(target.Offset, "redirect-form", target.Value))
		return r, false
	default:
		l.Report(l.Site.NoQuestion(f, target.Offset, target.Value))
		return r, false
	}
	return r, true
}
