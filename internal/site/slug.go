package site

import "strings"

// isSlug reports whether a name is fit for a permanent address: lower-case ASCII letters, digits and single hyphens, a letter
// first, at most 60 characters, and not a device name of Windows.
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

// isDeviceName reports whether the name, with or without an extension, is a device on Windows.
func isDeviceName(name string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	switch stem {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "com") || strings.HasPrefix(stem, "lpt")) && stem[3] >= '0' && stem[3] <= '9'
}
