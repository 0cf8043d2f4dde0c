package report

import (
	"fmt"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/mend"
	"sitegen/internal/terminal"
)

// noteWords has a sentence for each change that concerns a whole file.
var noteWords = map[mend.Note]phrase{
	mend.Encoding: {"文字コードを UTF-8 にします", "its encoding becomes UTF-8"},
	mend.Mark:     {"始まりの目に見えない印（BOM）を取ります", "the invisible mark at its beginning (BOM) goes"},
	mend.LineEnds: {"改行を LF にそろえます", "its lines end in LF"},
	mend.Composed: {"濁点などを一つの文字にまとめます（NFC）", "letters and their marks become one character (NFC)"},
}

// Mended prints what was changed in a file. `name` is the file's path in messages.
func Mended(t *terminal.Terminal, name string, f *mend.File) {
	fmt.Fprintln(t.Out, name)
	for _, note := range f.Notes {
		fmt.Fprintf(t.Out, "  %s\n", t.Words(noteWords[note]))
	}
	for _, hunk := range f.Diff() {
		fmt.Fprintf(t.Out, "  @ %d\n", hunk.Before)
		for _, line := range hunk.Lines {
			fmt.Fprintf(t.Out, "%s\n", strings.TrimRight("  "+string(line.Sign)+" "+diag.Visible(line.Text), " "))
		}
	}
	fmt.Fprintln(t.Out)
}
