//go:build !windows

package main

// systemLocale returns "": other systems than Windows say their language in the environment.
func systemLocale() string { return "" }
