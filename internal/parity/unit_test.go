package parity

import (
	"maps"
	"slices"
	"testing"

	"sitegen/internal/diag"
)

// Two languages can use the same script, even if the script is not Latin.
func TestSameScript(t *testing.T) {
	for pair, want := range map[[2]string]bool{
		{"en", "vi"}: true, {"ru", "uk"}: true, {"ja", "ja"}: true, {"ne", "hi"}: true, {"zh-Hans", "zh-Hant"}: true,
		{"ja", "zh"}: false, {"ru", "en"}: false, {"ru", "mn"}: false,
	} {
		if SameScript(pair[0], pair[1]) != want || SameScript(pair[1], pair[0]) != want {
			t.Errorf("%v: %t", pair, !want)
		}
	}
}

// Records that were read are written in a form that is read as the same records.
func FuzzRecords(f *testing.F) {
	for _, text := range []string{"", "# a\n", "faq/x/ja.md title 0011aabb-0-0-0-0\n", "a b c\na b c\n", "a b c d 2026-12-01\n", "a b c d 2026-02-30\r\n", "a  b", "a b c\u3000\n"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		records, _ := ReadRecords(&diag.File{Name: "x", Data: data})
		again, found := ReadRecords(&diag.File{Name: "x", Data: WriteRecords(slices.Collect(maps.Values(records.List)))})
		if len(found) > 0 || !maps.Equal(records.List, again.List) {
			t.Errorf("%q: %v becomes %v %v", data, records.List, again.List, found)
		}
	})
}
