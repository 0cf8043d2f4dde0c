package disk

import (
	"fmt"
	"io"
	"os"
)

// TooLarge says that a file was not read because it has more bytes than its reader expects.
type TooLarge struct {
	Name string
	Most int64
}

// Error names the file and the limit.
func (t *TooLarge) Error() string { return fmt.Sprintf("%s has more than %d bytes", t.Name, t.Most) }

// ReadAtMost reads a file of at most `most` bytes. For a larger file the error is a [TooLarge], and its content is not read into memory.
func ReadAtMost(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return AtMost(f, most)
}

// AtMost is like [ReadAtMost] for an open file.
func AtMost(f *os.File, most int64) ([]byte, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() > most {
		return nil, &TooLarge{f.Name(), most}
	}
	return Limited(f, f.Name(), most) // the size of a device or a pipe is not known
}

// Limited reads all of a stream, unless that is more than `most` bytes: then the error is a [TooLarge] with this name.
func Limited(r io.Reader, name string, most int64) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(content)) > most {
		return nil, &TooLarge{name, most}
	}
	return content, err
}
