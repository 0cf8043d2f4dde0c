package load

import (
	"testing"

	"sitegen/internal/markup"
)

// The hash depends on the words, the targets of links and the days on which the question and its answers hold, and on nothing
// else.
func TestHash(t *testing.T) {
	hash := func(answer, body string) string { return english(t, answer, body).Hash() }
	base := hash("Yes.", "Read [more](https://example.jp/a).\n\n- one\n- two\n")
	for name, test := range map[string]struct {
		answer, body string
		same         bool
	}{
		"nothing":        {"Yes.", "Read [more](https://example.jp/a).\n\n- one\n- two\n", true},
		"emphasis":       {"Yes.", "Read **[more](https://example.jp/a)**.\n\n- one\n- *two*\n", true},
		"another list":   {"Yes.", "Read [more](https://example.jp/a).\n\n1. one\n2. two\n", true},
		"the answer":     {"No.", "Read [more](https://example.jp/a).\n\n- one\n- two\n", false},
		"a word":         {"Yes.", "Read [less](https://example.jp/a).\n\n- one\n- two\n", false},
		"an address":     {"Yes.", "Read [more](https://example.jp/b).\n\n- one\n- two\n", false},
		"a word less":    {"Yes.", "Read [more](https://example.jp/a).\n\n- one\n", false},
		"moved a word":   {"Yes. Read", "[more](https://example.jp/a).\n\n- one\n- two\n", false},
		"a space within": {"Yes.", "Read [mo re](https://example.jp/a).\n\n- one\n- two\n", false},
	} {
		if got := hash(test.answer, test.body); (got == base) != test.same || len(got) != 16 {
			t.Errorf("%s: %s, and %s before", name, got, base)
		}
	}
	translation := english(t, "Yes.", "x\n")
	before := translation.Hash()
	translation.Question.Until = 0
	translation.SumUp([]markup.HTML{translation.Answer.HTML})
	if translation.Hash() == before {
		t.Error("the days that a question holds are not in its hash")
	}
}
