//go:build unix

package publish

import (
	"errors"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"sitegen/internal/disk"
)

// The web server can read what is published, what is kept, and the folders above, whatever the umask is.
func TestUmask(t *testing.T) {
	for _, umask := range []int{0, 0o002, 0o022, 0o027, 0o077, 0o777} {
		old := syscall.Umask(umask)
		above := filepath.Join(t.TempDir(), "above")
		output := Output{Dir: filepath.Join(above, "b", "public"), Keep: true, fault: func(step string) error {
			if step == "exchange" {
				return syscall.ENOSYS
			}
			return nil
		}}
		well := filepath.Join(output.Dir, ".well-known", "acme")
		err := errors.Join(publish(t, output, siteA), disk.MkdirAll(well), disk.WriteFile(filepath.Join(well, "x.txt"), []byte("x")))
		err = errors.Join(err, publish(t, output, siteB), publish(t, Output{Dir: output.Dir, Keep: true}, siteA))
		syscall.Umask(old)
		if err != nil {
			t.Errorf("umask %o: %v", umask, err)
			continue
		}
		for name, mode := range read(t, above) {
			if !strings.HasPrefix(mode, "-rw-r--r-- ") && !strings.HasPrefix(mode, "drwxr-xr-x ") {
				t.Errorf("umask %o: %s is %.10s", umask, name, mode)
			}
		}
	}
}
