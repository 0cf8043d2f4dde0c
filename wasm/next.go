package wasm

// Code for the next question. It transcribes internal/table/next.go. While answers are open, some tests are undecided. The code
// marks the signals on which the outcome, Enough or the first alternative can still depend, and follows them back to the tests
// behind them. A question matters if one of its tests is marked.

// next() writes the next question and returns the number of its input, or -1. It corresponds to Program.Next.
func next() function {
	input, from, to, at, i, stale := v0, v1, v2, v3, v4, v5
	// `stale` says what must be computed again before it is used. When an input gets its default because no later step asks for
	// it, the conditions and all that follows from them are stale.
	const conditionsToo, marksOnly, neither = n(2), n(1), n(0)
	known := when(eq(stale, conditionsToo), call(fnTerms), call(fnConditions), stale.set(marksOnly))
	followed := do(known, when(stale, call(fnFollow), stale.set(neither)))
	return define(0, 1, stale,
		store(n(0), questionAt+atInput, n(-1)),
		store(n(0), questionAt+atWords, n(0)),
		when(ge(call(fnLoad), n(0)), back(n(-1))),
		call(fnGuards),
		call(fnUnanswered),
		stale.set(conditionsToo),
		at.set(load(n(0), unpackedAt+asks)),
		each(n(asks),
			input.set(shl(load8(p, askInput), n(2))),
			head.set(load8(p, askFlags)),
			p.set(load(at, behind)),
			from.set(load(input, slotsAt)),
			to.set(load(input, slotsAt+4)),
			when(and(ne(call(fnIsOpen, from, to), n(0)), eq(and(head, n(again)), call(fnInPart, load(input, inputsAt), from, to))),
				when(load(i, askedAt),
					followed,
					when(call(fnBearing, from, to),
						store(n(0), questionAt+atAgain, and(head, n(again))),
						call(fnQuestion, input),
						back(load(n(0), questionAt+atInput))),
				),
				when(and(head, n(lastAsk)),
					w.set(n(0)),
					when(not(load(i, askedAt)), // the value of the guard is needed only in this case
						known,
						p.set(at),
						list(),
						p.set(load(at, behind))),
					when(not(and(w, n(1))), // no later step asks for this input: its default applies
						while(ltU(from, to), store(from, openAt, n(0)), from.inc(n(4))),
						stale.set(conditionsToo))),
			),
			at.inc(n(listSize)),
			i.inc(n(4)),
		),
		n(-1).push(),
	)
}

// guards() records, for each step of the interview, whether its guard holds if open answers count as defaults:
// Machine.Guards.
func guards() function {
	at := v0
	return define(0, 0, at,
		halves.set(n(0)),
		firstLane(),
		call(fnTerms),
		call(fnConditions),
		eachList(n(asks),
			list(),
			store(at, askedAt, and(w, n(1))),
			at.inc(n(4)),
		),
	)
}

// unanswered() marks as open the values that the interview asks for and that are not answered yet: Machine.unanswered.
func unanswered() function {
	slot, more, asked, kind := v0, v1, v2, v3
	return define(0, 0, kind,
		halves.set(n(half)),
		each(n(inputs),
			kind.set(load8(p, inputKind)),
			more.set(load8(p, inputSlots)),
			asked.set(load8(p, inputAsked)),
			p.inc(n(inputHead)),
			while(more,
				w.set(n(0)),
				when(asked,
					w.set(and(load32(p, slotAll), flip(load32(p, slotTold)))),
					when(ne(load(slot, inputAt), n(missing)),
						w.set(choose(eq(kind, n(kindSeveral)), and(w, load(slot, partAt)), n(0))))),
				store(slot, openAt, w),
				slot.inc(n(4)),
				p.inc(n(slotSize)),
				more.inc(n(-1)),
			),
		),
	)
}

// inPart(input, from, to) is 1 if an input is a set and at least one of its values is answered, not counting values told
// unasked. `input` is the input's address. Its slots begin at or after `from` and before `to`: Machine.inPart.
func inPart() function {
	input, from, to, part := arg0, arg1, local(2), local(3)
	return define(3, 1, part,
		when(eq(load8(input, inputKind), n(kindSeveral)),
			input.inc(n(inputHead)),
			while(ltU(from, to),
				part.set(or(part, ne(load(from, openAt), and(load32(input, slotAll), flip(load32(input, slotTold)))))),
				input.inc(n(slotSize)),
				from.inc(n(4)),
			),
		),
		part.push(),
	)
}

// follow() marks the signals on which the outcome, Enough and the first alternative can still depend: Machine.follow. The
// conditions must have been computed.
func follow() function {
	return define(0, 0, left,
		call(fnOneOf, firstOutcome, load16(n(0), outcomes), n(-1)),
		call(fnPossible, n(rows), firstOutcome),
		call(fnGates, firstPost, n(posts)),
		when(load16(n(0), enough+count),
			call(fnOneOf, firstEnough, n(levels), n(-1)),
			call(fnPossible, n(enough), firstEnough),
		),
		call(fnGates, firstLast, n(lasts)),
		call(fnFirstSets),
		call(fnBackward),
	)
}

// eachPossible runs the body for every row of a table that may still decide, up to one that certainly holds; the last row always
// does. p is at the list of the row. The body is inside a block, a loop and a condition, which count when it leaves blocks.
func eachPossible(section value, body ...code) code {
	return do(
		p.set(load(section, unpackedAt)),
		block(loop(
			list(),
			when(and(w, n(1)),
				left.set(w),
				do(body...),
				leaveIf(2, lt(left, n(0)))),
			p.inc(n(listSize)),
			leave(0),
		)),
	)
}

// possible(section, s) marks as possible the signals of the outcomes or levels that rows of a table may still give; `s` is the first of
// them. If only one is possible, it is certain. If several are possible, or in the decision one outcome with different offers, it marks the
// signals on which the rows depend. In the tables, a row's list is followed by the number of its outcome or level and, in the decision, by
// its offer. It does what Machine.possibleRows and Machine.possibleEnough do.
func possible() function {
	section, s, first, differs, at := arg0, arg1, v0, v1, v2
	signal := shl(and(w, n(0xff)), n(signalShift))
	return define(2, 0, at,
		first.set(n(-1)),
		eachPossible(section,
			w.set(and(load16(load(p, behind), 0), choose(eq(section, n(rows)), n(0xffff), n(0xff)))),
			at.set(add(s, signal)),
			store(at, holdsIn, n(maybe)),
			store(at, failsIn, n(maybe)),
			when(lt(first, n(0)), first.set(w)),
			differs.set(or(differs, xor(w, first))),
		),
		when(not(and(differs, n(0xff))),
			store(at, holdsIn, n(allLanes)),
			store(at, failsIn, n(0))),
		when(differs, call(fnMarkRows, section)),
	)
}

// firstSets() marks the signals on which the first alternative depends: Machine.firstSet, Machine.supplements.
func firstSets() function {
	nothing, set, at := v0, v1, v2
	eachOf := func(lists uint32, body code) code { // runs the body for every list, at p
		return do(
			at.set(n(0)),
			while(p.tee(load(at, lists)),
				list(),
				body,
				at.inc(n(4)),
			),
		)
	}
	// offering runs the body for additive rows that may offer something, up to a row that certainly offers something.
	offering := func(body code) code {
		return eachOf(offeringAt, when(and(nothing, w),
			body,
			nothing.set(ge(w, n(0)))))
	}
	return define(0, 0, at,
		store(n(0), otherAt+atBrings, n(0)),
		eachPossible(n(rows),
			set.set(offerAt(load8(load(p, behind), 1))),
			either(load8(set, 0),
				possibleSet(load8(set, 1)),
				nothing.set(n(1))),
		),
		when(nothing,
			offering(possibleSet(call(fnFirstEffect, p, n(effectOr)))),
			when(or(nothing, gt(load(n(0), otherAt+atBrings), n(1))),
				nothing.set(n(1)),
				offering(call(fnMark, p)))),
		eachOf(addingAt, when(eq(w, n(maybe)), when(call(fnSupplements, p), call(fnMark, p)))),
	)
}

// possibleSet records a set that may be the first alternative.
func possibleSet(number value) code {
	return call(fnAppend, n(otherAt), n(atBrings), n(atBring), setAt(number))
}

// supplements(list) is 1 if the additive row with this list adds something to a set that may be the first alternative, otherwise
// 0.
func supplements() function {
	with, to, at, set := v0, v1, v2, v3
	return define(1, 1, set,
		p.set(load(arg0, behind)),
		eachEffect(when(eq(and(head, n(0x7f)), n(effectWith)),
			with.set(setAt(load8(p, 1))),
			to.set(setAt(load8(p, 2))),
			at.set(n(otherAt)),
			left.set(load(at, atBrings)),
			while(left,
				set.set(load(at, atBring)),
				when(or(not(to), and(to, set)), when(and(with, flip(set)), back(n(1)))),
				at.inc(n(4)),
				left.inc(n(-1)),
			))),
		n(0).push(),
	)
}

// backward() marks the signals on which marked gates depend: Machine.backward.
func backward() function {
	return define(0, 0, left,
		call(fnMarkGates, firstLast, n(lasts)),
		call(fnMarkGates, firstPost, n(posts)),
		call(fnMarkGates, shl(load16(n(0), atoms+count), n(signalShift)), n(gates)),
	)
}

// markGates(s, section) marks the signals on which the marked gates of a section depend. s is the section's first signal. It
// goes from the last gate to the first, because each gate refers only to signals before it.
func markGates() function {
	s, at := arg0, arg1
	return define(2, 0, left,
		left.set(load16(at, count)),
		s.inc(shl(left, n(signalShift))),
		p.set(add(load(at, unpackedAt), mul(left, n(listSize)))),
		while(left,
			left.inc(n(-1)),
			s.inc(n(-1<<signalShift)),
			p.inc(n(-listSize)),
			when(load(markOf(s), markAt), call(fnMark, p)),
		),
	)
}

// markRows(section) marks the signals on which the rows of a table depend. It leaves out rows that can no longer decide.
func markRows() function {
	return define(1, 0, left,
		when(load16(arg0, count), eachPossible(arg0, call(fnMark, p))),
	)
}

// mark(list) marks the undecided signals of a list: those that may hold and may also fail.
func mark() function {
	list, at := arg0, v0
	return define(1, 0, at,
		while(w.tee(load16(list, literals)), // offset of its word from trueAt: 8 or 12 for signal 0
			at.set(markOf(w)),
			store(at, markAt-4, or(load(at, markAt-4), and(load(w, trueAt), load(xor(w, n(4)), trueAt)))),
			list.inc(n(2)),
		),
	)
}

// isOpen(from, to) is not 0 if something is open in a slot that begins at or after `from` and before `to`: Machine.isOpen.
func isOpen() function {
	from, to := arg0, arg1
	return define(2, 1, w,
		while(ltU(from, to), w.set(or(w, load(from, openAt))), from.inc(n(4))),
		w.push(),
	)
}

// bearing(from, to) returns, as bits, the open values that marked tests distinguish in the slots that begin at or after `from`
// and before `to`, which are offsets in bytes from the first slot. For a choice these are the values that the tests distinguish
// from the default. For a date or number, all bits are set if a marked test reads the slot: Machine.bearing.
func bearing() function {
	from, to, values, s, a, x := arg0, arg1, v0, v1, v2, v3
	return define(2, 1, x,
		each(n(atoms),
			when(load(s, markAt),
				head.set(load8(p, 0)),
				a.set(load8(p, 1)),
				x.set(load32(p, 2)),
				either(eq(head, n(opNotAfter)),
					values.set(or(values, bearingDays(a, x, from, to))),
					do(
						a.set(shl(a, n(2))),
						when(and(geU(a, from), ltU(a, to)),
							either(eq(head, n(opIn)),
								// If the set x contains the default, these are the open values outside x, otherwise the open
								// values in x.
								values.set(or(values, and(load(a, openAt), xor(x, neg(and(shrU(x, load(a, rawAt)), n(1))))))),
								values.set(or(values, choose(eq(head, n(opBit)), shl(n(1), x), n(-1))))))))),
			s.inc(n(4)),
			p.inc(n(atomSize)),
		),
		values.push(),
	)
}

// bearingDays is -1 if a comparison of days depends on an open slot that begins at or after `from` and before `to` (as in
// bearing), otherwise 0.
func bearingDays(a, x, from, to value) code {
	slots := sub(shl(n(1), shrU(to, n(2))), shl(n(1), shrU(from, n(2))))
	return neg(ne(and(or(termOpen(a), termOpen(and(x, n(0xff)))), slots), n(0)))
}

// question(input) writes the question of an input, with the values that can still change any part of the answer, including its
// notes. The parameter `input` is four times the input's number: Machine.question.
func question() function {
	input, from, to, kind, at := arg0, v0, v1, v2, v3
	return define(1, 0, at,
		eachList(n(adds), call(fnMark, p)),
		call(fnMarkRows, n(rows)),
		call(fnMarkRows, n(enough)),
		call(fnBackward),
		store(n(0), questionAt+atInput, shrU(input, n(2))),
		from.set(load(input, slotsAt)),
		to.set(load(input, slotsAt+4)),
		store(n(0), questionAt+atWords, shrU(sub(to, from), n(2))),
		input.set(load(input, inputsAt)),
		kind.set(load8(input, inputKind)),
		while(ltU(from, to),
			w.set(call(fnBearing, from, add(from, n(4)))),
			when(eq(kind, n(kindChoice)), w.set(or(w, shl(n(1), load(from, rawAt))))),
			when(geU(kind, n(kindDate)), w.set(sub(shl(n(1), load8(input, inputSpecials)), n(1)))),
			store(at, questionAt+atValues, w),
			at.inc(n(4)),
			from.inc(n(4)),
		),
	)
}
