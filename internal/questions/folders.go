package questions

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"sitegen/internal/declare"
	"sitegen/internal/diag"
	"sitegen/internal/schema"
	"sitegen/internal/site"
)

// findQuestionFiles finds the files <topic>/<id>/<lang>.md in the folder `faq`, and reports all other files except ignored ones. In an
// insurer's folder, it also finds the passages <topic>/<id>/<anchor>.<lang>.md.
func (l *Loader) findQuestionFiles(faq string) (files []*File, passages []*passage, err error) {
	topics, err := fs.ReadDir(l.Content, faq)
	if err != nil {
		return nil, nil, err
	}
	for _, topicEntry := range topics {
		topic := l.Site.Topic(topicEntry.Name())
		if !l.expectFolder(faq, topicEntry) {
			continue
		}
		if topic == nil {
			l.Report((&diag.File{Name: path.Join(l.Name, faq, topicEntry.Name())}).Whole("topic-unknown", topicEntry.Name()))
			continue
		}
		folder := path.Join(faq, topic.ID)
		questions, err := fs.ReadDir(l.Content, folder)
		if err != nil {
			return nil, nil, err
		}
		for _, questionEntry := range questions {
			if !l.expectFolder(folder, questionEntry) {
				continue
			}
			found, parts, err := l.findTranslations(faq, topic, path.Join(folder, questionEntry.Name()))
			if err != nil {
				return nil, nil, err
			}
			files, passages = append(files, found...), append(passages, parts...)
		}
	}
	return files, passages, nil
}

// expectFolder returns whether an entry is a folder with a valid id as its name. If not, it reports the entry, unless schema.Ignored
// accepts the name.
func (l *Loader) expectFolder(parent string, entry fs.DirEntry) bool {
	if schema.Ignored(entry.Name()) {
		return false
	}
	f := &diag.File{Name: path.Join(l.Name, parent, entry.Name())}
	switch {
	case entry.Type()&fs.ModeSymlink != 0:
		l.Report(f.Whole("file-symlink"))
	case !entry.IsDir():
		l.Report(f.Whole("file-unexpected", entry.Name()))
	case !schema.IsSlug(entry.Name()):
		l.Report(f.Whole("id-form", entry.Name()))
	default:
		return true
	}
	return false
}

// findTranslations does the work of findQuestionFiles for one question's folder.
func (l *Loader) findTranslations(faq string, topic *site.Topic, folder string) (files []*File, passages []*passage, err error) {
	entries, err := fs.ReadDir(l.Content, folder)
	if err != nil {
		return nil, nil, err
	}
	for _, entry := range entries {
		name := entry.Name()
		if schema.Ignored(name) {
			continue
		}
		f := &diag.File{Name: path.Join(l.Name, folder, name)}
		stem, isMarkdown := strings.CutSuffix(name, ".md")
		anchor, id, isPassage := strings.Cut(stem, ".")
		if isPassage = isPassage && isMarkdown && l.Site.Profile != nil; isPassage {
			stem = id
		}
		language := l.Site.Language(stem)
		switch {
		case entry.IsDir():
			l.Report(f.Whole("file-is-folder"))
		case entry.Type()&fs.ModeSymlink != 0:
			l.Report(f.Whole("file-symlink"))
		case !isMarkdown, language == nil:
			l.Report(l.strayTranslation(f, name, stem, anchor, isPassage))
		case isPassage && !schema.IsSlug(anchor) && isCopiedAnchor(anchor, entries):
			l.Report(f.Whole("file-copy", name))
		case isPassage:
			passages = append(passages, &passage{path: path.Join(folder, name), question: path.Base(folder), anchor: anchor, language: language})
		default:
			files = append(files, &File{folder: faq, topic: topic, id: path.Base(folder), language: language, file: f})
		}
	}
	return files, passages, nil
}

// isCopiedAnchor reports whether the anchor of a passage's file looks like a copy of the anchor of a different file in `entries`, as
// in "stolen (1).ja.md" or "stolen - コピー.ja.md".
func isCopiedAnchor(anchor string, entries []fs.DirEntry) bool {
	var anchors []string
	for _, entry := range entries {
		if other, _, found := strings.Cut(entry.Name(), "."); found && other != anchor {
			anchors = append(anchors, other)
		}
	}
	return schema.CopyOf(anchor, anchors) != ""
}

// notOffered reports whether the general site has the language with this id, but this insurer's site does not.
func (l *Loader) notOffered(id string) bool {
	return l.Site.Language(id) == nil && slices.ContainsFunc(l.General.Languages, func(general *site.Language) bool { return general.ID == id })
}

// strayTranslation returns the finding about a file in a question's folder that is not a translation. `name` is the file's name, and
// `stem` is the part of it where the language's id should be. If isPassage is true, the name begins with the anchor of a passage.
func (l *Loader) strayTranslation(f *diag.File, name, stem, anchor string, isPassage bool) diag.Diagnostic {
	var known []string
	for _, language := range l.General.Languages {
		known = append(known, language.ID+".md")
		if isPassage {
			known = append(known, anchor+"."+language.ID+".md")
		}
	}
	if path.Ext(name) == ".md" && l.notOffered(stem) {
		return f.Whole("language-not-offered", stem, l.Site.Profile.ID)
	}
	stray := declare.StrayFile(f, name, known)
	switch {
	case stray.Code != "file-stray":
		return stray
	case path.Ext(name) == ".md":
		return f.Whole("language-unknown", stem, l.Site.SuggestLanguage(stem))
	}
	return f.Whole("file-unexpected", name)
}
