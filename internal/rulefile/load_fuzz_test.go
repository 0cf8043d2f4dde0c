package rulefile_test

import (
	"maps"
	"path"
	"slices"
	"testing"
	"testing/fstest"

	"sitegen/internal/diag"
	"sitegen/internal/rulefacts"
	"sitegen/internal/rulefile"
	"sitegen/internal/ruletest"
)

// When any bytes replace a part of a file of the rules, the result is a set of rules or an error that says where.
func FuzzLoad(f *testing.F) {
	files := ruletest.OfficeFiles(f)
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(files)), func(name string) bool { return path.Ext(name) != ".yaml" && path.Ext(name) != ".json" })
	for i := range names {
		for _, text := range []string{"", "a: [", "not (x or y", "visit_date <= earlier(", "\n  - {when: [a], then: b}\n", `{"a": 1e999}`} {
			f.Add(uint8(i), uint16(40*i), uint8(i), []byte(text))
		}
	}
	facts, err := rulefacts.Read(files)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, file uint8, at uint16, length uint8, text []byte) {
		name := names[int(file)%len(names)]
		data := files[name].Data
		start := int(at) % (len(data) + 1)
		end := min(len(data), start+int(length))
		changed := maps.Clone(files)
		changed[name] = &fstest.MapFile{Data: slices.Concat(data[:start], text, data[end:])}
		set, found, err := rulefile.Load(changed, "content", facts)
		if err != nil || (set == nil) != diag.HasErrors(found) {
			t.Fatalf("%s: a set is %t, %v %v", name, set != nil, found, err)
		}
		for _, d := range found {
			for _, language := range diag.Languages {
				d.Text(language)
			}
		}
	})
}
