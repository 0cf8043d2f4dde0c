package hosting

import (
	"io/fs"
	"slices"
	"testing"
)

// A folder of templates that Hosts does not name could not be asked for, and a name without a folder would be a panic.
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
