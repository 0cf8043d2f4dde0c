package wasm

// Code for everything up to named conditions. Wherever internal/rules computes one truth value, this code computes 32
// at once, a bit each ("lanes"): bit 0 is the day of the visit, the bits above are later days on which some test turns
// over. So the search for the last day of an answer costs little more than the answer itself.

// generator knows what differs between the two variants of the code: the width of a signal number in the tables.
type generator struct{ width n }

// loadSignal reads a signal number from the tables.
func (g generator) loadSignal() code {
	if g.width == 1 {
		return load8(p, 0)
	}
	return load16(p, 0)
}

// size is how many bytes so many signal numbers take.
func (g generator) size(signals value) code {
	if g.width == 1 {
		return signals.push()
	}
	return shl(signals, n(1))
}

// yeses and literals are how many signals a list refers to, by its first byte.
func yeses(head value) code    { return and(head, n(7)) }
func literals(head value) code { return add(yeses(head), and(shrU(head, n(3)), n(7))) }

// list evaluates the list at p, moves p behind it, and leaves in w the lanes in which it may hold, in head its first
// byte. It stops as soon as it holds in no lane.
func (g generator) list() code {
	narrow := func(until local, word uint32) code {
		return when(ltU(p, until), loop(
			w.set(and(w, load(shl(g.loadSignal(), n(signalShift)), word))),
			p.inc(g.width),
			leaveIf(0, and(ltU(p, until), ne(w, n(0)))),
		))
	}
	return do(
		head.set(load8(p, 0)),
		p.inc(n(1)),
		yes.set(add(p, g.size(yeses(head)))),
		end.set(add(p, g.size(literals(head)))),
		w.set(n(allLanes)),
		narrow(yes, mayHold),
		when(w, narrow(end, mayFail)),
		p.set(end),
	)
}

// skipList moves p behind the list at p.
func (g generator) skipList() code {
	return p.set(add(add(p, n(1)), g.size(literals(load8(p, 0)))))
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

// origin(list) is the open slots that the literals of a list depend on: machine.origin of internal/rules. A signal that
// is decided has none.
func (g generator) origin() function {
	list, slots := arg0, v0
	return define(1, 1, slots,
		p.set(list),
		left.set(literals(load8(p, 0))),
		p.inc(n(1)),
		while(left,
			slots.set(or(slots, load(shl(g.loadSignal(), n(2)), openAt))),
			p.inc(g.width),
			left.inc(n(-1)),
		),
		slots.push(),
	)
}

// loadAnswers checks the answers and puts defaults where one is missing. It returns the slot of a refused answer, or
// -1: machine.load.
func (g generator) loadAnswers() function {
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
			p.inc(n(inputGuard)),
			g.skipList(),
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

// put stores a signal: w is where it holds, open the slots that leave it undecided.
func put(s, open local) code {
	return do(
		store(s, mayHold, w),
		store(s, mayFail, flip(w)),
		store(shrU(s, n(signalShift-2)), openAt, open),
		when(open,
			store(s, mayHold, n(allLanes)),
			store(s, mayFail, n(allLanes))),
		s.inc(n(1<<signalShift)),
	)
}

// gates(s, section) evaluates the gates of a section, from signal s: machine.gate for each.
func (g generator) gates() function {
	s, at, open, start := arg0, arg1, v0, v1
	return define(2, 0, start,
		each(at,
			start.set(p),
			g.list(),
			open.set(n(0)),
			when(unanswered, when(and(w, n(1)), open.set(call(fnOrigin, start)))),
			w.set(xor(w, neg(shrU(head, n(6))))),
			put(s, open),
		),
	)
}

// conditions evaluates terms, atoms and gates for the lanes there are: machine.conditions.
func (g generator) conditions() function {
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
					w.set(neg(
						choose(eq(head, n(opBit)), and(shr(v, x), n(1)),
							choose(eq(head, n(opIn)), and(shr(x, v), n(1)),
								choose(eq(head, n(opIs)), eq(v, x), ge(v, x)))))),
				)),
			put(s, open),
			p.inc(n(atomSize)),
		),
		call(fnGates, s, n(gates)),
	)
}
