package explain

import (
	"math"
	"strconv"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/table"
)

// Describe describes a visitor by the day of the visit, the values of the sets, and the other answers that are not the
// default. `language` is "ja" or "en".
func Describe(s *rules.Set, raw []int32, language string) string {
	var parts []string
	for _, in := range s.Inputs {
		if text := describeInput(in, raw, language); text != "" {
			parts = append(parts, text)
		}
	}
	if language == "ja" {
		return strings.Join(parts, "、")
	}
	return strings.Join(parts, ", ")
}

func describeInput(in *rules.Input, raw []int32, language string) string {
	value := raw[in.Slot]
	name := in.Words.In(language)
	is := map[string]string{"ja": "は", "en": " "}[language]
	switch {
	case in.IsVisit() && language == "ja":
		return table.DayText(value) + "に受診"
	case in.IsVisit():
		return "visit on " + table.DayText(value)
	case in.Kind == table.Several:
		return describeSet(in, raw, language)
	case value == table.Missing || value == in.Default:
		return ""
	case value < table.FirstDay:
		return name + is + in.Specials[value-table.Missing-1].Words.In(language)
	case in.Kind == table.Choice:
		return name + ": " + in.Values[value].Words.In(language)
	case in.Kind == table.Date:
		return name + is + table.DayText(value)
	case language == "ja":
		return name + strconv.Itoa(int(value))
	}
	return name + " " + strconv.Itoa(int(value))
}

func describeSet(in *rules.Input, raw []int32, language string) string {
	var members []string
	for _, v := range in.Values {
		if bits := raw[in.Slot+v.Index/31]; bits != table.Missing && bits>>(v.Index%31)&1 != 0 {
			members = append(members, v.Words.In(language))
		}
	}
	if len(members) == 0 && !in.Asked {
		return ""
	}
	name := in.Words.In(language)
	if language == "ja" {
		if len(members) == 0 {
			return name + "なし"
		}
		return name + ": " + strings.Join(members, "・")
	}
	if len(members) == 0 {
		return name + " nothing"
	}
	return name + " " + strings.Join(members, " + ")
}

// Who describes a visitor by their answers, in both languages.
func Who(s *rules.Set, raw []int32) diag.Wording {
	return diag.Wording{JA: Describe(s, raw, "ja"), EN: Describe(s, raw, "en")}
}

// MostTold is the greatest number of groups of people that a check reports.
const MostTold = 5

// Percent returns a share, from 0 to 1, as a percentage for a message.
func Percent(share float64) string {
	if share < 0.001 {
		return "< 0.1%"
	}
	return strconv.FormatFloat(math.Round(share*1000)/10, 'f', -1, 64) + "%"
}
