package markup

import (
	"bytes"
	"strconv"
	"strings"
)

// Writer puts markup together. The zero value is an empty writer with its own buffer; [In] returns one that appends to a given buffer.
type Writer struct {
	own    bytes.Buffer
	target *bytes.Buffer // nil if the writer uses its own buffer
}

// In returns a writer that appends to a buffer.
func In(b *bytes.Buffer) *Writer { return &Writer{target: b} }

func (w *Writer) buffer() *bytes.Buffer {
	if w.target != nil {
		return w.target
	}
	return &w.own
}

// HTML writes finished markup.
func (w *Writer) HTML(parts ...HTML) {
	b := w.buffer()
	for _, part := range parts {
		b.WriteString(string(part))
	}
}

// Attributes writes finished attributes in a start tag.
func (w *Writer) Attributes(a Attributes) { w.buffer().WriteString(string(a)) }

// Attr writes an attribute in a start tag, with its value in double quotes.
func (w *Writer) Attr(name HTML, value string) {
	w.HTML(" ", name, `="`)
	w.Prose(value)
	w.HTML(`"`)
}

// Text writes a text, escaped with [Escape].
func (w *Writer) Text(text string) { w.HTML(Escape(text)) }

// Prose writes a text, escaped for use between tags or in double quotes. It leaves apostrophes as they are.
func (w *Writer) Prose(text string) {
	if strings.ContainsAny(text, "&<>\"\x00") {
		text = sparing.Replace(text)
	}
	w.buffer().WriteString(text)
}

// Style writes the style element that the function [Style] returns.
func (w *Writer) Style(sheets ...string) {
	w.HTML("<style>")
	for _, css := range sheets {
		w.buffer().WriteString(strings.ReplaceAll(css, "</", `<\/`))
	}
	w.HTML("</style>")
}

// Int writes a number.
func (w *Writer) Int(n int) {
	b := w.buffer()
	b.Write(strconv.AppendInt(b.AvailableBuffer(), int64(n), 10))
}

// Address writes an address for an attribute. It percent-encodes the characters that need it, except in existing percent-encodings,
// and writes & as a character reference. It keeps NUL bytes: they begin marks that are replaced in the finished page, and no source
// text contains one.
func (w *Writer) Address(address string) {
	const hex = "0123456789ABCDEF"
	b := w.buffer()
	for i := range len(address) {
		c := address[i]
		switch {
		case c == '&':
			b.WriteString("&amp;")
		case c <= ' ' && c != 0 || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}'", c) >= 0,
			c == '%' && !(i+2 < len(address) && isHex(address[i+1]) && isHex(address[i+2])):
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		default:
			b.WriteByte(c)
		}
	}
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }

// Grow makes room for n more bytes.
func (w *Writer) Grow(n int) { w.buffer().Grow(n) }

// Len returns the number of bytes in the buffer.
func (w *Writer) Len() int { return w.buffer().Len() }

// Reset empties the buffer.
func (w *Writer) Reset() { w.buffer().Reset() }

// Done returns the content of the buffer. For a writer from [In], this includes what the buffer contained before.
func (w *Writer) Done() HTML { return HTML(w.buffer().String()) }
