package rules

import (
	"math"
	"strconv"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/table"
)

// Describe says in words whose answers these are: what differs from the defaults. The language is "ja" or "en".
func (s *Set) Describe(raw []int32, language string) string {
	var parts []string
	for _, in := range s.inputs {
		if text := in.describe(raw, language); text != "" {
			parts = append(parts, text)
		}
	}
	if language == "ja" {
		return strings.Join(parts, "、")
	}
	return strings.Join(parts, ", ")
}

func (in *input) describe(raw []int32, language string) string {
	value := raw[in.slot]
	name := in.words.In(language)
	is := map[string]string{"ja": "は", "en": " "}[language]
	switch {
	case in.isVisit() && language == "ja":
		return table.DayText(value) + "に受診"
	case in.isVisit():
		return "visit on " + table.DayText(value)
	case in.kind == table.Several:
		return in.describeSet(raw, language)
	case value == table.Missing || value == in.missing:
		return ""
	case value < table.FirstDay:
		return name + is + in.specials[value-table.Missing-1].words.In(language)
	case in.kind == table.Choice:
		return name + ": " + in.values[value].words.In(language)
	case in.kind == table.Date:
		return name + is + table.DayText(value)
	case language == "ja":
		return name + itoa(value)
	}
	return name + " " + itoa(value)
}

func (in *input) describeSet(raw []int32, language string) string {
	var members []string
	for _, v := range in.values {
		if bits := raw[in.slot+v.index/31]; bits != table.Missing && bits>>(v.index%31)&1 != 0 {
			members = append(members, v.words.In(language))
		}
	}
	if len(members) == 0 && !in.asked {
		return ""
	}
	name := in.words.In(language)
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

func (s *Set) describe(raw []int32) diag.Wording {
	return diag.Wording{JA: s.Describe(raw, "ja"), EN: s.Describe(raw, "en")}
}

// mostTold bounds the groups that a check tells of.
const mostTold = 5

// Percent writes a share for a message.
func Percent(share float64) string {
	if share < 0.001 {
		return "< 0.1%"
	}
	return strconv.FormatFloat(math.Round(share*1000)/10, 'f', -1, 64) + "%"
}
