package wasm

// next() is the number of the next question, or -1: Program.Next. What is not answered is open; a signal that depends
// on it may hold and may fail. Only bit 0 of the words of signals counts here.
func next() function {
	slot, bits, matters, guard, start := v0, v1, v2, v3, v4
	eachInput := func(body ...code) code { // with its slots as bits
		return do(
			slot.set(n(0)),
			guard.set(n(listsAt)),
			each(n(inputs),
				bits.set(shl(sub(shl(n(1), load8(p, inputSlots)), n(1)), slot)),
				do(body...),
				slot.inc(load8(p, inputSlots)),
				toNextInput(guard),
			),
		)
	}
	return define(0, 1, start,
		when(ge(call(fnLoad), n(0)), back(n(-1))),
		firstLane(),
		unanswered.set(n(0)),
		eachInput(
			when(and(ne(load8(p, inputAsk), n(0)), eq(load(shl(slot, n(2)), inputAt), n(missing))),
				unanswered.set(or(unanswered, bits))),
		),
		eachInput(
			when(and(unanswered, bits),
				call(fnTerms),
				call(fnConditions),
				start.set(p),
				p.set(guard),
				list(),
				p.set(start),
				when(and(w, n(1)),
					matters.set(call(fnMatters)),
					when(lt(matters, n(0)), back(n(-1))),
					when(and(matters, bits), back(sub(load16(n(0), inputs+count), left))),
				),
				unanswered.set(and(unanswered, flip(bits))), // not asked: its default stands
			),
		),
		n(-1).push(),
	)
}

// mattering() is the open slots on which the decision can still depend, or -1 where every row that can decide gives the
// same answer: machine.matters.
func mattering() function {
	slots, open, first, several := v0, v1, v2, v3
	return define(0, 1, several,
		p.set(load(n(0), unpackedAt+rows)),
		first.set(n(-1)),
		block(loop( // the last row always holds
			list(),
			when(and(w, n(1)),
				w.set(load16(load(p, behind), 0)), // outcome and offer
				either(lt(first, n(0)),
					first.set(w),
					several.set(or(several, ne(first, w)))),
				leaveIf(2, not(open.tee(call(fnOrigin, p)))),
				slots.set(or(slots, open)),
			),
			p.inc(n(listSize)),
			leave(0),
		)),
		choose(several, slots, n(-1)),
	)
}
