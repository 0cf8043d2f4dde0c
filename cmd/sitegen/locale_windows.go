package main

import "syscall"

var userLanguage = syscall.NewLazyDLL("kernel32.dll").NewProc("GetUserDefaultUILanguage")

// systemLocale returns "ja" where the person uses Windows in Japanese, and "" otherwise. Windows sets no variables for that.
func systemLocale() string {
	const primary, japanese = 0x3ff, 0x11 // PRIMARYLANGID and LANG_JAPANESE of winnt.h
	if language, _, _ := userLanguage.Call(); language&primary == japanese {
		return "ja"
	}
	return ""
}
