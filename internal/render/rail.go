package render

import (
	"bytes"
	"fmt"
	"strings"

	"sitegen/internal/bundle"
	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// railScript adds the list of topics beside the main part on wide screens, and railStyle is the style of that list. styleMark
// and railMark are the placeholders in the script for the style and for the list. railsPath is the path, relative to the
// language's folder, of the script whose list has no questions.
const (
	railScript = "rail"
	railStyle  = "rail"
	railMark   = "@rail@"
	railsPath  = "topics.js"
)

// newRail returns the theme's script railScript with its style filled in. It returns an error if the theme lacks the script,
// its style or a placeholder in the script.
func newRail(assets *bundle.Assets) (bundle.Script, error) {
	script, err := withStyle(assets, railScript, railStyle)
	if err == nil && !bytes.Contains(script.Content, []byte(railMark)) {
		err = fmt.Errorf("the theme's script/%s.ts has no place for the list of topics: %s", railScript, railMark)
	}
	return script, err
}

// withStyle returns a script of the theme with a style sheet filled in, so that only pages that load the script load the style.
// It returns an error if the theme lacks the script, the style sheet or the placeholder for it.
func withStyle(assets *bundle.Assets, name, style string) (bundle.Script, error) {
	script, ok := assets.Scripts[name]
	css, styled := assets.Styles[style]
	if !ok || !styled || !bytes.Contains(script.Content, []byte(styleMark)) {
		return script, fmt.Errorf("the theme has no script/%s.ts with a place for style/%s.css: %s", name, style, styleMark)
	}
	return script.Fill(name, styleMark, quoted.Replace(css.Text)), nil
}

// quoted escapes a text for use in a string of a script, with any kind of quotes.
var quoted = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "'", `\'`, "`", "\\`", "$", `\$`, "\n", `\n`)

// railView is the data of the template of the list of topics.
type railView struct {
	*shell
	Topics []railTopic
}

// railTopic is a topic of the list. Rows has its questions; it is empty unless the topic is the open one.
type railTopic struct {
	ID    string
	Title site.Phrase
	Rows  markup.HTML
}

// railPath returns the path, relative to the language's folder, of the script whose list shows the questions of one topic.
func railPath(open *site.Topic) string { return strings.TrimSuffix(topicPath(open), ".html") + ".js" }

// listRails adds the scripts with the list of topics: one for each topic, with its questions, and one without questions.
func (r *Renderer) listRails(e *edition) {
	r.add(e.ID+"/"+railsPath, e.rail(nil))
	for _, topic := range r.site.Topics {
		r.add(e.ID+"/"+railPath(topic), e.rail(topic))
	}
}

// rail returns a function that renders the script with the list of topics. The list has the questions of the topic `open`, or
// no questions if `open` is nil. Its links are relative to the language's folder.
func (e *edition) rail(open *site.Topic) func(*bytes.Buffer) error {
	return func(w *bytes.Buffer) error {
		view := railView{shell: &shell{Language: e.Language}}
		for _, topic := range e.r.site.Topics {
			if len(e.r.site.QuestionsOf(topic)) == 0 {
				continue
			}
			title, _ := e.Topic(topic)
			one := railTopic{ID: topic.ID, Title: title}
			if topic == open {
				one.Rows = e.rowsHTML("", e.r.site.QuestionsOf(topic))
			}
			view.Topics = append(view.Topics, one)
		}
		var html bytes.Buffer
		err := e.readable(&html, func(w *markup.Writer) error {
			list, err := e.r.layouts[""].Run("rail", view)
			fragment(w, list, "")
			return err
		})
		w.Write(e.r.rail.Fill(railScript, railMark, quoted.Replace(html.String())).Content)
		return err
	}
}
