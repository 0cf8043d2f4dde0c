package schema

import (
	"fmt"
	"testing"
)

// Facts may have the phone numbers of Japan's numbering plan and no others. If a correction is known, the finding about a wrong number
// names it. Telephone returns numbers in the form of tel: links.
func TestPhones(t *testing.T) {
	for _, number := range []string{
		"03-2345-6789", "06-2345-6789", "04-2345-6789", "04-7123-4567", "073-480-5855", "045-671-2121", "0126-22-3333", "01267-2-2345", "09802-2-2345",
		"0120-95-0178", "0120-0178-27", "0120-279-889", "0570-783-556", "0800-123-4567", "0800-1234-567",
		"050-1234-5678", "060-1234-5678", "090-1234-5678", "119", "188", "189", "#8000", "#7119", "03-2345-6789#12", "0120-95-0178#123456",
	} {
		if code, _ := checkPhone(number); code != "" {
			t.Errorf("%s: %s", number, code)
		}
	}
	for number, want := range map[string]string{
		"036-457-9585": "fact-phone-split 03-6457-9585", "0364-57-9585": "fact-phone-split 03-6457-9585", "066-234-5678#9": "fact-phone-split 06-6234-5678#9",
		"0364579585": "fact-phone-split 03-6457-9585", "03-645-79585": "fact-phone-split 03-6457-9585", "0645-67-8901": "fact-phone-split 06-4567-8901",
		"03-0457-9585": "fact-phone-local 0457", "03-1457-9585": "fact-phone-local 1457", "045-071-2121": "fact-phone-local 071", "01267-1-2345": "fact-phone-local 1",
		"187": "fact-phone-short", "100": "fact-phone-short", "199": "fact-phone-short",
		"内線123": "fact-phone-extension 03-2345-6789#123", "045-671-2121 内線12": "fact-phone-extension 045-671-2121#12", "045-671-2121（内線 12）": "fact-phone-extension 045-671-2121#12",
		"045-671-2121 ext. 12": "fact-phone-extension 045-671-2121#12", "045-671-2121x12": "fact-phone-extension 045-671-2121#12", "045-671-2121、内線番号12": "fact-phone-extension 045-671-2121#12",
		"0120-95-017": "fact-phone", "00-0000-0000": "fact-phone", "03-2345-678": "fact-phone", "04-5671-212": "fact-phone", "012-345-678": "fact-phone", "090-1234-567": "fact-phone",
		"090-0234-5678": "fact-phone", "020-1234-5678": "fact-phone", "05-2345-6789": "fact-phone", "0800-12-3456": "fact-phone", "0120-9-50178": "fact-phone", "045-6712-121": "fact-phone",
		"1234": "fact-phone", "#80": "fact-phone", "03-2345-6789#": "fact-phone", "119#1": "fact-phone", "０３-2345-6789": "fact-phone", "0120950178": "fact-phone",
	} {
		code, args := checkPhone(number)
		got := string(code)
		if code != "fact-phone" && code != "fact-phone-short" && len(args) > 1 {
			got = fmt.Sprint(code, " ", args[1])
		}
		if got != want {
			t.Errorf("%s: %s, not %s", number, got, want)
		}
	}
	for number, want := range map[string]string{"#8000": "%238000", "03-2345-6789": "0323456789", "03-2345-6789#12": "0323456789;ext=12"} {
		if got := Telephone(number); got != want {
			t.Errorf("%s: %s, not %s", number, got, want)
		}
	}
}
