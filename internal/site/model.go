package site

import (
	"maps"
	"sync"

	"sitegen/internal/checkerpage"
	"sitegen/internal/civil"
	"sitegen/internal/markdown"
	"sitegen/internal/markup"
	"sitegen/internal/values"
)

// RootMarker stands in a fragment for the relative path from the page to the folder of its language. That path is "" on ja/index.html
// and "../" on ja/faq/x.html. No author's file can contain this character.
const RootMarker = "\x00"

// Site is a whole site: the general site, or the site of one insurer.
type Site struct {
	Languages []*Language // in the order in which readers see them
	Default   *Language
	Topics    []*Topic               // in the order in which readers see them
	Popular   []*Question            // the questions that people ask most
	Questions []*Question            // sorted by topic, order and id
	Facts     []*Fact                // in the order of the file
	Sources   []*Source              // in the order of the file
	Terms     []*Term                // in the order of the file
	Pictures  map[string]markup.HTML // the drawings in pictures/ as HTML, by name
	Redirects []Redirect             // sorted by the old id
	Synonyms  []*Synonym             // in the order of the file
	Queries   []*Query               // in the order of the file
	Today     civil.Date             // the day for which the site is built
	Checker   *checkerpage.Page      // nil if the content has no rules
	Profile   *Profile               // the insurer whose site this is; nil on the general site, for people whose insurer is not listed
	Insurers  []*Site                // set only on the general site: the sites of insurers, sorted by id
	Units     []*Unit                // set only on the general site: the units of all translations that are compared with their records, in the order of loading
	Left      []Left                 // set only on the general site: records whose unit no longer exists
	Periods   []Period               // set only on the general site: the periods with an end, on all sites, sorted by last day

	Policies []*Policy // the parameters that insurers set, in the order of the file
	Drafts   int       // the number of questions that are left out because they are drafts
	Passages int       // set only on the general site: the number of passages, on all sites, that were searched for facts typed as text

	topic    map[string]*Topic
	question map[string]*Question
	byTopic  map[*Topic][]*Question
	fact     map[string]*Fact
	source   map[string]*Source
	term     map[string]*Term
	drafts   map[string]bool // ids of questions that must not be published yet
	lists    *sync.Map       // lists of names, by kind, for suggestions; filled once all names are declared
	unsaid   *unsaid         // collects missing words that are looked up
}

// QuestionsOf returns the questions of a topic, in order.
func (s *Site) QuestionsOf(t *Topic) []*Question { return s.byTopic[t] }

// Language is a language of a site.
type Language struct {
	*values.Writer // writes values as the language does; nil until its formats have been read

	ID       string        // the folder in addresses and the file name of translations, such as "ja-easy"
	Name     string        // the language's name in the language itself
	Lang     string        // the BCP 47 tag for the lang attribute
	Hreflang string        // the tag for search engines, or ""
	Dir      string        // the direction of the script: "rtl", or "" for left to right
	Offset   int           // the offset of the id in site.yaml
	Ruby     bool          // whether texts have ruby, which readers can switch off
	UI       UI            // the words of the interface
	Checker  *CheckerWords // nil if the content has no rules
	Profile  ProfileWords  // the words for the insurer; on the general site, the words for any insurer
	// HelpFacts has the facts that the words at the end of every page mention. These words say whom to call.
	HelpFacts []*Fact
	Home      []Variant // the home page's texts, by day
	HomeFacts []*Fact   // the facts that the texts of Home and their periods mention
	// Boundaries has the days on which a word of the interface, a title or a name changes, in ascending order.
	Boundaries []civil.Date

	Growing  bool                   // whether the language may lack translations and words
	Fallback *Language              // the language from which a growing language takes questions and words that it lacks
	Base     *Language              // the same language on the general site; maps by language have it as their key
	Labels   map[string]Phrase      // the words for blocks of a body, by the block's name
	Policies map[string]PolicyWords // the words for the parameters of insurers, by id
	Changes  []Change
	Topics   map[string]TopicWords

	unsaid *unsaid // collects missing words that are looked up
}

// Phrase is a text as HTML and as plain text. Links in the HTML to pages of the site begin with RootMarker.
type Phrase = markup.Phrase

// Types of package values that are part of the model.
type (
	Fact   = values.Fact
	Source = values.Source
)

// Chapter is a part of a question's details.
type Chapter = markdown.Chapter

// Topic is a folder of questions.
type Topic struct {
	ID     string
	Offset int // the offset of the id in site.yaml
}

// Question is one question in every language.
type Question struct {
	ID          string
	Topic       *Topic
	Sources     []*Source
	Related     []*Question
	From, Until civil.Date // the first and the last day on which the question holds; civil.Unset if open
	Draft       bool       // whether the question is shown only in the preview
	Brings      bool       // whether readers of the question want to know what to bring
	AsOf        civil.Date // the earliest of the days on which its sources and facts were last checked

	Order        int
	translations map[*Language]*Translation
}

// SetTranslation sets the question's own text in a language.
func (q *Question) SetTranslation(l *Language, t *Translation) {
	if q.translations == nil {
		q.translations = map[*Language]*Translation{}
	}
	q.translations[l.Base] = t
}

// Copy returns a copy of the question. The translations of the copy can be changed without changing those of q.
func (q *Question) Copy() *Question {
	c := *q
	c.translations = maps.Clone(q.translations)
	return &c
}

// In returns the question as the site shows it in a language. It returns the translation, if there is one. A draft, and a question in a
// growing language, can be without a translation: In then returns the text in the fallback, or else in the default language. It
// returns nil if there is no text to show.
func (q *Question) In(l *Language) *Translation {
	if q.Translated(l) || !q.Draft && !l.Base.Growing {
		return q.translations[l.Base]
	}
	if t := q.translations[l.Base.Fallback.Base]; t != nil {
		return t
	}
	return q.translations[l.Base.Fallback.Fallback.Base] // the default language
}

// Translated reports whether the question has its own text in a language.
func (q *Question) Translated(l *Language) bool { return q.translations[l.Base] != nil }

// TitleOn returns the question's title for a page in l, see TitleIn. The title is empty if the translation is missing, which is an error.
func (q *Question) TitleOn(l *Language) Phrase {
	if translation := q.In(l); translation != nil {
		return translation.TitleIn(l)
	}
	return Phrase{}
}

// TitleIn returns the title for a place in a text in l. A title in a different language is marked with that language.
func (t *Translation) TitleIn(l *Language) Phrase {
	attributes := t.Language.Among(l)
	if attributes == "" {
		return t.Title
	}
	return Phrase{HTML: markup.Tag("span", attributes) + t.Title.HTML + `</span>`, Plain: t.Title.Plain}
}

// Among returns the attributes lang and dir of an element whose words are in l, inside a text in the language `other`. The attribute dir
// is left out if both languages have the same direction. Among returns "" if l and `other` are the same language.
func (l *Language) Among(other *Language) markup.Attributes {
	if l.Base == other.Base {
		return ""
	}
	return l.Within(other)
}

// Within returns the same attributes as Among, except that it returns lang even if l and `other` are the same language.
func (l *Language) Within(other *Language) markup.Attributes { return l.attributes(other.Dir) }

// Attributes returns the attributes lang and dir of a page's html element. dir is left out if the direction is left to right.
func (l *Language) Attributes() markup.Attributes { return l.attributes("") }

// attributes returns the attribute lang of an element. It also returns dir if the direction differs from `around`, the Dir of the text
// around the element.
func (l *Language) attributes(around string) markup.Attributes {
	attributes := markup.Attr("lang", l.Lang)
	if l.Dir != around {
		attributes += markup.Attr("dir", l.Direction())
	}
	return attributes
}

// Direction returns the direction of the language's script: "ltr" or "rtl".
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
	Answer   Phrase    // the answer in one or two sentences; of several variants, the one for the day of the build
	Answers  []Variant // all variants of the answer, in ascending order
	Words    []*Term   // the terms of the glossary that the answers use, in order of use
	Reading  string    // the reading of the title in hiragana; "" outside Japanese
	Keywords []string  // other words that people use for the subject
	Chapters []Chapter // the details
	// Boundaries has the days on which a part of the answers or the body, or a value in them, begins or ends, in ascending order.
	Boundaries []civil.Date
	// Facts has the facts to which the text refers, sorted by their offset in the file that declares them.
	Facts []*Fact
	// Stale says whether the source has changed since somebody last checked the translation.
	Stale bool

	hash  string          // see Hash
	Reads map[string]bool // the parts of an insurer's profile that the text depends on, see typeset.Page
}

// Redirect is a removed question, and the question, the topic or the page of [Pages] that replaces it. If none of these is set, nothing
// replaces the question.
type Redirect struct {
	From  string // the id of the removed question
	To    *Question
	Topic *Topic
	Page  string
}

// Topic returns the title and the summary of a topic.
func (l *Language) Topic(t *Topic) (title, summary Phrase) {
	words := wordsOf(l.unsaid, l.Topics, t.ID)
	return words.Title, words.Summary
}

// Label returns the word of the interface for a kind of block.
func (l *Language) Label(block string) Phrase { return wordsOf(l.unsaid, l.Labels, block) }

// Policy returns the words with which texts state a parameter of insurers.
func (l *Language) Policy(id string) PolicyWords { return wordsOf(l.unsaid, l.Policies, id) }

// Published returns a date of publication as the language writes it. `when` has the form of [Source.Published]: a day, a month or a year.
func (l *Language) Published(when string) Phrase {
	if len(when) == len("2026") {
		return l.UI.ChangesYear.With("year", markup.Words(when))
	}
	return l.PublishedOn(when)
}

// TopicWords has the words for a topic in one language.
type TopicWords struct{ Title, Summary Phrase }
