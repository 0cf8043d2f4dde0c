package schema

import "testing"

// isPhone accepts the phone numbers of Japan's numbering plan and no others. Telephone returns them in the form of tel: links.
func TestPhones(t *testing.T) {
	for number, want := range map[string]bool{
		"03-1234-5678": true, "073-480-5855": true, "0120-95-0178": true, "0120-0178-27": true, "0570-783-556": true, "050-1234-5678": true,
		"0800-123-4567": true, "090-1234-5678": true, "01267-1-2345": true, "119": true, "188": true, "#8000": true, "#7119": true, "03-1234-5678#12": true,
		"0120-95-017": false, "00-0000-0000": false, "03-1234-567": false, "090-1234-567": false, "1234": false, "#80": false, "03-1234-5678#": false, "119#1": false, "０３-1234-5678": false, "0120950178": false,
	} {
		if isPhone(number) != want {
			t.Errorf("%s: %v", number, !want)
		}
	}
	for number, want := range map[string]string{"#8000": "%238000", "03-1234-5678": "0312345678", "03-1234-5678#12": "0312345678;ext=12"} {
		if got := Telephone(number); got != want {
			t.Errorf("%s: %s, not %s", number, got, want)
		}
	}
}
