package site

import "strings"

// isSlug reports whether a name can be part of a permanent address. It must have only lower-case ASCII letters, digits and single
// hyphens, begin with a letter, not end with a hyphen, have at most 60 characters, and not be a device name of Windows.
func isSlug(name string) bool {
	if name == "" || len(name) > 60 || name[0] < 'a' || name[0] > 'z' || strings.HasSuffix(name, "-") || strings.Contains(name, "--") {
		return false
	}
	for _, c := range []byte(name) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return !isDeviceName(name)
}

// isDeviceName reports whether a name, with or without an extension, is the name of a device on Windows.
func isDeviceName(name string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	switch stem {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "com") || strings.HasPrefix(stem, "lpt")) && stem[3] >= '0' && stem[3] <= '9'
}
