package wasm

// Code for everything up to named conditions. Wherever internal/table computes one truth value for a decision, this code
// computes 32 at once, a bit each ("lanes"): bit 0 is the day of the visit, the bits above are later days on which some
// test turns over. So the search for the last day of an answer costs little more than the answer itself. While the next
// question is looked for, the same code computes with values that may be undecided (see layout.go).

// literal loads the word of the signal that literal number of the list at p refers to.
func literal(number uint32) code { return load(load16(p, literals+2*number), trueAt) }

// list evaluates the list at p and leaves in w where it holds. Few lists have more than four literals; the words of those
// that are not there are true.
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

// loadAnswers checks the answers and puts defaults where one is missing. It returns the slot of a refused answer, or
// -1: machine.load.
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

// opposite is where the opposite of what holds in w does: while the next question is looked for, what may fail is what
// does not surely hold.
func opposite(w value) code { return flip(rotl(w, halves)) }

// put stores a signal: w is where it holds. It is not marked yet.
func put(s local) code {
	return do(
		store(s, holdsIn, w),
		store(s, failsIn, opposite(w)),
		when(halves, store(markOf(s), markAt, n(0))),
		s.inc(n(1<<signalShift)),
	)
}

// markOf is how far the mark of a signal lies behind the first.
func markOf(s value) code { return shrU(s, n(signalShift-2)) }

// oneOf(s, number, which) stores so many signals from s on, of which only one holds: which, or none where it is -1.
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

// gateSignals(s, section) evaluates the gates of a section, from signal s: machine.gates.
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

// conditions evaluates atoms and gates, for the lanes there are or with what is open: machine.conditions without terms.
// Atoms with the same operator stand together, so that processors foresee which comes next.
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

// undecided sets w for a test of a slot of which something is open: the operator is in head, its number is x.
func undecided(x, open local) code {
	return either(eq(head, n(opIn)),
		w.set(or(
			and(neg(ne(and(open, x), n(0))), n(maybe)),
			and(neg(not(and(open, flip(x)))), n(^maybe)))),
		when(or(ne(head, n(opBit)), and(shrU(open, x), n(1))), w.set(n(maybe))))
}
