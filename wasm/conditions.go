package wasm

// Code for everything up to named conditions. Wherever internal/rules computes one truth value, this code computes 32
// at once, a bit each ("lanes"): bit 0 is the day of the visit, the bits above are later days on which some test turns
// over. So the search for the last day of an answer costs little more than the answer itself.

// literal is the word of a literal of the list at p.
func literal(number uint32) code { return load(load16(p, literals+2*number), trueAt) }

// list evaluates the list at p and leaves in w the lanes in which it may hold. Few lists have more than four literals;
// the words of those that are not there are true.
func list() code {
	fifth := load16(end, literals+8)
	return do(
		w.set(and(and(literal(0), literal(1)), and(literal(2), literal(3)))),
		end.set(p),
		while(fifth,
			w.set(and(w, load(fifth, trueAt))),
			end.inc(n(2)),
		),
	)
}

// each reads the section whose place stands at an address of the tables' head: the body runs for every entry, at p, and
// moves p behind it; left counts down.
func each(at value, body ...code) code {
	return do(
		left.set(load16(at, count)),
		p.set(load16(at, 0)),
		while(left,
			do(body...),
			left.inc(n(-1)),
		),
	)
}

// eachList goes through the lists of a section as they are written out: the body runs for every one, at p.
func eachList(at value, body ...code) code {
	return do(
		left.set(load16(at, count)),
		p.set(load(at, unpackedAt)),
		while(left,
			do(body...),
			p.inc(n(listSize)),
			left.inc(n(-1)),
		),
	)
}

// origin(list) is the open slots that the literals of a list depend on: machine.origin of internal/rules. A signal that
// is decided has none.
func origin() function {
	list, slots := arg0, v0
	return define(1, 1, slots,
		while(w.tee(load16(list, literals)), // how far behind trueAt: signal 0 has 8 or 12
			slots.set(or(slots, load(shl(shrU(w, n(signalShift)), n(2)), openAt-4))),
			list.inc(n(2)),
		),
		slots.push(),
	)
}

// loadAnswers checks the answers and puts defaults where one is missing. It returns the slot of a refused answer, or
// -1: machine.load.
func loadAnswers() function {
	slot, more, v, guard := v0, v1, v2, v3
	special := ltU(sub(v, n(missing+1)), load8(p, inputSpecials))
	return define(0, 1, guard,
		guard.set(n(listsAt)),
		each(n(inputs),
			more.set(load8(p, inputSlots)),
			while(more,
				v.set(load(slot, inputAt)),
				when(eq(v, n(missing)), v.set(load32(p, inputDefault))),
				when(and(not(special), or(lt(v, load32(p, inputLo)), gt(v, load32(p, inputHi)))),
					back(shrU(slot, n(2)))),
				store(slot, rawAt, v),
				slot.inc(n(4)),
				more.inc(n(-1)),
			),
			toNextInput(guard),
		),
		n(-1).push(),
	)
}

// firstOf is the offset of the first signal after those of so many sections and tallies.
func firstOf(counts ...uint32) code {
	sum := load16(n(0), counts[0])
	for _, at := range counts[1:] {
		sum = add(sum, load16(n(0), at))
	}
	return shl(sum, n(signalShift))
}

// toNextInput moves p to the next input, whose guard is the next list.
func toNextInput(guard local) code {
	return do(p.set(load(guard, behind)), guard.inc(n(listSize)))
}

// put stores a signal: w is where it holds, open the slots that leave it undecided, of which there are none in a
// decision.
func put(s, open local) code {
	return do(
		store(s, mayHold, w),
		store(s, mayFail, flip(w)),
		when(unanswered,
			store(shrU(s, n(signalShift-2)), openAt, open),
			when(open,
				store(s, mayHold, n(allLanes)),
				store(s, mayFail, n(allLanes)))),
		s.inc(n(1<<signalShift)),
	)
}

// gateSignals(s, section) evaluates the gates of a section, from signal s: machine.gate for each.
func gateSignals() function {
	s, at, open := arg0, arg1, v0
	return define(2, 0, open,
		eachList(at,
			list(),
			open.set(n(0)),
			when(unanswered, when(and(w, n(1)), open.set(call(fnOrigin, p)))),
			w.set(xor(w, shr(load(p, behind), n(31)))),
			put(s, open),
		),
	)
}

// conditions evaluates terms, atoms and gates for the lanes there are: machine.conditions. Atoms with the same operator
// stand together, so that processors foresee which comes next.
func conditions() function {
	s, open, a, v, x := arg0, v0, v1, v2, v3
	return define(0, 0, x,
		each(n(atoms),
			head.set(load8(p, 0)),
			a.set(load8(p, 1)),
			x.set(load32(p, 2)),
			either(eq(head, n(opNotAfter)),
				do(
					w.set(call(fnNotAfter, p)),
					open.set(or(termOpen(a), termOpen(and(x, n(0xff))))),
				),
				do(
					open.set(and(unanswered, shl(n(1), a))),
					v.set(load(shl(a, n(2)), rawAt)),
					either(eq(head, n(opBit)),
						w.set(and(shr(v, x), n(1))),
						either(eq(head, n(opIn)),
							w.set(and(shr(x, v), n(1))),
							w.set(choose(eq(head, n(opIs)), eq(v, x), ge(v, x))))),
					w.set(neg(w)),
				)),
			put(s, open),
			p.inc(n(atomSize)),
		),
		call(fnGates, s, n(gates)),
	)
}
