package typeset

import (
	"cmp"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/schema"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
	"sitegen/internal/values"
)

// checkCondition returns findings about an unknown parameter and unknown values in the condition of an if block.
func (l *Typesetter) checkCondition(f *diag.File, c markdown.Condition) []diag.Diagnostic {
	p := l.Site.Policy(c.Policy)
	if p == nil {
		return []diag.Diagnostic{f.At(c.Offset, "policy-unknown", c.Policy, l.Site.SuggestPolicy(c.Policy))}
	}
	var found []diag.Diagnostic
	for _, value := range c.Values {
		if !slices.Contains(p.All(), value) {
			found = append(found, f.At(c.Offset, "policy-value-unknown", p.ID, value, strings.Join(p.All(), ", "), site.Suggest(value, p.All())))
		}
	}
	return found
}

// PolicyFile has the words for the values of parameters in one language, by parameter and value, before typesetting.
type PolicyFile struct {
	File  *diag.File
	Words strictyaml.Map[strictyaml.Map[strictyaml.Text]]
}

// LoadPolicyWords checks that every value of every parameter has words. It typesets all words, so that a mistake is found even if no
// insurer has that value. The general site uses the words for the value schema.Unset.
func (l *Typesetter) LoadPolicyWords(files map[*site.Language]PolicyFile) {
	l.policyWords = files
	for _, language := range l.Site.CompleteFirst() {
		file := files[language]
		l.nameInsurer(language)
		for _, entry := range file.Words {
			p := l.Site.Policy(entry.Key.Value)
			if p == nil {
				l.Report(file.File.At(entry.Key.Offset, "policy-unknown", entry.Key.Value, l.Site.SuggestPolicy(entry.Key.Value)))
				continue
			}
			for _, value := range entry.Value {
				if !slices.Contains(p.All(), value.Key.Value) {
					l.Report(file.File.At(value.Key.Offset, "policy-value-unknown", p.ID, value.Key.Value, strings.Join(p.All(), ", "), site.Suggest(value.Key.Value, p.All())))
				}
			}
		}
		language.Policies = map[string]site.PolicyWords{}
		for _, p := range l.Site.Policies {
			l.loadPolicy(language, file, p)
		}
	}
}

// loadPolicy typesets the words for each value of a parameter, and reports missing words. It keeps the words for schema.Unset, which is
// the last value.
func (l *Typesetter) loadPolicy(language *site.Language, file PolicyFile, p *site.Policy) {
	c := schema.Completeness{File: file.File, Growing: language.Growing}
	if known, ok := language.Fallback.Policies[p.ID]; ok && language.Growing {
		language.Policies[p.ID] = site.PolicyWords{Phrase: language.StandIn(known.Phrase), Facts: known.Facts, Reads: known.Reads}
	}
	i := slices.IndexFunc(file.Words, func(entry strictyaml.Entry[strictyaml.Map[strictyaml.Text]]) bool { return entry.Key.Value == p.ID })
	if i < 0 {
		c.Missing(c.Section("policies", file.Words.Keys()), p.ID, schema.Braced(p.All(), `"…"`))
		l.Report(c.Found.List...)
		return
	}
	key, words := file.Words[i].Key, file.Words[i].Value
	for _, value := range p.All() {
		text, ok := words.Get(value)
		if !ok {
			c.Missing(c.Inside("policies: "+p.ID, key, words.Keys()), value, `"…"`)
			continue
		}
		var slots []string
		if p.Kind != "" && value == site.PolicySet {
			slots = []string{"value"}
		}
		l.Report(values.CheckSlots(file.File, "policies: "+p.ID+": "+value, text, slots)...)
		language.Policies[p.ID] = l.policyText(language, file.File, text)
	}
	l.Report(c.Found.List...)
}

// policyText typesets the words for one value of a parameter.
func (l *Typesetter) policyText(language *site.Language, f *diag.File, text strictyaml.Text) site.PolicyWords {
	t := l.Page(language)
	t.noTerms = true
	text.Value = values.Slotted(text.Value)
	return site.PolicyWords{Phrase: t.inline(f, text.Value, text.Offset), Facts: t.facts, Reads: t.Reads}
}

// SetPolicies sets a language's words for all parameters, on the site of the insurer that is being loaded.
func (l *Typesetter) SetPolicies(language *site.Language) {
	general := language.Policies
	language.Policies = map[string]site.PolicyWords{}
	file := l.policyWords[language.Base]
	for _, p := range l.Site.Policies {
		value, ok := l.Site.Profile.Policies[p.ID]
		known := general[p.ID]
		if !ok && !known.Reads["insurer"] {
			language.Policies[p.ID] = known
			continue
		}
		key, fact := cmp.Or(value, schema.Unset), (*site.Fact)(nil)
		if ok && p.Kind != "" {
			key, fact = site.PolicySet, l.Site.Fact(value)
		}
		words, _ := file.Words.Get(p.ID)
		text, ok := words.Get(key)
		if theirs, stands := language.FallbackOn(l.Site).Policies[p.ID]; !ok && language.Base.Growing && stands {
			language.Policies[p.ID] = site.PolicyWords{Phrase: language.StandIn(theirs.Phrase), Facts: theirs.Facts, Reads: theirs.Reads}
			continue
		}
		if !ok {
			continue // the missing words are already reported
		}
		made := l.policyText(language, file.File, text)
		if fact != nil {
			made.Phrase = made.Phrase.With("value", language.Wording(fact, "", true))
			made.Facts[fact] = true
		}
		language.Policies[p.ID] = made
	}
}

// policy returns the words with which a text states a parameter. It records the facts and the parts of the profile that these words need.
func (t *Page) policy(id string) site.Phrase {
	text := t.language.Policy(id)
	for fact := range text.Facts {
		t.facts[fact] = true
	}
	for what := range text.Reads {
		t.read(what)
	}
	return text.Phrase
}

// Holds implements [markdown.Resolver]: it reports whether the site's insurer has one of the values in the condition.
func (t *Page) Holds(c markdown.Condition) bool {
	t.read("policy:" + c.Policy)
	value := schema.Unset
	if profile := t.Site.Profile; profile != nil && profile.Policies[c.Policy] != "" {
		value = profile.Policies[c.Policy]
		if t.Site.Policy(c.Policy).Kind != "" {
			value = site.PolicySet
		}
	}
	return slices.Contains(c.Values, value)
}

// nameInsurer sets the words that a language of the general site uses for an unknown insurer.
func (l *Typesetter) nameInsurer(language *site.Language) {
	name, contact := language.UI.InsurerName, language.UI.InsurerContact
	language.Profile = site.ProfileWords{Name: name, Short: name, Insurer: name, Contact: contact, Ask: language.UI.InsurerAsk.With("name", name).With("contact", contact)}
}

// insurer returns the words for a token {insurer:…}. `word` is name, contact or ask.
func (t *Page) insurer(word string) site.Phrase {
	words := t.language.Profile
	switch word {
	case "name":
		return words.Insurer
	case "contact":
		t.useContact()
		return words.Contact
	case "ask":
		t.useContact()
		return words.Ask
	}
	panic("BUG: no word of the insurer is called " + word)
}

// useContact records that the text depends on the facts with the insurer's phone number and page.
func (t *Page) useContact() {
	if profile := t.Site.Profile; profile != nil {
		for _, fact := range []*site.Fact{profile.Phone, profile.Page} {
			if fact != nil {
				t.facts[fact] = true
			}
		}
	}
}
