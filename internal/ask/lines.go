package ask

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/interview"
	"sitegen/internal/rules"
	"sitegen/internal/terminal"
)

// longestLine is the maximum length of a line of answers, in bytes.
const longestLine = 1 << 20

// Lines writes one answer or error for each line of `in`. It flushes `out` whenever the input buffer is empty, so that a program
// can ask, wait for the answer, and ask again. `allFine` is false if a line had an error. `err` is an error of reading or
// writing.
func (a *Asker) Lines(in io.Reader, out io.Writer) (allFine bool, err error) {
	r, w := bufio.NewReaderSize(in, 64<<10), bufio.NewWriterSize(out, 64<<10)
	allFine = true
	for number := 1; ; number++ {
		line, last, err := readLine(r)
		if err != nil {
			return allFine, errors.Join(w.Flush(), err)
		}
		if last && len(line) == 0 {
			return allFine, w.Flush()
		}
		if number == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if bad := a.line(w, line, number); bad != nil {
			allFine = false
		}
		if r.Buffered() == 0 {
			if err := w.Flush(); err != nil {
				return allFine, err
			}
		}
		if last {
			return allFine, w.Flush()
		}
	}
}

// readLine returns the next line without its line end. `last` is true if the input ends with this line. readLine returns at most
// longestLine+1 bytes of a line, which is enough for the caller to see that the line is too long.
func readLine(r *bufio.Reader) (line []byte, last bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if room := longestLine + 1 - len(line); len(part) > room {
			line = append(line, part[:room]...)
		} else {
			line = append(line, part...)
		}
		switch {
		case err == nil:
			return bytes.TrimRight(line, "\r\n"), false, nil
		case err == io.EOF:
			return bytes.TrimRight(line, "\r"), true, nil
		case err != bufio.ErrBufferFull:
			return nil, true, err
		}
	}
}

// line writes the answer to one line, or the error in the line. It returns that error, or nil. `number` is the number of the
// line, from 1.
func (a *Asker) line(w io.Writer, line []byte, number int) *rules.AnswerError {
	answers, bad := parseAnswers(line)
	var raw []int32
	if bad == nil {
		raw, bad = a.set.Raw(a.withProfile(answers), a.Today)
	}
	var result rules.Result
	if bad == nil {
		result, bad = a.decide(raw)
	}
	switch {
	case a.words != nil && bad != nil:
		fmt.Fprintf(w, "%d: %s [%s]\n\n", number, bad.In(a.Language), bad.Code)
	case a.words != nil:
		a.tell(w, a.words.of(a.set, answers, raw), raw, interview.Answers{}.IsUnsure, result)
		fmt.Fprintln(w)
	case bad != nil:
		terminal.WriteJSON(w, map[string]any{"error": map[string]string{"code": bad.Code, "message": bad.Message}})
	case a.Explains:
		terminal.WriteJSON(w, a.explain(raw, result))
	default:
		terminal.WriteJSON(w, result)
	}
	return bad
}

// parseAnswers reads one JSON object. It refuses a line that is empty or too long, duplicate keys, and text after the object.
func parseAnswers(line []byte) (rules.Answers, *rules.AnswerError) {
	switch {
	case len(bytes.TrimSpace(line)) == 0:
		return nil, badLine("empty_line", phrase{"行が空です。何も答えない人は {} と書きます", "the line is empty; somebody who answers nothing is {}"})
	case len(line) > longestLine:
		return nil, badLine("too_long", phrase{"行が%dバイトより長いです", "the line is longer than %d bytes"}, longestLine)
	}
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	if start, err := decoder.Token(); err != nil {
		return nil, badJSON(line)
	} else if start != json.Delim('{') {
		return nil, badLine("bad_json", phrase{"一行は一つのJSONオブジェクトです: {…}", "a line is one JSON object: {…}"})
	}
	answers := rules.Answers{}
	for decoder.More() {
		key, err := decoder.Token()
		id, ok := key.(string)
		var value any
		if err == nil && ok {
			err = decoder.Decode(&value)
		}
		if err != nil || !ok {
			return nil, badJSON(line)
		}
		if _, twice := answers[id]; twice {
			return nil, badLine("duplicate_input", phrase{"「%s」が二度あります", "%q is there twice"}, rules.Clip(id))
		}
		if number, ok := value.(json.Number); ok {
			f, err := strconv.ParseFloat(number.String(), 64)
			if err != nil {
				f = math.MaxFloat64 // no input accepts a number as large as this one
			}
			value = f
		}
		answers[id] = value
	}
	if _, err := decoder.Token(); err != nil {
		return nil, badJSON(line)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, badLine("bad_json", phrase{"オブジェクトのあとに、ほかのものがあります", "there is something behind the object"})
	}
	return answers, nil
}

func badLine(code string, p phrase, args ...any) *rules.AnswerError {
	words := diag.Wording{JA: fmt.Sprintf(p[0], args...), EN: fmt.Sprintf(p[1], args...)}
	return &rules.AnswerError{Code: code, Message: words.EN, Words: words}
}

// badJSON returns an error that says at which character a line stops being JSON. It replaces the messages of encoding/json, which
// are written for programmers.
func badJSON(line []byte) *rules.AnswerError {
	at := len(line)
	var fault *json.SyntaxError
	// A NUL byte is never valid JSON. After such a byte is appended, a line that is cut short has its syntax error at its end.
	if err := json.Unmarshal(append(line[:at:at], 0), new(any)); errors.As(err, &fault) {
		at = min(at, max(0, int(fault.Offset)-1))
	}
	if at == len(line) {
		return badLine("bad_json", phrase{"JSONとして読めません。途中で終わっています", "this is not JSON: it ends too early"})
	}
	return badLine("bad_json", phrase{"JSONとして読めません。%d文字目から先がわかりません: %s", "this is not JSON: from character %d on it cannot be read: %s"},
		utf8.RuneCount(line[:at])+1, rules.Clip(string(line[at:])))
}
