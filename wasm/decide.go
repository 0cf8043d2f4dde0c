package wasm

// Code for the decision, the additive stage, and how long the answer holds.

// decide() reads the answers, writes the result, and returns the slot of a refused answer, or -1: Program.Run.
//
// The search for a later day on which the answer changes uses all lanes at once. While the code decides the first lane, it
// collects the lanes in which a different row decides or different additive rows hold. In all other lanes the answer is the same.
// Only the collected lanes are decided and compared, the earliest first. If there are more days than lanes, the search
// continues after the last lane.
func decide() function {
	bad, after, differs, lane := v0, v1, v2, v3
	return define(0, 1, lane,
		when(ge(bad.tee(call(fnLoad)), n(0)), back(bad)),
		halves.set(n(0)),
		call(fnTerms),
		store(n(0), resultAt+atUntil, n(noDay)),
		after.set(rawWord(visit)),
		repeat(
			do(
				call(fnFindLanes, after),
				call(fnConditions),
				differs.set(call(fnRow, n(0), n(resultAt))),
				call(fnOneOf, firstOutcome, load16(n(0), outcomes), load(n(0), resultAt+atOutcome)),
				call(fnGates, firstPost, n(posts)),
				differs.set(or(differs, call(fnFit, n(0), n(resultAt)))),
				levelSignals(load(n(0), resultAt+atEnough)),
				call(fnGates, firstLast, n(lasts)),
				call(fnHolding),
				differs.set(and(or(differs, call(fnAdd, n(0), n(resultAt))), sub(shl(n(1), lanes), n(2)))),
				while(differs,
					lane.set(ctz(differs)),
					// If this lane's outcome differs from the first lane's, nothing else needs comparing. If it is the same, the
					// signals that depend on the outcome are right for this lane too, because they were computed for all lanes
					// from the first lane's outcome. The same goes for Enough.
					drop(call(fnRow, lane, n(otherAt))),
					when(eq(load(n(0), otherAt+atOutcome), load(n(0), resultAt+atOutcome)),
						drop(call(fnFit, lane, n(otherAt))),
						when(eq(load(n(0), otherAt+atEnough), load(n(0), resultAt+atEnough)),
							drop(call(fnAdd, lane, n(otherAt))))),
					when(call(fnAnotherAnswer),
						store(n(0), resultAt+atUntil, sub(load(shl(lane, n(2)), daysAt), n(1))),
						back(n(-1)),
					),
					differs.set(and(differs, sub(differs, n(1)))),
				),
				after.set(load(n(0), daysAt+4*(maxLanes-1))),
			),
			eq(lanes, n(maxLanes)),
		),
		n(-1).push(),
	)
}

// firstFit(lane, section) finds the first row of a table that holds in a lane. The last row always holds. It returns the
// lanes, as bits, in which a different row is the first.
func firstFit() function {
	lane, at, differs := arg0, arg1, v0
	return define(2, 1, differs,
		p.set(load(at, unpackedAt)),
		block(loop(
			list(),
			leaveIf(1, inLane(w, lane)),
			differs.set(or(differs, w)),
			p.inc(n(listSize)),
			leave(0),
		)),
		fitting.set(p),
		or(differs, flip(w)),
	)
}

// row(lane, out) writes to out the row that decides in a lane, its outcome and its alternatives. It returns the lanes in which
// a different row decides.
func row() function {
	lane, out, differs, i := arg0, arg1, v0, v1
	return define(2, 1, i,
		differs.set(call(fnFirstFit, lane, n(rows))),
		store(out, atRow, div(sub(fitting, load(n(0), unpackedAt+rows)), n(listSize))),
		p.set(load(fitting, behind)),
		store(out, atOutcome, load8(p, 0)),
		p.set(offerAt(load8(p, 1))),
		store(out, atBrings, load8(p, 0)),
		while(ltU(i, load(out, atBrings)),
			p.inc(n(1)),
			store(add(out, shl(i, n(2))), atBring, setAt(load8(p, 0))),
			i.inc(n(1)),
		),
		differs.push(),
	)
}

// fit(lane, out) writes to out the level of Enough in a lane. It returns the lanes in which a different row decides that
// level.
func fit() function {
	lane, out, differs := arg0, arg1, v0
	return define(2, 1, differs,
		store(out, atEnough, n(0)),
		when(load16(n(0), enough+count),
			differs.set(call(fnFirstFit, lane, n(enough))),
			store(out, atEnough, load8(load(fitting, behind), 0)),
		),
		differs.push(),
	)
}

// levelSignals stores the signals of the levels of Enough: true for the level `which`, false for the others. A program without a
// table Enough has no such signals.
func levelSignals(which value) code {
	return when(load16(n(0), enough+count), call(fnOneOf, firstEnough, n(levels), which))
}

// offerAt is the address of the offer with the given number.
func offerAt(number value) code { return load(shl(number, n(2)), offersAt) }

// inLane is 1 if a word holds in a lane.
func inLane(w, lane value) code { return and(shrU(w, lane), n(1)) }

// setAt is the set of documents with the given number.
func setAt(number value) code {
	return load32(add(shl(number, n(2)), load16(n(0), sets)), 0)
}

// holding() records the additive rows that hold in some lane.
func holding() function {
	to := v0
	return define(0, 0, to,
		eachList(n(adds),
			w.set(and(literal(0), literal(1))), // two literals rule out most rows
			when(w, list()),
			when(w,
				store(to, holdsAt, load(p, behind)),
				store(to, holdsAt+4, w),
				to.inc(n(8)),
			),
		),
		holdsEnd.set(to),
	)
}

// addAll(lane, out) runs the additive stage: Machine.add. It returns the lanes in which different rows hold, or in which HeldIf
// differs.
func addAll() function {
	lane, out, differs, accepted, withs, also, set, at := arg0, arg1, v0, v1, v2, v3, v4, v5
	return define(2, 1, at,
		store(out, atTells, n(0)),
		while(ltU(at, holdsEnd),
			w.set(load(at, holdsAt+4)),
			yes.set(inLane(w, lane)),
			differs.set(or(differs, xor(w, neg(yes)))),
			when(yes,
				p.set(load(at, holdsAt)),
				eachEffect(effect(and(head, n(0x7f)), load8(p, 1), out, set, accepted, also, withs))),
			at.inc(n(8)),
		),
		call(fnSupplement, out, withs),
		set.set(call(fnOffered, out)),
		also.set(and(also, flip(set))),
		store(out, atAlso, also),
		accepted.set(or(accepted, or(set, also))),
		w.set(load(shl(load16(n(0), heldIf), n(signalShift)), holdsIn)),
		yes.set(inLane(w, lane)),
		store(out, atNotAlone, and(flip(accepted), and(load32(n(0), papers),
			or(rawWord(held), and(neg(yes), load32(n(0), heldAs)))))),
		or(differs, xor(w, neg(yes))),
	)
}

// effect carries out the effect at p. The parameter `number` is the number of its set or note.
func effect(kind, number value, out, set, accepted, also, withs local) code {
	return either(not(kind),
		call(fnAppend, out, n(atTells), n(atTell), number),
		do(
			set.set(setAt(number)),
			when(eq(kind, n(effectOr)), call(fnAppend, out, n(atBrings), n(atBring), set)),
			when(eq(kind, n(effectAlso)), also.set(or(also, set))),
			when(eq(kind, n(effectAlone)), accepted.set(or(accepted, set))),
			when(eq(kind, n(effectWith)),
				store(withs, withAt, p),
				withs.inc(n(4)),
			),
		))
}

// appendNew(out, count, list, item) appends an item to a list if the list does not have it. `count` and `list` are the offsets
// from `out` of the list's length and of its first item.
func appendNew() function {
	out, length, list, item := arg0, arg1, local(2), local(3)
	return define(4, 0, left,
		length.inc(out),
		list.inc(out),
		left.set(load(length, 0)),
		while(left,
			when(eq(load(list, 0), item), stop()),
			list.inc(n(4)),
			left.inc(n(-1)),
		),
		store(list, 0, item),
		store(length, 0, add(load(length, 0), n(1))),
	)
}

// offered(out) is the documents of all alternatives, as bits.
func offered() function {
	out, all := arg0, v0
	return define(1, 1, all,
		left.set(load(out, atBrings)),
		while(left,
			all.set(or(all, load(out, atBring))),
			out.inc(n(4)),
			left.inc(n(-1)),
		),
		all.push(),
	)
}

// supplement(out, withs) adds the recorded supplements, in order, to the alternatives to which they belong.
func supplement() function {
	out, withs, at, with, to, set := arg0, arg1, v0, v1, v2, v3
	return define(2, 0, set,
		while(ltU(at, withs),
			p.set(load(at, withAt)),
			with.set(setAt(load8(p, 1))),
			to.set(setAt(load8(p, 2))),
			p.set(out),
			left.set(load(out, atBrings)),
			while(left,
				set.set(load(p, atBring)),
				when(or(not(to), and(set, to)), store(p, atBring, or(set, with))),
				p.inc(n(4)),
				left.inc(n(-1)),
			),
			at.inc(n(4)),
		),
	)
}

// anotherAnswer() is 1 if the result and the answer on the later day differ in outcome, Enough, bring, not_alone or tell: the
// negation of SameAnswer.
func anotherAnswer() function {
	differs := func(p value, offset uint32) code {
		return ne(load(p, resultAt+offset), load(p, otherAt+offset))
	}
	list := func(length, items uint32) code {
		return do(
			p.set(n(0)),
			left.set(load(n(0), resultAt+length)),
			while(left,
				when(differs(p, items), back(n(1))),
				p.inc(n(4)),
				left.inc(n(-1)),
			),
		)
	}
	return define(0, 1, left,
		when(differs(n(0), atOutcome), back(n(1))),
		when(differs(n(0), atEnough), back(n(1))),
		when(differs(n(0), atNotAlone), back(n(1))),
		when(differs(n(0), atBrings), back(n(1))),
		when(differs(n(0), atTells), back(n(1))),
		list(atBrings, atBring),
		list(atTells, atTell),
		n(0).push(),
	)
}
