package render

import (
	"bytes"
	"fmt"
	"strings"

	"sitegen/internal/bundle"
	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// railScript brings what stands beside the main part on wide screens, railStyle is its style; styleMark and railMark stand in the
// script where that goes, and where the list of topics does.
const (
	railScript = "rail"
	railStyle  = "rail"
	railMark   = "@rail@"
	railsPath  = "topics.js"
)

// newRail returns the theme's script for it, with its style.
func newRail(assets *bundle.Assets) (bundle.Script, error) {
	script, err := withStyle(assets, railScript, railStyle)
	if err == nil && !bytes.Contains(script.Content, []byte(railMark)) {
		err = fmt.Errorf("the theme's script/%s.ts has no place for the list of topics: %s", railScript, railMark)
	}
	return script, err
}

// withStyle returns one of the theme's scripts with a style sheet in it, which those who do not load it do not pay for.
func withStyle(assets *bundle.Assets, name, style string) (bundle.Script, error) {
	script, ok := assets.Scripts[name]
	css, styled := assets.Styles[style]
	if !ok || !styled || !bytes.Contains(script.Content, []byte(styleMark)) {
		return script, fmt.Errorf("the theme has no script/%s.ts with a place for style/%s.css: %s", name, style, styleMark)
	}
	return script.Fill(name, styleMark, quoted.Replace(css.Text)), nil
}

// quoted writes a text for within a string of a script, whichever quotes are around it.
var quoted = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "'", `\'`, "`", "\\`", "$", `\$`, "\n", `\n`)

// railView is what the template of the list of topics sees.
type railView struct {
	*shell
	Topics []railTopic
}

// railTopic is a topic of the list, with its questions where it is the one that is open.
type railTopic struct {
	ID    string
	Title site.Phrase
	Rows  markup.HTML
}

// railPath is where the script lies, from its language's folder, that shows all topics and the questions of one.
func railPath(open *site.Topic) string { return strings.TrimSuffix(topicPath(open), ".html") + ".js" }

// listRails lists the scripts that bring the list of topics: with the questions of each, and with none.
func (r *Renderer) listRails(e *edition) {
	r.add(e.ID+"/"+railsPath, e.rail(nil))
	for _, topic := range r.site.Topics {
		r.add(e.ID+"/"+railPath(topic), e.rail(topic))
	}
}

// rail makes the script that brings the list of topics with the questions of one of them; with none where open is nil. Its links begin
// at the language's folder.
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
		err := e.readable(func(w *markup.Writer) error {
			list, err := e.r.layouts[""].Run("rail", view)
			fragment(w, list, "")
			return err
		})(&html)
		w.Write(e.r.rail.Fill(railScript, railMark, quoted.Replace(html.String())).Content)
		return err
	}
}
