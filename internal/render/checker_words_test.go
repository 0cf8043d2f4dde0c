package render

import (
	"os"
	"regexp"
	"slices"
	"testing"
)

// The script knows the words of the page by their numbers alone.
func TestScriptAndPageNumberTheWordsAlike(t *testing.T) {
	source, err := os.ReadFile("../../themes/default/script/checker/words.ts")
	if err != nil {
		t.Fatal(err)
	}
	body := regexp.MustCompile(`(?s)enum W \{(.*)\}`).FindSubmatch(source)[1]
	if names := regexp.MustCompile(`\w+`).FindAllString(string(body), -1); !slices.Equal(names, scriptWords) {
		t.Errorf("words.ts: %v\nchecker.go: %v", names, scriptWords)
	}
}
