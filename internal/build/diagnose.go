package build

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/publish"
	"sitegen/internal/site"
)

// vanished compares a new site with the previous publication. It reports each question whose published address the new site lacks, and
// each language and insurer that is gone. A question in redirects.yaml still has a page at its address, so it is not reported. If the
// site of one insurer would replace all sites, only that is reported. If `previous` is nil, nothing is reported.
func vanished(previous *publish.Manifest, pages *Pages, source Source) []diag.Diagnostic {
	if previous == nil {
		return nil
	}
	content := source.ContentName
	if source.Profile != "" && holdsInsurers(previous) {
		return []diag.Diagnostic{(&diag.File{Name: content + "/profiles"}).Whole("sites-vanished", source.Profile)}
	}
	addresses := make(map[string]bool, len(pages.Files))
	for _, file := range pages.Files {
		addresses[file.Path] = true
	}
	var found []diag.Diagnostic
	languages, reported := map[string]int{}, map[string]bool{}
	for _, file := range previous.Files {
		language, id, ok := questionAt(file.Path)
		switch _, offered := pages.Questions[language]; {
		case !ok || addresses[file.Path]:
		case !offered:
			languages[language]++
		case !reported[id]: // once for each question, not once per language
			reported[id] = true
			redirects := &diag.File{Name: content + "/redirects.yaml"}
			found = append(found, redirects.Whole("address-vanished", id, file.Path))
		}
	}
	insurers := map[string]int{}
	for _, language := range slices.Sorted(maps.Keys(languages)) {
		if insurer, _, ok := strings.Cut(language, "/"); ok && !pages.hasInsurer(insurer) {
			insurers[insurer] += languages[language]
			continue
		}
		settings := &diag.File{Name: content + "/site.yaml"}
		found = append(found, settings.Whole("language-vanished", language, languages[language]))
	}
	for _, insurer := range slices.Sorted(maps.Keys(insurers)) {
		folder := &diag.File{Name: content + "/profiles/" + insurer}
		found = append(found, folder.Whole("insurer-vanished", insurer, insurers[insurer]))
	}
	return found
}

// holdsInsurers reports whether the manifest includes sites of insurers besides the general site.
func holdsInsurers(m *publish.Manifest) bool {
	return slices.ContainsFunc(m.Files, func(file publish.Entry) bool {
		folder, _, ok := questionAt(file.Path)
		return ok && strings.Contains(folder, "/")
	})
}

// hasInsurer reports whether the site of an insurer is among the pages.
func (p *Pages) hasInsurer(id string) bool {
	for folder := range p.Questions {
		if strings.HasPrefix(folder, id+"/") {
			return true
		}
	}
	return false
}

// questionAt returns the language folder and the question id of a path. `ok` is false if the path is not the address of a question.
func questionAt(file string) (language, id string, ok bool) {
	id, ok = strings.CutSuffix(path.Base(file), ".html")
	language, question := strings.CutSuffix(file, "/"+site.QuestionPath(id))
	return language, id, ok && question
}

// tooLargeIn returns a diagnostic for each file of the theme that is larger than a file of the content may be. No such file is read.
func tooLargeIn(source Source) (found []diag.Diagnostic) {
	limit := plaintext.DefaultLimits.File
	fs.WalkDir(source.Theme, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return nil // whoever reads the folder has the error
		}
		if info, err := entry.Info(); err == nil && info.Size() > limit {
			file := &diag.File{Name: path.Join(source.ThemeName, name)}
			found = append(found, file.Whole("file-too-large", plaintext.Size(info.Size()), limit/plaintext.MB, ""))
		}
		return nil
	})
	return found
}

// themeFault returns a diagnostic for an error in a theme, or one for each part of a joined error.
func themeFault(source Source, err error) []diag.Diagnostic {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var found []diag.Diagnostic
		for _, one := range joined.Unwrap() {
			found = append(found, themeFault(source, one)...)
		}
		return found
	}
	theme := &diag.File{Name: source.ThemeName}
	return []diag.Diagnostic{theme.Whole("theme-faulty", diag.Lines(err.Error()))}
}
