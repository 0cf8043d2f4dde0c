package change

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/explain"
	"sitegen/internal/rulefile"
	"sitegen/internal/rules"
	"sitegen/internal/strictjson"
)

// person is somebody in boundariesFile: the comparison for which they are an example (Of), their answers, and the complete
// answer that they get.
type person struct {
	Of      string         `json:"of"`
	Answers rules.Answers  `json:"answers"`
	Gets    explain.Answer `json:"gets"`

	raw   []int32
	place rules.Place
}

// personOf makes a person from raw answers.
func personOf(s *rules.Set, of string, raw []int32) person {
	return person{Of: of, Answers: s.Answers(s.Plain(raw)), Gets: explain.AnswerOf(s.Program, raw), raw: raw}
}

// boundariesJSON is the layout of boundariesFile.
type boundariesJSON struct {
	WrittenBy string            `json:"written_by"`
	People    []json.RawMessage `json:"people"`
	Hidden    []string          `json:"hidden"`
}

// writeBoundaries returns boundariesFile with these people, one per line, and the mutants that would change nobody's answer.
func writeBoundaries(people []person, hidden []string) []byte {
	var b bytes.Buffer
	b.WriteString("{\"written_by\": \"sitegen rules accept\",\n\"people\": [")
	for i, p := range people {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		b.Write(strictjson.Line(p))
	}
	b.WriteString("\n],\n\"hidden\": ")
	b.Write(strictjson.Line(append([]string{}, hidden...)))
	b.WriteString("}\n")
	return b.Bytes()
}

// readBoundaries reads boundariesFile into a. If the file is damaged, a finding says so and names the command that writes
// the file again. readBoundaries returns an error only if the file cannot be read.
func readBoundaries(s *rules.Set, a *Accepted, content fs.FS, name string) error {
	f, found, err := rulefile.ReadGenerated(content, name, boundariesFile)
	if err != nil || len(found) > 0 {
		a.found = append(a.found, found...)
		return err
	}
	a.boundaries = f
	var y boundariesJSON
	if err := json.Unmarshal(f.Data, &y); err != nil {
		offset := 0
		if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
			offset = int(syntax.Offset) - 1
		}
		a.found = append(a.found, f.At(offset, "rule-accepted-unreadable", f.Name, notJSON))
		return nil
	}
	people, unknown := readPeople(s, f, y.People)
	a.turns, a.hidden, a.found = people, y.Hidden, append(a.found, unknown...)
	return nil
}

var notJSON = diag.Wording{JA: "ここはJSONではありません", EN: "this is not JSON"}

// readPeople reads people with the current rules. `unknown` has a finding for each person whose answers these rules cannot
// read.
func readPeople(s *rules.Set, f *diag.File, list []json.RawMessage) (people []person, unknown []diag.Diagnostic) {
	at := 0
	for _, text := range list {
		at += max(0, bytes.Index(f.Data[at:], text))
		p := person{place: rules.Place{File: f, Offset: at}}
		err := json.Unmarshal(text, &p)
		if err == nil {
			raw, refused := s.Raw(p.Answers, civil.Unset)
			if p.raw = raw; refused != nil {
				err = refused
			}
		}
		if err == nil && s.Program.Run(p.raw).Bad >= 0 {
			err = fmt.Errorf("%s: an answer is missing", p.Of)
		}
		if err != nil {
			unknown = append(unknown, p.place.At("rule-accepted-unreadable", f.Name, err.Error()))
			continue
		}
		people = append(people, p)
	}
	return people, unknown
}
