// Package bdd computes with functions of Boolean variables, as reduced ordered binary decision diagrams. It knows nothing
// about rules: internal/space numbers what can be true of a visitor as variables, and expresses who gets what as functions.
// Begin with [New], [Diagram.Make] and [Diagram.And].
package bdd

import (
	"errors"
	"slices"
)

// A Diagram is a reduced ordered binary decision diagram (Bryant 1986) with complemented edges (Brace, Rudell and Bryant
// 1990). All functions share its nodes, so that equal functions have the same number, and a function and its negation have the
// same node. Node 0 is the constant false.
type Diagram struct {
	nodes  []Node
	unique []uint32 // hash table of node numbers; the high bits of an entry are bits of the node's hash; 0 is a free place
	cache  []cached
	made   int          // nodes ever made, including dropped ones
	steps  int          // calls of Make
	most   int          // limit for `made`; 0 for no limit
	until  func() error // work ends with the panic Stopped if it returns an error; may be nil

	mark  int32   // the number of the current walk
	stamp []int32 // by node or function: the number of the last walk that visited it
	memo  []Func  // by node: the result of the last walk of Restrict that visited it
}

// MostNodes is the maximum number of nodes of a diagram. With everything that belongs to them, these nodes take about 250
// MB, and a check may take 500 MB. The proof of the interview of real rules takes about five million nodes.
const MostNodes = 6 << 20

// nodeBits masks the node number in an entry of the hash table. It is larger than MostNodes.
const nodeBits = 1<<23 - 1

// ErrTooLarge is the value of the panic that ends work if a diagram grows beyond its limit.
var ErrTooLarge = errors.New("the diagram of the rules is too large")

// Fits calls `do` and reports whether the diagrams stayed within their limit: false if `do` panics with ErrTooLarge. Other panics pass.
func Fits(do func()) (fit bool) {
	defer func() {
		if problem := recover(); problem != nil && problem != ErrTooLarge {
			panic(problem)
		}
	}()
	do()
	return true
}

// A Func identifies a function: it is twice the number of the function's node, plus one if the function is the negation of
// that node.
type Func int32

// The functions that depend on no variable.
const (
	Never  Func = 0
	Always Func = 1
)

// Node tests one variable of a function.
type Node struct {
	Level    int32 // the variable it tests; small levels are on top
	Low, Top Func  // the function where the variable is false, and where it is true; Top is never complemented
}

type operation int32

const (
	opAnd operation = iota + 1
	opXor
	opSimplify
)

type cached struct {
	op         operation
	a, b, same Func
}

const (
	lastLevel   = 1 << 30
	fewestSlots = 1 << 18 // the least size of the hash table
	mostCached  = 1 << 20
)

// Stopped is the value of the panic that ends work on a diagram if the function given to [New] returns the error Err.
type Stopped struct{ Err error }

// stepsBetween is the number of calls of Make between two calls of `until`: less than a millisecond's work. A call that only finds an
// existing node is counted too, because an operation can take long without making a new one.
const stepsBetween = 1 << 12

// New returns a diagram that holds only the constants. If `until` is not nil and returns an error, work on the diagram ends
// with the panic [Stopped].
func New(until func() error) *Diagram {
	return &Diagram{until: until, nodes: []Node{{Level: lastLevel}}, unique: make([]uint32, fewestSlots), cache: make([]cached, fewestSlots/2)}
}

// At returns the node of f: the topmost variable that f depends on (Level), f where the variable is false (Low), and f where it is
// true (Top).
func (d *Diagram) At(f Func) Node {
	n := d.nodes[f>>1]
	n.Low ^= f & 1
	n.Top ^= f & 1
	return n
}

// Make returns the function "`top` if the variable at this level is true, otherwise `low`". It panics with ErrTooLarge if
// the diagram grows too large, and with [Stopped] if the function given to [New] returns an error.
func (d *Diagram) Make(level int32, low, top Func) Func {
	if low == top {
		return low
	}
	opposite := top & 1
	n := Node{level, low ^ opposite, top ^ opposite}
	if len(d.nodes)*2 > len(d.unique) {
		d.resize(len(d.unique) * 2)
	}
	at, tag := d.slotOf(n)
	if d.unique[at] == 0 {
		d.unique[at] = tag | uint32(len(d.nodes))
		d.nodes = append(d.nodes, n)
		if d.made++; d.made == d.most || len(d.nodes) > MostNodes {
			panic(ErrTooLarge)
		}
	}
	if d.steps++; d.until != nil && d.steps%stepsBetween == 0 {
		if err := d.until(); err != nil {
			panic(&Stopped{err})
		}
	}
	return Func(d.unique[at]&nodeBits)<<1 | opposite
}

// nearby masks the low bits of a place in a hash table. The hash sets these bits; the other bits come from the number of a
// function. So functions that are made together, and mostly used together, have entries close to each other. Most of these are
// in the processor's cache, which halves the time of a proof.
const nearby = 1<<12 - 1

// slotOf returns the place of a node in the hash table (or the free place for it), and its tag there. An entry with a
// different tag belongs to a different node.
func (d *Diagram) slotOf(n Node) (at, tag uint32) {
	mask := uint32(len(d.unique) - 1)
	h := uint32(n.Level)*0x9e3779b1 ^ uint32(n.Low)*0x85ebca6b ^ uint32(n.Top)*0xc2b2ae35
	h ^= h >> 15
	tag = h &^ nodeBits
	h = uint32(max(n.Low, n.Top)) ^ h&nearby
	for {
		h &= mask
		k := d.unique[h]
		if k == 0 || k&^nodeBits == tag && d.nodes[k&nodeBits] == n {
			return h, tag
		}
		h++
	}
}

func (d *Diagram) resize(slots int) {
	d.nodes = slices.Grow(d.nodes, max(0, min(slots/2, MostNodes)+1-len(d.nodes)))
	d.unique = make([]uint32, slots)
	for i := range d.nodes[1:] {
		at, tag := d.slotOf(d.nodes[i+1])
		d.unique[at] = tag | uint32(i+1)
	}
	if size := min(slots/2, mostCached); size != len(d.cache) {
		d.cache = make([]cached, size)
	}
}

// Not returns the negation of a.
func (d *Diagram) Not(a Func) Func { return a ^ 1 }

// Or returns the function "a or b".
func (d *Diagram) Or(a, b Func) Func { return d.And(a^1, b^1) ^ 1 }

// Without returns the function "a and not b".
func (d *Diagram) Without(a, b Func) Func { return d.And(a, b^1) }

// slot returns the place in the cache for the result of an operation. The place may hold the result of a different operation.
func (d *Diagram) slot(op operation, a, b Func) *cached {
	h := (uint32(a)*0x9e3779b1 ^ uint32(b)*0x85ebca6b ^ uint32(op)<<13) >> 7
	return &d.cache[(uint32(max(a, b)>>1)^h&nearby)&uint32(len(d.cache)-1)]
}

// And returns the function "a and b".
func (d *Diagram) And(a, b Func) Func {
	if a > b {
		a, b = b, a
	}
	switch {
	case a == Never || a == b^1:
		return Never
	case a == Always || a == b:
		return b
	}
	slot := d.slot(opAnd, a, b)
	if slot.op == opAnd && slot.a == a && slot.b == b {
		return slot.same
	}
	x, y := d.At(a), d.At(b)
	level := align(&x, &y, a, b)
	result := d.Make(level, d.And(x.Low, y.Low), d.And(x.Top, y.Top))
	*slot = cached{opAnd, a, b, result}
	return result
}

// Xor returns the function "a or b, but not both".
func (d *Diagram) Xor(a, b Func) Func {
	opposite := (a ^ b) & 1
	a, b = a&^1, b&^1
	if a > b {
		a, b = b, a
	}
	switch {
	case a == b:
		return opposite
	case a == Never:
		return b ^ opposite
	}
	slot := d.slot(opXor, a, b)
	if slot.op == opXor && slot.a == a && slot.b == b {
		return slot.same ^ opposite
	}
	x, y := d.At(a), d.At(b)
	level := align(&x, &y, a, b)
	result := d.Make(level, d.Xor(x.Low, y.Low), d.Xor(x.Top, y.Top))
	*slot = cached{opXor, a, b, result}
	return result ^ opposite
}

// align splits two functions at the topmost variable of either, and returns the level of that variable. x and y are the nodes of a and b.
// A function that does not depend on that variable gets itself as both halves.
func align(x, y *Node, a, b Func) int32 {
	switch {
	case x.Level < y.Level:
		y.Low, y.Top = b, b
	case y.Level < x.Level:
		x.Low, x.Top = a, a
		return y.Level
	}
	return x.Level
}

// Simplify returns a function that equals f wherever `care` holds. Elsewhere its value is whatever keeps its diagram small
// (Coudert and Madre 1990).
func (d *Diagram) Simplify(f, care Func) Func {
	switch {
	case care == Never:
		return Never
	case care == Always || f <= Always:
		return f
	case f == care:
		return Always
	case f == care^1:
		return Never
	case f&1 != 0:
		return d.Simplify(f^1, care) ^ 1
	}
	slot := d.slot(opSimplify, f, care)
	if slot.op == opSimplify && slot.a == f && slot.b == care {
		return slot.same
	}
	x, y := d.At(f), d.At(care)
	var result Func
	switch {
	case y.Level < x.Level:
		result = d.Simplify(f, d.Or(y.Low, y.Top))
	case y.Level > x.Level:
		result = d.Make(x.Level, d.Simplify(x.Low, care), d.Simplify(x.Top, care))
	case y.Low == Never:
		result = d.Simplify(x.Top, y.Top)
	case y.Top == Never:
		result = d.Simplify(x.Low, y.Low)
	default:
		result = d.Make(x.Level, d.Simplify(x.Low, y.Low), d.Simplify(x.Top, y.Top))
	}
	*slot = cached{opSimplify, f, care, result}
	return result
}

// Either returns the function that equals `a` where `own` holds, and `b` elsewhere.
func (d *Diagram) Either(own, a, b Func) Func { return d.Or(d.And(own, a), d.Without(b, own)) }

// Restrict fixes `bits` variables, starting at the level `first`, to the bits of `code` (lowest bit first), and returns the function that
// is left.
func (d *Diagram) Restrict(f Func, first, bits int, code int) Func {
	d.Begin()
	return d.restricted(f, first, bits, code)
}

func (d *Diagram) restricted(f Func, first, bits int, code int) Func {
	opposite, node := f&1, f>>1
	n := d.nodes[node]
	if int(n.Level) >= first+bits {
		return f
	}
	if int(node) < len(d.stamp) && d.stamp[node] == d.mark {
		return d.memo[node] ^ opposite
	}
	var result Func
	switch {
	case int(n.Level) < first:
		result = d.Make(n.Level, d.restricted(n.Low, first, bits, code), d.restricted(n.Top, first, bits, code))
	case code>>(int(n.Level)-first)&1 != 0:
		result = d.restricted(n.Top, first, bits, code)
	default:
		result = d.restricted(n.Low, first, bits, code)
	}
	d.stamp[node], d.memo[node] = d.mark, result
	return result ^ opposite
}

// Begin starts a new walk, in which nothing is visited yet. The walk can visit every node and function that exists now.
func (d *Diagram) Begin() {
	d.mark++
	if functions := 2 * len(d.nodes); len(d.stamp) < functions {
		d.stamp = grown(d.stamp, min(2*functions, 2*MostNodes+2))
		d.memo = grown(d.memo, len(d.stamp)/2)
	}
}

// grown returns a list with a new length, and the old items at its beginning. It has no room for more, unlike the result of append.
func grown[T any](list []T, length int) []T {
	longer := make([]T, length)
	copy(longer, list)
	return longer
}

// Enter marks f as visited in the walk that [Diagram.Begin] started, and reports whether this was the first visit.
func (d *Diagram) Enter(f Func) bool {
	first := d.stamp[f] != d.mark
	d.stamp[f] = d.mark
	return first
}

// Count returns how many nodes there are.
func (d *Diagram) Count() int { return len(d.nodes) }

// Limit sets how many nodes may ever be made. At that number work ends with the panic ErrTooLarge.
func (d *Diagram) Limit(nodes int) { d.most = nodes }

// Size counts the nodes that the given functions share, and returns the set of levels that they test.
func (d *Diagram) Size(functions ...Func) (count int, levels map[int32]bool) {
	d.Begin()
	levels = map[int32]bool{}
	var walk func(f Func)
	walk = func(f Func) {
		if f <= Always || d.stamp[f>>1] == d.mark {
			return
		}
		d.stamp[f>>1] = d.mark
		count++
		levels[d.nodes[f>>1].Level] = true
		walk(d.nodes[f>>1].Low)
		walk(d.nodes[f>>1].Top)
	}
	for _, f := range functions {
		walk(f)
	}
	return count, levels
}

// Keep drops all nodes that these functions do not use. It renumbers the rest and updates the functions in place. All other
// functions become invalid.
func (d *Diagram) Keep(functions []*Func) {
	old, made := d.nodes, d.made
	d.nodes = append(make([]Node, 0, len(old)/4), old[0])
	clear(d.unique)
	moved := make([]Func, len(old))
	var move func(f Func) Func
	move = func(f Func) Func {
		if f <= Always {
			return f
		}
		if moved[f>>1] == Never {
			n := old[f>>1]
			moved[f>>1] = d.Make(n.Level, move(n.Low), move(n.Top))
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

// Share returns the fraction of all assignments of the variables for which f holds.
func (d *Diagram) Share(f Func) float64 {
	d.Begin()
	shares := make([]float64, len(d.nodes)) // by node
	var walk func(f Func) float64
	walk = func(f Func) float64 {
		node := f >> 1
		if f > Always && d.stamp[node] != d.mark {
			n := d.nodes[node]
			shares[node] = (walk(n.Low) + walk(n.Top)) / 2
			d.stamp[node] = d.mark
		}
		if f&1 != 0 {
			return 1 - shares[node]
		}
		return shares[node]
	}
	return walk(f)
}
