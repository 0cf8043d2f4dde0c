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
	missing  func(key string)
	made     *sync.Map // facts as texts write them: a phrase by wordingKey
}

// NewWriter returns the writer of a language by its formats. missing is called for a word that is looked up and not there.
func NewWriter(formats *Formats, language schema.Language, missing func(key string)) *Writer {
	return &Writer{Formats: formats, FactNames: map[string]markup.Phrase{}, language: language, missing: missing, made: &sync.Map{}}
}

// Derive returns a writer of the same language to which other facts can be added.
func (w *Writer) Derive() *Writer {
	d := *w
	d.FactNames, d.made = maps.Clone(w.FactNames), &sync.Map{}
	return &d
}

// lookUp returns what a map has for a key.
func lookUp[T any](missing func(key string), words map[string]T, key string) T {
	text, ok := words[key]
	if !ok {
		missing(key)
	}
	return text
}

// PublishedOn writes a day or a month, as [Source.Published] has it.
func (w *Writer) PublishedOn(when string) markup.Phrase {
	day, _ := civil.Parse((when + "-01")[:len("2026-01-01")]) // of the form that the schema asks for
	if len(when) == len("2026-01") {
		return Ruby(w.month(day))
	}
	return w.Date(day)
}

// Date returns a day as the language writes it.
func (w *Writer) Date(d civil.Date) markup.Phrase { return Ruby(w.date(d)) }

// DateBoth returns a day in both calendars.
func (w *Writer) DateBoth(d civil.Date) markup.Phrase { return Ruby(w.dateBoth(d)) }

// Period returns a period of days, both inclusive; civil.Unset stands for an open end. Two open ends give an empty phrase.
func (w *Writer) Period(from, until civil.Date) markup.Phrase {
	return Ruby(w.period(from, until))
}

// FactName returns the name of a fact; of a date, what happens on that day.
func (w *Writer) FactName(f *Fact) markup.Phrase { return lookUp(w.missing, w.FactNames, f.ID) }

// FactValue returns the value of a fact: dates in both calendars, phone numbers as links with their hours.
func (w *Writer) FactValue(f *Fact) markup.Phrase {
	if f.Kind == schema.DateFact || f.Kind == schema.MonthFact {
		return w.factPhrase(f, "both", true)
	}
	return w.factPhrase(f, "", true)
}

// FactFormats lists the formats a token may name for each kind of fact, besides none.
var FactFormats = map[schema.FactKind][]string{
	schema.DateFact:  schema.DateFormats.Words,
	schema.MonthFact: schema.MonthFormats.Words,
	schema.PhoneFact: schema.PhoneFormats.Words,
}

// wordingKey names one way of writing a fact.
type wordingKey struct {
	fact   *Fact
	format string
	links  bool
}

// Wording returns what factPhrase returns, made once.
func (w *Writer) Wording(fact *Fact, format string, links bool) markup.Phrase {
	key := wordingKey{fact, format, links}
	if known, ok := w.made.Load(key); ok {
		return known.(markup.Phrase)
	}
	phrase := w.factPhrase(fact, format, links)
	w.made.Store(key, phrase)
	return phrase
}

// factPhrase words a fact. links says whether phone numbers and addresses are links.
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
	return markup.Phrase{} // it has no value, or several, which is told
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

// DateFormats are what a script needs to write days as the language does; slots and ruby stand in braces.
type DateFormats struct {
	Date, Era, Both, Month, EraMonth, FirstYear string
	Eras                                        []string // 令和, 平成, 昭和
	Months, Days                                []string // nil where numbers do
}

// DateFormats returns how the language writes days.
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

// variantsPhrase words a fact that changes on some day: in HTML every value with its days, of which a script leaves the
// one that holds; in plain text the one of the day the site is built for.
func (w *Writer) variantsPhrase(fact *Fact, format string, links bool) markup.Phrase {
	var html markup.Writer
	for _, v := range fact.Variants {
		html.HTML(markup.Tag("span", markup.Attr("class", "variant "+civil.PeriodClasses(v.From, v.Until))), w.factPhrase(v, format, links).HTML,
			`<span class="when">`, w.VariantPeriod(v.From, v.Until).HTML, `</span></span>`)
	}
	return markup.Phrase{HTML: html.Done(), Plain: w.factPhrase(fact.Now, format, links).Plain}
}

// VariantPeriod returns the days on which something holds, as they stand behind it.
func (w *Writer) VariantPeriod(from, until civil.Date) markup.Phrase {
	return Ruby(fill(w.Formats.Period.Variant.Value, "period", w.period(from, until)))
}
