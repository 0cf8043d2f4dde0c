package site

import (
	"cmp"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
	"sitegen/internal/values"
)

// policy is a parameter of policies.yaml: something that each insurer decides for itself.
type policy struct {
	id     string
	kind   schema.FactKind // the kind of the fact that is the parameter's value; "" for a choice
	values []string        // the values of a choice
	offset int
}

// isSet is the value that words and conditions use if the insurer has set a parameter whose value is a fact.
const isSet = "set"

// all returns every value for which words are needed. schema.Unset is the last.
func (p *policy) all() []string {
	if p.kind == "" {
		return append(slices.Clone(p.values), schema.Unset)
	}
	return []string{isSet, schema.Unset}
}

// loadPolicies reads policies.yaml, the parameters that insurers set. Content without insurers does not need the file.
func (l *loader) loadPolicies() error {
	l.profiles = l.has("profiles")
	if !l.has("policies.yaml") {
		return nil
	}
	var decoded strictyaml.Map[schema.Policy]
	f, err := l.decode("policies.yaml", &decoded)
	if err != nil {
		return err
	}
	for _, entry := range decoded {
		y, p := entry.Value, &policy{id: entry.Key.Value, offset: entry.Key.Offset}
		if !isID(p.id) {
			l.report(f.At(p.offset, "id-form-snake", p.id))
		}
		if wrong := schema.PolicyKinds.Check(f, y.Kind); wrong != nil {
			l.report(wrong...)
		} else if y.Kind.Value != "choice" {
			p.kind = schema.FactKind(y.Kind.Value)
		}
		for _, value := range y.Values {
			if p.kind != "" || !isID(value.Key.Value) || value.Key.Value == schema.Unset {
				l.report(f.At(value.Key.Offset, "policy-value-form", value.Key.Value))
			}
			p.values = append(p.values, value.Key.Value)
		}
		if p.kind == "" && len(p.values) == 0 {
			l.report(f.At(p.offset, "policy-values-missing", p.id))
		}
		l.policies = append(l.policies, p)
	}
	return nil
}

func (l *loader) policy(id string) *policy {
	i := slices.IndexFunc(l.policies, func(p *policy) bool { return p.id == id })
	if i < 0 {
		return nil
	}
	return l.policies[i]
}

func (l *loader) policyIDs() []string {
	ids := make([]string, len(l.policies))
	for i, p := range l.policies {
		ids[i] = p.id
	}
	return ids
}

// checkCondition returns findings about an unknown parameter and unknown values in the condition of an if block.
func (l *loader) checkCondition(f *diag.File, c markdown.Condition) []diag.Diagnostic {
	p := l.policy(c.Policy)
	if p == nil {
		return []diag.Diagnostic{f.At(c.Offset, "policy-unknown", c.Policy, l.suggestPolicy(c.Policy))}
	}
	var found []diag.Diagnostic
	for _, value := range c.Values {
		if !slices.Contains(p.all(), value) {
			found = append(found, f.At(c.Offset, "policy-value-unknown", p.id, value, strings.Join(p.all(), ", "), suggest(value, p.all())))
		}
	}
	return found
}

// policyFile has the words for the values of parameters in one language, by parameter and value, before typesetting.
type policyFile struct {
	file  *diag.File
	words strictyaml.Map[strictyaml.Map[strictyaml.Text]]
}

// policyText has the words with which the texts of one site state a parameter. facts has the facts that the words mention, and reads the
// parts of an insurer's profile that they depend on.
type policyText struct {
	phrase Phrase
	facts  map[*Fact]bool
	reads  map[string]bool
}

// loadPolicyWords checks that every value of every parameter has words. It typesets all words, so that a mistake is found even if no
// insurer has that value. The general site uses the words for parameters that are not set.
func (l *loader) loadPolicyWords(texts map[*Language]*textFile) {
	l.policyWords = map[*Language]policyFile{}
	for _, language := range l.site.completeFirst() {
		file := policyFile{texts[language].file, texts[language].Policies}
		l.policyWords[language] = file
		l.nameInsurer(language)
		for _, entry := range file.words {
			p := l.policy(entry.Key.Value)
			if p == nil {
				l.report(file.file.At(entry.Key.Offset, "policy-unknown", entry.Key.Value, l.suggestPolicy(entry.Key.Value)))
				continue
			}
			for _, value := range entry.Value {
				if !slices.Contains(p.all(), value.Key.Value) {
					l.report(file.file.At(value.Key.Offset, "policy-value-unknown", p.id, value.Key.Value, strings.Join(p.all(), ", "), suggest(value.Key.Value, p.all())))
				}
			}
		}
		language.policies = map[string]policyText{}
		for _, p := range l.policies {
			l.loadPolicy(language, file, p)
		}
	}
}

// loadPolicy typesets the words for each value of a parameter, and reports missing words. It keeps the words for schema.Unset, which is
// the last value.
func (l *loader) loadPolicy(language *Language, file policyFile, p *policy) {
	c := schema.Completeness{File: file.file, Growing: language.growing}
	if known, ok := language.fallback.policies[p.id]; ok && language.growing {
		language.policies[p.id] = policyText{language.standIn(known.phrase), known.facts, known.reads}
	}
	i := slices.IndexFunc(file.words, func(entry strictyaml.Entry[strictyaml.Map[strictyaml.Text]]) bool { return entry.Key.Value == p.id })
	if i < 0 {
		c.Missing(c.Section("policies", file.words.Keys()), p.id, schema.Braced(p.all(), `"…"`))
		l.report(c.Found.List...)
		return
	}
	key, words := file.words[i].Key, file.words[i].Value
	for _, value := range p.all() {
		text, ok := words.Get(value)
		if !ok {
			c.Missing(c.Inside("policies: "+p.id, key, words.Keys()), value, `"…"`)
			continue
		}
		var slots []string
		if p.kind != "" && value == isSet {
			slots = []string{"value"}
		}
		l.report(values.CheckSlots(file.file, "policies: "+p.id+": "+value, text, slots)...)
		language.policies[p.id] = l.policyText(language, file.file, text)
	}
	l.report(c.Found.List...)
}

// policyText typesets the words for one value of a parameter.
func (l *loader) policyText(language *Language, f *diag.File, text strictyaml.Text) policyText {
	t := l.typesetter(language)
	t.noTerms = true
	text.Value = values.Slotted(text.Value)
	return policyText{t.inline(f, text.Value, text.Offset), t.facts, t.reads}
}

// setPolicies sets a language's words for all parameters, on the site of the insurer that is being loaded.
func (l *loader) setPolicies(language *Language) {
	general := language.policies
	language.policies = map[string]policyText{}
	file := l.policyWords[language.base]
	for _, p := range l.policies {
		value, ok := l.site.Profile.Policies[p.id]
		known := general[p.id]
		if !ok && !known.reads["insurer"] {
			language.policies[p.id] = known
			continue
		}
		key, fact := cmp.Or(value, schema.Unset), (*Fact)(nil)
		if ok && p.kind != "" {
			key, fact = isSet, l.site.fact[value]
		}
		words, _ := file.words.Get(p.id)
		text, ok := words.Get(key)
		if theirs, stands := language.fallbackHere(l.site).policies[p.id]; !ok && language.base.growing && stands {
			language.policies[p.id] = policyText{language.standIn(theirs.phrase), theirs.facts, theirs.reads}
			continue
		}
		if !ok {
			continue // the missing words are already reported
		}
		made := l.policyText(language, file.file, text)
		if fact != nil {
			made.phrase = made.phrase.With("value", language.Wording(fact, "", true))
			made.facts[fact] = true
		}
		language.policies[p.id] = made
	}
}

// policy returns the words with which a text states a parameter, and records what the text thereby depends on.
func (t *typesetter) policy(id string) Phrase {
	text := wordsOf(t.loader.unsaid, t.language.policies, id)
	for fact := range text.facts {
		t.facts[fact] = true
	}
	for what := range text.reads {
		t.read(what)
	}
	return text.phrase
}

// Holds implements [markdown.Resolver]: it reports whether the site's insurer has one of the values in the condition.
func (t *typesetter) Holds(c markdown.Condition) bool {
	t.read("policy:" + c.Policy)
	value := schema.Unset
	if profile := t.loader.site.Profile; profile != nil && profile.Policies[c.Policy] != "" {
		value = profile.Policies[c.Policy]
		if t.loader.policy(c.Policy).kind != "" {
			value = isSet
		}
	}
	return slices.Contains(c.Values, value)
}

// nameInsurer sets the words that a language of the general site uses for an unknown insurer.
func (l *loader) nameInsurer(language *Language) {
	name, contact := language.UI.InsurerName, language.UI.InsurerContact
	language.Profile = ProfileWords{Name: name, Short: name, Insurer: name, Contact: contact, Ask: language.UI.InsurerAsk.With("name", name).With("contact", contact)}
}

// insurer returns the words for a token {insurer:…}. word is name, contact or ask.
func (t *typesetter) insurer(word string) Phrase {
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
func (t *typesetter) useContact() {
	if profile := t.loader.site.Profile; profile != nil {
		for _, fact := range []*Fact{profile.Phone, profile.Page} {
			if fact != nil {
				t.facts[fact] = true
			}
		}
	}
}
