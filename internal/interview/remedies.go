package interview

import (
	"slices"

	"sitegen/internal/table"
)

// shared returns the remedies that are in both lists and lead to the same level.
func shared(a, b []table.Remedied) (list []table.Remedied) {
	for _, one := range a {
		if hasRemedy(b, one) {
			list = append(list, one)
		}
	}
	return list
}

// commonRemedies returns, for each conclusion, the remedies that would help everybody who comes there.
func commonRemedies(arrivals []arrival) map[*Outcome][]table.Remedied {
	common := map[*Outcome][]table.Remedied{}
	for _, a := range arrivals {
		if o := a.page.Outcome; o != nil {
			if all, known := common[o]; known {
				common[o] = shared(all, a.remedies)
			} else {
				common[o] = a.remedies
			}
		}
	}
	return common
}

func hasRemedy(list []table.Remedied, one table.Remedied) bool {
	return slices.ContainsFunc(list, func(other table.Remedied) bool { return one.Remedy == other.Remedy && one.Enough == other.Enough })
}

// RemedyTitle returns the key of the heading over a list of remedies. It depends on the level to which the first of them
// leads. The list must not be empty.
func RemedyTitle(list []table.Remedied) string {
	if list[0].Enough == table.Yes {
		return "would_do"
	}
	return "might_do"
}
