package values

import (
	"strconv"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
)

// Formats is the map `formats` of text/<lang>.yaml. It says how a language writes values. First the slots in braces are filled, and then
// {base|reading} becomes ruby.
type Formats struct {
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
	// NumberWords has words for numbers, such as "first" or 一. A translation may have such a word where the source has digits.
	NumberWords strictyaml.Map[int] `yaml:"number_words,optional"`
	// Counters has words that follow a number and say what it counts.
	Counters counterFormats `yaml:"counters,optional"`
	// Articles has the articles of the language. If a form of a term begins with an article, the text before it must not end with one.
	Articles []strictyaml.Text `yaml:"articles,optional"`
	// DayCounts has formats for certain numbers of days, by number. They are needed for irregular readings, such as いつか for 5日.
	DayCounts strictyaml.Map[strictyaml.Text] `yaml:"day_counts,optional"`
	// Term is the format of a term's first use on a page. Its slots are {name}, {native} (the Japanese name) and {romaji}.
	Term strictyaml.Text `yaml:"term"`
	// TermGlossed is the same format for a term that has a {gloss}. AnswerGlossed is the format of such a term's first use in an answer.
	TermGlossed   strictyaml.Text `yaml:"term_glossed,optional"`
	AnswerGlossed strictyaml.Text `yaml:"answer_glossed,optional"`
}

// plural has a text for each plural category of [schema.PluralClasses]. Texts for categories that the language lacks are empty.
type plural struct {
	Zero  strictyaml.Text `yaml:"zero,optional"`
	One   strictyaml.Text `yaml:"one,optional"`
	Two   strictyaml.Text `yaml:"two,optional"`
	Few   strictyaml.Text `yaml:"few,optional"`
	Many  strictyaml.Text `yaml:"many,optional"`
	Other strictyaml.Text `yaml:"other"`
}

// `of` returns the text for a plural category. It panics if there is no such category.
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
	// Announced is the format of the line over an announcement that was made on a {day}.
	Announced strictyaml.Text `yaml:"announced,optional"`
	// Variant is the format of the period that is written after a value which holds only in that {period}.
	Variant strictyaml.Text `yaml:"variant"`
}

// fill replaces slots in a format. `pairs` alternates between the name of a slot and its value.
func fill(format string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		format = strings.ReplaceAll(format, "{"+pairs[i]+"}", pairs[i+1])
	}
	return format
}

// The functions below return text in which ruby may still be in braces; [Ruby] turns such a text into a Phrase.

func (w *Writer) dateSlots(d civil.Date) []string {
	year, month, day := d.YMD()
	era, eraYear := d.Era()
	slots := []string{"year", strconv.Itoa(year), "day", strconv.Itoa(day), "era", lookUp(w.missing, w.Formats.Eras, string(era)).Value, "era_year", strconv.Itoa(eraYear)}
	if eraYear == 1 {
		slots[7] = w.Formats.FirstEraYear.Value
	}
	if len(w.Formats.Months) == 12 {
		slots = append(slots, "month", w.Formats.Months[month-1].Value)
	}
	if len(w.Formats.DayNames) == 31 {
		slots = append(slots, "day_name", w.Formats.DayNames[day-1].Value)
	}
	return slots
}

func (w *Writer) date(d civil.Date) string { return fill(w.Formats.Date.Value, w.dateSlots(d)...) }
func (w *Writer) eraDate(d civil.Date) string {
	return fill(w.Formats.EraDate.Value, w.dateSlots(d)...)
}
func (w *Writer) monthDay(d civil.Date) string {
	return fill(w.Formats.MonthDay.Value, w.dateSlots(d)...)
}
func (w *Writer) month(d civil.Date) string { return fill(w.Formats.Month.Value, w.dateSlots(d)...) }

func (w *Writer) dateBoth(d civil.Date) string {
	return fill(w.Formats.Both.Value, append([]string{"date", w.date(d), "era_date", w.eraDate(d)}, w.dateSlots(d)...)...)
}

func (w *Writer) monthBoth(d civil.Date) string {
	return fill(w.Formats.MonthBoth.Value, w.dateSlots(d)...)
}

func (w *Writer) period(from, until civil.Date) string {
	switch {
	case from == civil.Unset && until == civil.Unset:
		return ""
	case until == civil.Unset:
		return fill(w.Formats.Period.From.Value, "from", w.date(from))
	case from == civil.Unset:
		return fill(w.Formats.Period.Until.Value, "until", w.date(until))
	}
	return fill(w.Formats.Period.Both.Value, "from", w.date(from), "until", w.date(until))
}

func (w *Writer) duration(d schema.Span) string {
	n, forms := strconv.Itoa(d.Max), lookUp(w.missing, w.Formats.Duration, d.Unit)
	if d.Min != d.Max {
		n = fill(w.Formats.Range.Value, "min", strconv.Itoa(d.Min), "max", n)
	}
	form := forms.of(w.language.Plural(d.Max)).Value
	if own, ok := w.Formats.DayCounts.Get(n); ok && d.Unit == "days" {
		form = own.Value
	}
	text := fill(form, "n", n)
	if d.Bound != "" {
		text = fill(lookUp(w.missing, w.Formats.Bounds, d.Bound).Value, "x", text)
	}
	return text
}

// yen returns a fee, with commas between groups of three digits in every language. Numbers and durations have no commas, because a
// number may be a year, and durations are short.
func (w *Writer) yen(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return fill(w.Formats.Yen.Value, "n", digits)
}

func (w *Writer) hours(fact *Fact) string {
	parts := make([]string, len(fact.Hours))
	for i, h := range fact.Hours {
		if h.Days == schema.AlwaysOpen {
			parts[i] = w.Formats.Hours.Always.Value
		} else {
			parts[i] = fill(w.Formats.Hours.Entry.Value, "days", lookUp(w.missing, w.Formats.Hours.Days, h.Days).Value, "open", h.Open, "close", h.Close)
		}
	}
	text := strings.Join(parts, w.Formats.Hours.Separator.Value)
	if fact.Closed != "" {
		text = fill(w.Formats.Hours.Closing.Value, "hours", text, "closed", lookUp(w.missing, w.Formats.Hours.Closed, fact.Closed).Value)
	}
	return text
}

func textsOf(list []strictyaml.Text) []string {
	texts := make([]string, len(list))
	for i, text := range list {
		texts[i] = text.Value
	}
	return texts
}
