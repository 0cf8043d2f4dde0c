package prove

import (
	"sitegen/internal/rules"
	"sitegen/internal/space"
)

// Questions returns the mean number of questions that a worked case is asked. It also returns the greatest number that is
// asked in any worked case or of any visitor of a sample.
func Questions(s *rules.Set) (mean float64, most int) {
	total, count := 0, 0
	for _, c := range s.Cases {
		_, asked := s.Program.Interview(c.Raw, -1)
		total, count, most = total+len(asked), count+1, max(most, len(asked))
	}
	sample := space.NewSampler(s.Program, 1)
	for range 200 {
		_, asked := s.Program.Interview(sample.Visitor(), -1)
		most = max(most, len(asked))
	}
	return float64(total) / float64(max(1, count)), most
}
