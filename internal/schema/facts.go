package schema

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

// Fact is an entry of facts.yaml, or of the map `facts` in an insurer's profile.yaml. Its kind and value come from exactly one of the
// fields from Date to Link, or else from Variants.
type Fact struct {
	Date      *strictyaml.Day    `yaml:"date,optional"`
	Month     *strictyaml.Text   `yaml:"month,optional"`
	DayAfter  *strictyaml.Text   `yaml:"day_after,optional"`
	DayBefore *strictyaml.Text   `yaml:"day_before,optional"`
	Phone     *strictyaml.Text   `yaml:"phone,optional"`
	PhoneOf   *strictyaml.Text   `yaml:"phone_of,optional"`
	Hours     *[]Hours           `yaml:"hours,optional"`
	Duration  *Duration          `yaml:"duration,optional"`
	Number    *strictyaml.Number `yaml:"number,optional"`
	Fee       *strictyaml.Number `yaml:"fee,optional"`
	Link      *strictyaml.Text   `yaml:"link,optional"`

	// Variants has the values of a fact that changes on some day.
	Variants []FactVariant `yaml:"variants,optional"`

	HoursFact *strictyaml.Text  `yaml:"hours_fact,optional"`
	Closed    *strictyaml.Text  `yaml:"closed,optional"`
	From      *strictyaml.Day   `yaml:"from,optional"`
	Until     *strictyaml.Day   `yaml:"until,optional"`
	Sources   []strictyaml.Text `yaml:"sources"`
	AsOf      strictyaml.Day    `yaml:"as_of"`
	ReviewBy  *strictyaml.Day   `yaml:"review_by,optional"`
	Note      string            `yaml:"note,optional"`

	// AddressSeen says where Link was seen. It is needed only if no source of the fact has or names the address.
	AddressSeen *AddressSeen `yaml:"address_seen,optional"`

	// Name is the name, by language, of a fact in profile.yaml. The names of facts in facts.yaml are in text/<lang>.yaml.
	Name *strictyaml.Map[strictyaml.Text] `yaml:"name,optional"`
}

// FactVariant is one value of a fact that changes on some day, and the days on which the fact has that value.
type FactVariant struct {
	From  *strictyaml.Day `yaml:"from,optional"`
	Until *strictyaml.Day `yaml:"until,optional"`

	Date     *strictyaml.Day    `yaml:"date,optional"`
	Month    *strictyaml.Text   `yaml:"month,optional"`
	Phone    *strictyaml.Text   `yaml:"phone,optional"`
	Hours    *[]Hours           `yaml:"hours,optional"`
	Duration *Duration          `yaml:"duration,optional"`
	Number   *strictyaml.Number `yaml:"number,optional"`
	Fee      *strictyaml.Number `yaml:"fee,optional"`
	Link     *strictyaml.Text   `yaml:"link,optional"`
}

// Fact returns a fact that has only the value of the variant.
func (v *FactVariant) Fact() *Fact {
	return &Fact{Date: v.Date, Month: v.Month, Phone: v.Phone, Hours: v.Hours, Duration: v.Duration, Number: v.Number, Fee: v.Fee, Link: v.Link}
}

// Duration is a length of time: a unit, and either a count or a range from Min to Max.
type Duration struct {
	Count *strictyaml.Number `yaml:"count,optional"`
	Min   *strictyaml.Number `yaml:"min,optional"`
	Max   *strictyaml.Number `yaml:"max,optional"`
	Unit  strictyaml.Text    `yaml:"unit"`
	Bound *strictyaml.Text   `yaml:"bound,optional"`
}

// Hours is one span of opening hours on one kind of day.
type Hours struct {
	Days  strictyaml.Text  `yaml:"days"`
	Open  *strictyaml.Text `yaml:"open,optional"`
	Close *strictyaml.Text `yaml:"close,optional"`
}

// Source is an entry of sources.yaml.
type Source struct {
	Publisher strictyaml.Text                 `yaml:"publisher"`
	Title     strictyaml.Text                 `yaml:"title"`
	Label     strictyaml.Map[strictyaml.Text] `yaml:"label"`
	Address   *strictyaml.Text                `yaml:"address,optional"`
	// AddressSeen says where Address was seen. It is not needed for the front page of a host.
	AddressSeen *AddressSeen `yaml:"address_seen,optional"`
	// Names has addresses that stand in the source. Facts and other sources may cite the source for them.
	Names []strictyaml.Text `yaml:"names,optional"`
	// Published is a day, a month, a year, or [UnknownDay].
	Published strictyaml.Text  `yaml:"published"`
	Document  string           `yaml:"document,optional"`
	Read      strictyaml.Day   `yaml:"read"`
	Seen      *strictyaml.Text `yaml:"seen,optional"`
	Note      string           `yaml:"note,optional"`
	// Differs has the reasons why a label differs from the label in the default language, by language and kind of difference.
	Differs strictyaml.Map[strictyaml.Map[strictyaml.Text]] `yaml:"differs,optional"`
}

// AddressSeen says where and when an address was seen. In is a word of [AddressesSeen], or the id of a source that names the address.
type AddressSeen struct {
	In strictyaml.Text `yaml:"in"`
	On strictyaml.Day  `yaml:"on"`
}

// UnknownDay is the value of the key `published` of a source if nobody knows when the source was published.
const UnknownDay = "unknown"

// Policy is an entry of policies.yaml: something that each insurer decides.
type Policy struct {
	Kind   strictyaml.Text       `yaml:"kind"`
	Name   Words                 `yaml:"name"`
	Values strictyaml.Map[Words] `yaml:"values,optional"`
	// Decides says whether the rules read the policy, as an input.
	Decides bool `yaml:"decides,optional"`
}

// Words has words for editors in the languages of the program's messages. Readers never see these words.
type Words struct {
	Ja string `yaml:"ja"`
	En string `yaml:"en"`
}

// Kind returns the kind of the fact's value, or of its first variant. If the fact has several values, it returns the kind of the last one;
// if it has no value, it returns "". Check reports both mistakes.
func (y *Fact) Kind() FactKind {
	kind, count := y.kinds()
	if count == 0 && len(y.Variants) > 0 {
		kind, _ = y.Variants[0].Fact().kinds()
	}
	return kind
}

// kinds returns the kind of the fact's last value, and the number of its values. It does not look at variants.
func (y *Fact) kinds() (kind FactKind, count int) {
	for _, of := range []struct {
		kind    FactKind
		present bool
	}{
		{DateFact, y.Date != nil}, {DateFact, y.DayAfter != nil}, {DateFact, y.DayBefore != nil}, {MonthFact, y.Month != nil},
		{PhoneFact, y.Phone != nil}, {PhoneFact, y.PhoneOf != nil}, {HoursFact, y.Hours != nil}, {DurationFact, y.Duration != nil},
		{NumberFact, y.Number != nil}, {FeeFact, y.Fee != nil}, {LinkFact, y.Link != nil},
	} {
		if of.present {
			kind = of.kind
			count++
		}
	}
	return kind, count
}

// Check returns the mistakes in the values of a fact that can be found without other facts and without the languages. `offset` is the
// place of the fact in the file f, and `id` is its id.
func (y *Fact) Check(f *diag.File, offset int, id string) []diag.Diagnostic {
	c := &validator{file: f}
	if _, values := y.kinds(); values+min(len(y.Variants), 1) != 1 {
		c.add(offset, "fact-kind", id)
	}
	c.value(y, offset)
	for i := range y.Variants {
		v := &y.Variants[i]
		at := offset
		for _, end := range []*strictyaml.Day{v.Until, v.From} {
			if end != nil {
				at = end.Offset
			}
		}
		value := v.Fact()
		if kind, values := value.kinds(); values != 1 || kind != y.Variants[0].Fact().Kind() {
			c.add(at, "fact-kind", id)
		}
		c.value(value, at)
		c.days(v.From, v.Until)
	}
	c.days(y.From, y.Until, y.ReviewBy, &y.AsOf)
	c.closed(y)
	if y.AddressSeen != nil {
		c.days(&y.AddressSeen.On)
	}
	return c.found.List
}

// closed reports the key `closed` of a fact if the fact has no opening hours, or if its hours say that the place never closes.
func (c *validator) closed(y *Fact) {
	if y.Closed == nil {
		return
	}
	lists := []*[]Hours{y.Hours}
	for i := range y.Variants {
		lists = append(lists, y.Variants[i].Hours)
	}
	if !slices.ContainsFunc(lists, func(list *[]Hours) bool { return list != nil }) {
		c.add(y.Closed.Offset, "closed-alone", y.Closed.Value)
	}
	for _, list := range lists {
		if list != nil && slices.ContainsFunc(*list, func(h Hours) bool { return h.Days.Value == AlwaysOpen }) {
			c.add(y.Closed.Offset, "hours-closed", y.Closed.Value)
			return
		}
	}
}

// validator collects the mistakes in the values of one file.
type validator struct {
	file  *diag.File
	found diag.Findings
}

func (c *validator) add(offset int, code diag.Code, args ...any) {
	c.found.Add(c.file.At(offset, code, args...))
}

// value checks the value of a fact or of a variant.
func (c *validator) value(y *Fact, offset int) {
	c.days(y.Date)
	if y.Month != nil {
		if day, err := civil.Parse(y.Month.Value + "-01"); err != nil {
			c.add(y.Month.Offset, "fact-month", y.Month.Value)
		} else {
			c.days(&strictyaml.Day{Value: day, Offset: y.Month.Offset})
		}
	}
	if y.Phone != nil && y.Phone.Value != "" {
		if code, args := checkPhone(y.Phone.Value); code != "" {
			c.add(y.Phone.Offset, code, args...)
		}
	}
	if y.Hours != nil {
		c.hours(*y.Hours, offset)
	}
	if y.Duration != nil {
		c.duration(y.Duration, offset)
	}
	c.within(y.Number, Numbers)
	c.within(y.Fee, Fees)
	if y.Link != nil {
		c.found.Add(CheckAddress(c.file, *y.Link)...)
	}
}

// days reports days before FirstDay and after LastDay, which are certainly slips. It skips nil and Unset.
func (c *validator) days(list ...*strictyaml.Day) {
	for _, day := range list {
		if day != nil && day.Value != civil.Unset && (day.Value < FirstDay || day.Value > LastDay) && day.Offset > 0 {
			c.add(day.Offset, "fact-day-range", day.Value, FirstDay, LastDay)
		}
	}
}

func (c *validator) within(n *strictyaml.Number, r Range) {
	if n != nil {
		c.found.Add(r.Check(c.file, *n)...)
	}
}

func (c *validator) duration(d *Duration, offset int) {
	c.found.Add(Units.Check(c.file, d.Unit)...)
	if d.Bound != nil {
		c.found.Add(Bounds.Check(c.file, *d.Bound)...)
	}
	switch {
	case d.Count != nil && d.Min == nil && d.Max == nil:
		c.within(d.Count, Durations)
	case d.Count == nil && d.Min != nil && d.Max != nil && d.Min.Value < d.Max.Value:
		c.within(d.Min, Durations)
		c.within(d.Max, Durations)
	default:
		c.add(offset, "fact-duration")
	}
}

var timeForm = regexp.MustCompile(`^([01]?\d|2[0-3]):[0-5]\d$|^24:00$`)

// hours checks opening hours. A kind of day can have several spans, which must be in order and must not overlap. Each span must open
// before it closes.
func (c *validator) hours(list []Hours, offset int) {
	if len(list) == 0 {
		c.add(offset, "hours-empty")
	}
	closes := map[string]string{} // when the previous span closes, by Days
	for _, y := range list {
		days := y.Days.Value
		if before, twice := closes[days]; twice && (days == AlwaysOpen || y.Open != nil && timeForm.MatchString(y.Open.Value) && minutes(y.Open.Value) < minutes(before)) {
			c.add(y.Days.Offset, "hours-twice", days)
		}
		closes[days] = "0:00"
		switch {
		case days == AlwaysOpen && y.Open == nil && y.Close == nil:
		case days == AlwaysOpen || y.Open == nil || y.Close == nil:
			c.add(y.Days.Offset, "hours-times", days)
		default:
			opens, ends := c.isTime(*y.Open), c.isTime(*y.Close)
			if !opens || !ends {
				continue
			}
			if closes[days] = y.Close.Value; minutes(y.Open.Value) >= minutes(y.Close.Value) {
				c.add(y.Close.Offset, "hours-order", y.Open.Value, y.Close.Value)
			}
		}
	}
}

func (c *validator) isTime(text strictyaml.Text) bool {
	ok := timeForm.MatchString(text.Value)
	if !ok && text.Value != "" { // "" is already reported
		c.add(text.Offset, "hours-form", text.Value)
	}
	return ok
}

// minutes converts a time H:MM to minutes since midnight.
func minutes(text string) int {
	hour, minute, _ := strings.Cut(text, ":")
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	return 60*h + m
}

// phoneForms are the forms of phone numbers that begin with 0, by Japan's numbering plan (電気通信番号計画). An area code has two (only 03, 04 and
// 06) to five digits. Together with the local exchange number it has six digits, and four digits follow. A local exchange number begins
// with neither 0 nor 1. Numbers of mobile and internet phones, and numbers that begin with 0800, have eleven digits.
var phoneForms = []*regexp.Regexp{
	cityForm,
	regexp.MustCompile(`^0[1245789][1-9]-[2-9]\d{2}-\d{4}$`),
	regexp.MustCompile(`^0[1245789][1-9]\d-[2-9]\d-\d{4}$`),
	regexp.MustCompile(`^0[1245789][1-9]\d{2}-[2-9]-\d{4}$`),
	regexp.MustCompile(`^0[5-9]0-[1-9]\d{3}-\d{4}$`),
	regexp.MustCompile(`^(0120|0170|0180|0570|0990)-(\d{2}-\d{4}|\d{3}-\d{3}|\d{4}-\d{2})$`),
	regexp.MustCompile(`^0800-(\d{3}-\d{4}|\d{4}-\d{3})$`),
}

var (
	// cityForm matches numbers whose area code has two digits.
	cityForm = regexp.MustCompile(`^0[346]-[2-9]\d{3}-\d{4}$`)
	// cityDigits matches ten digits that can only be a number with the area code 03 or 06. It does not match digits that begin with 060,
	// because this is a code of mobile phones.
	cityDigits = regexp.MustCompile(`^0(3\d|6[1-9])\d{7}$`)
	// wrongLocal matches a number whose local exchange number begins with 0 or 1.
	wrongLocal = regexp.MustCompile(`^0(?:[346]|[1245789][1-9]\d{0,2})-([01]\d*)-\d{4}$`)
	// hashForm and shortForm match short numbers. Of the numbers that shortForm matches, only those in [ShortPhones] are in use.
	hashForm, shortForm = regexp.MustCompile(`^#\d{4}$`), regexp.MustCompile(`^1\d{2}$`)
	// extension matches a number whose extension is written as facts.yaml requires, such as 03-2345-6789#123. extensionWord matches a number
	// whose extension follows a word, as in 内線123.
	extension     = regexp.MustCompile(`^(0.*)#\d{1,6}$`)
	extensionWord = regexp.MustCompile(`(?i)^(.*?)[\s、,（(]*(?:内線番号|内線|extension|ext\.?|x)[\s:：]*(\d{1,6})[)）]?$`)
)

// checkPhone returns the code and the arguments of the finding about a number that does not fit Japan's numbering plan. For a number that
// fits, the code is "". A number may have an extension, as in 03-2345-6789#123. The short numbers that fit are those in ShortPhones, such
// as 119, and # with four digits, such as #8000.
func checkPhone(number string) (code diag.Code, args []any) {
	plain, suffix := number, ""
	if parts := extension.FindStringSubmatch(number); parts != nil {
		plain, suffix = parts[1], number[len(parts[1]):]
	}
	if ShortPhones.Has(number) || hashForm.MatchString(number) || slices.ContainsFunc(phoneForms, func(form *regexp.Regexp) bool { return form.MatchString(plain) }) {
		return "", nil
	}
	if shortForm.MatchString(number) {
		return "fact-phone-short", []any{number, strings.Join(ShortPhones.Words, ", ")}
	}
	if parts := extensionWord.FindStringSubmatch(number); parts != nil {
		before := parts[1]
		if before == "" {
			before = "03-2345-6789"
		}
		return "fact-phone-extension", []any{number, before + "#" + parts[2]}
	}
	digits := strings.ReplaceAll(plain, "-", "")
	if cityDigits.MatchString(digits) {
		split := digits[:2] + "-" + digits[2:6] + "-" + digits[6:]
		if cityForm.MatchString(split) {
			return "fact-phone-split", []any{number, split + suffix}
		}
	}
	if parts := wrongLocal.FindStringSubmatch(plain); parts != nil && len(digits) == 10 {
		return "fact-phone-local", []any{number, parts[1]}
	}
	return "fact-phone", []any{number}
}

// Telephone returns a number in the form of a tel: link (RFC 3966), without the scheme. The form has no hyphens, the # of a short number
// is percent-encoded, and an extension is the parameter ext.
func Telephone(number string) string {
	if digits, extension, found := strings.Cut(number, "#"); found && digits != "" {
		number = digits + ";ext=" + extension
	}
	return strings.NewReplacer("-", "", "#", "%23").Replace(number)
}

// CheckAddress reports an address that does not begin with https://, that has a user or a character such as a space or a quote, or
// whose host [CheckHost] refuses.
func CheckAddress(f *diag.File, text strictyaml.Text) []diag.Diagnostic {
	address, err := url.Parse(text.Value)
	switch {
	case text.Value == "":
		return nil // already reported
	case err != nil || address.Scheme != "https":
		return []diag.Diagnostic{f.At(text.Offset, "address-https", text.Value)}
	case address.User != nil || strings.ContainsAny(text.Value, " \n\t\"<>\\"):
		return []diag.Diagnostic{f.At(text.Offset, "address-host", text.Value)}
	}
	if code, args := CheckHost(text.Value, address.Host); code != "" {
		return []diag.Diagnostic{f.At(text.Offset, code, args...)}
	}
	return nil
}

// IsFrontPage reports whether an address is the front page of its host. Such an address needs no evidence: the host's name says whose
// page it is.
func IsFrontPage(address string) bool {
	parsed, err := url.Parse(address)
	return err == nil && (parsed.Path == "" || parsed.Path == "/") && parsed.RawQuery == "" && parsed.Fragment == ""
}

// Check returns the mistakes in the values of a source.
func (y *Source) Check(f *diag.File) []diag.Diagnostic {
	c := &validator{file: f}
	if y.Address != nil {
		c.found.Add(CheckAddress(f, *y.Address)...)
	}
	for _, address := range y.Names {
		c.found.Add(CheckAddress(f, address)...)
	}
	if y.AddressSeen != nil {
		c.days(&y.AddressSeen.On)
	}
	if published := y.Published.Value; published != "" && published != UnknownDay {
		day, err := civil.ParseFrom(published)
		switch {
		case err != nil:
			c.add(y.Published.Offset, "published-form", published)
		case y.Read.Offset > 0 && day > y.Read.Value:
			c.add(y.Published.Offset, "period-reversed", day, y.Read.Value)
		}
	}
	if y.Seen != nil {
		c.found.Add(SourcesSeen.Check(f, *y.Seen)...)
	}
	c.days(&y.Read)
	return c.found.List
}
