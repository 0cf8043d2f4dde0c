package rules

import "errors"

// A diagram is a reduced ordered binary decision diagram (Bryant 1986) with complemented edges (Brace, Rudell and Bryant
// 1990): functions of Boolean variables as nodes shared among all of them, so that equal functions are the same number,
// and a function and its opposite are the same node. Node 0 is the constant false.
type diagram struct {
	nodes  []bddNode
	unique []uint32 // open hash table of nodes, each with some bits of its hash on top; 0 is an empty place
	cache  []cached
	made   int // nodes that were made, also those that are forgotten
	most   int // that may be made; 0 where nobody counts

	mark  int32 // of the walk that is under way
	stamp []int32
	memo  []bdd
}

// mostNodes bounds the memory of a verification: 8 million nodes take about 200 MB.
const mostNodes = 8 << 20

// nodeBits are those of the number of a node in the hash table.
const nodeBits = 2*mostNodes - 1

// errTooLarge ends the work on rules that are too entangled for a diagram.
var errTooLarge = errors.New("the diagram of the rules is too large")

// bdd is a function: twice the number of its node, plus one where it is the opposite of what the node says.
type bdd int32

const (
	never  bdd = 0
	always bdd = 1
)

type bddNode struct {
	level    int32 // the variable it tests; small ones stand on top
	low, top bdd   // where the variable is false, and where it is true; top is no opposite
}

type operation int32

const (
	opAnd operation = iota + 1
	opXor
	opSimplify
)

type cached struct {
	op         operation
	a, b, same bdd
}

const (
	lastLevel   = 1 << 30
	fewestSlots = 1 << 18 // of the hash table
	mostCached  = 1 << 20
)

func newDiagram() *diagram {
	return &diagram{nodes: []bddNode{{level: lastLevel}}, unique: make([]uint32, fewestSlots), cache: make([]cached, fewestSlots/2)}
}

// at returns the test of a function, and what it is where the test is false and where it is true.
func (d *diagram) at(f bdd) bddNode {
	n := d.nodes[f>>1]
	n.low ^= f & 1
	n.top ^= f & 1
	return n
}

// node returns the function "top where the variable is true, else low".
func (d *diagram) node(level int32, low, top bdd) bdd {
	if low == top {
		return low
	}
	opposite := top & 1
	n := bddNode{level, low ^ opposite, top ^ opposite}
	if len(d.nodes)*2 > len(d.unique) {
		if len(d.nodes) > mostNodes {
			panic(errTooLarge)
		}
		d.resize(len(d.unique) * 2)
	}
	at, tag := d.slotOf(n)
	if d.unique[at] == 0 {
		d.unique[at] = tag | uint32(len(d.nodes))
		d.nodes = append(d.nodes, n)
		if d.made++; d.made == d.most {
			panic(errTooLarge)
		}
	}
	return bdd(d.unique[at]&nodeBits)<<1 | opposite
}

// nearby are as many places of a table as what is looked for stands away from the number of a function that it is about:
// functions that were made together are used together, so that the processor has these places at hand. That halves the
// time of a proof.
const nearby = 1<<12 - 1

// slotOf returns where a node stands in the hash table, or where it belongs, and its tag there: a node with a different
// tag need not be looked at.
func (d *diagram) slotOf(n bddNode) (at, tag uint32) {
	mask := uint32(len(d.unique) - 1)
	h := uint32(n.level)*0x9e3779b1 ^ uint32(n.low)*0x85ebca6b ^ uint32(n.top)*0xc2b2ae35
	h ^= h >> 15
	tag = h &^ nodeBits
	h = uint32(max(n.low, n.top)) ^ h&nearby
	for {
		h &= mask
		k := d.unique[h]
		if k == 0 || k&^nodeBits == tag && d.nodes[k&nodeBits] == n {
			return h, tag
		}
		h++
	}
}

func (d *diagram) resize(slots int) {
	d.unique = make([]uint32, slots)
	for i := range d.nodes[1:] {
		at, tag := d.slotOf(d.nodes[i+1])
		d.unique[at] = tag | uint32(i+1)
	}
	if size := min(slots/2, mostCached); size != len(d.cache) {
		d.cache = make([]cached, size)
	}
}

func (d *diagram) not(a bdd) bdd        { return a ^ 1 }
func (d *diagram) or(a, b bdd) bdd      { return d.and(a^1, b^1) ^ 1 }
func (d *diagram) without(a, b bdd) bdd { return d.and(a, b^1) }

// slot returns where the result of an operation is kept, or that of another.
func (d *diagram) slot(op operation, a, b bdd) *cached {
	h := (uint32(a)*0x9e3779b1 ^ uint32(b)*0x85ebca6b ^ uint32(op)<<13) >> 7
	return &d.cache[(uint32(max(a, b)>>1)^h&nearby)&uint32(len(d.cache)-1)]
}

func (d *diagram) and(a, b bdd) bdd {
	if a > b {
		a, b = b, a
	}
	switch {
	case a == never || a == b^1:
		return never
	case a == always || a == b:
		return b
	}
	slot := d.slot(opAnd, a, b)
	if slot.op == opAnd && slot.a == a && slot.b == b {
		return slot.same
	}
	x, y := d.at(a), d.at(b)
	level := align(&x, &y, a, b)
	result := d.node(level, d.and(x.low, y.low), d.and(x.top, y.top))
	*slot = cached{opAnd, a, b, result}
	return result
}

func (d *diagram) xor(a, b bdd) bdd {
	opposite := (a ^ b) & 1
	a, b = a&^1, b&^1
	if a > b {
		a, b = b, a
	}
	switch {
	case a == b:
		return opposite
	case a == never:
		return b ^ opposite
	}
	slot := d.slot(opXor, a, b)
	if slot.op == opXor && slot.a == a && slot.b == b {
		return slot.same ^ opposite
	}
	x, y := d.at(a), d.at(b)
	level := align(&x, &y, a, b)
	result := d.node(level, d.xor(x.low, y.low), d.xor(x.top, y.top))
	*slot = cached{opXor, a, b, result}
	return result ^ opposite
}

// align makes two functions test the same variable, the upper of theirs: one that does not test it is the same either way.
func align(x, y *bddNode, a, b bdd) int32 {
	switch {
	case x.level < y.level:
		y.low, y.top = b, b
	case y.level < x.level:
		x.low, x.top = a, a
		return y.level
	}
	return x.level
}

// simplify returns a function that is f wherever care holds, and whatever makes it small elsewhere (Coudert and Madre
// 1990).
func (d *diagram) simplify(f, care bdd) bdd {
	switch {
	case care == never:
		return never
	case care == always || f <= always:
		return f
	case f == care:
		return always
	case f == care^1:
		return never
	case f&1 != 0:
		return d.simplify(f^1, care) ^ 1
	}
	slot := d.slot(opSimplify, f, care)
	if slot.op == opSimplify && slot.a == f && slot.b == care {
		return slot.same
	}
	x, y := d.at(f), d.at(care)
	var result bdd
	switch {
	case y.level < x.level:
		result = d.simplify(f, d.or(y.low, y.top))
	case y.level > x.level:
		result = d.node(x.level, d.simplify(x.low, care), d.simplify(x.top, care))
	case y.low == never:
		result = d.simplify(x.top, y.top)
	case y.top == never:
		result = d.simplify(x.low, y.low)
	default:
		result = d.node(x.level, d.simplify(x.low, y.low), d.simplify(x.top, y.top))
	}
	*slot = cached{opSimplify, f, care, result}
	return result
}

// restrict returns the function with the variables from level first on set to the bits of code.
func (d *diagram) restrict(f bdd, first, bits int, code int) bdd {
	d.begin()
	return d.restricted(f, first, bits, code)
}

func (d *diagram) restricted(f bdd, first, bits int, code int) bdd {
	opposite, node := f&1, f>>1
	n := d.nodes[node]
	if int(n.level) >= first+bits {
		return f
	}
	if int(node) < len(d.stamp) && d.stamp[node] == d.mark {
		return d.memo[node] ^ opposite
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
	d.stamp[node], d.memo[node] = d.mark, result
	return result ^ opposite
}

// begin forgets what a walk over the functions that exist now has noted. There is room for a note of each, and of each
// node.
func (d *diagram) begin() {
	d.mark++
	if functions := 2 * len(d.nodes); len(d.stamp) < functions {
		d.stamp = append(d.stamp, make([]int32, 2*functions-len(d.stamp))...)
		d.memo = append(d.memo, make([]bdd, 2*functions-len(d.memo))...)
	}
}

// size counts the nodes that the given functions share, and notes the levels that they test.
func (d *diagram) size(functions ...bdd) (count int, levels map[int32]bool) {
	d.begin()
	levels = map[int32]bool{}
	var walk func(f bdd)
	walk = func(f bdd) {
		if f <= always || d.stamp[f>>1] == d.mark {
			return
		}
		d.stamp[f>>1] = d.mark
		count++
		levels[d.nodes[f>>1].level] = true
		walk(d.nodes[f>>1].low)
		walk(d.nodes[f>>1].top)
	}
	for _, f := range functions {
		walk(f)
	}
	return count, levels
}

// keep forgets every function but some, which get other numbers.
func (d *diagram) keep(functions []*bdd) {
	old, made := d.nodes, d.made
	d.nodes = append(make([]bddNode, 0, len(old)/4), old[0])
	clear(d.unique)
	moved := make([]bdd, len(old))
	var move func(f bdd) bdd
	move = func(f bdd) bdd {
		if f <= always {
			return f
		}
		if moved[f>>1] == never {
			n := old[f>>1]
			moved[f>>1] = d.node(n.level, move(n.low), move(n.top))
		}
		return moved[f>>1] ^ f&1
	}
	for _, f := range functions {
		*f = move(*f)
	}
	slots := fewestSlots
	for slots < 8*len(d.nodes) {
		slots *= 2
	}
	d.resize(slots)
	clear(d.cache)
	d.made, d.mark, d.stamp, d.memo = made, 0, nil, nil
}
