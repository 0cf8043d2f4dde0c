package wasm

// Code that runs once, when the module starts: lists are written out in a form that is faster to evaluate and larger.

// unpack() writes out the lists of all sections, one behind the other; those of the inputs come first.
func unpack() function {
	to := v0
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
	return define(0, 0, to,
		store(n(0), trueAt, n(allLanes)),
		to.set(n(listsAt)),
		section(inputs, p.inc(n(inputGuard)), nil),
		section(gates, nil, nil),
		section(rows, nil, p.inc(n(2))),
		section(posts, nil, nil),
		section(adds, nil, eachEffect(nil)),
	)
}

// eachEffect goes through the effects of a row of the additive stage, from p on, and moves p behind them: the body runs
// for every one, with its first byte in head.
func eachEffect(body code) code {
	return repeat(
		do(
			head.set(load8(p, 0)),
			body,
			p.inc(add(n(2), eq(and(head, n(0x7f)), n(effectWith)))),
		),
		and(head, n(0x80)), // another follows
	)
}

// unpackList(from, to) writes out a list and returns where in the tables it ends.
func unpackList() function {
	from, to, at, size := arg0, arg1, v0, v1
	signal := choose(eq(size, n(1)), load8(p, 0), load16(p, 0))
	return define(2, 1, size,
		size.set(load8(n(0), numberSize)),
		head.set(load8(from, 0)),
		p.set(add(from, n(1))),
		yes.set(add(p, mul(and(head, n(7)), size))),
		end.set(add(yes, mul(and(shrU(head, n(3)), n(7)), size))),
		at.set(to),
		while(ltU(p, end),
			store16(at, literals, add(add(shl(signal, n(signalShift)), n(signalsAt-trueAt)), shl(geU(p, yes), n(2)))),
			p.inc(size),
			at.inc(n(2)),
		),
		store(to, behind, or(p, neg(shrU(head, n(6))))),
		p.push(),
	)
}
