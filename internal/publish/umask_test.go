//go:build unix

package publish

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// The web server can read what is published, whatever the umask is.
func TestUmask(t *testing.T) {
	for _, umask := range []int{0, 0o002, 0o022, 0o027, 0o077, 0o777} {
		old := syscall.Umask(umask)
		output := Output{Dir: filepath.Join(t.TempDir(), "public")}
		err := publish(t, output, siteA)
		syscall.Umask(old)
		if err != nil {
			t.Errorf("umask %o: %v", umask, err)
			continue
		}
		for name, mode := range read(t, output.Dir) {
			if !strings.HasPrefix(mode, "-rw-r--r-- ") && !strings.HasPrefix(mode, "drwxr-xr-x ") {
				t.Errorf("umask %o: %s is %.10s", umask, name, mode)
			}
		}
	}
}
