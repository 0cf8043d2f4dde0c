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

// RootMarker stands in a fragment where the relative path from the page to its language's folder belongs: "" on
// ja/index.html, "../" on ja/faq/x.html. No author's file can contain this character.
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
	Pictures  map[string]markup.HTML // the drawings of pictures/, by name, as pages show them
	Redirects []Redirect             // by old id
	Synonyms  []*Synonym             // in the order of the file
	Queries   []*Query               // in the order of the file
	Today     civil.Date             // the day the site is built for
	Checker   *checkerpage.Page      // nil where the content has no rules
	Profile   *Profile               // the insurer whose site it is; nil for people whose insurer is not listed
	Insurers  []*Site                // of the general site: the sites of insurers, by id
	Units     []*Unit                // of the general site: those of translations that are followed, in the order of loading
	Left      []Left                 // of the general site: records of units that are not there
	Periods   []Period               // of the general site: what holds for a time, there and on insurers' sites, by last day
	Drafts    int                    // how many questions are left out of the general site because they are drafts

	byTopic  map[*Topic][]*Question
	question map[string]*Question
	fact     map[string]*Fact
	source   map[string]*Source
	term     map[string]*Term
	lists    *sync.Map // names of a kind, to suggest one; made when they are all declared
	passages int       // of the general site: passages of text in which facts typed out were looked for
}

// Question returns the question with an id; nil where the site has none.
func (s *Site) Question(id string) *Question { return s.question[id] }

// Fact returns the fact with an id; nil where the site has none.
func (s *Site) Fact(id string) *Fact { return s.fact[id] }

// QuestionsOf returns the questions of a topic, in order.
func (s *Site) QuestionsOf(t *Topic) []*Question { return s.byTopic[t] }

// Language is a language the site is offered in.
type Language struct {
	*values.Writer // writes values as the language does; nil until its formats are read

	ID       string        // folder in addresses, file name of translations: "ja-easy"
	Name     string        // in the language itself
	Lang     string        // BCP 47 tag for the lang attribute
	Hreflang string        // tag for search engines; "" where there is none
	Dir      string        // "rtl"; "" where it is written from left to right
	Ruby     bool          // texts carry ruby, which readers can switch off
	UI       UI            // the words of the interface
	Checker  *CheckerWords // nil where the content has no rules
	Profile  ProfileWords  // of the insurer, or what stands for it
	// HelpFacts are what every page tells at its end: whom to call.
	HelpFacts []*Fact
	Home      []Variant // what the home page says of each day
	HomeFacts []*Fact   // that it speaks of
	// Boundaries are the days on which a word of the interface changes, ascending.
	Boundaries []civil.Date

	growing  bool      // not every question is translated yet
	fallback *Language // in which a question is shown that is not
	base     *Language // the general site's, under which all words of the language are kept
	unsaid   *unsaid   // words that are missing
	policies map[string]policyText
	changed  []changedOn
	topics   map[string]topicWords
}

// Phrase is a text in two forms. Links of its HTML begin with RootMarker.
type Phrase = markup.Phrase

// A site consists of facts and sources too.
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
	From, Until civil.Date // the days it holds, inclusive; civil.Unset where open
	Draft       bool       // only in the preview
	Brings      bool       // its readers want to know what to bring
	AsOf        civil.Date // the oldest day on which one of its sources or facts was last checked

	order        int
	translations map[*Language]*Translation
}

// In returns the question as it is shown in a language: translated, or else, where the question is a draft or the language is
// still growing, in the language that stands for it. nil where it is not shown.
func (q *Question) In(l *Language) *Translation {
	if q.Translated(l) || !q.Draft && !l.base.growing {
		return q.translations[l.base]
	}
	if t := q.translations[l.base.fallback.base]; t != nil {
		return t
	}
	return q.translations[l.base.fallback.fallback.base] // the default language
}

// Translated reports whether the question has words of its own in a language.
func (q *Question) Translated(l *Language) bool { return q.translations[l.base] != nil }

// title returns the question's title for a page in l: with a lang attribute where it is in a different language, empty where the
// translation is missing, which is reported elsewhere.
func (q *Question) title(l *Language) Phrase {
	if translation := q.In(l); translation != nil {
		return translation.TitleIn(l)
	}
	return Phrase{}
}

// TitleIn returns the title as it stands among words of a language: marked where it is in some other one.
func (t *Translation) TitleIn(l *Language) Phrase {
	attributes := t.Language.Among(l)
	if attributes == "" {
		return t.Title
	}
	return Phrase{HTML: markup.Tag("span", attributes) + t.Title.HTML + `</span>`, Plain: t.Title.Plain}
}

// Among returns the attributes of an element whose words are of this language, among words of another one: its lang, and
// its dir where it is written in the other direction; "" where the other is the same language.
func (l *Language) Among(other *Language) markup.Attributes {
	if l.base == other.base {
		return ""
	}
	return l.Within(other)
}

// Within returns the attributes of an element whose words are of this language, within one whose words are of another one or
// of the same.
func (l *Language) Within(other *Language) markup.Attributes { return l.attributes(other.Dir) }

// Attributes returns the lang of an html element of the language, and its dir where that is not the usual one.
func (l *Language) Attributes() markup.Attributes { return l.attributes("") }

// attributes returns the lang of an element, and its dir where it stands in one of a different direction.
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
	Answer   Phrase    // one or two sentences; of several variants, the one of the day the site is built for
	Answers  []Variant // all variants, ascending
	Words    []*Term   // of the glossary that the answers use, in their order
	Reading  string    // of the title, in hiragana; "" outside Japanese
	Keywords []string  // other words people use for it
	Chapters []Chapter // the details; their links begin with RootMarker
	// Boundaries are the days on which a passage of the body begins, or no longer holds, ascending.
	Boundaries []civil.Date
	// Facts are what the text refers to, in the order of the facts file.
	Facts []*Fact
	// Stale says that the source has changed since somebody looked at the translation.
	Stale bool

	hash  string          // see Hash
	reads map[string]bool // what of an insurer the text depends on: see typesetter
}

// Term is an official term.
type Term struct {
	ID      string
	Romaji  string
	Sources []*Source
	words   map[*Language]TermWords
	paper   bool   // something to hold in the hand: every translation of a page names it
	picture string // the name of its drawing; "" where it has none
}

// TermWords are a term's words in one language.
type TermWords struct {
	Name    Phrase
	Short   Phrase // what later uses on a page say; equal to Name where there is no shorter form
	Reading string // in hiragana
	Meaning Phrase
	Native  string // the Japanese term
	forms   map[string]termForm
	Facts   []*Fact      // that the meaning tells
	said    *atomic.Bool // whether some text has Short; nil where it has none of its own
}

// In returns the term's words in a language.
func (t *Term) In(l *Language) TermWords { return t.words[l.base] }

// Redirect is the address of a removed question and what replaces it: a question, a topic, a page of [Pages], or, where all
// are missing, nothing.
type Redirect struct {
	From  string
	To    *Question
	Topic *Topic
	Page  string
}

// Topic returns the name of a topic and what it is about.
func (l *Language) Topic(t *Topic) (title, summary Phrase) {
	words := wordsOf(l.unsaid, l.topics, t.ID)
	return words.title, words.summary
}

// Published returns when something was published, as [Source.Published] has it: a day, a month or a year.
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
