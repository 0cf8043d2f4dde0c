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
	found = append(found, set.VerifyInterview()...)
	t.Logf("the interview in %v", time.Since(start))
	if len(found) > 0 {
		diag.Print(os.Stderr, found, "en")
		t.Fail()
	}
}
