package wasm_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"sitegen/internal/table"
	"sitegen/wasm"
	"sitegen/wasm/internal/sample"
)

// The host that docs/module.md gives for Python asks the same questions with the same values as the reference, and ends with
// the same decision. The test runs the commands of the document.
func TestDocumentedHostInPython(t *testing.T) {
	for command, debian := range map[string]string{"wasm2c": "wabt", "gcc": "gcc", "python3": "python3"} {
		if _, err := exec.LookPath(command); err != nil {
			t.Fatalf("%s is not installed: it is in Debian's package %s", command, debian)
		}
	}
	for name, p := range map[string]*table.Program{"site": askedAgain(siteRules(t)), "sample": talkative()} {
		folder := t.TempDir()
		for file, content := range map[string][]byte{
			"host.py": example(t, "host.py"), "rules.wasm": wasm.Describe(wasm.Compile(p.Encode()), wasm.AboutTables(p, "1", "hash")), "rules.en.json": idsAsWords(p),
		} {
			if err := os.WriteFile(filepath.Join(folder, file), content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		commands := strings.Split(strings.TrimSpace(string(example(t, "py"))), "\n")
		last := len(commands) - 1
		printed(t, folder, strings.Join(commands[:last], "\n"))
		r, asked, again := rand.New(rand.NewPCG(1, 8)), 0, 0
		for range 8 {
			i := meet(r, p)
			asked, again = asked+i.asked, again+i.again
			python := exec.Command("sh", "-e", "-c", commands[last])
			python.Dir, python.Stdin = folder, strings.NewReader(i.typed.String())
			var wrong strings.Builder
			python.Stderr = &wrong
			out, err := python.Output()
			if err != nil {
				t.Fatalf("%s: %v\n%s%s", name, err, out, &wrong)
			}
			questions, answer, _ := strings.Cut(string(out), "\n{")
			if questions != strings.TrimSpace(i.printed.String()) {
				t.Fatalf("%s: printed\n%s\nnot\n%s", name, questions, &i.printed)
			}
			var got, want any
			json.Unmarshal([]byte("{"+answer), &got)
			json.Unmarshal(i.answer, &want)
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: %v, not %v", name, got, want)
			}
		}
		if t.Logf("%s: %d questions, %d of them for more of a set", name, asked, again); asked < 8 || again == 0 {
			t.Errorf("%s: too few questions", name)
		}
	}
}

// meet draws a visitor and interviews them with the reference interpreter.
func meet(r *rand.Rand, p *table.Program) *interviewed {
	i := &interviewed{p: p, visitor: sample.Answers(r, p)}
	for p.Run(i.visitor).Bad >= 0 {
		i.visitor = sample.Answers(r, p)
	}
	i.run(20779)
	return i
}

// talkative returns random rules that have a table Enough. Their interviews ask again for further values of a set.
func talkative() *table.Program {
	for seed := uint64(0); ; seed++ {
		p, r, again := sample.Program(rand.New(rand.NewPCG(seed, 13)), sample.Real), rand.New(rand.NewPCG(1, 8)), 0
		for range 8 {
			again += meet(r, p).again
		}
		if again > 2 && len(p.Enough) > 0 {
			return p
		}
	}
}

// askedAgain returns the rules. If they have no step that asks for further documents, it adds one.
func askedAgain(p *table.Program) *table.Program {
	if !slices.ContainsFunc(p.Asks, func(ask table.Ask) bool { return ask.Again }) {
		p.Asks = append(p.Asks, table.Ask{Input: p.InputOf(p.Held), Again: true})
	}
	return p
}

// idsAsWords returns a file of words in which everything is called by its id.
func idsAsWords(p *table.Program) []byte {
	type named struct {
		Title  string           `json:"title,omitempty"`
		Name   string           `json:"name,omitempty"`
		Values map[string]named `json:"values,omitempty"`
	}
	words := map[string]map[string]named{"questions": {}, "outcomes": {}}
	for _, in := range p.Names.Inputs {
		values := map[string]named{}
		for _, id := range in.Values {
			values[id] = named{Name: id}
		}
		words["questions"][in.ID] = named{Title: in.ID, Values: values}
	}
	for _, id := range p.Names.Outcomes {
		words["outcomes"][id] = named{Title: id}
	}
	text, _ := json.Marshal(words)
	return text
}

// interviewed is a visitor whom the reference interpreter interviews. It collects what a person would type into the
// documented host, and what the host must print.
type interviewed struct {
	p              *table.Program
	visitor        []int32
	raw, open      []int32
	typed, printed bytes.Buffer
	asked, again   int
	answer         []byte // as the host prints it
}

func (i *interviewed) run(visit int32) {
	i.raw, i.open = i.p.Unanswered(), make([]int32, sample.Slots(i.p))
	i.raw[i.p.Visit] = visit
	for {
		q := i.p.Next(i.raw, i.open)
		if q.Input < 0 {
			break
		}
		i.asked++
		names := &i.p.Names.Inputs[q.Input]
		if q.Again {
			i.again++
			i.printed.WriteString("+ ")
		}
		fmt.Fprintln(&i.printed, names.ID)
		var offered []int
		for value, id := range names.Values {
			if q.Values[value/31]>>(value%31)&1 != 0 && value != names.Unknown && !slices.Contains(names.Secret, value) {
				offered = append(offered, value)
				fmt.Fprintf(&i.printed, "%3d  %s\n", len(offered), id)
			}
		}
		i.typed.WriteString(i.take(q, offered) + "\n")
	}
	out, n := i.p.Run(i.raw), &i.p.Names
	fmt.Fprintln(&i.printed, n.Outcomes[out.Outcome])
	answer := map[string]any{
		"outcome": n.Outcomes[out.Outcome], "rule": n.Rows[out.Row], "sources": n.RowSources[out.Row], "until": nil,
		"also": names(n.Documents, out.Also), "not_alone": names(n.Documents, out.NotAlone), "bring": [][]string{}, "tell": []string{},
	}
	for _, set := range out.Bring {
		answer["bring"] = append(answer["bring"].([][]string), names(n.Documents, set))
	}
	for _, note := range out.Tell {
		answer["tell"] = append(answer["tell"].([]string), n.Notes[note])
	}
	if out.Until != table.NoDay {
		answer["until"] = dayText(out.Until)
	}
	if len(i.p.Enough) > 0 {
		answer["enough"] = []string{"no", "unsure", "yes"}[out.Enough]
	}
	i.answer, _ = json.Marshal(answer)
}

// `take` answers a question, and returns what somebody would type for this answer.
func (i *interviewed) take(q table.Question, offered []int) string {
	in, slot := &i.p.Inputs[q.Input], i.p.Slot(q.Input)
	value, own := -1, i.visitor[slot]
	switch {
	case in.Kind == table.Several:
		value = slices.IndexFunc(offered, func(v int) bool {
			s := slot + v/31
			return i.visitor[s]>>(v%31)&1 != 0 && i.visitor[s] != table.Missing && (i.raw[s] == table.Missing || i.raw[s]>>(v%31)&1 == 0)
		})
	case own == table.Missing:
	case own < 0 && own < -1<<30:
		value = slices.Index(offered, int(own-table.Missing-1))
	case in.Kind == table.Choice:
		value = slices.Index(offered, int(own))
	case in.Kind == table.Date:
		i.raw[slot] = own
		return dayText(own)
	default:
		i.raw[slot] = own
		return fmt.Sprint(own)
	}
	i.put(in, q, slot, value, offered)
	if value < 0 {
		return ""
	}
	return fmt.Sprint(value + 1)
}

// put records the answer offered[chosen]. If chosen is -1, the answer is "none of these" for a set, and otherwise "I don't
// know".
func (i *interviewed) put(in *table.Input, q table.Question, slot, chosen int, offered []int) {
	if in.Kind == table.Several {
		for s := slot; s < slot+in.Slots; s++ {
			i.raw[s] = max(i.raw[s], 0)
			if chosen >= 0 && offered[chosen]/31 == s-slot {
				i.raw[s] |= 1 << (offered[chosen] % 31)
			}
			if i.open[s] = ^i.raw[s]; chosen < 0 {
				i.open[s] = 0
			}
		}
		return
	}
	value := i.p.Names.Inputs[q.Input].Unknown
	if chosen >= 0 {
		value = offered[chosen]
	}
	switch {
	case value < 0:
		i.raw[slot] = in.Default
	case in.Kind == table.Choice:
		i.raw[slot] = int32(value)
	default:
		i.raw[slot] = table.Missing + 1 + int32(value)
	}
}

func dayText(day int32) string {
	return time.Unix(int64(day)*86400, 0).UTC().Format(time.DateOnly)
}
