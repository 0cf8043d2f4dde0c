package hosting

import (
	"io/fs"
	"slices"
	"testing"
)

// Hosts and the folders of templates name the same hosts. Otherwise nobody could use a folder, or Files would panic.
func TestHostsAreTheTemplates(t *testing.T) {
	folders, err := fs.ReadDir(templates, "templates")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, folder := range folders {
		names = append(names, folder.Name())
	}
	if !slices.Equal(names, Hosts) {
		t.Errorf("templates of %v, and Hosts are %v", names, Hosts)
	}
}
