package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// furtherInsurers is how many insurers are added to measure the cost of one more.
const furtherInsurers = 30

// compareInsurers measures builds of the real content for the general site alone and with furtherInsurers insurers. It prints
// the cost of one more insurer, also as a share of the cost of the general site.
func compareInsurers(root, sitegen string, rounds int) error {
	content := filepath.Join(root, "insurers")
	if err := writeInsurers("content", content, furtherInsurers); err != nil {
		return err
	}
	if err := writeInsurers("content", content+"-none", 0); err != nil {
		return err
	}
	command := func(content string) []string {
		return []string{sitegen, "build", "--content", content, "--out", filepath.Join(root, "out-sitegen"), "--date", "2026-11-22"}
	}
	programs := []program{{"general", "", command(content + "-none")}, {"all", "", command(content)}}
	runs := make([][]measure, len(programs))
	for range rounds {
		for i, p := range programs {
			m, err := p.run(root)
			if err != nil {
				return err
			}
			runs[i] = append(runs[i], m)
		}
	}
	general, all := median(runs[0]), median(runs[1])
	fmt.Printf("\nOne further insurer, of %d, on the real content: %.1f ms wall, %.1f ms cpu, %.0f KiB; of the general site (%d ms, %d ms, %d MiB): wall %.2f, cpu %.2f, memory %.2f\n",
		furtherInsurers, float64((all.wall-general.wall).Microseconds())/furtherInsurers/1000, float64((all.cpu-general.cpu).Microseconds())/furtherInsurers/1000, float64(all.peak-general.peak)/furtherInsurers/1024,
		general.wall.Milliseconds(), general.cpu.Milliseconds(), general.peak>>20,
		ratio(all.wall-general.wall, general.wall)/furtherInsurers, ratio(all.cpu-general.cpu, general.cpu)/furtherInsurers, float64(all.peak-general.peak)/float64(general.peak)/furtherInsurers)
	return nil
}

// writeInsurers copies the content in the folder `real` to the folder `to`, with `count` made-up insurers in place of
// the real ones.
func writeInsurers(real, to string, count int) error {
	if err := os.CopyFS(to, os.DirFS(real)); err != nil {
		return err
	}
	profiles := filepath.Join(to, "profiles")
	pattern, err := os.ReadFile(filepath.Join(profiles, "inoac/profile.yaml")) // the insurer with the most decisions is the model for all others
	if err != nil {
		return err
	}
	if err := os.RemoveAll(profiles); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(to, "coverage.yaml")); err != nil { // the file refers to the real insurers
		return err
	}
	for i := range count {
		folder := filepath.Join(profiles, fmt.Sprintf("kenpo%d", i))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		own := strings.NewReplacer("イノアック", fmt.Sprintf("けんぽ%d", i), "Inoac", fmt.Sprintf("Kenpo %d", i)).Replace(string(pattern))
		if err := os.WriteFile(filepath.Join(folder, "profile.yaml"), []byte(own), 0o644); err != nil {
			return err
		}
	}
	return forgetInsurers(filepath.Join(to, "rules/cases.json"))
}

// forgetInsurers removes worked cases whose person is a member of a real insurer.
func forgetInsurers(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var all struct {
		Cases []json.RawMessage `json:"cases"`
	}
	if err := json.Unmarshal(text, &all); err != nil {
		return err
	}
	all.Cases = slices.DeleteFunc(all.Cases, func(c json.RawMessage) bool { return bytes.Contains(c, []byte(`"profile"`)) })
	if text, err = json.Marshal(all); err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o644)
}
