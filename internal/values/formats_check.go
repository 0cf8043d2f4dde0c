package values

import (
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
	"sitegen/internal/written"
)

// slots has the names of the slots that a format must have (needed) and of those that it may also have (allowed), separated by spaces.
type slots struct{ needed, allowed string }

// formatSlots has the slots of each format, by key. A format without a needed slot would leave out a part of every value. A slot with a
// misspelt name would be shown to readers.
var formatSlots = map[string]slots{
	"term":              {"name", "native romaji"},
	"term_glossed":      {"name gloss", "native romaji"},
	"answer_glossed":    {"name gloss", "native romaji"},
	"date":              {"year month day", "day_name"},
	"era_date":          {"era era_year month day", "day_name"},
	"both":              {"date", "era_date era era_year"},
	"month_day":         {"month day", "day_name"},
	"month":             {"year month", ""},
	"month_both":        {"year month era era_year", ""},
	"duration":          {"n", ""},
	"range":             {"min max", ""},
	"bounds":            {"x", ""},
	"yen":               {"n", ""},
	"number":            {"n", ""},
	"entry":             {"days open close", ""},
	"hours_with_closed": {"hours closed", ""},
	"phone":             {"number hours", ""},
	"from":              {"from", ""},
	"until":             {"until", ""},
	"period":            {"from until", ""},
	"variant":           {"period", ""},
	"announced":         {"day", ""},
}

// CheckFormats reports formats with unknown or missing slots, or with unpaired braces. It also reports lists and maps that lack an
// entry or have an unknown one. `base` has the formats of the default language, whose keys this language must have too. `base` is nil
// for the default language itself.
func (w *Writer) CheckFormats(f *diag.File, base *Formats) []diag.Diagnostic {
	y := w.Formats
	if y.IsEmpty() {
		return nil
	}
	c := &formatValidator{file: f, language: w.language, reader: written.NewReader(nil)}
	for key, text := range map[string]strictyaml.Text{
		"term": y.Term, "term_glossed": y.TermGlossed, "answer_glossed": y.AnswerGlossed, "date": y.Date, "era_date": y.EraDate, "both": y.Both, "month_day": y.MonthDay, "month": y.Month, "month_both": y.MonthBoth,
		"range": y.Range, "yen": y.Yen, "number": y.Number, "phone": y.Phone, "entry": y.Hours.Entry,
		"from": y.Period.From, "until": y.Period.Until, "period": y.Period.Both, "variant": y.Period.Variant, "announced": y.Period.Announced,
	} {
		c.slots(key, text)
	}
	if len(y.Hours.Closed) > 0 {
		c.slots("hours_with_closed", y.Hours.Closing)
	}
	c.entries("eras", y.Eras, schema.Eras.Words, schema.Eras.Words)
	c.entries("bounds", y.Bounds, schema.Bounds.Words, nil)
	for _, text := range y.Bounds {
		c.slots("bounds", text)
	}
	for _, list := range [][]strictyaml.Text{
		{y.FirstEraYear, y.Hours.Separator, y.Hours.Always}, y.Months, y.DayNames, slices.Collect(maps.Values(y.Eras)),
		slices.Collect(maps.Values(y.Hours.Days)), slices.Collect(maps.Values(y.Hours.Closed)),
	} {
		for _, text := range list {
			c.report(CheckBraces(c.file, text, text.Value)...)
			c.literals(text)
		}
	}
	c.before("range", y.Range, "{min}", "{max}")
	c.before("period: both", y.Period.Both, "{from}", "{until}")
	c.distinct("period", []strictyaml.Text{wordsOf(y.Period.From, "{from}"), wordsOf(y.Period.Until, "{until}")})
	c.durations(y.Duration)
	known, needed := schema.Units.Words, []string(nil)
	if base != nil && len(unitsOf(base.Duration)) == len(base.Duration) { // else a unit is misspelt there
		known = slices.Sorted(maps.Keys(base.Duration))
		needed = known
	}
	c.entries("duration", othersOf(y.Duration), known, needed)
	c.length("months", y.Months, 12)
	c.inOrder(y.Months)
	if len(y.DayNames) > 0 {
		c.length("day_names", y.DayNames, 31)
	}
	c.swapped("eras", y.Eras, eraNames)
	for _, class := range schema.PluralClasses.Words {
		c.swapped("duration", formsOf(y.Duration, class), unitNames)
	}
	c.swapped("bounds", y.Bounds, boundNames)
	c.distinct("months", y.Months)
	c.distinct("day_names", y.DayNames)
	c.distinct("eras", valuesOf(y.Eras))
	c.distinct("bounds", valuesOf(y.Bounds))
	c.distinct("hours: days", append(valuesOf(y.Hours.Days), y.Hours.Always))
	c.distinct("hours: closed", valuesOf(y.Hours.Closed))
	c.distinctUnits(y.Duration)
	w.reread(c)
	if base != nil {
		c.like("hours: days", y.Hours.Days, base.Hours.Days)
		c.like("hours: closed", y.Hours.Closed, base.Hours.Closed)
	}
	return c.found.List
}

// IsEmpty reports whether no formats were read, because their file has mistakes.
func (f *Formats) IsEmpty() bool { return reflect.ValueOf(*f).IsZero() }

type formatValidator struct {
	file     *diag.File
	language schema.Language
	reader   *written.Reader
	found    diag.Findings
}

func (c *formatValidator) report(found ...diag.Diagnostic) { c.found.Add(found...) }

// anySlot matches a pair of ASCII or full-width braces and the text in them, except ruby, which has a bar.
var anySlot = regexp.MustCompile(`[{｛]([^|{}｛｝]*)[}｝]`)

// slots checks that a format has the slots that formatSlots lists for its key, and that its braces are paired.
func (c *formatValidator) slots(key string, text strictyaml.Text) {
	if text.Value == "" {
		return // already reported
	}
	c.literals(text)
	want := formatSlots[key]
	needed, allowed := strings.Fields(want.needed), strings.Fields(want.allowed)
	known := append(slices.Clone(needed), allowed...)
	wrong := false
	for _, match := range anySlot.FindAllStringSubmatchIndex(text.Value, -1) {
		name := text.Value[match[2]:match[3]]
		needed = without(needed, name)
		if !strings.HasPrefix(text.Value[match[0]:], "{") || !strings.HasSuffix(text.Value[:match[1]], "}") || !slices.Contains(known, name) {
			c.report(c.file.At(text.Offset+match[0], slotCode(known), text.Value[match[0]:match[1]], braces(known)))
			wrong = true
		}
	}
	if len(needed) > 0 {
		c.report(c.file.At(text.Offset, "format-slot-missing", key, braces(needed)))
	} else if !wrong {
		c.report(CheckBraces(c.file, text, anySlot.ReplaceAllStringFunc(text.Value, func(slot string) string { return strings.Repeat("0", len(slot)) }))...)
	}
}

// literals reports dates and phone numbers in a format, because they would stand beside every value.
func (c *formatValidator) literals(text strictyaml.Text) {
	for _, m := range c.reader.Find(text.Value) {
		c.report(c.file.At(text.Offset+m.Start, "literal-fixed", text.Value[m.Start:m.End]))
	}
}

// without returns the names without the one that a written name means: the same, or the most similar one. So a misspelt name is reported
// once, and not also as missing.
func without(names []string, written string) []string {
	meant := written
	if !slices.Contains(names, written) {
		meant = diag.Nearest(written, names)
	}
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == meant })
}

// entries reports keys of a map of formats that are not in `known`. Unless the map is empty, it also reports keys in `needed` that the
// map lacks. `path` names the map in messages.
func (c *formatValidator) entries(path string, written map[string]strictyaml.Text, known, needed []string) {
	for _, key := range slices.Sorted(maps.Keys(written)) {
		if !slices.Contains(known, key) {
			c.report(c.file.At(written[key].Offset, "yaml-unknown-key", key, strings.Join(known, ", "), diag.Near{Name: key, Names: known}))
			needed = without(needed, diag.Nearest(key, known))
		}
	}
	for _, key := range needed {
		if _, ok := written[key]; !ok && len(written) > 0 {
			first := slices.MinFunc(slices.Collect(maps.Values(written)), func(a, b strictyaml.Text) int { return a.Offset - b.Offset })
			c.report(c.file.At(first.Offset, "format-entry-missing", path, key))
		}
	}
}

// like compares the map `written` with `base`, the map of the default language. It reports keys that only one of them has. If `written`
// is empty, it reports no missing keys.
func (c *formatValidator) like(path string, written, base map[string]strictyaml.Text) {
	keys := slices.Sorted(maps.Keys(base))
	c.entries(path, written, keys, keys)
}

func (c *formatValidator) durations(written map[string]plural) {
	classes := c.language.Plurals
	for unit, forms := range written {
		for _, class := range schema.PluralClasses.Words {
			form := forms.of(class)
			switch needed := slices.Contains(classes, class); {
			case len(classes) == 0: // an unknown language is already reported
			case form.Value == "" && needed && forms.Other.Value != "":
				c.report(c.file.At(forms.Other.Offset, "format-entry-missing", "duration: "+unit, class))
			case form.Value != "" && !needed:
				c.report(c.file.At(form.Offset, "plural-unused", class, strings.Join(classes, ", ")))
			case form.Value != "" && (class == "other" || strings.Contains(form.Value, "{")): // a form other than other can have its number in words: "one day"
				c.slots("duration", form)
			}
		}
	}
}

func othersOf(written map[string]plural) map[string]strictyaml.Text { return formsOf(written, "other") }

// formsOf returns the texts of a plural category, by unit. It leaves out units without such a text.
func formsOf(written map[string]plural, class string) map[string]strictyaml.Text {
	texts := map[string]strictyaml.Text{}
	for unit, forms := range written {
		if text := forms.of(class); text.Offset > 0 {
			texts[unit] = text
		}
	}
	return texts
}

// unitsOf returns the texts of the plural category `other`, by unit. It leaves out unknown units, which are already reported.
func unitsOf(written map[string]plural) map[string]strictyaml.Text {
	others := othersOf(written)
	maps.DeleteFunc(others, func(unit string, _ strictyaml.Text) bool { return !schema.Units.Has(unit) })
	return others
}

func (c *formatValidator) length(key string, list []strictyaml.Text, want int) {
	if len(list) > 0 && len(list) != want {
		c.report(c.file.At(list[0].Offset, "format-length", key, len(list), want))
	}
}

// valuesOf returns the texts of a map in the order of the file.
func valuesOf(written map[string]strictyaml.Text) []strictyaml.Text {
	return slices.SortedFunc(maps.Values(written), func(a, b strictyaml.Text) int { return a.Offset - b.Offset })
}

// isTold reports whether there is a finding about the text at an offset. One slip should not have two findings.
func (c *formatValidator) isTold(offset int) bool {
	at := c.file.Position(offset)
	return slices.ContainsFunc(c.found.List, func(d diag.Diagnostic) bool { return d.Position == at })
}

// distinct reports a text that a list already has. Readers could not tell the two values apart.
func (c *formatValidator) distinct(path string, list []strictyaml.Text) {
	seen := map[string]int{}
	for _, text := range list {
		plain := strings.ToLower(strings.TrimSpace(text.Value))
		first, twice := seen[plain]
		switch {
		case plain == "": // already reported
		case twice && (c.isTold(first) || c.isTold(text.Offset)):
		case twice:
			c.report(c.file.At(text.Offset, "format-twice", path, text.Value, c.file.Place(first)))
		default:
			seen[plain] = text.Offset
		}
	}
}

// distinctUnits reports a text of a duration that another unit already has, in any plural category. A unit may have one text for several
// categories, as in languages whose nouns do not change.
func (c *formatValidator) distinctUnits(written map[string]plural) {
	units := map[int]string{} // the unit of each text, by the text's offset
	var list []strictyaml.Text
	for _, class := range schema.PluralClasses.Words {
		for unit, text := range formsOf(written, class) {
			units[text.Offset] = unit
			list = append(list, text)
		}
	}
	slices.SortFunc(list, func(a, b strictyaml.Text) int { return a.Offset - b.Offset })
	seen := map[string]strictyaml.Text{}
	for _, text := range list {
		plain := strings.ToLower(strings.TrimSpace(text.Value))
		first, known := seen[plain]
		switch {
		case plain == "" || !schema.Units.Has(units[text.Offset]): // already reported
		case !known:
			seen[plain] = text
		case units[first.Offset] != units[text.Offset] && !c.isTold(first.Offset) && !c.isTold(text.Offset):
			c.report(c.file.At(text.Offset, "format-twice", "duration", text.Value, c.file.Place(first.Offset)))
		}
	}
}

// wordsOf returns a format with dots in place of its slot, so that the words of two formats can be compared.
func wordsOf(format strictyaml.Text, slot string) strictyaml.Text {
	format.Value = strings.Replace(format.Value, slot, "{…}", 1)
	return format
}

// before reports a format in which one slot does not stand before the other.
func (c *formatValidator) before(key string, format strictyaml.Text, first, second string) {
	i, j := strings.Index(format.Value, first), strings.Index(format.Value, second)
	if i >= 0 && j >= 0 && i > j {
		c.report(c.file.At(format.Offset+j, "format-reversed", key, first, second))
	}
}

// sampleDays are written in each format of days. Their days are no months, so a day in the place of the month shows.
var sampleDays = []civil.Date{civil.Of(2026, 12, 31), civil.Of(2027, 3, 25)}

// reread reports formats of days and months in which a sample day is read as a different one. It uses the reader that finds the dates of
// authors. Languages also write days in forms that this reader does not know. So reread reports a text in which it finds no day only if the
// text has the Japanese 年.
func (w *Writer) reread(c *formatValidator) {
	y := w.Formats
	if len(y.Months) != len(englishMonths) || len(c.found.List) > 0 {
		return // other mistakes are told first
	}
	reader := written.NewReader(textsOf(y.Months))
	for _, format := range []struct {
		key  string
		text strictyaml.Text
		kind written.Kind
	}{
		{"date", y.Date, written.Day}, {"era_date", y.EraDate, written.Day}, {"both", y.Both, written.Day}, {"month_day", y.MonthDay, written.DayOfYear},
		{"month", y.Month, written.Month}, {"month_both", y.MonthBoth, written.Month},
	} {
		if format.key == "both" && len(c.found.List) > 0 {
			continue // it has the formats before it
		}
		for _, day := range sampleDays {
			slots := append([]string{"date", w.date(day), "era_date", w.eraDate(day)}, w.dateSlots(day)...)
			text := Ruby(fill(format.text.Value, slots...)).Plain
			if format.text.Value != "" && !readsAs(reader, text, format.kind, day) {
				c.report(c.file.At(format.text.Offset, "format-reread", format.key, day, text))
				break
			}
		}
	}
}

// readsAs reports whether a reader finds nothing in a text but the day, its month, or its day of the year.
func readsAs(reader *written.Reader, text string, kind written.Kind, day civil.Date) bool {
	_, month, ofMonth := day.YMD()
	found := false
	for _, m := range reader.Find(text) {
		if m.Impossible() {
			return false
		}
		if m.Kind != kind {
			continue
		}
		found = true
		if !slices.ContainsFunc(m.Days, func(read civil.Date) bool {
			_, readMonth, readDay := read.YMD()
			return kind == written.Day && read == day || kind == written.DayOfYear && readMonth == month && readDay == ofMonth ||
				kind == written.Month && read == day-civil.Date(ofMonth-1)
		}) {
			return false
		}
	}
	return found || !strings.Contains(text, "年")
}

// englishMonths are the names of the months in CLDR's English data, in lower case.
var englishMonths = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

// inOrder reports an entry of `months` that is the number or the English name of a different month.
func (c *formatValidator) inOrder(months []strictyaml.Text) {
	if len(months) != len(englishMonths) {
		return // already reported
	}
	for i, text := range months {
		plain := strings.ToLower(Ruby(text.Value).Plain)
		meant := slices.IndexFunc(englishMonths, func(name string) bool {
			return plain == name || len(plain) >= 3 && strings.HasPrefix(name, strings.TrimSuffix(plain, "."))
		})
		if n, err := strconv.Atoi(plain); err == nil {
			meant = n - 1
		}
		if meant >= 0 && meant != i {
			c.report(c.file.At(text.Offset, "format-order", text.Value, i+1, meant+1))
		}
	}
}

// The names by which swapped knows a text of each key: Japanese, and English in lower case.
var (
	eraNames   = map[string][]string{"reiwa": {"令和", "reiwa"}, "heisei": {"平成", "heisei"}, "showa": {"昭和", "showa"}}
	unitNames  = map[string][]string{"hours": {"時間", "hour"}, "days": {"日", "day"}, "weeks": {"週", "week"}, "months": {"か月", "month"}, "years": {"年", "year"}}
	boundNames = map[string][]string{"about": {"約", "about"}, "at_least": {"以上", "at least", "or more"}, "at_most": {"以内", "at most", "up to"}}
)

// swapped reports a text that has a name of a different key, and no name of its own key.
func (c *formatValidator) swapped(path string, written map[string]strictyaml.Text, names map[string][]string) {
	for _, key := range slices.Sorted(maps.Keys(written)) {
		plain := strings.ToLower(Ruby(written[key].Value).Plain)
		has := func(key string) bool {
			return slices.ContainsFunc(names[key], func(name string) bool { return strings.Contains(plain, name) })
		}
		if has(key) || names[key] == nil { // an unknown key is already reported
			continue
		}
		for _, other := range slices.Sorted(maps.Keys(names)) {
			if other != key && has(other) {
				c.report(c.file.At(written[key].Offset, "format-swapped", path, written[key].Value, key, other))
				break
			}
		}
	}
}
