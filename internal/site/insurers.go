package site

import (
	"maps"
	"slices"
	"sync"

	"sitegen/internal/diag"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
)

// Profile is an insurer or an adviser's office that has a site of its own. The site is made from the content of the general site.
type Profile struct {
	ID           string
	Document     *Source // the public document from which a sample was made; nil if the site is the insurer's own
	BaseURL      string  // the address where the site is published separately, with a final slash; "" if unknown
	Band, Accent Colour  // the colour behind the name on every page, and the colour of buttons and links; "" for the theme's colour
	Phone, Page  *Fact   // the facts with the insurer's phone number and page; nil if unknown
	// Policies has the parameters that the insurer has set, by id. The value is one of Policy.Values for a choice, and the id of a fact for
	// any other parameter.
	Policies map[string]string
	// Answers has the answers to the checker that are the same for all members of the insurer, by the question's id.
	Answers   map[string]string
	Overrides []Override // the differences between the site's questions and those of the general site, sorted by question and passage

	Written *diag.File                      // profile.yaml
	Read    strictyaml.Map[strictyaml.Text] // the answers with their places in Written
}

// ProfileWords has the words for the insurer in one language.
type ProfileWords struct {
	Name    Phrase // the name, such as "SK健康保険組合"; on the general site "入っている健康保険"
	Short   Phrase // the short name at the top of every page
	Insurer Phrase // the name that texts use for the insurer; equal to Name, except on an adviser's site
	Contact Phrase // the phone number or else the page; if both are unknown, words that say how to find the insurer
	Ask     Phrase // a sentence with name and contact that says to ask the insurer
	// Phone, Hours and Page are the phone number, its opening hours and the page. Each is empty if unknown.
	Phone, Hours, Page Phrase
	Lead               Phrase // the text at the beginning of the home page; may be empty
	// Sample says that the site is a sample, and MadeFrom names the document from which the sample was made. Both are empty on the
	// general site and on an insurer's own site.
	Sample, MadeFrom Phrase
}

// Reached reports whether the phone number or the page of the insurer is known.
func (w ProfileWords) Reached() bool { return w.Phone.HTML != "" || w.Page.HTML != "" }

// Derive returns a copy of the general site for the insurer with this id. The copy has no questions. Its profile, facts and languages can
// be changed without changing the general site.
func (s *Site) Derive(id string) *Site {
	d := *s
	d.Profile = &Profile{ID: id, Policies: map[string]string{}, Answers: map[string]string{}}
	d.Insurers = nil
	d.lists = new(sync.Map)
	d.Questions, d.byTopic = nil, map[*Topic][]*Question{}
	d.question, d.fact = map[string]*Question{}, maps.Clone(s.fact)
	d.Facts, d.Popular = slices.Clone(s.Facts), nil
	d.Languages = nil
	for _, general := range s.Languages {
		language := *general
		language.Writer = general.Derive()
		d.Languages = append(d.Languages, &language)
		if general == s.Default {
			d.Default = &language
		}
	}
	return &d
}

// Official reports whether the site is an insurer's own site, and not a sample or the general site.
func (s *Site) Official() bool { return s.Profile != nil && s.Profile.Document == nil }

// Hidden returns the sorted ids of the general questions that this insurer's site leaves out.
func (s *Site) Hidden() []string {
	var ids []string
	if s.Profile != nil {
		for _, o := range s.Profile.Overrides {
			if o.Kind == Hidden && o.Anchor == "" {
				ids = append(ids, o.Question)
			}
		}
	}
	return ids
}

// Current returns the site's versions of general questions, without the questions that the site hides.
func (s *Site) Current(questions []*Question) []*Question {
	if s.Profile == nil {
		return questions
	}
	var list []*Question
	for _, general := range questions {
		if question := s.Question(general.ID); question != nil {
			list = append(list, question)
		}
	}
	return list
}

// Override is a difference between the questions of an insurer's site and those of the general site.
type Override struct {
	Kind     OverrideKind
	Question string
	Anchor   string // the anchor of the passage; "" for the whole question
	// Base is the fingerprint of the present general text; "" if there is no general text, or if the text is hidden. Written is the
	// fingerprint of the general text that the insurer's file was written to replace; "" if the file names no fingerprint.
	Base, Written string
}

// OverrideKind is what an override does to the general text.
type OverrideKind string

// The kinds of override.
const (
	Replaced OverrideKind = "replaced"
	Added    OverrideKind = "added"
	Hidden   OverrideKind = "hidden"
)

// Policy is a parameter of policies.yaml: something that each insurer decides for itself.
type Policy struct {
	ID     string
	Kind   schema.FactKind // the kind of the fact that is the parameter's value; "" for a choice
	Values []string        // the values of a choice
	Offset int             // the offset of the id in policies.yaml
}

// PolicySet is the value, in words and conditions, of a parameter that the insurer has set to a fact.
const PolicySet = "set"

// All returns every value for which words are needed. schema.Unset is the last.
func (p *Policy) All() []string {
	if p.Kind == "" {
		return append(slices.Clone(p.Values), schema.Unset)
	}
	return []string{PolicySet, schema.Unset}
}

// PolicyWords has the words with which the texts of one site state a parameter. Facts has the facts that the words mention, and Reads the
// parts of an insurer's profile that the words depend on.
type PolicyWords struct {
	Phrase Phrase
	Facts  map[*Fact]bool
	Reads  map[string]bool
}
