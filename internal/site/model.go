package site

import (
	"sync"
	"sync/atomic"

	"sitegen/internal/checkerpage"
	"sitegen/internal/civil"
	"sitegen/internal/markdown"
	"sitegen/internal/markup"
	"sitegen/internal/strictyaml"
	"sitegen/internal/values"
)

// RootMarker marks a place in a fragment for the relative path from the page to the folder of its language: "" on ja/index.html,
// "../" on ja/faq/x.html. No author's file can contain this character.
const RootMarker = "\x00"

// Site is a whole checked site.
type Site struct {
	Languages []*Language // in the readers' order
	Default   *Language
	Topics    []*Topic               // in the readers' order
	Popular   []*Question            // what people ask most
	Questions []*Question            // by topic, order and id
	Facts     []*Fact                // in the order of the file
	Sources   []*Source              // in the order of the file
	Terms     []*Term                // in the order of the file
	Pictures  map[string]markup.HTML // the drawings in pictures/ as HTML, by name
	Redirects []Redirect             // by old id
	Synonyms  []*Synonym             // in the order of the file
	Queries   []*Query               // in the order of the file
	Today     civil.Date             // the day the site is built for
	Checker   *checkerpage.Page      // nil if the content has no rules
	Profile   *Profile               // the insurer whose site this is; nil on the general site, for people whose insurer is not listed
	Insurers  []*Site                // set only on the general site: the sites of insurers, by id
	Units     []*Unit                // set only on the general site: the units of all translations that are followed, in the order of loading
	Left      []Left                 // set only on the general site: records whose unit no longer exists
	Periods   []Period               // set only on the general site: what holds only for a time, there or on an insurer's site, by last day
	Drafts    int                    // how many questions are left out because they are drafts

	byTopic  map[*Topic][]*Question
	question map[string]*Question
	fact     map[string]*Fact
	source   map[string]*Source
	term     map[string]*Term
	lists    *sync.Map // lists of names, by kind, for suggestions; filled once all names are declared
	passages int       // set only on the general site: how many passages of all sites were searched for facts typed as text
}

// Question returns the question with an id, or nil.
func (s *Site) Question(id string) *Question { return s.question[id] }

// Fact returns the fact with an id, or nil.
func (s *Site) Fact(id string) *Fact { return s.fact[id] }

// QuestionsOf returns the questions of a topic, in order.
func (s *Site) QuestionsOf(t *Topic) []*Question { return s.byTopic[t] }

// Language is a language the site is offered in.
type Language struct {
	*values.Writer // writes values as the language does; nil until its formats have been read

	ID       string        // folder in addresses, file name of translations: "ja-easy"
	Name     string        // in the language itself
	Lang     string        // BCP 47 tag for the lang attribute
	Hreflang string        // tag for search engines; "" if it has none
	Dir      string        // "rtl"; "" if it is written from left to right
	Ruby     bool          // texts carry ruby, which readers can switch off
	UI       UI            // the words of the interface
	Checker  *CheckerWords // nil if the content has no rules
	Profile  ProfileWords  // the words for the insurer, or for any insurer on the general site
	// HelpFacts are the facts at the end of every page: whom to call.
	HelpFacts []*Fact
	Home      []Variant // what the home page says, by day
	HomeFacts []*Fact   // facts that the home page mentions
	// Boundaries are the days on which a word of the interface changes, ascending.
	Boundaries []civil.Date

	growing  bool      // not every question needs a translation yet
	fallback *Language // the language that stands in for questions and words that this one does not have
	base     *Language // the same language of the general site; the key in maps by language
	unsaid   *unsaid   // words that were looked up and are missing
	policies map[string]policyText
	changed  []changedOn
	topics   map[string]topicWords
}

// Phrase is a text as HTML and as plain text. Links in the HTML begin with RootMarker.
type Phrase = markup.Phrase

// Types of package values that are part of a site.
type (
	Fact   = values.Fact
	Source = values.Source
)

// Chapter is a part of a question's details.
type Chapter = markdown.Chapter

// Topic is a folder of questions.
type Topic struct{ ID string }

// Question is one question in every language.
type Question struct {
	ID          string
	Topic       *Topic
	Sources     []*Source
	Related     []*Question
	From, Until civil.Date // the days on which it holds, inclusive; civil.Unset if open
	Draft       bool       // shown only in the preview
	Brings      bool       // its readers want to know what to bring
	AsOf        civil.Date // the oldest day on which one of its sources or facts was last checked

	order        int
	translations map[*Language]*Translation
}

// In returns the question as the site shows it in a language: its translation or, if a draft or a growing language has none, the text
// of the language that stands in. It returns nil if the question is not shown.
func (q *Question) In(l *Language) *Translation {
	if q.Translated(l) || !q.Draft && !l.base.growing {
		return q.translations[l.base]
	}
	if t := q.translations[l.base.fallback.base]; t != nil {
		return t
	}
	return q.translations[l.base.fallback.fallback.base] // the default language
}

// Translated reports whether the question has its own text in a language.
func (q *Question) Translated(l *Language) bool { return q.translations[l.base] != nil }

// title returns the question's title for a page in l. A title in a different language has a lang attribute. The title is empty if the
// translation is missing, which is reported elsewhere.
func (q *Question) title(l *Language) Phrase {
	if translation := q.In(l); translation != nil {
		return translation.TitleIn(l)
	}
	return Phrase{}
}

// TitleIn returns the title for a place among words of l. If the title is in a different language, it is marked with that language.
func (t *Translation) TitleIn(l *Language) Phrase {
	attributes := t.Language.Among(l)
	if attributes == "" {
		return t.Title
	}
	return Phrase{HTML: markup.Tag("span", attributes) + t.Title.HTML + `</span>`, Plain: t.Title.Plain}
}

// Among returns the attributes of an element whose words are in l, inside text in other: lang, and dir if the directions differ. It
// returns "" if both are the same language.
func (l *Language) Among(other *Language) markup.Attributes {
	if l.base == other.base {
		return ""
	}
	return l.Within(other)
}

// Within returns the attributes of an element whose words are in l, inside text in other: lang, and dir if the directions differ.
// Unlike Among, it also returns them if both are the same language.
func (l *Language) Within(other *Language) markup.Attributes { return l.attributes(other.Dir) }

// Attributes returns the attributes of a page's html element: lang, and dir if the language is not written from left to right.
func (l *Language) Attributes() markup.Attributes { return l.attributes("") }

// attributes returns the lang of an element, and its dir if that differs from around, the Dir of the text around the element.
func (l *Language) attributes(around string) markup.Attributes {
	attributes := markup.Attr("lang", l.Lang)
	if l.Dir != around {
		attributes += markup.Attr("dir", l.Direction())
	}
	return attributes
}

// Direction is the direction the language is written in: "ltr" or "rtl".
func (l *Language) Direction() string {
	if l.Dir == "" {
		return "ltr"
	}
	return l.Dir
}

// Translation is a question in one language.
type Translation struct {
	Question *Question
	Language *Language
	Title    Phrase    // the question, without links
	Answer   Phrase    // one or two sentences; if there are variants, the one for the day the site is built for
	Answers  []Variant // all variants, ascending
	Words    []*Term   // terms of the glossary that the answers use, in order of use
	Reading  string    // of the title, in hiragana; "" outside Japanese
	Keywords []string  // other words people use for its subject
	Chapters []Chapter // the details; their links begin with RootMarker
	// Boundaries are the days on which a passage of the body begins or ceases to hold, ascending.
	Boundaries []civil.Date
	// Facts are the facts that the text refers to, in the order of their declaration.
	Facts []*Fact
	// Stale says that the source has changed since somebody last checked the translation.
	Stale bool

	hash  string          // see Hash
	reads map[string]bool // which parts of an insurer's profile the text depends on: see typesetter
}

// Term is an official term.
type Term struct {
	ID      string
	Romaji  string
	Sources []*Source
	words   map[*Language]TermWords
	paper   bool   // a document on paper or a card: if a page's question or answer names it, every translation must
	picture string // the name of its drawing; "" if it has none
}

// TermWords are a term's words in one language.
type TermWords struct {
	Name    Phrase
	Short   Phrase // what a page says after the first use; equal to Name if there is no shorter form
	Reading string // in hiragana
	Meaning Phrase
	Native  string // the name in the default language
	forms   map[string]termForm
	Facts   []*Fact      // facts that the meaning mentions
	said    *atomic.Bool // whether some text uses Short; nil if Short is the same as Name
}

// In returns the term's words in a language.
func (t *Term) In(l *Language) TermWords { return t.words[l.base] }

// Redirect is a removed question and what replaces it: a question, a topic or a page of [Pages]. If all three are missing, nothing
// replaces it.
type Redirect struct {
	From  string // the id of the removed question
	To    *Question
	Topic *Topic
	Page  string
}

// Topic returns the name of a topic and its summary.
func (l *Language) Topic(t *Topic) (title, summary Phrase) {
	words := wordsOf(l.unsaid, l.topics, t.ID)
	return words.title, words.summary
}

// Published writes a date of publication in the form of [Source.Published]: a day, a month or a year.
func (l *Language) Published(when string) Phrase {
	if len(when) == len("2026") {
		return l.UI.ChangesYear.With("year", markup.Words(when))
	}
	return l.PublishedOn(when)
}

// topicWords are the words for a topic in one language.
type topicWords struct {
	Title   strictyaml.Text `yaml:"title"`
	Summary strictyaml.Text `yaml:"summary"`

	title, summary Phrase
}
