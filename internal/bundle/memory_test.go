package bundle_test

import (
	"bytes"
	"encoding/gob"
	"io/fs"
	"reflect"
	"testing"
	"testing/fstest"

	"sitegen/internal/bundle"
	"sitegen/internal/testcontent"
)

// A memory bundles a theme once, notices a change of any file, and reports a mistake every time.
func TestMemory(t *testing.T) {
	files := theme(map[string]string{"style/home.css": `@import "./parts/base.css";`, "style/parts/base.css": "body { margin: 2px }"})
	var memory bundle.Memory
	load := func() *bundle.Assets {
		t.Helper()
		assets, err := memory.Load(files)
		if err != nil {
			t.Fatal(err)
		}
		if fresh, err := bundle.Load(files); err != nil || !reflect.DeepEqual(assets, fresh) {
			t.Errorf("the memory says %v, not %v (%v)", assets, fresh, err)
		}
		return assets
	}
	first := load()
	if load() != first {
		t.Error("bundled again though nothing changed")
	}
	files["style/parts/base.css"] = &fstest.MapFile{Data: []byte("body { margin: 1px }")}
	if load() == first {
		t.Error("a changed import is not noticed")
	}
	good := files["script/head.ts"]
	files["script/head.ts"] = &fstest.MapFile{Data: []byte("let = ;")}
	for range 2 {
		if _, err := memory.Load(files); err == nil {
			t.Error("a mistake is not told")
		}
	}
	files["script/head.ts"] = good
	load()
	delete(files, "style/home.css")
	load()
	files["style/linked.css"] = &fstest.MapFile{Data: []byte("parts/base.css"), Mode: fs.ModeSymlink}
	if load() == load() {
		t.Error("a theme with a link is remembered")
	}
}

// If a file of the theme is saved while Load bundles the theme, the memory does not keep the result. Otherwise, if the
// author undoes the change, the memory would return a wrong result for the old files.
func TestSavedMeanwhile(t *testing.T) {
	const name = "style/home.css"
	before, after := &fstest.MapFile{Data: []byte("body { margin: 1px }")}, &fstest.MapFile{Data: []byte("body { margin: 2px }")}
	files := theme(map[string]string{name: string(before.Data)})
	var memory bundle.Memory
	saving := testcontent.Saved{Files: files, Name: name, As: after}
	if _, err := memory.Load(saving); err != nil {
		t.Fatal(err)
	}
	files[name] = before
	got, err := memory.Load(files)
	want, failed := bundle.Load(files)
	if err != nil || failed != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, not %v (%v, %v)", got, want, err, failed)
	}
}

// A memory works again after it is encoded and decoded. The scripts of cmd/sitegen rely on it.
func TestMemoryIsKept(t *testing.T) {
	files := theme(map[string]string{"style/home.css": "a { color: red }", "script/main.ts": "console.log(1)"})
	var memory, read bundle.Memory
	first, err := memory.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	var data bytes.Buffer
	if err := gob.NewEncoder(&data).Encode(&memory); err != nil {
		t.Fatal(err)
	}
	if err := gob.NewDecoder(&data).Decode(&read); err != nil {
		t.Fatal(err)
	}
	kept := read.Assets
	if again, err := read.Load(files); err != nil || again != kept || !reflect.DeepEqual(again, first) {
		t.Errorf("%v, not %v (%v)", again, first, err)
	}
}
