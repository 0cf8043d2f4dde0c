package timeline

import (
	"html"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"sitegen/internal/markup"
)

// All bars are inside the picture, and all texts are inside their bars.
func TestDraw(t *testing.T) {
	var w markup.Writer
	Draw(&w, [][]string{
		{"月", "更新の手続き", "病院での利用"},
		{"3か月前", "出来る", "使える"},
		{"期限の月", "できる", "使える"},
		{"期限のあと3か月", "窓口だけ", "使える（資格の確認だけで、薬の記録は見られません）"},
		{"それより あと", "窓口だけ", "確認書 & 2"},
	})
	checkInside(t, string(w.Done()))
}

// checkInside fails if a bar is not inside the picture, or if a text is not inside its bar. It uses the estimated width of the text.
func checkInside(t *testing.T, svg string) {
	t.Helper()
	size := regexp.MustCompile(`viewBox="0 0 (\d+) (\d+)"`).FindStringSubmatch(svg)
	width, height := number(size[1]), number(size[2])
	bar := regexp.MustCompile(`<rect x="(-?\d+)" y="(-?\d+)" width="(-?\d+)" height="(-?\d+)" rx="6"/>((?:<text x="\d+" y="\d+">[^<]*</text>)*)`)
	bars := bar.FindAllStringSubmatch(svg, -1)
	for _, b := range bars {
		x, y, w, h := number(b[1]), number(b[2]), number(b[3]), number(b[4])
		if x < 0 || y < 0 || w < 20 || h < smallestRow-4 || x+w > width || y+h > height {
			t.Errorf("a bar %s in %d×%d", b[0], width, height)
		}
		for _, line := range regexp.MustCompile(`y="(\d+)">([^<]*)`).FindAllStringSubmatch(b[5], -1) {
			if ty := number(line[1]); ty-fontSize < y-2 || ty > y+h || textWidth(html.UnescapeString(line[2]))*fontSize/100 > w {
				t.Errorf("the text %s leaves its bar %s", line[2], b[0])
			}
		}
	}
	if len(bars) == 0 {
		t.Errorf("no bars in %s", svg)
	}
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err)
	}
	return n
}

// An empty cell is a gap, even between cells with equal text. The bars on both sides have the same class.
func TestJoinEqual(t *testing.T) {
	var rows [][]cellText
	for _, text := range []string{"", "a", "a", "", "a", "b", "a"} {
		rows = append(rows, []cellText{{text: text}})
	}
	var got [][3]int
	for _, b := range joinEqual(rows, 0) {
		got = append(got, [3]int{b.from, b.to, b.class})
	}
	if want := [][3]int{{1, 3, 0}, {4, 5, 0}, {5, 6, 1}, {6, 7, 0}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text string
		em   int
		want []string
	}{
		{"", 5, nil},
		{"あいうえお", 5, []string{"あいうえお"}},
		{"あいうえおか", 5, []string{"あいうえお", "か"}},
		{"あいうえお。", 5, []string{"あいうえ", "お。"}},
		{"あい card う", 4, []string{"あい", "card う"}},
		{"insurance card", 6, []string{"insurance", "card"}},
		{"insurance", 3, []string{"insur", "ance"}},
		{"あ", 0, []string{"あ"}},
		{"。。。", 1, []string{"。", "。", "。"}},
		{"切れた後も窓口でできる", 6, []string{"切れた後も", "窓口でできる"}},
		{"資格の確認だけ", 6, []string{"資格の", "確認だけ"}},
		{"期限が切れる月", 6, []string{"期限が", "切れる月"}},
		{"月末まで。翌日", 6, []string{"月末まで。", "翌日"}},
		{"期限のあと3か月", 6, []string{"期限のあと", "3か月"}},
		{"毎月10日お金", 5, []string{"毎月10日", "お金"}},
		{"市区町村で できる", 6, []string{"市区町村で", "できる"}},
	} {
		if got := wrap(c.text, (c.em*fontSize*100+99)/100); !slices.Equal(got, c.want) {
			t.Errorf("wrap(%q, %d em) = %q, want %q", c.text, c.em, got, c.want)
		}
	}
}
