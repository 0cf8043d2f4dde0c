package values

import (
	"maps"
	"strconv"
	"strings"
	"sync"

	"sitegen/internal/civil"
	"sitegen/internal/markup"
	"sitegen/internal/schema"
)

// Writer writes values as one language does.
type Writer struct {
	Formats   *Formats
	FactNames map[string]markup.Phrase // by the id of the fact

	language schema.Language
	missing  func(key string) // called with the key of a word that does not exist
	made     *sync.Map        // the results of Wording so far, by wordingKey
	counter  func() *counter  // made when it is first needed
}

// NewWriter returns the writer of a language with these formats. When the writer needs a word that does not exist, it calls `missing` with
// the word's key.
func NewWriter(formats *Formats, language schema.Language, missing func(key string)) *Writer {
	return &Writer{Formats: formats, FactNames: map[string]markup.Phrase{}, language: language, missing: missing, made: &sync.Map{}, counter: sync.OnceValue(func() *counter { return newCounter(formats) })}
}

// Derive returns a writer of the same language. Names of an insurer's facts can be added to it without changing w.
func (w *Writer) Derive() *Writer {
	d := *w
	d.FactNames, d.made = maps.Clone(w.FactNames), &sync.Map{}
	return &d
}

// lookUp returns the value of a key. If the map lacks the key, it calls `missing` and returns the zero value.
func lookUp[T any](missing func(key string), words map[string]T, key string) T {
	text, ok := words[key]
	if !ok {
		missing(key)
	}
	return text
}

// PublishedOn returns a date in the form of [Source.Published] as the language writes it. `when` must be a day or a month, not a year
// alone.
func (w *Writer) PublishedOn(when string) markup.Phrase {
	day, _ := civil.ParseFrom(when) // the schema checks the form
	if len(when) == len("2026-01") {
		return Ruby(w.month(day))
	}
	return w.Date(day)
}

// Date returns a day as the language writes it.
func (w *Writer) Date(d civil.Date) markup.Phrase { return Ruby(w.date(d)) }

// DateBoth returns a day in the Gregorian and the Japanese calendar.
func (w *Writer) DateBoth(d civil.Date) markup.Phrase { return Ruby(w.dateBoth(d)) }

// Period returns a period from a first to a last day. An end that is civil.Unset is open. If both ends are open, the phrase is empty.
func (w *Writer) Period(from, until civil.Date) markup.Phrase {
	return Ruby(w.period(from, until))
}

// Announced returns the day of an announcement, in the form for the line over the announcement. A language without such a form writes it as
// a period that begins on that day.
func (w *Writer) Announced(day civil.Date) markup.Phrase {
	if w.Formats.Period.Announced.Value == "" {
		return w.Period(day, civil.Unset)
	}
	return Ruby(fill(w.Formats.Period.Announced.Value, "day", w.date(day)))
}

// FactName returns the name of a fact. The name of a date says what happens on that day. The name of a link is the text of the link.
func (w *Writer) FactName(f *Fact) markup.Phrase { return lookUp(w.missing, w.FactNames, f.ID) }

// FactValue returns the value of a fact. Days and months are in both calendars, and phone numbers are links with their hours.
func (w *Writer) FactValue(f *Fact) markup.Phrase {
	if f.Kind == schema.DateFact || f.Kind == schema.MonthFact {
		return w.factPhrase(f, "both", true)
	}
	return w.factPhrase(f, "", true)
}

// FactFormats has the formats that a token may name, by kind of fact. Every token may also leave the format out.
var FactFormats = map[schema.FactKind][]string{
	schema.DateFact:  schema.DateFormats.Words,
	schema.MonthFact: schema.MonthFormats.Words,
	schema.PhoneFact: schema.PhoneFormats.Words,
}

// wordingKey identifies one way to write a fact.
type wordingKey struct {
	fact   *Fact
	format string
	links  bool
}

// Wording returns a fact as the language writes it. `format` is a format of [FactFormats], or "". `links` says whether phone numbers and
// addresses become links. Wording keeps its results, so the same call is fast the second time.
func (w *Writer) Wording(fact *Fact, format string, links bool) markup.Phrase {
	key := wordingKey{fact, format, links}
	if known, ok := w.made.Load(key); ok {
		return known.(markup.Phrase)
	}
	phrase := w.factPhrase(fact, format, links)
	w.made.Store(key, phrase)
	return phrase
}

// factPhrase computes the result of Wording.
func (w *Writer) factPhrase(fact *Fact, format string, links bool) markup.Phrase {
	if fact.Variants != nil {
		return w.variantsPhrase(fact, format, links)
	}
	switch fact.Kind {
	case schema.DateFact:
		switch format {
		case "":
			return Ruby(w.date(fact.Date))
		case "both":
			return Ruby(w.dateBoth(fact.Date))
		case "era":
			return Ruby(w.eraDate(fact.Date))
		case "month_day":
			return Ruby(w.monthDay(fact.Date))
		}
		panic("BUG: no day is written as " + format)
	case schema.MonthFact:
		if format == "both" {
			return Ruby(w.monthBoth(fact.Date))
		}
		return Ruby(w.month(fact.Date))
	case schema.HoursFact:
		return Ruby(w.hours(fact))
	case schema.PhoneFact:
		return w.phonePhrase(fact, format, links)
	case schema.DurationFact:
		return Ruby(w.duration(fact.Duration))
	case schema.FeeFact:
		return Ruby(w.yen(fact.Number))
	case schema.NumberFact:
		return Ruby(fill(w.Formats.Number.Value, "n", strconv.Itoa(fact.Number)))
	case schema.LinkFact:
		name := w.FactName(fact)
		if links {
			name.HTML = `<a class="external" href="` + markup.Escape(fact.Address) + `" rel="noopener">` + name.HTML + `</a>`
		}
		return name
	}
	return markup.Phrase{} // the fact has no value, or several, which is already reported
}

func (w *Writer) phonePhrase(fact *Fact, format string, links bool) markup.Phrase {
	phrase := markup.Words(fact.Phone)
	if format == "" && fact.HoursOf != nil {
		phrase = Ruby(fill(w.Formats.Phone.Value, "number", fact.Phone, "hours", markup.SlotOpen+"hours"+markup.SlotClose)).With("hours", w.factPhrase(fact.HoursOf, "", false))
	}
	if links {
		number := markup.Escape(fact.Phone)
		phrase.HTML = markup.ReplaceFirst(phrase.HTML, number, `<a href="tel:`+markup.Escape(schema.Telephone(fact.Phone))+`">`+number+`</a>`)
	}
	return phrase
}

// DateFormats has the formats with which the script of a page writes days in the language. Slots and ruby are in braces.
type DateFormats struct {
	Date, Era, Both, Month, EraMonth, FirstYear string
	Eras                                        []string // the names of the eras Reiwa, Heisei and Showa
	Months, Days                                []string // the names of months and of days of the month; empty if the language uses numbers
}

// DateFormats returns the language's formats of days and months.
func (w *Writer) DateFormats() DateFormats {
	f := w.Formats
	both := f.MonthBoth.Value
	era := both[strings.Index(both, "{era}"):]
	d := DateFormats{Date: f.Date.Value, Era: f.EraDate.Value, Both: f.Both.Value, Month: f.Month.Value, EraMonth: strings.TrimRight(era, ")）"), FirstYear: f.FirstEraYear.Value,
		Eras: []string{lookUp(w.missing, f.Eras, string(civil.Reiwa)).Value, lookUp(w.missing, f.Eras, string(civil.Heisei)).Value, lookUp(w.missing, f.Eras, string(civil.Showa)).Value}, Days: textsOf(f.DayNames)}
	if f.Months[0].Value != "1" {
		d.Months = textsOf(f.Months)
	}
	return d
}

// variantsPhrase returns a fact that changes on some day. The HTML has every value with its days; a script on the page shows only the value
// for the reader's day. The plain text has the value for the day of the build.
func (w *Writer) variantsPhrase(fact *Fact, format string, links bool) markup.Phrase {
	var html markup.Writer
	for _, v := range fact.Variants {
		html.HTML(markup.Tag("span", markup.Attr("class", "variant "+civil.PeriodClasses(v.From, v.Until))), w.factPhrase(v, format, links).HTML,
			`<span class="when">`, w.VariantPeriod(v.From, v.Until).HTML, `</span></span>`)
	}
	return markup.Phrase{HTML: html.Done(), Plain: w.factPhrase(fact.Now, format, links).Plain}
}

// VariantPeriod returns a period of days in the form that is written after a value which holds only in that period.
func (w *Writer) VariantPeriod(from, until civil.Date) markup.Phrase {
	return Ruby(fill(w.Formats.Period.Variant.Value, "period", w.period(from, until)))
}
