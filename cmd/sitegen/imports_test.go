package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layers are our packages, lowest first: each imports only packages above its own line here.
var layers = []string{
	"internal/diag", "internal/civil", "internal/strictyaml", "internal/markdown", "wasm", "wasm/run", "internal/rules",
	"internal/site", "internal/bundle", "internal/render", "internal/build", "internal/serve", "themes", "cmd/sitegen",
}

// Imports only go downwards, and each third-party module is imported by one package. The tools of tests and the benchmark
// stand apart.
func TestImports(t *testing.T) {
	output, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "sitegen/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	importers := map[string][]string{}
	for _, line := range strings.Split(strings.TrimSpace(string(output)), "\n") {
		path, imports, _ := strings.Cut(strings.TrimPrefix(line, "sitegen/"), " ")
		if path == "bench" || strings.HasPrefix(path, "wasm/internal/") {
			continue
		}
		layer := slices.Index(layers, path)
		if layer < 0 {
			t.Errorf("the package %s has no place in the order of packages", path)
		}
		for _, imported := range strings.Fields(imports) {
			if ours, ok := strings.CutPrefix(imported, "sitegen/"); ok {
				if slices.Index(layers, ours) >= layer {
					t.Errorf("%s imports %s, which is not below it", path, ours)
				}
			} else if strings.Contains(strings.SplitN(imported, "/", 2)[0], ".") {
				module := moduleOf(imported)
				if !slices.Contains(importers[module], path) {
					importers[module] = append(importers[module], path)
				}
			}
		}
	}
	for module, packages := range importers {
		if len(packages) > 1 {
			t.Errorf("%s is imported by %s", module, strings.Join(packages, " and "))
		}
	}
}

// moduleOf returns what counts as one module: of golang.org/x/text each part, which are libraries of their own.
func moduleOf(imported string) string {
	if strings.HasPrefix(imported, "golang.org/x/text/") {
		return imported
	}
	parts := strings.Split(imported, "/")
	return strings.Join(parts[:min(3, len(parts))], "/")
}
