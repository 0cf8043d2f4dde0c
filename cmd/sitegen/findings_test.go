//go:build unix

package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// findingsFile lists what a review of the program's security found, and the tests that hold it. TestSecurityFindings writes it.
const findingsFile = "../../docs/findings.md"

// found lists what the review of November 2026 found: the finding's number (S1 is the most severe), what was wrong, and the tests that fail if it
// is wrong again.
var found = []struct {
	id, what string
	by       []string
}{
	{"S1-1", "answers kept by the browser", []string{"browser: the folder of a real browser holds no answer after it was closed", "browser: nothing is asked of anybody while answering, and nothing is stored", "browser: after a reload the checker begins anew and says so; clearing leaves nothing behind"}},
	{"S1-2", "HTML from the glossary and from formats", []string{"internal/load TestTermsAreText", "internal/build TestPolyglots", "internal/archtest TestOnlyMarkupMakesMarkup", "browser: pages with polyglots say nothing in the browser, and have no element of an author"}},
	{"S2-1", "YAML escapes get past every check of characters", []string{"cmd/sitegen TestFaults", "internal/strictjson TestForbiddenCharacters", "internal/build FuzzContent"}},
	{"S2-2", "one damaged character of the accepted rules ends the program", []string{"internal/change TestAcceptedDamage", "internal/change TestBoundariesDamage", "internal/change FuzzAccepted", "rules-accept.txtar"}},
	{"S2-3", "a quotation mark in a word of the checker makes elements", []string{"internal/build TestPolyglots", "browser: the checker with polyglots can be walked to its end"}},
	{"S2-4", "no limit of size before reading", []string{"bounded.txtar", "internal/disk TestReadAtMost"}},
	{"S2-5", "findings cost lines × findings; anchors in quadratic time", []string{"internal/diag TestManyOnOneLine", "internal/diag TestFindings", "internal/diag TestShown", "cmd/sitegen TestMemory", "internal/dialect TestHostileTextsTakeTheirLength", "bounded.txtar"}},
	{"S2-6", "litter of another user stops every build", []string{"internal/publish TestRecover", "internal/publish TestUnreadableSwitch"}},
	{"S2-7", "a mount point cannot be published into", []string{"cmd/sitegen TestVolume", "cmd/sitegen TestVolumeSince", "cmd/sitegen TestKeepOnAVolume", "internal/publish TestSwitch"}},
	{"S2-8", "the lock of a killed container stops every build", []string{"internal/disk TestLock", "busy.txtar"}},
	{"S2-9", "hosts that send a charset", []string{"browser: a host that says Shift_JIS or ISO-8859-1 of every file is good enough"}},
	{"S2-10", "no place for a host's files", []string{"host-files.txtar", "host.txtar", "cmd/sitegen TestHosts", "internal/publish TestHostFilesStay"}},
	{"S2-11", "facts accept what Markdown refuses", []string{"internal/schema TestHosts", "mistakes-values.txtar"}},
	{"S2-12", "the target of a fuzz test fails at once", []string{"internal/dialect FuzzParseBody"}},
	{"S3", "invisible and broken characters, half-width kana", []string{"internal/plaintext TestEncodings", "findings.txtar", "mistakes-markup.txtar"}},
	{"S3", "loops of links, folders that are links", []string{"links.txtar"}},
	{"S3", "a file that is held, a disk without locks", []string{"internal/publish TestHeld", "internal/publish TestHeldAtEachStep", "internal/disk TestNoLocks"}},
	{"S3", "no site between two moves, where folders cannot be exchanged", []string{"internal/publish TestSwitch", "cmd/sitegen TestKills"}},
	{"S3", "mode and setgid of the folder, modes of files", []string{"cmd/sitegen TestModeStays", "internal/publish TestUmask", "internal/disk TestMade"}},
	{"S3", "a page edited by hand", []string{"internal/publish TestUnchangedAndEdited"}},
	{"S3", "builds side by side give up", []string{"cmd/sitegen TestTwoBuilds"}},
	{"S3", "SOURCE_DATE_EPOCH; times of files", []string{"epoch.txtar", "internal/publish TestUnchangedAndEdited", "internal/build TestDayOfBuild"}},
	{"S3", "messages steer the terminal", []string{"terminal.txtar", "internal/terminal TestScreen"}},
	{"S3", "base addresses, `hreflang`, `lang`", []string{"usage.txtar", "mistakes-values.txtar", "internal/build TestPolyglots", "internal/render TestWithBaseURL"}},
	{"S3", "`xXhole05Xx` is a hole of the template", []string{"internal/build TestPolyglots"}},
	{"S3", "a word of an author is taken for the placeholder of a script", []string{"internal/render TestPlaceholdersCannotBeForged", "internal/build TestPolyglots", "browser: a word that looks like a placeholder stays a word"}},
	{"S3", "half a module stops the tab; a flipped bit goes unnoticed", []string{"browser: the script ends on any bytes", "browser: a module that is not the one of the words is not started", "wasm TestChecksum", "wasm TestDamagedTables"}},
	{"S3", "a forged link shows an answer as the reader's own", []string{"browser: a link restores the answer, never carries what is private, and is made only on request"}},
	{"S3", "heights of a frame tell the answer", []string{"browser: the documented snippet works in a sandboxed frame on another host, and takes the height it needs"}},
	{"S3", "a host's policy takes the styles away", []string{"cmd/sitegen TestHostsOwnPolicy", "browser: the page about hosts has a row for each, and says what is to be seen"}},
	{"S3", "Ctrl-C during a proof", []string{"internal/build TestProofStops", "internal/build TestMakingStops", "cmd/sitegen TestInterrupt"}},
	{"§5", "no cap on event streams", []string{"internal/serve TestManyStreams"}},
	{"§6", "a test measured time", []string{"internal/dialect TestHostileTextsTakeTheirLength"}},
}

// Each finding of the review names tests, and each of these tests exists.
func TestSecurityFindings(t *testing.T) {
	var page strings.Builder
	page.WriteString(findingsHead)
	there := testsThatAre(t)
	for _, finding := range found {
		for _, name := range finding.by {
			if !there(name) {
				t.Errorf("%s %s: there is no test %s", finding.id, finding.what, name)
			}
		}
		if len(finding.by) == 0 {
			t.Errorf("%s %s: no test", finding.id, finding.what)
		}
		fmt.Fprintf(&page, "| %s | %s | `%s` |\n", finding.id, finding.what, strings.Join(finding.by, "`, `"))
	}
	if *update && !t.Failed() {
		if err := os.WriteFile(findingsFile, []byte(page.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if text, err := os.ReadFile(findingsFile); err != nil || string(text) != page.String() {
		t.Errorf("docs/findings.md is not what this test wrote; write it with -update (%v)", err)
	}
}

const findingsHead = `# What a review of the security found

In November 2026 the program was attacked in every way that the reviewers knew: its inputs, its publishing, its pages, its preview. S1 is the
most severe. Each finding is mended, and the tests named here fail if it comes back. ` + "`go test ./cmd/sitegen -run TestSecurityFindings`" + ` checks that they
exist, and writes this page with ` + "`-update`" + `; ` + "`make test`" + ` runs them all.

| finding | what was wrong | held by |
|---|---|---|
`
