package markup

import (
	"bytes"
	"html/template"
)

// Template is a set of templates of html/template, which escape each value for where it stands and insert [HTML],
// [Attributes] and [Script] as they are.
type Template struct{ templates *template.Template }

// NewTemplate returns an empty set. A key that a map lacks is an error.
func NewTemplate() *Template { return &Template{template.New("").Option("missingkey=error")} }

// MustParse returns a set of one template, which is a constant of the program.
func MustParse(name string, source HTML) *Template {
	t := NewTemplate()
	if err := t.Parse(name, string(source)); err != nil {
		panic("BUG: " + err.Error())
	}
	return t
}

// Parse adds a template, with those it defines. It returns the error of html/template, with name and line.
func (t *Template) Parse(name, source string) error {
	_, err := t.templates.New(name).Parse(source)
	return err
}

// Clone copies a set. It returns an error where one of its templates has run already.
func (t *Template) Clone() (*Template, error) {
	clone, err := t.templates.Clone()
	return &Template{clone}, err
}

// Run returns what a template makes of a value. An error is a mistake in the template.
func (t *Template) Run(name string, view any) (HTML, error) {
	var b bytes.Buffer
	err := t.templates.ExecuteTemplate(&b, name, view)
	return HTML(b.String()), err
}
