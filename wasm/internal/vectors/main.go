// Command vectors writes the files for those tests of the module that are not written in Go: modules of the site's rules and of
// random rule sets; answers, with the results and next questions of the reference interpreter; and the page's scripts that run
// the modules.
//
//	go run ./wasm/internal/vectors -out FOLDER [-count N] [-seed S]
//
// FOLDER then has NAME.wasm and NAME.json for each name in index.json, and two classic scripts. engine.js defines a global
// createEngine, the same function that the checker's script uses. rules-js.js is the script that pages load if WebAssembly
// is refused.
package main

import (
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing/fstest"

	"sitegen/internal/bundle"
	"sitegen/internal/table"
	"sitegen/themes"
	"sitegen/wasm"
	"sitegen/wasm/internal/sample"
)

func main() {
	out := flag.String("out", "", "the folder to write into")
	count := flag.Int("count", 20000, "how many answers, over all rule sets")
	seed := flag.Uint64("seed", 1, "the source of randomness")
	flag.Parse()
	if err := run(*out, *count, *seed); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(out string, count int, seed uint64) error {
	site, err := sample.Site(os.DirFS("content"))
	if err != nil {
		return err
	}
	sets := map[string]*table.Program{"site": site}
	for i := range uint64(8) {
		sets[fmt.Sprint("small-", i)] = sample.Program(rand.New(rand.NewPCG(seed+i, 10)), sample.Small)
	}
	sets["large"] = sample.Program(rand.New(rand.NewPCG(seed, 11)), sample.Large)
	names := slices.Sorted(maps.Keys(sets))
	for _, name := range names {
		if err := write(filepath.Join(out, name), sets[name], rand.New(rand.NewPCG(seed, 12)), count/len(sets)); err != nil {
			return err
		}
	}
	if err := writeScripts(out); err != nil {
		return err
	}
	return writeJSON(filepath.Join(out, "index.json"), names)
}

// file is NAME.json.
type file struct {
	Inline  string // the module as pages carry it
	Sum     uint32 // the checksum of the module, as in the data of the checker's script
	Tables  string // the tables, in hexadecimal digits
	Answers [][]int32
	Open    [][]int32
	Results []table.Output
	Next    []table.Question
}

func write(path string, p *table.Program, r *rand.Rand, count int) error {
	tables := p.Encode()
	module := wasm.Compile(tables)
	f := file{Inline: wasm.Inline(module), Sum: wasm.Checksum(module), Tables: hex.EncodeToString(tables)}
	for len(f.Answers) < count {
		raw := sample.Answers(r, p)
		f.Answers = append(append(f.Answers, raw), sample.Boundaries(p, raw)...)
	}
	for _, raw := range f.Answers {
		open := sample.Open(r, p)
		f.Results = append(f.Results, p.Run(raw))
		f.Open = append(f.Open, open)
		f.Next = append(f.Next, p.Next(raw, open))
	}
	if err := os.WriteFile(path+".wasm", module, 0o644); err != nil {
		return err
	}
	return writeJSON(path+".json", f)
}

func writeJSON(path string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o644)
}

// writeScripts bundles the scripts with which the theme's pages run the rules.
func writeScripts(out string) error {
	theme := themes.Default()
	assets, err := bundle.Load(theme)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(out, "rules-js.js"), assets.Scripts["rules-js"].Content, 0o644); err != nil {
		return err
	}
	own := fstest.MapFS{
		"script/head.ts":   {Data: []byte("export {}")},
		"script/engine.ts": {Data: []byte("import { createEngine } from './checker/engine'\n;(window as any).createEngine = createEngine")},
	}
	parts, err := fs.Glob(theme, "script/*/*.ts")
	if err != nil {
		return err
	}
	for _, name := range parts {
		data, err := fs.ReadFile(theme, name)
		if err != nil {
			return err
		}
		own[name] = &fstest.MapFile{Data: data}
	}
	assets, err = bundle.Load(own)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "engine.js"), assets.Scripts["engine"].Content, 0o644)
}
