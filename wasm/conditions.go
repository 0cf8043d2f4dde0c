package wasm

// Code for the first stages: loading the answers, then the tests, then the named conditions. In a decision, internal/table
// computes one truth value at a time. This code computes up to 31 at once, one per bit ("lanes"): bit 0 is the day of the
// visit, and higher bits are later days on which some comparison changes. So the search for the last day of an answer costs
// little more than the answer itself. During the search for the next question, the same code computes with values that may be
// undecided (see layout.go).

// literal loads the word of a literal's signal: the literal with this number in the list at p.
func literal(number uint32) code { return load(load16(p, literals+2*number), trueAt) }

// list evaluates the list at p and sets w to the lanes in which it holds. Most lists have at most four literals. The places of
// missing literals hold 0, the offset of the word that is always true.
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

// each runs the body for every entry of a section, with p at the entry's first byte. The body must move p past the entry. `at`
// is the address, in the head of the tables, of the section's offset. The local `left` counts the entries that remain.
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

// eachList runs the body for every unpacked list of a section, at p.
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

// loadAnswers checks the answers and replaces missing ones by defaults. It returns the slot of a refused answer, or -1:
// Machine.Load.
func loadAnswers() function {
	slot, more, v := v0, v1, v2
	special := ltU(sub(v, n(missing+1)), load8(p, inputSpecials))
	return define(0, 1, v,
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
			toNextInput(),
		),
		n(-1).push(),
	)
}

// toNextInput moves p to the next input.
func toNextInput() code {
	return p.inc(add(n(inputHead), mul(load8(p, inputSlots), n(slotSize))))
}

// opposite computes the word of the negation of w. During the search for the next question, the negation may hold where w does
// not certainly hold.
func opposite(w value) code { return flip(rotl(w, halves)) }

// put stores w as the word of a signal, stores the word of its negation, and moves s to the next signal. During the search for
// the next question it also clears the mark of the signal.
func put(s local) code {
	return do(
		store(s, holdsIn, w),
		store(s, failsIn, opposite(w)),
		when(halves, store(markOf(s), markAt, n(0))),
		s.inc(n(1<<signalShift)),
	)
}

// markOf is the offset of the mark of a signal from the first mark.
func markOf(s value) code { return shrU(s, n(signalShift-2)) }

// oneOf(s, number, which) stores `number` signals from `s` on, of which at most one is true. `which` is the index of the true
// one, or -1 if all are false.
func oneOf() function {
	s, number, which, i := arg0, arg1, local(2), v0
	return define(3, 0, i,
		while(ltU(i, number),
			w.set(neg(eq(i, which))),
			put(s),
			i.inc(n(1)),
		),
	)
}

// gateSignals(s, section) evaluates the gates of a section. `s` is the first of their signals: Machine.gates.
func gateSignals() function {
	s, at, inverted := arg0, arg1, v0
	return define(2, 0, inverted,
		eachList(at,
			list(),
			inverted.set(shr(load(p, behind), n(31))), // -1 or 0
			w.set(rotl(xor(w, inverted), and(inverted, halves))),
			put(s),
		),
	)
}

// conditions evaluates atoms and gates, for all lanes or with open answers: Machine.Conditions without terms. Atoms with the
// same operator are next to each other, so that processors predict the branches.
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
					when(halves,
						w.set(choose(or(termOpen(a), termOpen(and(x, n(0xff)))), n(maybe), neg(and(w, n(1)))))),
				),
				do(
					v.set(load(shl(a, n(2)), rawAt)),
					either(eq(head, n(opBit)),
						w.set(and(shr(v, x), n(1))),
						either(eq(head, n(opIn)),
							w.set(and(shr(x, v), n(1))),
							w.set(choose(eq(head, n(opIs)), eq(v, x), ge(v, x))))),
					w.set(neg(w)),
					when(halves, when(open.tee(load(shl(a, n(2)), openAt)), undecided(x, open))),
				)),
			put(s),
			p.inc(n(atomSize)),
		),
		call(fnGates, s, n(gates)),
	)
}

// undecided sets w for a test of a slot in which something is open. The local `head` has the operator of the test, and `x` the
// test's N.
func undecided(x, open local) code {
	return either(eq(head, n(opIn)),
		w.set(or(
			and(neg(ne(and(open, x), n(0))), n(maybe)),
			and(neg(not(and(open, flip(x)))), n(^maybe)))),
		when(or(ne(head, n(opBit)), and(shrU(open, x), n(1))), w.set(n(maybe))))
}
