//go:build !windows

package main

// systemLocale returns "": all systems except Windows give their language in the environment.
func systemLocale() string { return "" }
