package build

import (
	"bytes"
	"cmp"
	"context"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync/atomic"

	"sitegen/internal/bundle"
	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/load"
	"sitegen/internal/parallel"
	"sitegen/internal/plaintext"
	"sitegen/internal/publish"
	"sitegen/internal/render"
	"sitegen/internal/schema"
	"sitegen/internal/site"
)

// Source is the input of a site.
type Source struct {
	Content     fs.FS
	ContentName string // the name of the content folder in messages
	Theme       fs.FS
	ThemeName   string            // the name of the theme in messages
	Preview     bool              // whether the site is the authors' preview, with drafts and with stale translations
	Today       civil.Date        // the day for which the site is built
	Clock       bool              // whether Today comes from the computer's clock, not from the user
	BaseURL     string            // where the site will be published, with a slash at its end; "" if unknown
	Profile     string            // an insurer's id: only its site, at the root; [schema.General]: only the general site; "": all sites
	Rules       *RulesMemory      // remembers checked rules, so that unchanged rules are not checked again; may be nil
	Bundle      *bundle.Memory    // remembers the bundled theme, so that an unchanged theme is not bundled again; may be nil
	Last        *publish.Manifest // the publication to compare with, to find what changed; if nil, Check and Build take the one in the output folder
}

// Output says where and how a site is published, and what stops it.
type Output struct {
	publish.Output
	Strict  bool          // whether a warning stops the build, like an error
	Written *atomic.Int64 // counts finished files, for a progress display; may be nil
}

// Stops reports whether these findings prevent publication.
func (o Output) Stops(found []diag.Diagnostic) bool {
	return diag.HasErrors(found) || o.Strict && len(found) > 0
}

// Summary counts the parts of a site.
type Summary struct {
	Languages, Questions, Insurers, Pages, Files int
	// Drafts counts the questions that are drafts, which are not published. Only the preview checks them.
	Drafts int
	// PagesIn counts the pages by the folder of their language: "ja", "sk/ja".
	PagesIn map[string]int
}

// Pages has the files of a checked site, ready to be rendered.
type Pages struct {
	Files     []File                 // sorted by path
	Questions map[string][]string    // ids of the questions, by language folder: "ja", "sk/ja"
	Answers   func() publish.Answers // returns, for each question, the hash of its content and the day on which the content last changed
	Summary   Summary

	search func() []diag.Diagnostic // checks that the search finds what it must find; the preview does not call it
}

// File is one file of the site. Render may be called by several goroutines at once.
type File = render.File

// Make turns sources into the files of a site: load and check the content → compile the rules → bundle the theme → list the files, each
// of which is rendered on demand. It returns no files if a diagnostic is an error. The error is an [UnknownProfile], or says that
// something could not be read or that the context ended. If the context ended, there are no diagnostics either.
func Make(ctx context.Context, source Source) (*Pages, []diag.Diagnostic, error) {
	source.Content = plaintext.Until(ctx, source.Content)
	pages, found, err := assemble(ctx, source)
	if ended := ctx.Err(); ended != nil {
		return nil, nil, ended
	}
	return pages, found, err
}

// assemble is Make without the handling of an ended context.
func assemble(ctx context.Context, source Source) (*Pages, []diag.Diagnostic, error) {
	read := load.Site
	if source.Preview {
		read = load.Preview
	}
	loaded, found, err := read(source.Content, source.ContentName, source.Today)
	source.insist(found)
	if err != nil || diag.HasErrors(found) {
		return nil, found, err
	}
	if large := tooLargeIn(source); len(large) > 0 {
		return nil, append(found, large...), nil
	}
	checker, wrong, err := compileRules(ctx, source, loaded)
	found = append(found, wrong...)
	if err = cmp.Or(err, ctx.Err()); err != nil || diag.HasErrors(wrong) {
		return nil, found, err
	}
	assets, err := source.Bundle.Load(source.Theme)
	if err != nil {
		return nil, append(found, themeFault(source, err)...), nil
	}
	templates, err := fs.Sub(source.Theme, "templates")
	if err != nil {
		return nil, found, err
	}
	loaded, base, err := source.choose(loaded)
	if err != nil {
		return nil, found, err
	}
	last, today := source.Last, source.Today // the function below must not keep the whole source, which holds all files that were read
	answers := func() publish.Answers { return answersOf(loaded, last, today) }
	renderer, err := render.New(loaded, assets, templates, render.Options{BaseURL: base, Checker: checker, Changes: changesOf(answers())})
	if err != nil {
		return nil, append(found, themeFault(source, err)...), nil
	}
	hosts, wrong, err := source.hostFiles()
	found = append(found, wrong...)
	if err != nil || diag.HasErrors(wrong) {
		return nil, found, err
	}
	pages := pagesOf(loaded, answers, append(renderer.Files(), hosts...))
	pages.search = renderer.CheckSearch
	return pages, found, nil
}

// insist turns warnings about days in the future into errors if Today comes from the clock, because nobody can have checked a source on a
// day that is still to come. With --date they stay warnings, because the content may be newer than that day.
func (s Source) insist(found []diag.Diagnostic) {
	for i := range found {
		if s.Clock && found[i].Code == "day-to-come" {
			found[i].Code = "day-not-come"
		}
	}
}

// since returns the source with `previous` as its last publication, unless the source already has one.
func (s Source) since(previous *publish.Manifest) Source {
	if s.Last == nil {
		s.Last = previous
	}
	return s
}

// UnknownProfile says that the content has no insurer with this id. Known lists the ids that exist, [schema.General] first.
type UnknownProfile struct {
	ID    string
	Known []string
}

// Error implements error.
func (e *UnknownProfile) Error() string { return "no insurer has the id " + e.ID }

// choose returns the site to make (see [SiteOf]) and its address: BaseURL or, if BaseURL is empty and the site is an insurer's, the
// address in the insurer's profile. The error is an [UnknownProfile].
func (s Source) choose(loaded *site.Site) (*site.Site, string, error) {
	chosen, err := SiteOf(loaded, s.Profile)
	if err != nil || chosen.Profile == nil {
		return chosen, s.BaseURL, err
	}
	return chosen, cmp.Or(s.BaseURL, chosen.Profile.BaseURL), nil
}

// SiteOf returns the general site with all insurers for "", the general site alone for [schema.General], or the site of one
// insurer. The error is an [UnknownProfile].
func SiteOf(loaded *site.Site, profile string) (*site.Site, error) {
	if profile == "" {
		return loaded, nil
	}
	if profile == schema.General {
		alone := *loaded
		alone.Insurers = nil
		return &alone, nil
	}
	unknown := &UnknownProfile{ID: profile, Known: []string{schema.General}}
	for _, insurer := range loaded.Insurers {
		if insurer.Profile.ID == profile {
			return insurer, nil
		}
		unknown.Known = append(unknown.Known, insurer.Profile.ID)
	}
	return nil, unknown
}

// Check does everything that Build does before publication, but writes nothing: it renders every page in memory, and compares the
// addresses with those published in the output folder. It does not look for edits of published files. An author's mistake is a
// diagnostic. The error is as for [Make], or about the output folder.
func Check(ctx context.Context, source Source, output Output) (Summary, []diag.Diagnostic, error) {
	previous, err := output.Published()
	if err != nil {
		return Summary{}, nil, err
	}
	pages, found, err := Make(ctx, source.since(previous))
	if err != nil || diag.HasErrors(found) {
		return Summary{}, found, err
	}
	found = append(found, pages.search()...)
	broken, err := renderAll(ctx, source, pages, output, nil)
	found = append(found, broken...)
	if source.Profile == "" || previous == nil || !holdsInsurers(previous) { // otherwise the output folder has all sites, and a single site lacks most of their addresses
		found = append(found, vanished(previous, pages, source)...)
	}
	return pages.Summary, found, err
}

// Build makes the site and at the end replaces the published one: in a single step or, if the system cannot exchange folders, file by
// file. If an error or a finding stops it before that, the published site stays as it was.
func Build(ctx context.Context, source Source, output Output) (Summary, []diag.Diagnostic, error) {
	folder, err := publish.Open(ctx, output.Output)
	if err != nil {
		return Summary{}, nil, err
	}
	defer folder.Close()
	pages, found, err := Make(ctx, source.since(folder.Previous))
	if err != nil || diag.HasErrors(found) {
		return Summary{}, found, err
	}
	if found = append(found, pages.search()...); output.Stops(found) {
		return Summary{}, found, nil
	}
	if gone := vanished(folder.Previous, pages, source); gone != nil {
		return Summary{}, append(found, gone...), nil
	}
	broken, err := renderInto(ctx, folder, source, pages, output)
	return pages.Summary, append(found, broken...), err
}

// renderInto renders the site and publishes it in a folder. If it returns a diagnostic, the published site is unchanged.
func renderInto(ctx context.Context, folder *publish.Folder, source Source, pages *Pages, output Output) ([]diag.Diagnostic, error) {
	paths := make([]string, len(pages.Files))
	for i, file := range pages.Files {
		paths[i] = file.Path
	}
	tree, err := folder.Begin(paths)
	if err != nil {
		return nil, err
	}
	defer tree.Remove()
	answers := pages.Answers()
	found, err := renderAll(ctx, source, pages, output, tree.Write)
	if err != nil || len(found) > 0 {
		return found, err
	}
	return nil, tree.Publish(ctx, pages.Questions, answers)
}

// pagesOf collects what publishing needs to know about a site and its files.
func pagesOf(loaded *site.Site, answers func() publish.Answers, files []File) *Pages {
	sortFiles(files)
	pages := &Pages{Files: files, Questions: map[string][]string{}, Answers: answers}
	pages.list("", loaded)
	for _, insurer := range loaded.Insurers {
		pages.list(insurer.Profile.ID+"/", insurer)
	}
	pages.Summary = Summary{Languages: len(loaded.Languages), Questions: len(loaded.Questions), Insurers: len(loaded.Insurers), Drafts: loaded.Drafts, Files: len(files), PagesIn: map[string]int{}}
	for _, file := range files {
		if isPage(file.Path) {
			pages.Summary.Pages++
			first, rest, _ := strings.Cut(file.Path, "/")
			second, _, _ := strings.Cut(rest, "/")
			for _, folder := range []string{first, first + "/" + second} {
				if _, known := pages.Questions[folder]; known {
					pages.Summary.PagesIn[folder]++
				}
			}
		}
	}
	return pages
}

func isPage(file string) bool { return path.Ext(file) == ".html" }

func sortFiles(files []File) {
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	for i := 1; i < len(files); i++ {
		if files[i].Path == files[i-1].Path {
			panic("BUG: two files for " + files[i].Path)
		}
	}
}

// list records the ids of the questions that a site has in each language. The key in Questions is the prefix `folder` followed by the
// language's id.
func (p *Pages) list(folder string, s *site.Site) {
	for _, language := range s.Languages {
		ids := []string{}
		for _, question := range s.Questions {
			if question.In(language) != nil {
				ids = append(ids, question.ID)
			}
		}
		slices.Sort(ids)
		p.Questions[folder+language.ID] = ids
	}
}

// largePage is the capacity, in bytes, above which a buffer is not reused for the next page.
const largePage = 1 << 20

// renderAll renders all files in parallel. It passes the index and the bytes of each file to the function `keep`; the bytes are valid
// until `keep` returns. If `keep` is nil, files that have a Draft are rendered with Draft instead of Render. Mistakes in the theme are
// returned as diagnostics.
func renderAll(ctx context.Context, source Source, pages *Pages, output Output, keep func(i int, content []byte) error) ([]diag.Diagnostic, error) {
	files := pages.Files
	faults := &faults{source: source, files: files}
	err := parallel.Each(len(files), func() func(int) error {
		var content bytes.Buffer
		links := faults.worker()
		return func(i int) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if content.Reset(); content.Cap() > largePage {
				content = bytes.Buffer{} // few pages are that large: release the memory
			}
			render := files[i].Render
			if keep == nil && files[i].Draft != nil {
				render = files[i].Draft
			}
			if err := render(&content); err != nil {
				faults.template(err)
				return nil
			}
			if isPage(files[i].Path) {
				links.check(files[i].Path, content.Bytes())
			}
			if output.Written != nil {
				output.Written.Add(1)
			}
			if keep == nil {
				return nil
			}
			return keep(i, content.Bytes())
		}
	})
	return faults.list(), err
}
