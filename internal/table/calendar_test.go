package table

import (
	"testing"
	"time"
)

// ShiftDay agrees with the calendar of package time on every day from 1900 to 2100.
func TestShiftDay(t *testing.T) {
	const most = 45
	for day := dayOf(1900, 1, 1); day <= dayOf(2100, 12, 31); day++ {
		date := time.Unix(int64(day)*86400, 0).UTC()
		year, month, of := date.Date()
		n := day%(2*most+1) - most // a number that changes from day to day
		last := dayOf(year, month+time.Month(n)+1, 0)
		for op, want := range map[TermOp]int32{
			Shift:    day + n,
			Months:   min(dayOf(year, month+time.Month(n), 1)+int32(of)-1, last),
			MonthEnd: last,
			Reaches:  dayOf(year+int(n), month, of) - 1,
		} {
			if got := ShiftDay(op, day, n); got != want {
				t.Fatalf("operator %d of %s and %d: day %d, want %d", op, date.Format(time.DateOnly), n, got, want)
			}
		}
	}
}

func dayOf(year int, month time.Month, day int) int32 {
	return int32(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}
