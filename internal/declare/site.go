package declare

import (
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/schema"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
	"sitegen/internal/style"
	"sitegen/internal/values"
)

// Names reads the files that declare what texts refer to: languages, topics, sources, facts and the parameters of insurers.
type Names struct {
	*Reading
	SiteFile, SourceFile, FactFile *diag.File
	PolicyFile                     *diag.File                      // nil if there is no policies.yaml
	Popular                        []strictyaml.Text               // the questions that site.yaml lists as popular
	Sources                        strictyaml.Map[schema.Source]   // sources.yaml as its authors wrote it
	Style                          map[*site.Language]*style.Rules // the style checks that site.yaml switches on
	words                          []valueWord                     // words in facts, which CheckWords compares with the formats
}

// Load reads site.yaml, words.yaml, sources.yaml, facts.yaml and policies.yaml, and reports mistakes in them.
func (n *Names) Load() error {
	for _, load := range []func() error{n.loadSite, n.loadSources, n.loadFacts, n.loadPolicies} {
		if err := load(); err != nil {
			return err
		}
	}
	return nil
}

type siteFile struct {
	Default   strictyaml.Text   `yaml:"default"`
	Languages []languageYAML    `yaml:"languages"`
	Topics    []strictyaml.Text `yaml:"topics"`
	Popular   []strictyaml.Text `yaml:"popular"`
	Limits    *limitsYAML       `yaml:"limits,optional"`
	Style     *styleYAML        `yaml:"style,optional"`
}

type languageYAML struct {
	ID       strictyaml.Text  `yaml:"id"`
	Name     strictyaml.Text  `yaml:"name"`
	Lang     strictyaml.Text  `yaml:"lang"`
	Hreflang *strictyaml.Text `yaml:"hreflang,optional"`
	Ruby     bool             `yaml:"ruby,optional"`
	// Growing says whether the language may lack translations and words. Fallback is the id of the language in which questions without a
	// translation are shown.
	Growing  bool             `yaml:"growing,optional"`
	Fallback *strictyaml.Text `yaml:"fallback,optional"`
}

func (n *Names) loadSite() error {
	var decoded siteFile
	f, err := n.Decode("site.yaml", &decoded)
	if err != nil {
		return err
	}
	for _, y := range decoded.Languages {
		if !schema.IsSlug(y.ID.Value) {
			n.Report(f.At(y.ID.Offset, "id-form", y.ID.Value))
			continue
		}
		if n.Site.Language(y.ID.Value) != nil {
			n.Report(f.At(y.ID.Offset, "id-twice", y.ID.Value))
			continue
		}
		language := &site.Language{ID: y.ID.Value, Name: y.Name.Value, Lang: y.Lang.Value, Ruby: y.Ruby, Offset: y.ID.Offset}
		n.checkTags(f, y)
		n.Report(values.CheckPairs(f, y.Name, y.Name.Value)...)
		if y.Hreflang != nil {
			language.Hreflang = y.Hreflang.Value
		}
		known, ok := schema.ParseLanguage(language.Lang)
		if !ok || !schema.SameLanguage(language.Lang, language.ID) {
			// checkTags has reported the wrong tag. With that tag, every text would also be reported for its script, so the language
			// of the id replaces it.
			language.Lang, _, _ = strings.Cut(language.ID, "-")
			known, _ = schema.ParseLanguage(language.Lang)
		}
		language.Dir = known.Dir
		n.Site.AddLanguage(language)
	}
	n.Site.Default = n.Site.Language(decoded.Default.Value)
	if n.Site.Default == nil && decoded.Default.Value != "" {
		n.Report(n.Site.NoLanguage(f, decoded.Default))
	}
	n.chooseFallbacks(f, decoded.Languages)
	for _, id := range decoded.Topics {
		switch {
		case !schema.IsSlug(id.Value):
			n.Report(f.At(id.Offset, "id-form", id.Value))
		case n.Site.Topic(id.Value) != nil:
			n.Report(f.At(id.Offset, "id-twice", id.Value))
		default:
			n.Site.AddTopic(&site.Topic{ID: id.Value, Offset: id.Offset})
		}
	}
	n.Popular, n.SiteFile = decoded.Popular, f
	n.checkLimits(f, decoded.Limits)
	return n.loadStyle(f, decoded.Style)
}

// chooseFallbacks sets the fallback of each language. Texts that a growing language lacks are shown in its fallback. The fallback is
// the complete language that site.yaml names, or else the default language. chooseFallbacks reports a growing default language, and a
// fallback that is not possible.
func (n *Names) chooseFallbacks(f *diag.File, languages []languageYAML) {
	for _, y := range languages {
		language := n.Site.Language(y.ID.Value)
		if language == nil || n.Site.Default == nil {
			continue
		}
		language.Growing, language.Fallback = y.Growing, n.Site.Default
		if y.Growing && language == n.Site.Default {
			n.Report(f.At(y.ID.Offset, "language-growing-default", language.ID))
		}
		if y.Fallback == nil {
			continue
		}
		at := slices.IndexFunc(languages, func(other languageYAML) bool { return other.ID.Value == y.Fallback.Value })
		switch {
		case y.Fallback.Value == "": // already reported
		case at < 0:
			n.Report(n.Site.NoLanguage(f, *y.Fallback))
		case !y.Growing || languages[at].Growing:
			n.Report(f.At(y.Fallback.Offset, "language-fallback", language.ID))
		default:
			language.Fallback = n.Site.Language(y.Fallback.Value)
		}
	}
}

// checkTags reports a lang or hreflang that is not a valid tag, or that is the tag of a language other than that of the id.
func (n *Names) checkTags(f *diag.File, y languageYAML) {
	tags := []strictyaml.Text{y.Lang}
	if y.Hreflang != nil {
		tags = append(tags, *y.Hreflang)
	}
	for _, tag := range tags {
		_, ok := schema.ParseLanguage(tag.Value)
		switch {
		case tag.Value == "": // already reported
		case !ok:
			n.Report(f.At(tag.Offset, "language-tag", tag.Value))
		case !schema.SameLanguage(tag.Value, y.ID.Value):
			n.Report(f.At(tag.Offset, "language-tag-other", tag.Value, y.ID.Value))
		}
	}
}

// loadPolicies reads policies.yaml, the parameters that insurers set. Content without insurers does not need the file.
func (n *Names) loadPolicies() error {
	if !n.Has("policies.yaml") {
		return nil
	}
	var decoded strictyaml.Map[schema.Policy]
	f, err := n.Decode("policies.yaml", &decoded)
	if err != nil {
		return err
	}
	for _, entry := range decoded {
		y, p := entry.Value, &site.Policy{ID: entry.Key.Value, Offset: entry.Key.Offset}
		if !schema.IsID(p.ID) {
			n.Report(f.At(entry.Key.Offset, "id-form-snake", p.ID))
		}
		if wrong := schema.PolicyKinds.Check(f, y.Kind); wrong != nil {
			n.Report(wrong...)
		} else if y.Kind.Value != "choice" {
			p.Kind = schema.FactKind(y.Kind.Value)
		}
		for _, value := range y.Values {
			if p.Kind != "" || !schema.IsID(value.Key.Value) || value.Key.Value == schema.Unset {
				n.Report(f.At(value.Key.Offset, "policy-value-form", value.Key.Value))
			}
			p.Values = append(p.Values, value.Key.Value)
		}
		if p.Kind == "" && len(p.Values) == 0 {
			n.Report(f.At(entry.Key.Offset, "policy-values-missing", p.ID))
		}
		n.Site.Policies = append(n.Site.Policies, p)
	}
	n.PolicyFile = f
	return nil
}
