package build

import (
	"bytes"
	"cmp"
	"context"
	"io/fs"
	"strings"
	"sync/atomic"
	"time"

	"sitegen/internal/bundle"
	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/render"
	"sitegen/internal/schema"
	"sitegen/internal/site"
)

// Source is what a site is made of.
type Source struct {
	Content     fs.FS
	ContentName string // in messages
	Theme       fs.FS
	ThemeName   string       // in messages
	Preview     bool         // for authors: with drafts
	Today       civil.Date   // the day the site is built for
	Clock       bool         // Today is the day of this computer's clock, not one that somebody named
	BaseURL     string       // where the site will be published, with a slash at its end; "" where unknown
	Profile     string       // the insurer whose site alone is made, at the root; "" for all sites
	Rules       *RulesMemory // spares checking rules that did not change; may be nil
	Last        *Manifest    // what was published last, to tell what changed since; nil: what is in the output folder
}

// Output is where a site is published.
type Output struct {
	Dir     string
	Sources []string      // folders the site is made of; the output may neither contain them nor lie in them
	Version string        // the generator's name and version
	Wait    time.Duration // for another build of the same folder
	Waiting func(*Busy)   // told that it waits for one; may be nil
	Strict  bool          // a warning stops the build as an error does
	Litter  func(string)  // told of a folder beside the site that nobody needs and that could not be removed; may be nil
	Written *atomic.Int64 // counts finished files, for whoever watches; may be nil

	// Compress writes every file that becomes smaller once more as .br (Brotli, RFC 7932) and .gz (gzip, RFC 1952).
	Compress bool
	// Keep keeps the site that is replaced, for [Undo].
	Keep bool
	// ReplaceEdits allows that published files which somebody edited by hand are replaced.
	ReplaceEdits bool

	fault func(step string) error // a test's way to make a step fail
}

// Stops reports whether the site may not be published with what was found.
func (o Output) Stops(found []diag.Diagnostic) bool {
	return diag.HasErrors(found) || o.Strict && len(found) > 0
}

// Summary counts what a site holds.
type Summary struct {
	Languages, Questions, Insurers, Pages, Files int
	// Drafts are questions that are not published, and checked in the preview alone.
	Drafts int
	// PagesIn are the pages by folder of a language: "ja", "sk/ja".
	PagesIn map[string]int
}

// Pages are the files of a checked site, ready to be rendered.
type Pages struct {
	Files     []File              // by path
	Questions map[string][]string // ids by folder of a language: "ja", "sk/ja"
	Answers   Answers             // what they tell, and when that changed
	Summary   Summary

	search func() []diag.Diagnostic // whether the search finds what it must; the preview does not wait for it
}

// File is one file of the site. Render may be called by several goroutines at once.
type File = render.File

// Make turns sources into the files of a site: load → check → compile rules → bundle → render. There are no files when a diagnostic
// is an error. A Go error means that something could not be read, or that the context ended; of a site that nobody waits for
// nothing is told.
func Make(ctx context.Context, source Source) (*Pages, []diag.Diagnostic, error) {
	source.Content = plaintext.Until(ctx, source.Content)
	pages, found, err := assemble(ctx, source)
	if ended := ctx.Err(); ended != nil {
		return nil, nil, ended
	}
	return pages, found, err
}

// assemble is all of Make, where nobody stops it.
func assemble(ctx context.Context, source Source) (*Pages, []diag.Diagnostic, error) {
	load := site.Load
	if source.Preview {
		load = site.Preview
	}
	loaded, found, err := load(source.Content, source.ContentName, source.Today)
	source.insist(found)
	if err != nil || diag.HasErrors(found) {
		return nil, found, err
	}
	checker, wrong, err := compileRules(ctx, source, loaded)
	found = append(found, wrong...)
	if err = cmp.Or(err, ctx.Err()); err != nil || diag.HasErrors(wrong) {
		return nil, found, err
	}
	assets, err := bundle.Load(source.Theme)
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
	answers := answersOf(loaded, source.Last, source.Today)
	renderer, err := render.New(loaded, assets, templates, render.Options{BaseURL: base, Checker: checker, Changes: answers.changes()})
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

// insist makes errors of days on which something is said to have been looked at and which have not come. A day that somebody
// named may lie before the content was written: there they stay warnings.
func (s Source) insist(found []diag.Diagnostic) {
	for i := range found {
		if s.Clock && found[i].Code == "day-to-come" {
			found[i].Code = "day-not-come"
		}
	}
}

// since returns the source with what the output folder holds as the last publication, unless another was named.
func (s Source) since(previous *Manifest) Source {
	if s.Last == nil {
		s.Last = previous
	}
	return s
}

// UnknownProfile says that the content has no insurer of that name.
type UnknownProfile struct {
	ID    string
	Known []string
}

// Error implements error.
func (e *UnknownProfile) Error() string { return "no insurer has the id " + e.ID }

// choose returns the site to make: the general one with all insurers, or one insurer's alone, and its address.
func (s Source) choose(loaded *site.Site) (*site.Site, string, error) {
	chosen, err := SiteOf(loaded, s.Profile)
	if err != nil || chosen.Profile == nil {
		return chosen, s.BaseURL, err
	}
	return chosen, cmp.Or(s.BaseURL, chosen.Profile.BaseURL), nil
}

// SiteOf returns the general site with all insurers for "", without them for [schema.General], or one insurer's. The error is an
// [UnknownProfile].
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

// Check does everything that Build does, and writes nothing: every page is rendered in memory, and compared with what
// is published at the output folder. The error is about the machine; an author's mistake is a diagnostic.
func Check(ctx context.Context, source Source, output Output) (Summary, []diag.Diagnostic, error) {
	real, err := place(output.Dir, output.Sources)
	if err != nil {
		return Summary{}, nil, err
	}
	previous, err := readManifest(real, output.Dir)
	if err != nil {
		return Summary{}, nil, err
	}
	pages, found, err := Make(ctx, source.since(previous))
	if err != nil || diag.HasErrors(found) {
		return Summary{}, found, err
	}
	found = append(found, pages.search()...)
	discard := func(int, []byte) error { return nil }
	broken, err := renderAll(ctx, source, pages, output, discard)
	found = append(found, broken...)
	if source.Profile == "" || previous == nil || !previous.holdsInsurers() { // else it is compared with another site
		found = append(found, vanished(previous, pages, source)...)
	}
	return pages.Summary, found, err
}

// Build makes the site and puts it in the place of what is in the output folder: in one step at the end, or, if
// anything fails before, not at all.
func Build(ctx context.Context, source Source, output Output) (Summary, []diag.Diagnostic, error) {
	folder, err := openFolder(ctx, output)
	if err != nil {
		return Summary{}, nil, err
	}
	defer folder.close()
	pages, found, err := Make(ctx, source.since(folder.previous))
	if err != nil || diag.HasErrors(found) {
		return Summary{}, found, err
	}
	if found = append(found, pages.search()...); output.Stops(found) {
		return Summary{}, found, nil
	}
	if gone := vanished(folder.previous, pages, source); gone != nil {
		return Summary{}, append(found, gone...), nil
	}
	broken, err := folder.publish(ctx, source, pages)
	return pages.Summary, append(found, broken...), err
}

// pagesOf gathers what publishing needs to know of a site and its files.
func pagesOf(loaded *site.Site, answers Answers, files []File) *Pages {
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

// list notes the questions of a site in a folder.
func (p *Pages) list(folder string, s *site.Site) {
	for _, language := range s.Languages {
		ids := []string{}
		for _, question := range s.Questions {
			if question.In(language) != nil {
				ids = append(ids, question.ID)
			}
		}
		p.Questions[folder+language.ID] = sorted(ids)
	}
}

// largePage is the size of a buffer that is not kept for the next page.
const largePage = 1 << 20

// renderAll renders every file and hands its bytes on, on all processors at once: they are valid until keep returns.
// What is wrong with the theme is returned as diagnostics.
func renderAll(ctx context.Context, source Source, pages *Pages, output Output, keep func(i int, content []byte) error) ([]diag.Diagnostic, error) {
	files := pages.Files
	faults := newFaults(source, files)
	err := each(len(files), func() func(int) error {
		var content bytes.Buffer
		links := faults.worker()
		return func(i int) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if content.Reset(); content.Cap() > largePage {
				content = bytes.Buffer{} // few pages are that large, and two may be held at once
			}
			if err := files[i].Render(&content); err != nil {
				faults.template(err)
				return nil
			}
			if isPage(files[i].Path) {
				links.check(files[i].Path, content.Bytes())
			}
			if output.Written != nil {
				output.Written.Add(1)
			}
			return keep(i, content.Bytes())
		}
	})
	return faults.list(), err
}
