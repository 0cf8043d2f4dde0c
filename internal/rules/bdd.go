package rules

import "errors"

// A diagram is a reduced ordered binary decision diagram (Bryant 1986): functions of Boolean variables as nodes shared
// among all of them, so that equal functions are the same number. Node 0 is false, node 1 is true.
type diagram struct {
	nodes  []bddNode
	unique []bdd // open hash table of nodes; 0 is an empty place
	cache  []cached
	made   int // nodes that were made, also those that are forgotten

	mark  int32 // of the walk that is under way
	stamp []int32
	memo  []bdd
}

// mostNodes bounds the memory of a verification: 8 million nodes take about 200 MB.
const mostNodes = 8 << 20

// errTooLarge ends the work on rules that are too entangled for a diagram.
var errTooLarge = errors.New("the diagram of the rules is too large")

// bdd is a function: the number of its node.
type bdd int32

const (
	never  bdd = 0
	always bdd = 1
)

type bddNode struct {
	level    int32 // the variable it tests; small ones stand on top
	low, top bdd   // where the variable is false, and where it is true
}

type operation int32

const (
	opAnd operation = iota + 1
	opOr
	opXor
	opWithout // the first and not the second
	opSimplify
)

type cached struct {
	op         operation
	a, b, same bdd
}

const (
	lastLevel = 1 << 30
	cacheSize = 1 << 17 // at first; it grows with the nodes
	mostCache = 1 << 20
)

func newDiagram() *diagram {
	return &diagram{
		nodes:  []bddNode{{level: lastLevel}, {level: lastLevel}},
		unique: make([]bdd, 1<<18),
		cache:  make([]cached, cacheSize),
	}
}

// node returns the function "top where the variable is true, else low".
func (d *diagram) node(level int32, low, top bdd) bdd {
	if low == top {
		return low
	}
	if len(d.nodes)*2 > len(d.unique) {
		if len(d.nodes) > mostNodes {
			panic(errTooLarge)
		}
		d.grow()
	}
	n := bddNode{level, low, top}
	at := d.place(n)
	if d.unique[at] == 0 {
		d.unique[at] = bdd(len(d.nodes))
		d.nodes = append(d.nodes, n)
		d.made++
	}
	return d.unique[at]
}

// place returns where a node stands in the hash table, or where it belongs.
func (d *diagram) place(n bddNode) uint32 {
	mask := uint32(len(d.unique) - 1)
	h := uint32(n.level)*0x9e3779b1 ^ uint32(n.low)*0x85ebca6b ^ uint32(n.top)*0xc2b2ae35
	h ^= h >> 15
	for {
		h &= mask
		if k := d.unique[h]; k == 0 || d.nodes[k] == n {
			return h
		}
		h++
	}
}

func (d *diagram) grow() {
	d.unique = make([]bdd, len(d.unique)*2)
	for i := range d.nodes[2:] {
		d.unique[d.place(d.nodes[i+2])] = bdd(i + 2)
	}
	if size := min(len(d.unique)/2, mostCache); size > len(d.cache) {
		d.cache = make([]cached, size)
	}
}

func (d *diagram) not(a bdd) bdd        { return d.apply(opXor, a, always) }
func (d *diagram) and(a, b bdd) bdd     { return d.apply(opAnd, a, b) }
func (d *diagram) or(a, b bdd) bdd      { return d.apply(opOr, a, b) }
func (d *diagram) xor(a, b bdd) bdd     { return d.apply(opXor, a, b) }
func (d *diagram) without(a, b bdd) bdd { return d.apply(opWithout, a, b) }

// settled returns the result of an operation that needs no look at the nodes.
func settled(op operation, a, b bdd) (bdd, bool) { // a <= b, but for opWithout
	switch op {
	case opWithout:
		switch {
		case a == never || a == b || b == always:
			return never, true
		case b == never:
			return a, true
		}
	case opAnd:
		switch {
		case a == never:
			return never, true
		case a == always || a == b:
			return b, true
		}
	case opOr:
		switch {
		case a == never || a == b:
			return b, true
		case a == always:
			return always, true
		}
	case opXor:
		switch {
		case a == b:
			return never, true
		case a == never:
			return b, true
		}
	}
	return 0, false
}

func (d *diagram) apply(op operation, a, b bdd) bdd {
	if a > b && op != opWithout {
		a, b = b, a
	}
	if result, ok := settled(op, a, b); ok {
		return result
	}
	slot := d.slot(op, a, b)
	if slot.op == op && slot.a == a && slot.b == b {
		return slot.same
	}
	na, nb := d.nodes[a], d.nodes[b]
	level := min(na.level, nb.level)
	lowA, topA, lowB, topB := a, a, b, b
	if na.level == level {
		lowA, topA = na.low, na.top
	}
	if nb.level == level {
		lowB, topB = nb.low, nb.top
	}
	result := d.node(level, d.apply(op, lowA, lowB), d.apply(op, topA, topB))
	*slot = cached{op, a, b, result}
	return result
}

// restrict returns the function with the variables from level first on set to the bits of code.
func (d *diagram) restrict(f bdd, first, bits int, code int) bdd {
	d.begin()
	return d.restricted(f, first, bits, code)
}

func (d *diagram) restricted(f bdd, first, bits int, code int) bdd {
	n := d.nodes[f]
	if int(n.level) >= first+bits {
		return f
	}
	if int(f) < len(d.stamp) && d.stamp[f] == d.mark {
		return d.memo[f]
	}
	var result bdd
	switch {
	case int(n.level) < first:
		result = d.node(n.level, d.restricted(n.low, first, bits, code), d.restricted(n.top, first, bits, code))
	case code>>(int(n.level)-first)&1 != 0:
		result = d.restricted(n.top, first, bits, code)
	default:
		result = d.restricted(n.low, first, bits, code)
	}
	d.stamp[f], d.memo[f] = d.mark, result
	return result
}

// begin forgets what a walk over the nodes that exist now has noted.
func (d *diagram) begin() {
	d.mark++
	if len(d.stamp) < len(d.nodes) {
		d.stamp = append(d.stamp, make([]int32, len(d.nodes)*2-len(d.stamp))...)
		d.memo = append(d.memo, make([]bdd, len(d.nodes)*2-len(d.memo))...)
	}
}

// size counts the nodes that the given functions share, and notes the levels that they test.
func (d *diagram) size(functions ...bdd) (count int, levels map[int32]bool) {
	d.begin()
	levels = map[int32]bool{}
	var walk func(f bdd)
	walk = func(f bdd) {
		if f <= always || d.stamp[f] == d.mark {
			return
		}
		d.stamp[f] = d.mark
		count++
		levels[d.nodes[f].level] = true
		walk(d.nodes[f].low)
		walk(d.nodes[f].top)
	}
	for _, f := range functions {
		walk(f)
	}
	return count, levels
}

// simplify returns a function that is f wherever care holds, and whatever makes it small elsewhere (Coudert and Madre 1990).
func (d *diagram) simplify(f, care bdd) bdd {
	switch {
	case care == never:
		return never
	case care == always || f <= always:
		return f
	case f == care:
		return always
	}
	slot := d.slot(opSimplify, f, care)
	if slot.op == opSimplify && slot.a == f && slot.b == care {
		return slot.same
	}
	nf, nc := d.nodes[f], d.nodes[care]
	var result bdd
	switch {
	case nc.level < nf.level:
		result = d.simplify(f, d.or(nc.low, nc.top))
	case nc.level > nf.level:
		result = d.node(nf.level, d.simplify(nf.low, care), d.simplify(nf.top, care))
	case nc.low == never:
		result = d.simplify(nf.top, nc.top)
	case nc.top == never:
		result = d.simplify(nf.low, nc.low)
	default:
		result = d.node(nf.level, d.simplify(nf.low, nc.low), d.simplify(nf.top, nc.top))
	}
	*slot = cached{opSimplify, f, care, result}
	return result
}

// slot returns where the result of an operation is kept, or that of another.
func (d *diagram) slot(op operation, a, b bdd) *cached {
	return &d.cache[(uint32(a)*0x9e3779b1^uint32(b)*0x85ebca6b^uint32(op)<<13)>>7&uint32(len(d.cache)-1)]
}

// keep forgets every function but some, which get other numbers.
func (d *diagram) keep(functions []*bdd) {
	old := d.nodes
	d.nodes = append(make([]bddNode, 0, len(old)/4), old[:2]...)
	clear(d.unique)
	clear(d.cache)
	moved := make([]bdd, len(old))
	var move func(f bdd) bdd
	move = func(f bdd) bdd {
		if f <= always {
			return f
		}
		if moved[f] == never {
			n := old[f]
			moved[f] = d.node(n.level, move(n.low), move(n.top))
		}
		return moved[f]
	}
	for _, f := range functions {
		*f = move(*f)
	}
	d.mark, d.stamp, d.memo = 0, nil, nil
}
