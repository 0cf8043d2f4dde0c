package main

import "syscall"

var userLanguage = syscall.NewLazyDLL("kernel32.dll").NewProc("GetUserDefaultUILanguage")

// systemLocale returns "ja" if Windows is set to Japanese, otherwise "". Windows sets no environment variable for this.
func systemLocale() string {
	const primary, japanese = 0x3ff, 0x11 // PRIMARYLANGID and LANG_JAPANESE in winnt.h
	if language, _, _ := userLanguage.Call(); language&primary == japanese {
		return "ja"
	}
	return ""
}
