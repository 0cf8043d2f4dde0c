package testcontent

import (
	"path"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v4"
)

// Whole returns the content of [Permit] with more of what authors can write: it has a value for nearly every key. What it adds is in the
// folder `more`, whose files are merged with those of Permit. In YAML, mappings are joined, items come at the beginning of lists, and
// other values are replaced. Other files are replaced as a whole.
func Whole(t testing.TB) fstest.MapFS {
	t.Helper()
	content := Permit(t)
	content["text/cy.yaml"] = &fstest.MapFile{Data: []byte("formats:\n" + section(t, Real(t)["text/en.yaml"].Data, "formats"))}
	for name, file := range read(t, "internal/testcontent/more") {
		if old := content[name]; old != nil && path.Ext(name) == ".yaml" {
			file = &fstest.MapFile{Data: laidOver(t, name, old.Data, file.Data)}
		}
		content[name] = file
	}
	return content
}

func laidOver(t testing.TB, name string, below, above []byte) []byte {
	t.Helper()
	var lower, upper yaml.Node
	for node, data := range map[*yaml.Node][]byte{&lower: below, &upper: above} {
		if err := yaml.Unmarshal(data, node); err != nil {
			t.Fatal(name, err)
		}
	}
	join(lower.Content[0], upper.Content[0])
	data, err := yaml.Marshal(&lower)
	if err != nil {
		t.Fatal(name, err)
	}
	return data
}

// join merges the value `upper` into the value `lower`, which has the same kind, as [Whole] describes.
func join(lower, upper *yaml.Node) {
	lower.Style = 0
	switch lower.Kind {
	case yaml.ScalarNode:
		lower.Value = upper.Value
		return
	case yaml.SequenceNode:
		lower.Content = append(upper.Content, lower.Content...)
		return
	}
keys:
	for i := 0; i+1 < len(upper.Content); i += 2 {
		for j := 0; j+1 < len(lower.Content); j += 2 {
			if lower.Content[j].Value == upper.Content[i].Value {
				join(lower.Content[j+1], upper.Content[i+1])
				continue keys
			}
		}
		lower.Content = append(lower.Content, upper.Content[i], upper.Content[i+1])
	}
}
