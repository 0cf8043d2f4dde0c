package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/disk"
)

// ManifestName is the file that marks a folder as made by sitegen and lists what is in it.
const ManifestName = "sitegen-manifest.json"

// manifestFormat is the version of the format. It is increased when older versions of sitegen can no longer understand a manifest.
const manifestFormat = 1

// Manifest says what was published. It does not depend on the machine, the folder or the time of day.
type Manifest struct {
	Format    int    `json:"format"`
	Generator string `json:"generator"`
	// Questions are the ids of the questions by language folder.
	Questions map[string][]string `json:"questions"`
	// Answers has the hash of each question that has a text in the language, and the day of its last change. Manifests of older versions do
	// not have it.
	Answers Answers `json:"answers"`
	// Kept are files of the previous publication, kept because browsers may still show its pages.
	Kept []Entry `json:"kept"`
	// Files are all other published files, sorted by path, without the manifest.
	Files []Entry `json:"files"`
}

// Answers are the published questions, by language folder ("ja", "sk/ja") and id.
type Answers map[string]map[string]Answer

// Answer is a question in one language of one site.
type Answer struct {
	Hash    string `json:"hash"`              // the hash of the question's words, periods and link targets (site.Translation.Hash)
	Changed string `json:"changed,omitempty"` // the day of the question's last change; "" if it did not change since its language was first published
	New     bool   `json:"new,omitempty"`     // whether the last change was the addition of the question
}

// Entry is one published file.
type Entry struct {
	Path   string `json:"path"`
	Size   int    `json:"size"`
	SHA256 string `json:"sha256"`
}

// entryOf returns the entry of a file with this content.
func entryOf(name string, content []byte) Entry {
	sum := sha256.Sum256(content)
	return Entry{Path: name, Size: len(content), SHA256: hex.EncodeToString(sum[:])}
}

// is reports whether the entry describes a file with this content.
func (e Entry) is(content []byte) bool { return e == entryOf(e.Path, content) }

// bytes writes the manifest with one file or answer per line, so that people can compare two manifests.
func (m *Manifest) bytes() []byte {
	b := make([]byte, 0, 1000+len(m.Files)*150)
	b = append(b, "{\n\"format\": "...)
	b = strconv.AppendInt(b, int64(m.Format), 10)
	b = append(b, ",\n\"generator\": "...)
	b = appendJSON(b, m.Generator)
	b = append(b, ",\n\"questions\": "...)
	b = appendJSON(b, m.Questions) // encoding/json sorts the keys
	b = append(b, ",\n\"answers\": {"...)
	b = appendAnswers(b, m.Answers)
	b = append(b, "},\n\"kept\": ["...)
	b = appendEntries(b, m.Kept)
	b = append(b, "],\n\"files\": ["...)
	b = appendEntries(b, m.Files)
	return append(b, "]\n}\n"...)
}

func appendAnswers(b []byte, answers Answers) []byte {
	for i, folder := range slices.Sorted(maps.Keys(answers)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '\n')
		b = append(appendJSON(b, folder), ": {"...)
		for i, id := range slices.Sorted(maps.Keys(answers[folder])) {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(b, '\n')
			b = append(appendJSON(b, id), ':')
			b = appendJSON(b, answers[folder][id])
		}
		b = append(b, '}')
	}
	return b
}

func appendEntries(b []byte, entries []Entry) []byte {
	for i, e := range entries {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, "\n{\"path\":"...)
		b = appendJSON(b, e.Path)
		b = append(b, ",\"size\":"...)
		b = strconv.AppendInt(b, int64(e.Size), 10)
		b = append(b, ",\"sha256\":\""...)
		b = append(b, e.SHA256...)
		b = append(b, "\"}"...)
	}
	return b
}

func appendJSON(b []byte, value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return append(b, text...)
}

// readManifest returns the manifest of the site in a folder. It returns nil if the folder does not exist or has no files, or if its first
// publication is being moved in. It ignores host files, files that file browsers create, what a publication in progress has left, and a
// lost+found in which this user sees no file. If the folder holds anything else that sitegen did not put there, the error is a [Refused].
// `dir` is the folder's name in messages.
func readManifest(real, dir string) (*Manifest, error) {
	entries, err := os.ReadDir(real)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		return IsLitter(e.Name()) || IsHostFile(e.Name()) || inProgress(e.Name()) || isLostAndFound(real, e.Name())
	})
	if len(entries) == 0 {
		return nil, nil
	}
	m, err := manifestIn(real, dir)
	if errors.Is(err, fs.ErrNotExist) {
		if underway(real) {
			return nil, nil // a first publication is being moved in
		}
		return nil, &Refused{NotOurs, dir, entries[0].Name()}
	}
	if err != nil {
		return nil, err
	}
	return m, m.refuseOthers(real, dir)
}

// manifestIn reads the manifest in a folder. The error is fs.ErrNotExist if there is none, or a [Refused] if the manifest cannot be
// understood. `dir` is the folder's name in messages.
func manifestIn(real, dir string) (*Manifest, error) {
	m, err := readAndParse(filepath.Join(real, ManifestName))
	if err != nil {
		return nil, err
	}
	if m == nil {
		return nil, &Refused{MarkerUnknown, dir, ManifestName}
	}
	return m, nil
}

// largestManifest limits how many bytes of a manifest are read. The manifest of 100,000 pages has a fifth of that.
const largestManifest = 64 << 20

// readAndParse reads a file with a manifest. It returns nil if the file is not a manifest of this format, or far too large for one.
func readAndParse(file string) (*Manifest, error) {
	text, err := disk.ReadAtMost(file, largestManifest)
	if large := (*disk.TooLarge)(nil); errors.As(err, &large) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parseManifest(text), nil
}

// parseManifest reads a manifest. It returns nil if the text is not a manifest of this format.
func parseManifest(text []byte) *Manifest {
	m := &Manifest{}
	if err := json.Unmarshal(text, m); err != nil || m.Format != manifestFormat {
		return nil
	}
	for _, e := range slices.Concat(m.Files, m.Kept) {
		if !filepath.IsLocal(e.Path) || e.Size < 0 || !isSum(e.SHA256) {
			return nil
		}
	}
	for _, answers := range m.Answers {
		for _, answer := range answers {
			if _, err := civil.Parse(answer.Changed); answer.Changed != "" && err != nil {
				return nil
			}
		}
	}
	return m
}

// isSum reports whether a text has the form of a SHA-256 sum.
func isSum(text string) bool {
	return len(text) == 2*sha256.Size && strings.Trim(text, "0123456789abcdef") == ""
}

// ReadManifest reads a manifest that is not in an output folder, such as one kept from an earlier publication. The error is a [Refused] if
// the file is not a manifest.
func ReadManifest(file string) (*Manifest, error) {
	m, err := readAndParse(file)
	if err != nil {
		return nil, err
	}
	if m == nil {
		return nil, &Refused{NoManifest, file, ""}
	}
	return m, nil
}

// refuseOthers returns a [Refused] error if somebody put a file into the folder, because publishing would delete the file.
func (m *Manifest) refuseOthers(real, dir string) error {
	if underway(real) {
		return nil // some files already belong to the next manifest; the files are checked after the move
	}
	return m.findOthers(real, dir)
}

// findOthers returns a [Refused] error if the folder has a file that the manifest does not list.
func (m *Manifest) findOthers(real, dir string) error {
	ours := m.paths()
	ours[ManifestName] = true
	tree := os.DirFS(real)
	return fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (inProgress(name) || isLostAndFound(real, name)):
			return fs.SkipDir
		case entry.IsDir(), ours[name], IsLitter(entry.Name()), IsHostFile(name), name == lockEnding:
			return nil
		}
		return &Refused{HoldsOtherFile, dir, name}
	})
}

// IsLitter reports whether a name is that of a file that file browsers create in the folders they show.
func IsLitter(name string) bool {
	return name == ".DS_Store" || name == "Thumbs.db" || name == "desktop.ini"
}

// isLostAndFound reports whether `name` is lost+found, and this user can see no file in the folder of that name in `root`. Some file
// systems create lost+found on every volume. If it has files, they are somebody's.
func isLostAndFound(root, name string) bool {
	if name != "lost+found" {
		return false
	}
	entries, err := os.ReadDir(filepath.Join(root, name))
	return err == nil && len(entries) == 0 || errors.Is(err, fs.ErrPermission)
}

// hashedAsset matches assets that have a hash of their content in their name.
var hashedAsset = regexp.MustCompile(`^assets/[A-Za-z0-9_-]+\.[0-9a-f]{12}\.[a-z0-9]+(?:\.br|\.gz)?$`)

// keep returns the files of the previous publication that stay for one more publication: hashed assets that the new manifest `m` lacks. If
// the same site is published again, it returns the files that the previous publication kept.
func (m *Manifest) keep(previous *Manifest) []Entry {
	if previous == nil {
		return nil
	}
	if slices.Equal(m.Files, previous.Files) {
		return previous.Kept
	}
	var kept []Entry
	for _, e := range previous.Files {
		if hashedAsset.MatchString(e.Path) && !m.has(e.Path) {
			kept = append(kept, e)
		}
	}
	return kept
}

// has reports whether Files lists a file.
func (m *Manifest) has(file string) bool {
	_, found := slices.BinarySearchFunc(m.Files, file, func(e Entry, file string) int { return strings.Compare(e.Path, file) })
	return found
}
