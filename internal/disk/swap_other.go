//go:build !linux && !darwin

package disk

// Exchange returns false: this system cannot swap two folders in one step.
func Exchange(a, b string) (bool, error) { return false, nil }

// Settle does nothing: this system itself decides when to write to the disk.
func Settle(dir string) error { return nil }
