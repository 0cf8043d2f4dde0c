package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// compareDecisions prints how long a decision of the site's rules takes in V8, with the WebAssembly module and with plain
// JavaScript.
func compareDecisions(root string) error {
	folder := filepath.Join(root, "decisions")
	if err := os.Mkdir(folder, 0o755); err != nil {
		return err
	}
	if output, err := exec.Command("go", "run", "./wasm/internal/vectors", "-out", folder).CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, output)
	}
	output, err := exec.Command("node", "bench/decisions.mjs", folder).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w\n%s", err, output)
	}
	fmt.Printf("\nThe rules in V8\n%-16s %12s %12s %9s %9s\n%s", "", "module", "script", "script/m.", "m./floor", output)
	return nil
}
