package report

import (
	"testing"

	"sitegen/internal/schema"
)

// seenWords has words for every way in which a source can have been seen.
func TestWaysASourceWasSeen(t *testing.T) {
	for _, word := range schema.SourcesSeen.Words {
		if (seenWords[word] == phrase{}) {
			t.Errorf("there are no words for %s", word)
		}
	}
}
