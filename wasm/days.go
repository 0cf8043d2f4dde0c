package wasm

// Code for days: the terms, their comparisons, and the lanes (see conditions.go). All divisions are of i32 and truncate towards
// zero, as in Go.

// termDay loads the day of a term, and termOpen the open slots on which the term depends.
func termDay(term value) code  { return load(shl(term, n(3)), termsAt) }
func termOpen(term value) code { return load(shl(term, n(3)), termsAt+4) }

// terms computes every date term: Machine.Terms.
func terms() function {
	to, day, open, x, a := v0, v1, v2, v3, v4
	return define(0, 0, a,
		each(n(termList),
			head.set(load8(p, 0)),
			a.set(load8(p, 1)),
			x.set(load32(p, 2)),
			either(le(head, n(opConstDay)),
				either(head,
					do(day.set(x), open.set(n(0))),
					// Open answers count only during the search for the next question.
					do(day.set(load(shl(a, n(2)), rawAt)), open.set(shl(ne(load(shl(a, n(2)), openAt), n(0)), a)))),
				do(
					day.set(termDay(a)),
					open.set(termOpen(a)),
					either(eq(and(head, n(-2)), n(opEarlier)), // Earlier or Later
						do(open.set(or(open, termOpen(x))), day.set(call(fnNearer, day, termDay(x), head))),
						when(ge(day, n(firstDay)), day.set(call(fnShift, day, x, head)))),
				)),
			store(to, termsAt, day),
			store(to, termsAt+4, open),
			to.inc(n(8)),
			p.inc(n(termSize)),
		),
	)
}

// nearer(day, other, op) is the earlier or the later of two terms, as `op` says; if only one of them is a day, it is that one.
func nearer() function {
	day, other, op := arg0, arg1, local(2)
	return define(3, 1, op,
		when(lt(other, n(firstDay)), back(day)),
		when(lt(day, n(firstDay)), back(other)),
		choose(eq(lt(other, day), eq(op, n(opEarlier))), other, day),
	)
}

// shift(day, x, op) applies the operator `op` with the number `x` to a day: ShiftDay and monthOf of internal/table. Months are
// counted from March of the year 0.
func shift() function {
	day, x, op := arg0, arg1, local(2)
	era, ofEra, year, ofYear, month := v0, v1, v2, v3, v4
	return define(3, 1, month,
		when(eq(op, n(opShift)), back(add(day, x))),
		day.inc(n(719468)), // days since 0000-03-01
		era.set(div(day, n(146097))),
		ofEra.set(rem(day, n(146097))),
		year.set(div(sub(add(sub(ofEra, div(ofEra, n(1460))), div(ofEra, n(36524))), div(ofEra, n(146096))), n(365))),
		ofYear.set(sub(ofEra, sub(add(mul(year, n(365)), div(year, n(4))), div(year, n(100))))),
		month.set(div(add(mul(ofYear, n(5)), n(2)), n(153))),
		day.set(add(sub(ofYear, div(add(mul(month, n(153)), n(2)), n(5))), n(1))), // of the month, from 1
		month.inc(mul(add(mul(era, n(400)), year), n(12))),
		when(eq(op, n(opReaches)),
			back(sub(add(call(fnMonthStart, add(month, mul(x, n(12)))), day), n(2)))),
		month.inc(x),
		x.set(sub(call(fnMonthStart, add(month, n(1))), n(1))), // the last day of the month
		when(eq(op, n(opMonthEnd)), back(x)),
		day.set(sub(add(call(fnMonthStart, month), day), n(1))),
		choose(lt(day, x), day, x),
	)
}

// monthStart(month) is the first day of a month.
func monthStart() function {
	month, year := arg0, v0
	return define(1, 1, year,
		year.set(div(month, n(12))),
		month.set(div(add(mul(rem(month, n(12)), n(153)), n(2)), n(5))),
		month.inc(sub(add(mul(year, n(365)), div(year, n(4))), div(year, n(100)))),
		sub(add(month, div(year, n(400))), n(719468)),
	)
}

// about is 1 if a term is the day of the visit itself, otherwise 0.
func about(term local) code {
	return eq(load16(add(mul(term, n(termSize)), load16(n(0), termList)), 0), shl(load8(n(0), visit), n(8)))
}

// turn(atom) is the day of the visit on which the result of a comparison changes. It is noDay if the comparison does not depend
// on the visit, or its other side is not a day: Machine.Turn.
func turn() function {
	a, b, x := v0, v1, v2
	return define(1, 1, x,
		operands(a, b, x),
		either(about(a),
			do(a.set(b), x.inc(n(1))), // the visit is not after term B plus N: false from B+N+1
			do(
				when(not(about(b)), back(n(noDay))),
				x.set(neg(x)), // term A is not after the visit plus N: true from A-N
			)),
		a.set(termDay(a)),
		choose(lt(a, n(firstDay)), n(noDay), add(a, x)),
	)
}

// operands loads the operands of the comparison at arg0.
func operands(a, b, x local) code {
	return do(
		p.set(arg0),
		a.set(load8(p, 1)),
		b.set(load8(p, 2)),
		x.set(shr(load32(p, 2), n(8))),
	)
}

// notAfter(atom) returns the lanes in which a comparison holds.
func notAfter() function {
	a, b, x, t, lane := v0, v1, v2, v3, v4
	return define(1, 1, lane,
		operands(a, b, x),
		t.set(call(fnTurn, p)),
		when(eq(t, n(noDay)),
			a.set(termDay(a)),
			b.set(termDay(b)),
			back(neg(and(and(ge(a, n(firstDay)), ge(b, n(firstDay))), le(a, add(b, x)))))),
		while(and(lt(lane, lanes), lt(load(shl(lane, n(2)), daysAt), t)), // lanes are in ascending order
			w.set(or(shl(w, n(1)), n(1))),
			lane.inc(n(1)),
		),
		xor(w, sub(about(a), n(1))),
	)
}

// findLanes(after) makes a lane for the day of the visit, and a lane for each day later than `after` on which some comparison
// changes. The lanes are in ascending order. If there are too many days, the latest get no lane.
func findLanes() function {
	after, t, i, d := arg0, v0, v1, v2
	return define(1, 0, d,
		firstLane(),
		left.set(load16(n(0), atoms+count)),
		p.set(load16(n(0), atoms)),
		while(and(ne(left, n(0)), eq(load8(p, 0), n(opNotAfter))), // comparisons come first
			when(gt(t.tee(call(fnTurn, p)), after),
				i.set(n(4)),
				block(loop( // puts `t` in its place and continues with the day that was there
					when(eq(i, shl(lanes, n(2))),
						leaveIf(2, eq(lanes, n(maxLanes))),
						store(i, daysAt, t),
						lanes.set(add(lanes, n(1))),
						leave(2)),
					leaveIf(1, eq(d.tee(load(i, daysAt)), t)),
					when(gt(d, t), store(i, daysAt, t), t.set(d)),
					i.inc(n(4)),
					leave(0),
				))),
			p.inc(n(atomSize)),
			left.inc(n(-1)),
		),
	)
}

// firstLane makes the day of the visit the only lane.
func firstLane() code {
	return do(store(n(0), daysAt, rawWord(visit)), lanes.set(n(1)))
}

// rawWord loads the answer in a slot. The number of the slot is a byte in the tables.
func rawWord(slot uint32) code { return load(shl(load8(n(0), slot), n(2)), rawAt) }
