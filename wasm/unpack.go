package wasm

// Code that runs once, when the module starts. It unpacks lists into a larger form that is faster to evaluate.

// unpack() unpacks the lists of all sections, one after the other, and computes everything else that follows from the tables.
func unpack() function {
	to, at := v0, v1
	section := func(at uint32, before, after code) code {
		return do(
			store(n(0), unpackedAt+at, to),
			each(n(at),
				before,
				p.set(call(fnUnpackList, p, to)),
				to.inc(n(listSize)),
				after,
			),
		)
	}
	return define(0, 0, at,
		store(n(0), trueAt, n(allLanes)),
		heads(),
		firstOutcome.set(behindAll(atoms+count, gates+count)),
		firstPost.set(add(firstOutcome, behindAll(outcomes))),
		firstEnough.set(add(firstPost, behindAll(posts+count))),
		firstLast.set(add(firstEnough, choose(load16(n(0), enough+count), n(levels<<signalShift), n(0)))),
		places(inputs, inputsAt, at, do(
			store(at, slotsAt+4, add(load(at, slotsAt), shl(load8(p, inputSlots), n(2)))),
			toNextInput())),
		places(offers, offersAt, at, p.inc(add(load8(p, 0), n(1)))),
		to.set(n(listsAt)),
		section(gates, nil, nil),
		section(rows, nil, p.inc(n(2))),
		section(posts, nil, nil),
		section(enough, nil, p.inc(n(1))),
		section(lasts, nil, nil),
		section(adds, nil, eachEffect(nil)),
		section(asks, p.inc(n(askGuard)), nil),
		listsWith(n(effectOr), offeringAt, at),
		listsWith(n(effectWith), addingAt, at),
	)
}

// listsWith stores the addresses of the lists of all additive rows that have an effect of the given kind. `to` is the address of
// the first word to write.
func listsWith(kind n, to uint32, at local) code {
	return do(
		at.set(n(0)),
		eachList(n(adds),
			when(ge(call(fnFirstEffect, p, kind), n(0)),
				store(at, to, p),
				at.inc(n(4))),
		),
	)
}

// firstEffect(list, kind) returns the number of the set or note of the row's first effect of that kind, or -1 if the row has no
// such effect.
func firstEffect() function {
	list, kind := arg0, arg1
	return define(2, 1, head,
		p.set(load(list, behind)),
		eachEffect(when(eq(and(head, n(0x7f)), kind), back(load8(p, 1)))),
		n(-1).push(),
	)
}

// heads stores the parts of the answer and of the question that never change.
func heads() code {
	return do(
		store(n(0), resultAt+atLength, n(resultHead)),
		store(n(0), resultAt+toBring, n(atBring)),
		store(n(0), resultAt+toTell, n(atTell)),
		store(n(0), questionAt+atLength, n(questionHead)),
		store(n(0), questionAt+toValues, n(atValues)),
	)
}

// behindAll computes the size of several groups of signals, in bytes, which is the offset of the first signal after them.
// `counts` has, for each group, the address of the number of its signals in the head of the tables.
func behindAll(counts ...uint32) code {
	sum := load16(n(0), counts[0])
	for _, at := range counts[1:] {
		sum = add(sum, load16(n(0), at))
	}
	return shl(sum, n(signalShift))
}

// places stores the addresses of the entries of a section. `to` is the address of the first word to write. The code `next` moves
// p to the next entry.
func places(section, to uint32, at local, next code) code {
	return do(
		at.set(n(0)),
		each(n(section),
			store(at, to, p),
			next,
			at.inc(n(4)),
		),
	)
}

// eachEffect runs the body for every effect of an additive row, from p on, with the effect's first byte in the local `head`. It
// moves p past the effects.
func eachEffect(body code) code {
	return repeat(
		do(
			head.set(load8(p, 0)),
			body,
			p.inc(add(n(2), eq(and(head, n(0x7f)), n(effectWith)))),
		),
		and(head, n(0x80)), // a further effect follows
	)
}

// unpackList(from, to) unpacks a list and returns its end in the tables.
func unpackList() function {
	from, to, at, signal, no := arg0, arg1, v0, v1, v2
	return define(2, 1, no,
		head.set(load8(from, 0)),
		p.set(add(from, n(1))),
		no.set(and(shrU(head, n(3)), n(7))),
		left.set(add(and(head, n(7)), no)),
		at.set(to),
		while(left,
			signal.set(load8(p, 0)),
			p.inc(n(1)),
			when(ge(signal, n(wideSignal)),
				signal.set(or(shl(sub(signal, n(wideSignal)), n(8)), load8(p, 0))),
				p.inc(n(1)),
			),
			store16(at, literals, add(add(shl(signal, n(signalShift)), n(signalsAt-trueAt)), shl(le(left, no), n(2)))),
			left.set(sub(left, n(1))),
			at.inc(n(2)),
		),
		store(to, behind, or(p, neg(shrU(head, n(6))))),
		p.push(),
	)
}
