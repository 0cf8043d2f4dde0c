package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"unicode/utf8"

	"sitegen/internal/build"
	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/rules"
	machine "sitegen/wasm/run"
)

// asker answers visitors with the compiled module.
type asker struct {
	set     *rules.Set
	module  *machine.Module
	today   civil.Date
	profile string
	words   *wordings // sentences for people; nil if programs read the answers
	// language is "ja" or "en": the language of explanations, and of messages about a line that cannot be read.
	language string
	explains bool // whether each answer is followed by an explanation
}

func runAsk(c *console, o *options) int {
	if o.answers == "" && !isTerminal(c.in) {
		return c.misuse(phrase{"答えがありません: --%s", "there are no answers: --%s"}, "answers",
			c.words(phrase{"例: sitegen ask --answers answers.jsonl（- は標準入力）", "for example: sitegen ask --answers answers.jsonl (- is standard input)"}))
	}
	a, closeAsker, code := c.newAsker(o)
	if code != exitFine {
		return code
	}
	defer closeAsker()
	if o.answers == "" {
		return a.interview(c, c.in)
	}
	in := c.in
	if o.answers != "-" {
		file, err := os.Open(o.answers)
		if errors.Is(err, os.ErrNotExist) {
			return c.misuse(phrase{"ファイルがありません: %s", "there is no file %s"}, o.answers)
		}
		if err != nil {
			return c.fail(err)
		}
		defer file.Close()
		in = file
	}
	allFine, err := a.answerLines(in, c.out)
	switch {
	case err != nil:
		return c.fail(err)
	case !allFine:
		return exitContent
	}
	return exitFine
}

// isTerminal reports whether in is a terminal. The null device is a character device too, but nobody types there.
func isTerminal(in io.Reader) bool {
	file, ok := in.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	nothing, _ := os.Stat(os.DevNull)
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && !os.SameFile(info, nothing)
}

// newAsker compiles the rules and starts the module. Unless code is exitFine, the error has been printed, and a and closeAsker are
// nil.
func (c *console) newAsker(o *options) (a *asker, closeAsker func(), code int) {
	source, closeSource, code := c.openWithRules(o)
	if code != exitFine {
		return nil, nil, code
	}
	defer closeSource()
	compiled, code := c.compileRules(o, source)
	if code != exitFine {
		return nil, nil, code
	}
	a = &asker{set: compiled.Set, today: source.Today, profile: o.profile, language: c.language, explains: o.explain}
	if _, bad := a.set.Raw(a.withProfile(rules.Answers{}), a.today); bad != nil {
		return nil, nil, c.misuse(phrase{"--profile を読めません: %s", "--profile: %s"}, bad.In(c.language))
	}
	if o.text || o.answers == "" {
		if a.words, code = c.loadWording(o, source, a.set); code != exitFine {
			return nil, nil, code
		}
	}
	ctx := context.Background()
	module, err := machine.New(ctx, compiled.Module)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	a.module = module
	return a, func() { module.Close(ctx) }, exitFine
}

// compileRules compiles the rules of a content folder and prints the findings. It returns nil and an exit code if the rules have
// mistakes or cannot be read.
func (c *console) compileRules(o *options, source build.Source) (*build.Rules, int) {
	compiled, found, err := build.CompileRules(source.Content, source.ContentName)
	if err := errors.Join(c.print(o, found), err); err != nil {
		return nil, c.fail(err)
	}
	if compiled == nil {
		return nil, exitContent
	}
	return compiled, exitFine
}

// withProfile adds the insurer of --profile to answers that name no insurer. It changes and returns the given map.
func (a *asker) withProfile(answers rules.Answers) rules.Answers {
	if answers["profile"] == nil && a.profile != "" {
		answers["profile"] = a.profile
	}
	return answers
}

// longestLine is the maximum length of a line of answers, in bytes.
const longestLine = 1 << 20

// answerLines writes one answer or error for each line of in. It flushes out whenever the input buffer is empty, so that a program
// can ask, wait for the answer, and ask again. allFine is false if a line had an error. err is an error of reading or writing.
func (a *asker) answerLines(in io.Reader, out io.Writer) (allFine bool, err error) {
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
		if bad := a.answerLine(w, line, number); bad != nil {
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

// readLine returns the next line without its line end. last is true if the input ends with this line. readLine returns at most
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

// answerLine writes the answer to one line, or the error in the line. It returns that error, or nil. number is the number of the
// line, from 1.
func (a *asker) answerLine(w io.Writer, line []byte, number int) *rules.AnswerError {
	answers, bad := parseAnswers(line)
	var raw []int32
	if bad == nil {
		raw, bad = a.set.Raw(a.withProfile(answers), a.today)
	}
	var result rules.Result
	if bad == nil {
		result, bad = a.decide(raw)
	}
	switch {
	case a.words != nil && bad != nil:
		fmt.Fprintf(w, "%d: %s [%s]\n\n", number, bad.In(a.language), bad.Code)
	case a.words != nil:
		a.tell(w, a.words.of(answers), raw, result)
		fmt.Fprintln(w)
	case bad != nil:
		writeLine(w, map[string]any{"error": map[string]string{"code": bad.Code, "message": bad.Message}})
	case a.explains:
		writeLine(w, a.explain(raw, result))
	default:
		writeLine(w, result)
	}
	return bad
}

// tell writes an answer for people, with an explanation if --explain was given.
func (a *asker) tell(w io.Writer, words *wording, raw []int32, result rules.Result) {
	words.write(w, a.set, raw, result)
	if a.explains {
		(&explanation{words, a.set, a.language, w}).write(raw, result)
	}
}

// decide runs the module on encoded answers. It returns an error if the module refuses one of the answers.
func (a *asker) decide(raw []int32) (rules.Result, *rules.AnswerError) {
	out, err := a.module.Decide(context.Background(), raw)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	if out.Bad >= 0 {
		return rules.Result{}, a.set.Refusal(out.Bad)
	}
	return a.set.Result(out), nil
}

func writeLine(w io.Writer, v any) {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.Encode(v) // an error is not lost: w is buffered, and its Flush returns the error
}

// parseAnswers reads one JSON object. It refuses duplicate keys and text after the object.
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
	words := diag.Wording{JA: fmt.Sprintf(p.ja, args...), EN: fmt.Sprintf(p.en, args...)}
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
