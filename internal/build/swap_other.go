//go:build !linux && !darwin

package build

// exchange returns false: this system cannot swap two folders in one step.
func exchange(a, b string) (bool, error) { return false, nil }

// settle does nothing: this system itself decides when to write to the disk.
func settle(dir string) error { return nil }
