package rules

import (
	"os"
	"testing"
	"time"

	"sitegen/internal/diag"
)

func TestVerify(t *testing.T) {
	set := load(t)
	start := time.Now()
	report, found := set.Verify()
	t.Logf("%+v in %v", report, time.Since(start))
	interview, more := set.VerifyInterview()
	found = append(found, more...)
	t.Logf("%+v in %v", interview, time.Since(start))
	if !interview.Holds() {
		t.Error("the interview is not proven for everybody")
	}
	if len(found) > 0 {
		diag.Print(os.Stderr, found, "en")
		t.Fail()
	}
}
