package markup

import "testing"

// No content can end the text, the attribute, the script or the style that contains it.
func TestEscapes(t *testing.T) {
	const hostile = `"'><img src=x onerror=a()></script></style>&amp;` + "\x00"
	var w Writer
	w.Text(hostile)
	w.Prose(hostile)
	w.Attr("a", hostile)
	for name, c := range map[string]struct{ got, want HTML }{
		"text":      {Escape(hostile), "&#34;&#39;&gt;&lt;img src=x onerror=a()&gt;&lt;/script&gt;&lt;/style&gt;&amp;amp;\ufffd"},
		"attribute": {HTML(Attr("a", hostile)), ` a="&#34;'&gt;&lt;img src=x onerror=a()&gt;&lt;/script&gt;&lt;/style&gt;&amp;amp;` + "\ufffd" + `"`},
		"written":   {w.Done(), Escape(hostile) + "&#34;'&gt;&lt;img src=x onerror=a()&gt;&lt;/script&gt;&lt;/style&gt;&amp;amp;\ufffd" + HTML(Attr("a", hostile))},
		"style":     {Style("a{}</style><b>"), `<style>a{}<\/style><b></style>`},
		"script":    {HTML(Inline("</script>")), `<\/script>`},
		"data":      {Data("</script>&"), `"\u003c/script\u003e\u0026"`},
	} {
		if c.got != c.want {
			t.Errorf("%s\n got %q\nwant %q", name, c.got, c.want)
		}
	}
}

// A NUL stays in an address, because a resolver marks the path to the root with it. All other control characters are
// percent-encoded.
func TestAddress(t *testing.T) {
	var w Writer
	w.Address("\x00faq/x.html\x01\x7f?a&b\"%41%4")
	if got, want := string(w.Done()), "\x00faq/x.html%01%7F?a&amp;b%22%41%254"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestMarkIsOfLettersAndDigits(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("markup passes for a mark")
		}
	}()
	Bare(` onload="x"`)
}

func TestInsert(t *testing.T) {
	if got := Insert("abc", []int{0, 2, 3}, "<i>"); got != "<i>ab<i>c<i>" {
		t.Error(got)
	}
}
