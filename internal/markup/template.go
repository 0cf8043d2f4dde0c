package markup

import (
	"bytes"
	"html/template"
)

// Template is a set of templates of html/template. They escape each value for its context, and insert [HTML], [Attributes] and
// [Script] unchanged.
type Template struct{ templates *template.Template }

// NewTemplate returns an empty set. A template in it fails if it uses a key that a map does not have.
func NewTemplate() *Template { return &Template{template.New("").Option("missingkey=error")} }

// MustParse returns a set with one template. `source` is a constant of the program; MustParse panics if it cannot be parsed.
func MustParse(name string, source HTML) *Template {
	t := NewTemplate()
	if err := t.Parse(name, string(source)); err != nil {
		panic("BUG: " + err.Error())
	}
	return t
}

// Parse adds a template and the templates that it defines. The error is that of html/template, with name and line.
func (t *Template) Parse(name, source string) error {
	_, err := t.templates.New(name).Parse(source)
	return err
}

// Clone copies a set. It fails if one of the templates was executed before.
func (t *Template) Clone() (*Template, error) {
	clone, err := t.templates.Clone()
	return &Template{clone}, err
}

// Run executes the template with this name on a value, and returns the result. An error is due to a mistake in the template.
func (t *Template) Run(name string, view any) (HTML, error) {
	var b bytes.Buffer
	err := t.templates.ExecuteTemplate(&b, name, view)
	return HTML(b.String()), err
}
