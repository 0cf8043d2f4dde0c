// Command people makes up people who go through the checker's page. For each person it writes the actions on the page, the final answers,
// and the result that the rules give for those answers. The tests lead these people through the real page.
//
//	go run ./tests/people -day 2026-11-22 [-count N] [-seed S] > people.json
//
// Every outcome, every level of enough, and every value that a person can answer or tell occurs at least count/100 times: five times
// among 500 people. Every outcome and level occurs at least once. It is an error if one of these cannot occur.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/interview"
	"sitegen/internal/load"
	"sitegen/internal/rulefacts"
	"sitegen/internal/rulefile"
)

func main() {
	count := flag.Int("count", 500, "how many people")
	seed := flag.Uint64("seed", 1, "the source of randomness")
	day := flag.String("day", "", "today, as YYYY-MM-DD")
	flag.Parse()
	if err := run(*count, *seed, *day); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(count int, seed uint64, day string) error {
	today, err := civil.Parse(day)
	if err != nil {
		return fmt.Errorf("-day %q is not a day", day)
	}
	content := os.DirFS("content")
	facts, err := rulefacts.Read(content)
	if err != nil {
		return err
	}
	set, found, err := rulefile.Load(content, "content", facts)
	if err != nil {
		return err
	}
	if set == nil {
		return fmt.Errorf("the rules do not load: %d findings, the first is %s", len(found), found[0].Code)
	}
	loaded, wrong, err := load.Site(content, "content", today)
	if err != nil {
		return err
	}
	if loaded == nil || loaded.Checker == nil || diag.HasErrors(wrong) {
		return fmt.Errorf("the content does not load: %d findings", len(wrong))
	}
	asked := map[string]*interview.Interview{"": interview.New(set.Program, loaded)}
	for _, insurer := range loaded.Insurers {
		asked[insurer.Profile.ID] = interview.New(set.Program, insurer)
	}
	d := &drawer{set: set, p: set.Program, sites: asked, r: rand.New(rand.NewPCG(seed, 500)), today: int32(today), seen: map[string]int{}}
	people, err := d.draw(count)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(people)
}
