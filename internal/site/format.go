package site

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/markup"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
)

// formats say how a language writes values: the map `formats` of text/<lang>.yaml. Slots in braces are filled first;
// what is then {base|reading} is ruby.
type formats struct {
	Date         strictyaml.Text            `yaml:"date"`
	EraDate      strictyaml.Text            `yaml:"era_date"`
	Both         strictyaml.Text            `yaml:"both"`
	MonthDay     strictyaml.Text            `yaml:"month_day"`
	Month        strictyaml.Text            `yaml:"month"`
	MonthBoth    strictyaml.Text            `yaml:"month_both"`
	Eras         map[string]strictyaml.Text `yaml:"eras"`
	FirstEraYear strictyaml.Text            `yaml:"first_era_year"`
	Months       []strictyaml.Text          `yaml:"months"`
	DayNames     []strictyaml.Text          `yaml:"day_names,optional"`
	Duration     map[string]plural          `yaml:"duration"`
	Range        strictyaml.Text            `yaml:"range"`
	Bounds       map[string]strictyaml.Text `yaml:"bounds"`
	Yen          strictyaml.Text            `yaml:"yen"`
	Number       strictyaml.Text            `yaml:"number"`
	Hours        hoursFormats               `yaml:"hours"`
	Phone        strictyaml.Text            `yaml:"phone"`
	Period       periodFormats              `yaml:"period"`
	// NumberWords are the numbers that the language writes in words, such as "first" or 一: where one text has digits, another
	// may have these.
	NumberWords strictyaml.Map[int] `yaml:"number_words,optional"`
	// Articles are words that a form of a term may bring along, and that must not stand twice.
	Articles []strictyaml.Text `yaml:"articles,optional"`
	// DayCounts are numbers of days that are read in a way of their own, by number: 5日 is いつか.
	DayCounts strictyaml.Map[strictyaml.Text] `yaml:"day_counts,optional"`
	// Term says how the first use of a term on a page is written: {name}, {native} (the Japanese) and {romaji}.
	Term strictyaml.Text `yaml:"term"`

	language schema.Language
	unsaid   *unsaid
}

// plural is a text in the plural categories that the language has: [schema.PluralClasses].
type plural struct {
	Zero  strictyaml.Text `yaml:"zero,optional"`
	One   strictyaml.Text `yaml:"one,optional"`
	Two   strictyaml.Text `yaml:"two,optional"`
	Few   strictyaml.Text `yaml:"few,optional"`
	Many  strictyaml.Text `yaml:"many,optional"`
	Other strictyaml.Text `yaml:"other"`
}

// of returns the text for a category.
func (p *plural) of(class string) strictyaml.Text {
	switch class {
	case "zero":
		return p.Zero
	case "one":
		return p.One
	case "two":
		return p.Two
	case "few":
		return p.Few
	case "many":
		return p.Many
	case "other":
		return p.Other
	}
	panic("BUG: no plural category is called " + class)
}

type hoursFormats struct {
	Entry     strictyaml.Text            `yaml:"entry"`
	Separator strictyaml.Text            `yaml:"separator"`
	Days      map[string]strictyaml.Text `yaml:"days"`
	Always    strictyaml.Text            `yaml:"always"`
	Closed    map[string]strictyaml.Text `yaml:"closed"`
	Closing   strictyaml.Text            `yaml:"hours_with_closed"`
}

type periodFormats struct {
	From  strictyaml.Text `yaml:"from"`
	Until strictyaml.Text `yaml:"until"`
	Both  strictyaml.Text `yaml:"both"`
	// Variant stands behind what holds only in a {period}.
	Variant strictyaml.Text `yaml:"variant"`
}

// fill replaces slots: pairs of a name and a value.
func fill(format string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		format = strings.ReplaceAll(format, "{"+pairs[i]+"}", pairs[i+1])
	}
	return format
}

// The functions below return text that may still hold ruby in braces; rubyPhrase makes a Phrase of it.

func (f *formats) dateSlots(d civil.Date) []string {
	year, month, day := d.YMD()
	era, eraYear := d.Era()
	slots := []string{"year", strconv.Itoa(year), "day", strconv.Itoa(day), "era", wordsOf(f.unsaid, f.Eras, string(era)).Value, "era_year", strconv.Itoa(eraYear)}
	if eraYear == 1 {
		slots[7] = f.FirstEraYear.Value
	}
	if len(f.Months) == 12 {
		slots = append(slots, "month", f.Months[month-1].Value)
	}
	if len(f.DayNames) == 31 {
		slots = append(slots, "day_name", f.DayNames[day-1].Value)
	}
	return slots
}

func (f *formats) date(d civil.Date) string     { return fill(f.Date.Value, f.dateSlots(d)...) }
func (f *formats) eraDate(d civil.Date) string  { return fill(f.EraDate.Value, f.dateSlots(d)...) }
func (f *formats) monthDay(d civil.Date) string { return fill(f.MonthDay.Value, f.dateSlots(d)...) }
func (f *formats) month(d civil.Date) string    { return fill(f.Month.Value, f.dateSlots(d)...) }

func (f *formats) dateBoth(d civil.Date) string {
	return fill(f.Both.Value, append([]string{"date", f.date(d), "era_date", f.eraDate(d)}, f.dateSlots(d)...)...)
}

func (f *formats) monthBoth(d civil.Date) string {
	return fill(f.MonthBoth.Value, f.dateSlots(d)...)
}

func (f *formats) period(from, until civil.Date) string {
	switch {
	case from == civil.Unset && until == civil.Unset:
		return ""
	case until == civil.Unset:
		return fill(f.Period.From.Value, "from", f.date(from))
	case from == civil.Unset:
		return fill(f.Period.Until.Value, "until", f.date(until))
	}
	return fill(f.Period.Both.Value, "from", f.date(from), "until", f.date(until))
}

func (f *formats) duration(d schema.Span) string {
	n, forms := strconv.Itoa(d.Max), wordsOf(f.unsaid, f.Duration, d.Unit)
	if d.Min != d.Max {
		n = fill(f.Range.Value, "min", strconv.Itoa(d.Min), "max", n)
	}
	form := forms.of(f.language.Plural(d.Max)).Value
	if own, ok := f.DayCounts.Get(n); ok && d.Unit == "days" {
		form = own.Value
	}
	text := fill(form, "n", n)
	if d.Bound != "" {
		text = fill(wordsOf(f.unsaid, f.Bounds, d.Bound).Value, "x", text)
	}
	return text
}

// yen writes a fee, its thousands separated by a comma in every language. Numbers and durations have no separator: a number may
// be a year, and durations are short.
func (f *formats) yen(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return fill(f.Yen.Value, "n", digits)
}

func (f *formats) hours(fact *Fact) string {
	parts := make([]string, len(fact.Hours))
	for i, h := range fact.Hours {
		if h.Days == schema.AlwaysOpen {
			parts[i] = f.Hours.Always.Value
		} else {
			parts[i] = fill(f.Hours.Entry.Value, "days", wordsOf(f.unsaid, f.Hours.Days, h.Days).Value, "open", h.Open, "close", h.Close)
		}
	}
	text := strings.Join(parts, f.Hours.Separator.Value)
	if fact.Closed != "" {
		text = fill(f.Hours.Closing.Value, "hours", text, "closed", wordsOf(f.unsaid, f.Hours.Closed, fact.Closed).Value)
	}
	return text
}

// rubyPhrase makes both forms of a text that may hold ruby in braces.
func rubyPhrase(text string) Phrase {
	var html markup.Writer
	var plain strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		bar, end := -1, -1
		if open >= 0 {
			if end = strings.IndexByte(text[open:], '}'); end >= 0 {
				end += open
				bar = strings.IndexByte(text[open:end], '|')
			}
		}
		if bar < 0 {
			html.Text(text)
			plain.WriteString(text)
			return Phrase{HTML: html.Done(), Plain: plain.String()}
		}
		bar += open
		html.HTML(markup.Escape(text[:open]), "<ruby>", markup.Escape(text[open+1:bar]), "<rp>(<rt>", markup.Escape(text[bar+1:end]), "<rp>)</ruby>")
		plain.WriteString(text[:open] + text[open+1:bar])
		text = text[end+1:]
	}
}

// anyRuby is a word with its reading.
var anyRuby = regexp.MustCompile(`\{[^{}]*\}`)

// nameOf makes both forms of a name, which may hold ruby. It reports a brace that belongs to none, and, in a language with
// readings, the first kanji without one.
func (l *loader) nameOf(f *diag.File, language *Language, text strictyaml.Text) Phrase {
	l.checkBraces(f, text, text.Value)
	if language.Ruby {
		bare := anyRuby.ReplaceAllStringFunc(text.Value, func(ruby string) string { return strings.Repeat(" ", len(ruby)) })
		if at := strings.IndexFunc(bare, isKanji); at >= 0 {
			word := bare[at:]
			word = word[:len(word)-len(strings.TrimLeftFunc(word, isKanji))]
			l.report(f.At(text.Offset+at, "ruby-missing", word))
		}
	}
	return rubyPhrase(text.Value)
}

func isKanji(r rune) bool { return unicode.Is(unicode.Han, r) && r != '〇' }

// checkBraces reports the first brace of a text that is not of a ruby, and other brackets without their partner; value is the text
// with its slots filled by as many bytes. Readers would see the brace, or not see what is between it and the next.
func (l *loader) checkBraces(f *diag.File, text strictyaml.Text, value string) {
	l.checkPairs(f, text, value)
	for at := 0; at < len(value); {
		n := strings.IndexAny(value[at:], "{}")
		if n < 0 {
			return
		}
		at += n
		end := strings.IndexAny(value[at+1:], "{}")
		switch {
		case value[at] == '}':
			l.report(f.At(text.Offset+at, "brace-stray"))
			return
		case end < 0 || value[at+1+end] == '{':
			l.report(f.At(text.Offset+at, "brace-open"))
			return
		}
		base, reading, isRuby := strings.Cut(value[at+1:at+1+end], "|")
		if !isRuby {
			l.report(f.At(text.Offset+at, "brace-unknown", value[at:at+end+2], strings.Join(schema.Tokens.Words, ":…}, {")))
			return
		}
		if inside, code, args := markdown.RubyFault(base + "|" + reading); code != "" {
			l.report(f.At(text.Offset+at+inside, code, args...))
			return
		}
		at += end + 2
	}
}

// checkPairs reports the brackets and quotation marks of a text without their partner.
func (l *loader) checkPairs(f *diag.File, text strictyaml.Text, value string) {
	var pairing markdown.Pairing
	pairing.Add(value, text.Offset)
	l.report(pairing.End(f)...)
}

// Date returns a day as the language writes it.
func (l *Language) Date(d civil.Date) Phrase { return rubyPhrase(l.formats.date(d)) }

// Published returns when something was published, as [Source.Published] has it: a day, a month or a year.
func (l *Language) Published(when string) Phrase {
	const year, month = len("2026"), len("2026-01")
	day, _ := civil.Parse((when + "-01-01")[:len("2026-01-01")]) // of the form that the schema asks for
	switch len(when) {
	case year:
		return l.UI.ChangesYear.With("year", markup.Words(when))
	case month:
		return rubyPhrase(l.formats.month(day))
	}
	return l.Date(day)
}

// DateBoth returns a day in both calendars.
func (l *Language) DateBoth(d civil.Date) Phrase { return rubyPhrase(l.formats.dateBoth(d)) }

// Period returns a period of days, both inclusive; civil.Unset stands for an open end. Two open ends give an empty phrase.
func (l *Language) Period(from, until civil.Date) Phrase {
	return rubyPhrase(l.formats.period(from, until))
}

// Topic returns the name of a topic and what it is about.
func (l *Language) Topic(t *Topic) (title, summary Phrase) {
	words := wordsOf(l.formats.unsaid, l.topics, t.ID)
	return words.title, words.summary
}

// FactName returns the name of a fact; of a date, what happens on that day.
func (l *Language) FactName(f *Fact) Phrase { return wordsOf(l.formats.unsaid, l.facts, f.ID) }

// FactValue returns the value of a fact: dates in both calendars, phone numbers as links with their hours.
func (l *Language) FactValue(f *Fact) Phrase {
	if f.Kind == schema.DateFact || f.Kind == schema.MonthFact {
		return l.factPhrase(f, "both", true)
	}
	return l.factPhrase(f, "", true)
}

// factFormats lists the formats a token may name for each kind of fact, besides none.
var factFormats = map[schema.FactKind][]string{
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

// wording returns what factPhrase returns, made once.
func (l *Language) wording(fact *Fact, format string, links bool) Phrase {
	key := wordingKey{fact, format, links}
	if known, ok := l.wordings.Load(key); ok {
		return known.(Phrase)
	}
	phrase := l.factPhrase(fact, format, links)
	l.wordings.Store(key, phrase)
	return phrase
}

// factPhrase words a fact. links says whether phone numbers and addresses are links.
func (l *Language) factPhrase(fact *Fact, format string, links bool) Phrase {
	f := l.formats
	if fact.Variants != nil {
		return l.variantsPhrase(fact, format, links)
	}
	switch fact.Kind {
	case schema.DateFact:
		switch format {
		case "":
			return rubyPhrase(f.date(fact.Date))
		case "both":
			return rubyPhrase(f.dateBoth(fact.Date))
		case "era":
			return rubyPhrase(f.eraDate(fact.Date))
		case "month_day":
			return rubyPhrase(f.monthDay(fact.Date))
		}
		panic("BUG: no day is written as " + format)
	case schema.MonthFact:
		if format == "both" {
			return rubyPhrase(f.monthBoth(fact.Date))
		}
		return rubyPhrase(f.month(fact.Date))
	case schema.HoursFact:
		return rubyPhrase(f.hours(fact))
	case schema.PhoneFact:
		return l.phonePhrase(fact, format, links)
	case schema.DurationFact:
		return rubyPhrase(f.duration(fact.Duration))
	case schema.FeeFact:
		return rubyPhrase(f.yen(fact.Number))
	case schema.NumberFact:
		return rubyPhrase(fill(f.Number.Value, "n", strconv.Itoa(fact.Number)))
	case schema.LinkFact:
		name := l.FactName(fact)
		if links {
			name.HTML = `<a class="external" href="` + markup.Escape(fact.Address) + `" rel="noopener">` + name.HTML + `</a>`
		}
		return name
	}
	return Phrase{} // it has no value, or several, which is told
}

func (l *Language) phonePhrase(fact *Fact, format string, links bool) Phrase {
	phrase := markup.Words(fact.Phone)
	if format == "" && fact.HoursOf != nil {
		phrase = rubyPhrase(fill(l.formats.Phone.Value, "number", fact.Phone, "hours", markup.SlotOpen+"hours"+markup.SlotClose)).With("hours", l.factPhrase(fact.HoursOf, "", false))
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

// FormatPhrase returns a format with its ruby written out and its slots as those of a phrase.
func FormatPhrase(format string) Phrase {
	return rubyPhrase(slotForm.ReplaceAllString(format, markup.SlotOpen+"$1"+markup.SlotClose))
}

// DateFormats returns how the language writes days.
func (l *Language) DateFormats() DateFormats {
	f := l.formats
	both := f.MonthBoth.Value
	era := both[strings.Index(both, "{era}"):]
	d := DateFormats{Date: f.Date.Value, Era: f.EraDate.Value, Both: f.Both.Value, Month: f.Month.Value, EraMonth: strings.TrimRight(era, ")）"), FirstYear: f.FirstEraYear.Value,
		Eras: []string{wordsOf(f.unsaid, f.Eras, string(civil.Reiwa)).Value, wordsOf(f.unsaid, f.Eras, string(civil.Heisei)).Value, wordsOf(f.unsaid, f.Eras, string(civil.Showa)).Value}, Days: valuesOf(f.DayNames)}
	if f.Months[0].Value != "1" {
		d.Months = valuesOf(f.Months)
	}
	return d
}

// numberWords returns the words for a number, in small letters: those of number_words, and the month it is.
func (f *formats) numberWords(number string) []string {
	var words []string
	n, _ := strconv.Atoi(number)
	for _, entry := range f.NumberWords {
		if entry.Value == n {
			words = append(words, strings.ToLower(entry.Key.Value))
		}
	}
	if n >= 1 && n <= len(f.Months) {
		words = append(words, strings.ToLower(rubyPhrase(f.Months[n-1].Value).Plain))
	}
	return words
}
