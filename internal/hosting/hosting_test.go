package hosting

import (
	"io/fs"
	"slices"
	"testing"
)

// Nobody could use a folder of templates that Hosts does not name, and Files would panic for a name without a folder.
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
