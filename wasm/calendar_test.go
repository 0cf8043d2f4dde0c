package wasm_test

import (
	"context"
	"testing"
	"time"

	"sitegen/internal/table"
)

// The calendar of the module agrees with package time for every day from 1900 to 2200. The first row asks whether the visit is on
// or before a computed day. If it is, Until is that day.
func TestCalendar(t *testing.T) {
	const low, high = -25567, 84370
	for _, c := range []struct {
		op   table.TermOp
		n    int32
		want func(time.Time, int) time.Time
	}{
		{table.Months, -3, addMonths}, {table.Months, 1, addMonths}, {table.Months, 11, addMonths},
		{table.MonthEnd, 3, monthEnd}, {table.MonthEnd, 0, monthEnd}, {table.MonthEnd, -13, monthEnd},
		{table.Reaches, 0, reaches}, {table.Reaches, 75, reaches}, {table.Shift, -40, shiftDays},
	} {
		b := newPair(t, &table.Program{
			Inputs: []table.Input{
				{Kind: table.Date, Slots: 1, Lo: 2 * low, Hi: 2 * high, Default: table.Missing, Told: []int32{0}},
				{Kind: table.Date, Slots: 1, Lo: low, Hi: high, Default: table.Missing, Told: []int32{0}},
			},
			Terms: []table.Term{{Op: table.InputDay, A: 0}, {Op: table.InputDay, A: 1}, {Op: c.op, A: 1, N: c.n}},
			Atoms: []table.Atom{{Op: table.NotAfter, A: 0, B: 2}},
			Rows:  []table.Row{{List: table.List{Yes: []int{0}}, Outcome: 1}, {}},
			Sets:  []int32{0}, Offers: [][]int{{}}, Outcomes: 2, Notes: 1, Held: 1,
		})
		for day := int32(low); day <= high; day++ {
			out, err := b.m.Decide(context.Background(), []int32{2 * low, day})
			want := int32(c.want(time.Unix(int64(day)*86400, 0).UTC(), int(c.n)).Unix() / 86400)
			if err != nil || out.Outcome != 1 || out.Until != want {
				t.Fatalf("operator %d, %d, day %d: %d, want %d (%v)", c.op, c.n, day, out.Until, want, err)
			}
		}
	}
}

func shiftDays(d time.Time, n int) time.Time { return d.AddDate(0, 0, n) }

// monthEnd returns the last day of the n-th month after the month of d. Package time takes day 0 of a month as the last day of the
// month before.
func monthEnd(d time.Time, n int) time.Time {
	return time.Date(d.Year(), d.Month()+time.Month(n)+1, 0, 0, 0, 0, 0, time.UTC)
}

func addMonths(d time.Time, n int) time.Time {
	if last := monthEnd(d, n); last.Day() < d.Day() {
		return last
	}
	return d.AddDate(0, n, 0)
}

// reaches returns the day before the n-th birthday of somebody born on day d. Somebody born on 29 February has the birthday on 1
// March in other years.
func reaches(d time.Time, n int) time.Time { return d.AddDate(n, 0, -1) }
