package build

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"sync"

	"sitegen/internal/change"
	"sitegen/internal/checker"
	"sitegen/internal/diag"
	"sitegen/internal/interview"
	"sitegen/internal/parallel"
	"sitegen/internal/plaintext"
	"sitegen/internal/prove"
	"sitegen/internal/rulefacts"
	"sitegen/internal/rules"
	"sitegen/internal/site"
	"sitegen/internal/space"
	"sitegen/internal/table"
	"sitegen/internal/worked"
	"sitegen/wasm"
	"sitegen/wasm/run"
)

// Rules are a checked rule set and the module compiled from it.
type Rules struct {
	Set    *rules.Set
	Module []byte // the compiled module, without its description
	About  wasm.About
	Report prove.Report
	// Interview is the result of the proof of the interview.
	Interview prove.InterviewReport
	Probes    int // number of visitors for whom the module and the tables were compared
}

// compileRules checks and compiles the rules of a content folder. It returns nil if the content has no checker, if the rules cannot be
// compiled, or if the words of the checker's pages have an error. If only the rules have errors, it may return a checker together with
// them.
func compileRules(ctx context.Context, source Source, loaded *site.Site) (*checker.Material, []diag.Diagnostic, error) {
	if loaded.Checker == nil {
		return nil, nil, nil
	}
	checked, found, err := source.Rules.check(ctx, source.Content, source.ContentName)
	if err != nil || checked == nil {
		return nil, found, err
	}
	checker, wrong, err := source.checker(ctx, checked, loaded)
	return checker, append(found, wrong...), err
}

// checker collects the data of the checker's pages. It returns nil if a diagnostic is an error.
func (s Source) checker(ctx context.Context, checked *Rules, loaded *site.Site) (*checker.Material, []diag.Diagnostic, error) {
	page, _, found, err := s.wordsOf(checked.Set, loaded)
	if err != nil || diag.HasErrors(found) {
		return nil, found, err
	}
	p := checked.Set.Program
	noScript, faults, err := writeOut(ctx, p, loaded)
	if found = append(found, faults...); err != nil || diag.HasErrors(faults) {
		return nil, found, err
	}
	return &checker.Material{Program: p, Module: checked.Module, File: checked.describe(loaded), Words: page, NoScript: noScript}, found, nil
}

// describe returns the module as it is published: with a section that describes it, including the groups and private values that the site
// defines.
func (r *Rules) describe(loaded *site.Site) []byte {
	about, asked := r.About, interview.New(r.Set.Program, loaded)
	about.Inputs = slices.Clone(about.Inputs)
	for i := range about.Inputs {
		in := &about.Inputs[i]
		in.Groups = describeGroups(asked, asked.Inputs[i].Groups)
		for _, value := range asked.Inputs[i].Private {
			in.Private = append(in.Private, asked.Program.Names.Inputs[i].Values[value])
		}
	}
	about.Circumstances = describeGroups(asked, asked.Circumstances)
	return wasm.Describe(r.Module, about)
}

func describeGroups(asked *interview.Interview, groups []interview.Group) []wasm.Group {
	var list []wasm.Group
	for _, group := range groups {
		described := wasm.Group{ID: group.Title}
		for _, choices := range asked.InChoices(group.Values) {
			described.Choices = append(described.Choices, wasm.Choices(choices))
		}
		list = append(list, described)
	}
	return list
}

// RulesMemory keeps the last rules that were checked without any finding, for a program that builds repeatedly. They are not
// checked again until one of their files or an insurer's profile changes.
type RulesMemory struct {
	mu   sync.Mutex
	last *Rules
	hash string // the hash of the rules' files and of the insurers' profiles
}

// remembered are the files whose change makes RulesMemory check the rules again.
var remembered = slices.Concat(ruleFiles, []string{"profiles/*/profile.yaml"})

func (m *RulesMemory) check(ctx context.Context, content fs.FS, name string) (*Rules, []diag.Diagnostic, error) {
	if m == nil {
		return CheckRules(ctx, content, name)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	hash := hashFiles(content, remembered...)
	if m.last != nil && m.hash == hash {
		return m.last, nil, nil
	}
	checked, found, err := CheckRules(ctx, content, name)
	m.last = nil
	if err == nil && checked != nil && len(found) == 0 && hashFiles(content, remembered...) == hash { // otherwise a file was saved during the check
		m.last, m.hash = checked, hash
	}
	return checked, found, err
}

// CheckRules loads the rules of a content folder, proves them for every possible visitor, tries the worked cases, compiles the rules, and
// compares the module with the tables. If there is no error, it compares the rules with those accepted last. It also returns rules with
// mistakes, if they can be compiled; otherwise it returns nil.
//
// The proof of the interview takes longer than everything else together. If the rules are the same as those accepted last, and their
// interview was proven then, the proof is not repeated. The error is about the machine, or says that the context ended. An author's
// mistake is a diagnostic.
func CheckRules(ctx context.Context, content fs.FS, name string) (*Rules, []diag.Diagnostic, error) {
	return checkRules(ctx, content, name, false)
}

// ProveRules is like CheckRules, but proves the interview again even if the accepted rules include that proof. The error is about the
// machine; an author's mistake is a diagnostic.
func ProveRules(ctx context.Context, content fs.FS, name string) (*Rules, []diag.Diagnostic, error) {
	return checkRules(ctx, content, name, true)
}

func checkRules(ctx context.Context, content fs.FS, name string, anew bool) (*Rules, []diag.Diagnostic, error) {
	content = plaintext.Until(ctx, content)
	r, found, err := CompileRules(content, name)
	if err != nil || r == nil {
		return nil, found, err
	}
	accepted, err := change.ReadAccepted(r.Set, content, name)
	if err != nil {
		return nil, found, err
	}
	var changed []diag.Diagnostic
	known := accepted
	if anew {
		known = &change.Accepted{}
	}
	proof, err := r.prove(ctx, known, func() { changed = change.Check(r.Set, accepted) })
	if err != nil {
		return nil, found, err
	}
	if found = append(found, proof...); !diag.HasErrors(found) { // if the rules have an error, their changes do not matter
		found = append(found, changed...)
	}
	diag.Sort(found)
	return r, found, nil
}

// prove proves compiled rules. It leaves out the proof of the interview if the accepted rules (`known`) include that proof. In parallel it
// tries the worked cases and the remedies, and compares the module with the tables. After the proof, it calls the function `more`. If the
// context ends, prove returns early, with the context's error.
func (r *Rules) prove(ctx context.Context, known *change.Accepted, more func()) ([]diag.Diagnostic, error) {
	var proof, cases []diag.Diagnostic
	r.Set.Until(ctx.Err)
	defer r.Set.Until(nil)
	tasks := []func() error{
		func() error {
			r.Report, proof = prove.Verify(r.Set)
			if !diag.HasErrors(proof) { // if the rules have an error, their interview does not matter
				var interview []diag.Diagnostic
				if known.ProvesInterview(r.Set) {
					r.Interview = prove.InterviewReport{Accepted: true, Proven: 1}
				} else {
					r.Interview, interview = prove.VerifyInterview(r.Set)
				}
				proof = append(proof, interview...)
			}
			more()
			return nil
		},
		func() error {
			probes := space.Probes(r.Set.Ended, r.Set.Program)
			cases = append(worked.Check(r.Set), prove.CheckRemedies(r.Set, probes)...)
			return r.compare(ctx, probes)
		},
	}
	err := parallel.Each(len(tasks), func() func(int) error {
		return func(i int) (err error) {
			defer rules.Stopped(&err)
			return tasks[i]()
		}
	})
	return append(proof, cases...), err
}

// CompileRules loads and compiles the rules without proving them. It returns nil if they cannot be compiled. The error is about the
// machine; an author's mistake is a diagnostic.
func CompileRules(content fs.FS, name string) (*Rules, []diag.Diagnostic, error) {
	facts, err := rulefacts.Read(content)
	if err != nil {
		return nil, nil, err
	}
	set, found, err := prove.Load(content, name, facts)
	if err != nil || set == nil {
		return nil, found, err
	}
	tables := set.Program.Encode()
	if err := wasm.Check(tables); err != nil {
		// If Verify has findings, such as a gap or a last row with conditions, they explain the problem better.
		_, proof := prove.Verify(set)
		if !diag.HasErrors(proof) {
			proof = []diag.Diagnostic{(&diag.File{Name: name + "/rules/decide.yaml"}).Whole("rule-too-large", diag.Wording{JA: "モジュールに収まりません", EN: err.Error()})}
		}
		return nil, append(append(found, proof...), worked.Check(set)...), nil
	}
	r := &Rules{Set: set, Module: wasm.Compile(tables)}
	sum := sha256.Sum256(r.Module)
	r.About = set.About(hex.EncodeToString(sum[:6]), hashFiles(content, ruleFiles...))
	return r, found, nil
}

// ruleFiles are the files that rules are compiled from. Profiles are not among them, because they only affect the worked cases
// and the command `sitegen ask`.
var ruleFiles = []string{"rules/*.yaml", "rules/*.json", "facts.yaml", "policies.yaml", "sources.yaml"}

// hashFiles hashes the files that match these patterns, as the rules read them: different line ends give the same hash. A file that cannot
// be read counts as empty; the code that uses the file reports why.
func hashFiles(content fs.FS, patterns ...string) string {
	sum := sha256.New()
	for _, pattern := range patterns {
		files, err := fs.Glob(content, pattern)
		if err != nil {
			panic("BUG: " + err.Error()) // the pattern is malformed
		}
		for _, file := range files {
			f, _, _ := plaintext.Read(content, "", file)
			fmt.Fprintf(sum, "%s %d\n", file, len(f.Data))
			sum.Write(f.Data)
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// compare checks that the module agrees with the tables: its own tables are the same, and for the visitor of every probe, the module gives
// the same result and asks the same next question. If they differ, compare panics, because that is a bug in sitegen. The error is that of
// an ended context.
func (r *Rules) compare(ctx context.Context, probes []space.Probe) error {
	p := r.Set.Program
	tables, err := wasm.Tables(r.Module)
	if err != nil || !bytes.Equal(tables, p.Encode()) {
		panic(fmt.Sprint("BUG: the tables in the module are others than were compiled: ", err))
	}
	read, err := table.Decode(tables)
	plain := *p
	plain.Names = table.Names{}
	if err != nil || fmt.Sprint(*read) != fmt.Sprint(plain) {
		panic(fmt.Sprint("BUG: the tables read back are others than the checked ones: ", err))
	}
	r.Probes = len(probes)
	const chunk = 1024
	var modules []*run.Module
	var mu sync.Mutex
	defer func() {
		for _, module := range modules {
			module.Close(context.WithoutCancel(ctx))
		}
	}()
	err = parallel.Each((len(probes)+chunk-1)/chunk, func() func(int) error {
		module, err := run.New(ctx, r.Module)
		if err == nil {
			mu.Lock()
			modules = append(modules, module)
			mu.Unlock()
		}
		return func(i int) error {
			if err := cmp.Or(ctx.Err(), err); err != nil {
				return err
			}
			for _, probe := range probes[i*chunk : min(len(probes), (i+1)*chunk)] {
				if err := differ(ctx, p, module, probe); err != nil {
					return err
				}
			}
			return nil
		}
	})
	if ctx.Err() == nil && err != nil {
		panic("BUG: " + err.Error())
	}
	return ctx.Err()
}

// differ returns an error that says how the module and the tables differ for a visitor, or nil if they agree.
func differ(ctx context.Context, p *table.Program, module *run.Module, probe space.Probe) error {
	got, err := module.Decide(ctx, probe.Raw)
	if want := p.Run(probe.Raw); err != nil || !reflect.DeepEqual(got, want) {
		return fmt.Errorf("the module says %+v (%v), the tables say %+v about %v", got, err, want, probe.Raw)
	}
	next, err := module.Next(ctx, probe.Raw, probe.Open)
	if want := p.Next(probe.Raw, probe.Open); err != nil || !reflect.DeepEqual(next, want) {
		return fmt.Errorf("the module asks %+v next (%v), the tables %+v about %v, open in part %v", next, err, want, probe.Raw, probe.Open)
	}
	return nil
}
