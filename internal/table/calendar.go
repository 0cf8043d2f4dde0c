package table

// Calendar arithmetic on civil day numbers. It uses only 32-bit integers, so that the WebAssembly module can do the same.

// Terms computes the day of every date term.
func (m *Machine) Terms() {
	for i := range m.Program.Terms {
		t := &m.Program.Terms[i]
		m.Days[i], m.dayOf[i] = m.Term(t)
	}
}

// Term computes one date term. The terms before it must have been computed. It returns the day of the term and, as bits,
// the open slots on which the term depends.
func (m *Machine) Term(t *Term) (day, open int32) {
	switch t.Op {
	case InputDay:
		return m.Raw[t.A], int32(BoolInt(m.open[t.A] != 0)) << t.A
	case ConstDay:
		return t.N, 0
	}
	day, open = m.Days[t.A], m.dayOf[t.A]
	if t.Op == Earlier || t.Op == Later {
		other := m.Days[t.N]
		open |= m.dayOf[t.N]
		switch {
		case other < FirstDay:
		case day < FirstDay, (other < day) == (t.Op == Earlier):
			day = other
		}
		return day, open
	}
	if day < FirstDay {
		return day, open
	}
	return ShiftDay(t.Op, day, t.N), open
}

// ShiftDay computes the operators that move a day: Shift by n days, Months and MonthEnd by n months, Reaches by n years.
func ShiftDay(op TermOp, day, n int32) int32 {
	if op == Shift {
		return day + n
	}
	month, dayOfMonth := monthOf(day)
	switch op {
	case Months:
		first := monthStart(month + n)
		last := monthStart(month+n+1) - first
		return first + min(dayOfMonth, last) - 1
	case MonthEnd:
		return monthStart(month+n+1) - 1
	}
	return monthStart(month+12*n) + dayOfMonth - 2 // Reaches: for a birthday on 29 February this is 28 February in every year
}

// monthOf returns the month of a day, counted from March of the year 0, and the day of the month, from 1.
func monthOf(day int32) (month, dayOfMonth int32) {
	z := day + 719468 // days since 0000-03-01; not negative for any day that inputs allow
	era := z / 146097
	dayOfEra := z % 146097
	year := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*year + year/4 - year/100)
	month = (5*dayOfYear + 2) / 153
	return (era*400+year)*12 + month, dayOfYear - (153*month+2)/5 + 1
}

// monthStart returns the first day of a month as counted by monthOf.
func monthStart(month int32) int32 {
	year, month := month/12, month%12
	return year*365 + year/4 - year/100 + year/400 + (153*month+2)/5 - 719468
}
