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

	"sitegen/internal/build"
	"sitegen/internal/civil"
	"sitegen/internal/rules"
	machine "sitegen/wasm/run"
)

// asker answers visitors with the compiled module.
type asker struct {
	set     *rules.Set
	module  *machine.Module
	today   civil.Date
	profile string
	words   *wording // for people; nil for programs
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

// isTerminal reports whether somebody may type there. The empty device is of the same kind, and nobody.
func isTerminal(in io.Reader) bool {
	file, ok := in.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	nothing, _ := os.Stat(os.DevNull)
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && !os.SameFile(info, nothing)
}

// newAsker compiles the rules and starts the module.
func (c *console) newAsker(o *options) (a *asker, closeAsker func(), code int) {
	source, closeSource, code := c.open(o)
	if code != exitFine {
		return nil, nil, code
	}
	defer closeSource()
	compiled, code := c.compileRules(o, source)
	if code != exitFine {
		return nil, nil, code
	}
	a = &asker{set: compiled.Set, today: source.Today, profile: o.profile}
	if _, bad := a.set.Raw(a.withProfile(rules.Answers{}), a.today); bad != nil {
		return nil, nil, c.misuse(phrase{"--profile を読めません: %s", "--profile: %s"}, bad.Message)
	}
	if o.text || o.answers == "" {
		if a.words, code = c.loadWording(o, source); code != exitFine {
			return nil, nil, code
		}
	}
	ctx := context.Background()
	module, err := machine.New(ctx, compiled.File)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	a.module = module
	return a, func() { module.Close(ctx) }, exitFine
}

// compileRules compiles the rules of a content folder; what is wrong with them is told.
func (c *console) compileRules(o *options, source build.Source) (*build.Rules, int) {
	if !hasRules(source.Content) {
		return nil, c.misuse(phrase{"規則がありません: %s/rules", "there are no rules: %s/rules"}, o.content)
	}
	compiled, found, err := build.CompileRules(source.Content, source.ContentName)
	if err := errors.Join(c.print(o, found), err); err != nil {
		return nil, c.fail(err)
	}
	if compiled == nil {
		return nil, exitContent
	}
	return compiled, exitFine
}

func (a *asker) withProfile(answers rules.Answers) rules.Answers {
	if answers["profile"] == nil && a.profile != "" {
		answers["profile"] = a.profile
	}
	return answers
}

// longestLine bounds a line of answers.
const longestLine = 1 << 20

// answerLines answers line by line. What has been answered is handed on whenever there is nothing more to read.
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

// readLine reads a line without its end; last where the text ends with it. Of a line that is too long only the
// beginning is kept, one byte longer than is allowed.
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

// answerLine writes the answer to one line, or what is wrong with it.
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
		fmt.Fprintf(w, "%d: %s [%s]\n\n", number, bad.Message, bad.Code)
	case a.words != nil:
		a.words.write(w, a.set, raw, result)
		fmt.Fprintln(w)
	case bad != nil:
		writeLine(w, map[string]any{"error": map[string]string{"code": bad.Code, "message": bad.Message}})
	default:
		writeLine(w, result)
	}
	return bad
}

// decide asks the module.
func (a *asker) decide(raw []int32) (rules.Result, *rules.AnswerError) {
	out, err := a.module.Decide(context.Background(), raw)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	if out.Bad >= 0 {
		return rules.Result{}, a.set.Refusal(out.Bad)
	}
	return a.set.Result(rules.Output(out)), nil
}

func writeLine(w io.Writer, v any) {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.Encode(v) // the writer keeps its error for Flush
}

// parseAnswers reads one object. Nothing in it is overlooked: neither a key that is there twice nor what stands behind it.
func parseAnswers(line []byte) (rules.Answers, *rules.AnswerError) {
	wrong := func(code, format string, args ...any) (rules.Answers, *rules.AnswerError) {
		return nil, &rules.AnswerError{Code: code, Message: fmt.Sprintf(format, args...)}
	}
	switch {
	case len(bytes.TrimSpace(line)) == 0:
		return wrong("empty_line", "the line is empty; somebody who answers nothing is {}")
	case len(line) > longestLine:
		return wrong("too_long", "the line is longer than %d bytes", longestLine)
	}
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	if start, err := decoder.Token(); err != nil {
		return wrong("bad_json", "this is not JSON: %s", jsonFault(err))
	} else if start != json.Delim('{') {
		return wrong("bad_json", "a line is one JSON object: {…}")
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
			return wrong("bad_json", "this is not JSON: %s", jsonFault(err))
		}
		if _, twice := answers[id]; twice {
			return wrong("duplicate_input", "%q is there twice", clip(id))
		}
		if number, ok := value.(json.Number); ok {
			f, err := strconv.ParseFloat(number.String(), 64)
			if err != nil {
				f = math.MaxFloat64 // too large for anything
			}
			value = f
		}
		answers[id] = value
	}
	if _, err := decoder.Token(); err != nil {
		return wrong("bad_json", "this is not JSON: %s", jsonFault(err))
	}
	if _, err := decoder.Token(); err != io.EOF {
		return wrong("bad_json", "there is something behind the object")
	}
	return answers, nil
}

func jsonFault(err error) string {
	if err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "it ends too early"
	}
	return err.Error()
}

func clip(text string) string {
	if runes := []rune(text); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return text
}
