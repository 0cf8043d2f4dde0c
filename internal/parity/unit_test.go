package parity

import "testing"

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
