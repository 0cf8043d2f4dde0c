package site

import (
	"reflect"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/markup"
)

// A growing language does not have all of its words yet. It must have formats for values, and the words that say that a page is not
// translated (ownFallback). The words that it lacks come from a complete language, its fallback. They are marked as words of that
// language wherever they are shown.

// completeFirst returns the languages with the default language first, then the other complete languages, and the growing languages
// last, because these use the words of complete ones.
func (s *Site) completeFirst() []*Language {
	languages := s.defaultFirst()
	slices.SortStableFunc(languages, func(a, b *Language) int {
		switch {
		case a.base.growing == b.base.growing:
			return 0
		case a.base.growing:
			return 1
		}
		return -1
	})
	return languages
}

// standIn returns a phrase of the fallback of the growing language l, marked as words of the fallback. The slots in the phrase are
// marked as words of l, because their values are in l.
func (l *Language) standIn(p Phrase) Phrase {
	attributes := l.base.fallback.Among(l)
	if p.HTML == "" || attributes == "" {
		return p
	}
	text := p.HTML
	if !strings.Contains(string(text), "<") { // in HTML with tags, a slot may be part of an address
		own := markup.Tag("span", l.Among(l.base.fallback))
		text = markup.NewReplacer(markup.SlotOpen, own+markup.SlotOpen, markup.SlotClose, markup.SlotClose+"</span>").Replace(text)
	}
	return Phrase{HTML: markup.Tag("span", attributes) + text + "</span>", Plain: p.Plain}
}

// standInAll copies the fields of the struct from into target. It marks all phrases, including those inside fields, as words of the
// fallback.
func (l *Language) standInAll(target, from reflect.Value) {
	for i := range target.NumField() {
		field, theirs := target.Field(i), from.Field(i)
		if !field.CanSet() {
			continue
		}
		if phrase, ok := theirs.Interface().(Phrase); ok {
			field.Set(reflect.ValueOf(l.standIn(phrase)))
			continue
		}
		field.Set(l.standInFor(theirs))
	}
}

// standInFor returns a copy of a value in which every phrase is marked as words of the fallback.
func (l *Language) standInFor(v reflect.Value) reflect.Value {
	switch {
	case v.Type() == reflect.TypeFor[Phrase]():
		return reflect.ValueOf(l.standIn(v.Interface().(Phrase)))
	case v.Type() == reflect.TypeFor[Texts[NamedWords]]():
		return reflect.ValueOf(standInTexts(l, Texts[NamedWords]{}, v.Interface().(Texts[NamedWords])))
	case v.Kind() == reflect.Struct:
		made := reflect.New(v.Type()).Elem()
		l.standInAll(made, v)
		return made
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct:
		made := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			made.Index(i).Set(l.standInFor(v.Index(i)))
		}
		return made
	}
	return v
}

// standInTexts adds to own the words for ids that only theirs has, marked as words of the fallback, and returns own.
func standInTexts[T any](l *Language, own, theirs Texts[T]) Texts[T] {
	for id, words := range theirs.All() {
		if _, ok := own.Get(id); !ok {
			own.add(id, l.standInFor(reflect.ValueOf(words)).Interface().(T))
		}
	}
	return own
}

// standInWords adds to own, the checker's words of a growing language, the words that only its fallback has (theirs).
func (l *Language) standInWords(own *CheckerWords, theirs *CheckerWords) {
	for id, words := range own.Questions.All() {
		if whole, ok := theirs.Questions.Get(id); ok {
			words.Values = standInTexts(l, words.Values, whole.Values)
			own.Questions.add(id, words)
		}
	}
	own.Questions = standInTexts(l, own.Questions, theirs.Questions)
	own.Documents = standInTexts(l, own.Documents, theirs.Documents)
	own.Outcomes = standInTexts(l, own.Outcomes, theirs.Outcomes)
	own.Notes = standInTexts(l, own.Notes, theirs.Notes)
	own.Page = standInTexts(l, own.Page, theirs.Page)
	own.Conditions = standInTexts(l, own.Conditions, theirs.Conditions)
	own.Rows = standInTexts(l, own.Rows, theirs.Rows)
	for _, fact := range theirs.Facts {
		if !slices.Contains(own.Facts, fact) {
			own.Facts = append(own.Facts, fact)
		}
	}
}

// standInTerm returns the words of a term for a growing language that has none. words are those of the fallback. The result has no
// reading and no forms.
func (l *Language) standInTerm(words TermWords) TermWords {
	words.Name, words.Short, words.Meaning = l.standIn(words.Name), l.standIn(words.Short), l.standIn(words.Meaning)
	words.Reading, words.forms = "", nil
	return words
}

// standInHome takes the home page's texts for each day from the fallback if l has none of its own.
func (l *Language) standInHome() {
	if len(l.Home) > 0 {
		return
	}
	for _, v := range l.fallback.Home {
		v.Text = l.standIn(v.Text)
		l.Home = append(l.Home, v)
	}
	l.HomeFacts = l.fallback.HomeFacts
}

// standInChanged takes the texts about what changed on the days of facts from the fallback, except for facts about which l has its own
// text.
func (l *Language) standInChanged() {
	for _, theirs := range l.fallback.changed {
		if !slices.ContainsFunc(l.changed, func(own changedOn) bool { return own.fact == theirs.fact }) {
			l.changed = append(l.changed, changedOn{theirs.fact, l.standIn(theirs.words)})
		}
	}
}

// checkSections reports the sections that a complete language's file of words lacks. Only growing languages may leave out a section whose
// field has the tag growing:"omit". words is the decoded file.
func (l *loader) checkSections(language *Language, f *diag.File, words any) {
	v := reflect.ValueOf(words)
	if language.base.growing || v.IsZero() { // nothing was read from the file, which is already reported
		return
	}
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag
		if tag.Get("growing") == "omit" && v.Field(i).IsNil() {
			key, _, _ := strings.Cut(tag.Get("yaml"), ",")
			l.report(f.AtLine(1, 1, "yaml-missing-key", key))
		}
	}
}

// fallbackHere returns the fallback of the language on an insurer's site: the fallback on the general site, or the default language if
// the insurer's site lacks that fallback.
func (l *Language) fallbackHere(s *Site) *Language {
	at := slices.IndexFunc(s.Languages, func(other *Language) bool { return other.base == l.base.fallback.base })
	if at < 0 {
		return s.Default
	}
	return s.Languages[at]
}
