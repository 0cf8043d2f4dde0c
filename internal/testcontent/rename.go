package testcontent

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// Prefix is the prefix of every id in renamed content. No other content contains it.
const Prefix = "qzx"

// Rename returns a copy of content in which every id of rules, facts, terms, sources, policies, questions, topics and profiles has the
// Prefix. `places` says where ids are. Rename fails the test for a YAML or JSON file that `places` does not mention, so that the list
// stays complete. The copy lacks the accepted rules, the boundaries and the records of translations, which must be written anew, and
// every README.md.
func Rename(t testing.TB, content fstest.MapFS) fstest.MapFS {
	t.Helper()
	renamed := fstest.MapFS{}
	for name, file := range content {
		if path.Base(name) == "README.md" || name == "rules/accepted.yaml" || name == "rules/boundaries.json" ||
			strings.HasPrefix(name, "translated/") {
			continue
		}
		if bytes.Contains(file.Data, []byte(Prefix)) {
			t.Fatalf("%s holds the prefix", name)
		}
		text := string(file.Data)
		if front, rest, ok := frontMatter(name, text); ok {
			text = "---\n" + renameYAML(t, "front matter", front) + rest
		} else if path.Ext(name) != ".md" && path.Ext(name) != ".svg" {
			text = renameYAML(t, name, text)
		}
		renamed[renamePath(name)] = &fstest.MapFile{Data: []byte(renameTokens(text))}
	}
	return renamed
}

func frontMatter(name, text string) (front, rest string, ok bool) {
	if path.Ext(name) != ".md" || !strings.HasPrefix(text, "---\n") {
		return "", "", false
	}
	end := strings.Index(text[4:], "\n---")
	if end < 0 {
		return "", "", false
	}
	return text[4 : 4+end+1], text[4+end+1:], true
}

// renamePath renames the folders of insurers, topics and questions in a path.
func renamePath(name string) string {
	parts := strings.Split(name, "/")
	for i := range parts[:len(parts)-1] {
		if i > 0 && (parts[i-1] == "profiles" || parts[i-1] == "faq" || i > 1 && parts[i-2] == "faq") {
			parts[i] = Prefix + parts[i]
		}
	}
	return strings.Join(parts, "/")
}

var (
	factToken  = regexp.MustCompile(`fact:([a-z])`)
	otherToken = regexp.MustCompile(`([{](?:term|policy|picture):|[(]faq:)([a-z])`)
	differsKey = regexp.MustCompile(`(?m)^(  "?(?:questions|documents|outcomes|notes|conditions|rows|topics|facts|changed|policies)\.)([a-z])`)
	ifBlock    = regexp.MustCompile(`(?m)^:::+ if .*$`)
	ifWord     = regexp.MustCompile(`[a-z][a-z0-9_]*`)
)

// renameTokens renames the ids in tokens, links and conditions of texts.
func renameTokens(text string) string {
	text = factToken.ReplaceAllString(text, "fact:"+Prefix+"$1")
	text = otherToken.ReplaceAllString(text, "${1}"+Prefix+"$2")
	text = differsKey.ReplaceAllString(text, "${1}"+Prefix+"$2")
	return ifBlock.ReplaceAllStringFunc(text, func(line string) string {
		return ifWord.ReplaceAllStringFunc(line, func(word string) string {
			if slices.Contains([]string{"if", "is", "or", "not", "set", "unset"}, word) {
				return word
			}
			return Prefix + word
		})
	})
}

// conditionWords are the words of the language of conditions. They are not ids, and neither are the words after "enough = ".
var conditionWords = strings.Fields("unset not or is fact outcome enough remedy tell start bring alone first also not_alone first_held earlier later end_of_month months_before months_after day_after day_before reaches_age")

var conditionWord = regexp.MustCompile(`fact:[a-z0-9_]+|[a-z][a-z0-9_]*`)

func renameCondition(text string) string {
	return conditionWord.ReplaceAllStringFunc(text, func(word string) string {
		if strings.HasPrefix(word, "fact:") || slices.Contains(conditionWords, word) || regexp.MustCompile(`^(?:not )?enough = `).MatchString(text) {
			return word
		}
		return Prefix + word
	})
}

// where describes where ids are in the files whose names match the pattern `files`. The other fields are patterns of paths inside a
// file: `keys` matches mappings whose keys are ids, `ids` matches texts that are ids, and `conditions` matches texts that are
// conditions. A path consists of keys, with [] for a list item; ^ is the mapping at the top of a file.
type where struct{ files, keys, ids, conditions string }

var places = []where{
	{`^site\.yaml$`, ``, `topics/\[\]|popular/\[\]`, ``},
	{`^facts\.yaml$`, ``, `[^/]+/(day_after|day_before|phone_of|hours_fact|sources/\[\]|address_seen/in)`, ``},
	{`^facts\.yaml$|^sources\.yaml$|^policies\.yaml$|^redirects\.yaml$|^rules/conditions\.yaml$|^rules/inputs\.yaml$|^rules/weights\.yaml$`, `^`, ``, ``},
	{`^sources\.yaml$`, ``, `[^/]+/address_seen/in`, ``},
	{`^words\.yaml$`, ``, ``, ``},
	{`^redirects\.yaml$`, ``, `[^/]+`, ``},
	{`^policies\.yaml$`, `[^/]+/values`, ``, ``},
	{`^glossary\.yaml$`, ``, `terms/\[\]/id|terms/\[\]/sources/\[\]|forbidden/\[\]/use`, ``},
	{`^coverage\.yaml$`, ``, `[^/]+/(page|policy|fact)`, ``},
	{`^search\.yaml$`, ``, `queries/[^/]+/\[\]/pages/\[\]`, ``},
	{`^text/.*\.yaml$`, `topics|facts|changed|policies|policies/[^/]+`, ``, ``},
	{`^profiles/[^/]+/profile\.yaml$`, `facts|policies|answers`, `document|contact/(phone|page)|popular/\[\]|hide/\[\]|policies/[^/]+|answers/[^/]+|facts/[^/]+/(day_after|day_before|phone_of|hours_fact|sources/\[\]|address_seen/in)`, ``},
	{`^front matter$`, ``, `sources/\[\]|related/\[\]`, ``},
	{`^rules/inputs\.yaml$`, `[^/]+/(values|special|unknown)`, `[^/]+/default|[^/]+/unknown/[^/]+/values/\[\]|[^/]+/held_when/document`, `[^/]+/unknown/[^/]+/when/\[\]|[^/]+/held_when/when`},
	{`^rules/vocabulary\.yaml$`, `outcomes|documents|notes`, `(no_papers|always_accepted|first_words)/\[\]`, ``},
	{`^rules/conditions\.yaml$`, ``, `[^/]+/sources/\[\]`, `[^/]+/(all|any)/\[\]`},
	{`^rules/decide\.yaml$`, ``, `\[\]/layer|\[\]/rows/\[\]/(id|outcome|sources/\[\]|bring/\[\]/\[\])`, `\[\]/rows/\[\]/when/\[\]`},
	{`^rules/enough\.yaml$`, ``, `\[\]/(id|sources/\[\])`, `\[\]/when/\[\]`},
	{`^rules/interview\.yaml$`, `circumstances|secret|insured_elsewhere/\[\]`, `order/\[\]/ask|circumstances/[^/]+/\[\]|secret/[^/]+/\[\]|insured_elsewhere/\[\]/[^/]+/\[\]|contradictions/\[\]/id`, `order/\[\]/when/\[\]|contradictions/\[\]/when/\[\]`},
	{`^rules/add\.yaml$`, ``, `\[\]/(id|(tell|also|with|with_to|alone|sources)/\[\]|or/\[\]/\[\])`, `\[\]/when/\[\]`},
	{`^rules/weights\.yaml$`, `[^/]+`, `[^/]+/[^/]+/sources/\[\]`, ``},
	{`^rules/laws\.yaml$`, ``, `\[\]/id`, `\[\]/(when|always)/\[\]`},
	{`^rules/remedies\.yaml$`, `\[\]/(answers|for|not_for)`, `\[\]/id|\[\]/answers/[^/]+|\[\]/(for|not_for)/[^/]+/\[\]`, ``},
	{`^rules/page\.yaml$`, `tiles|pictures|private|groups|further|elsewhere|offered|not_asked|not_offered|missing|said_above|explain|circumstances/[^/]+|missing/[^/]+/\[\]/when|recent/\[\]/when|no_script/(with|leave_out)`,
		`(papers_first|steps)/\[\]|private/[^/]+/\[\]|recent/\[\]/when/[^/]+/\[\]|groups/[^/]+/[^/]+/\[\]|further/[^/]+/\[\]/(of/\[\]|yes)|circumstances/[^/]+/[^/]+/\[\]|(offered|not_asked|not_offered)/[^/]+/\[\]|` +
			`missing/[^/]+/\[\]/(told/\[\]|when/[^/]+/\[\])|nothing_else/(ask|answer)|not_enough/(care|pay|(pay_elsewhere|calling|unclear|call_elsewhere)/\[\])|calls/[^/]+/\[\]|explain/[^/]+|no_script/((papers|ask)/\[\]|(with|leave_out)/[^/]+/\[\])`, ``},
	{`^rules/text/.*\.yaml$`, `questions|documents|outcomes|notes|conditions|rows|enough|remedies|questions/[^/]+/(values|held)|outcomes/[^/]+/told`, ``, ``},
	{`^rules/cases\.json$`, `facts|cases/\[\]/answers`, `cases/\[\]/(outcome|bring_any_of/\[\]/\[\]|(not_alone|tell|never_offer|not_tell)/\[\]|answers/[^/]+|answers/[^/]+/\[\])`, ``},
}

// kept matches values that are not renamed although an id could be there: words of the program, numbers, and days.
var kept = regexp.MustCompile(`^(?:all|set|unset|general|profile|page|note|fact:.*|[0-9].*)$`)

// renamer collects the changes that rename the ids in one file.
type renamer struct {
	places  []where
	lines   []int // the offset of each line's first byte
	text    string
	changes []change
}

type change struct {
	at, length int
	with       string
}

func renameYAML(t testing.TB, name, text string) string {
	t.Helper()
	r := &renamer{text: text, lines: []int{0}}
	for _, p := range places {
		if regexp.MustCompile(p.files).MatchString(name) {
			r.places = append(r.places, p)
		}
	}
	if r.places == nil {
		t.Fatalf("the renaming of ids knows nothing of %s", name)
	}
	for i, c := range text {
		if c == '\n' {
			r.lines = append(r.lines, i+1)
		}
	}
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		t.Fatal(name, err)
	}
	for _, node := range document.Content {
		r.walk(node, "")
	}
	slices.SortFunc(r.changes, func(a, b change) int { return b.at - a.at })
	for _, c := range r.changes {
		if c.at+c.length > len(text) {
			t.Fatal(name, c)
		}
		text = text[:c.at] + c.with + text[c.at+c.length:]
	}
	return text
}

func (r *renamer) walk(node *yaml.Node, at string) {
	below := func(key string) string { return strings.TrimPrefix(at+"/"+key, "/") }
	switch node.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			key := node.Content[i]
			if r.stands(at, func(p where) string { return p.keys }) {
				r.rename(key, renameID)
			}
			r.walk(node.Content[i+1], below(key.Value))
		}
	case yaml.SequenceNode:
		for _, item := range node.Content {
			r.walk(item, below("[]"))
		}
	case yaml.ScalarNode:
		switch {
		case r.stands(at, func(p where) string { return p.ids }):
			r.rename(node, renameID)
		case r.stands(at, func(p where) string { return p.conditions }):
			r.rename(node, renameCondition)
		}
	}
}

func (r *renamer) stands(at string, of func(where) string) bool {
	return slices.ContainsFunc(r.places, func(p where) bool {
		pattern := of(p)
		return pattern == "^" && at == "" || pattern != "" && pattern != "^" && regexp.MustCompile(`^(?:`+pattern+`)$`).MatchString(at)
	})
}

func renameID(text string) string {
	if text == "" || kept.MatchString(text) {
		return text
	}
	return Prefix + text
}

// rename records a change: the text of a node becomes what the function `renamed` returns for it.
func (r *renamer) rename(node *yaml.Node, renamed func(string) string) {
	if tag := node.ShortTag(); tag != "!!str" && tag != "!!timestamp" {
		return // a number or null
	}
	start := r.lines[node.Line-1]
	for range node.Column - 1 { // the parser counts columns in characters
		_, size := utf8.DecodeRuneInString(r.text[start:])
		start += size
	}
	if node.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		start++
	}
	r.changes = append(r.changes, change{start, len(node.Value), renamed(node.Value)})
}
