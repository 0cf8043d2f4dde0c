//go:build !windows

package main

// systemLocale returns "". On all systems except Windows, environment variables give the language.
func systemLocale() string { return "" }
