package wasm

// A tiny assembler. Instructions are written as nested calls that read like the program, and each call returns the
// finished bytes: operands first, then the operator. Only i32 exists.

// code is a sequence of instructions in binary form.
type code []byte

// value is something that leaves one i32 on the stack: code, a local, a global or a number.
type value interface{ push() code }

// push returns the code itself; nothing appended to it may touch its bytes, which can be used more than once.
func (c code) push() code { return c[:len(c):len(c)] }

// n is a number.
type n int32

// push is i32.const.
//
// 5.4.5 Numeric Instructions.
func (v n) push() code { return signed(code{opConst}, int32(v)) }

// local is a parameter or local variable of the function.
type local uint32

// Every function numbers its variables alike, so that equal code has equal bytes and compresses to next to nothing.
const (
	arg0 local = iota // parameters, or further variables
	arg1
	p    // where in the tables it reads
	w    // a word: the lanes in which something holds
	head // the first byte of a list, or of something else
	yes  // the end of the first part of a list
	end  // the end of a list
	left // how many entries are left
	v0   // whatever the function needs
	v1
	v2
	v3
	v4
	v5
)

// 5.4.3 Variable Instructions: local.get, local.set, local.tee.
func (l local) push() code       { return unsigned(code{0x20}, uint32(l)) }
func (l local) set(v value) code { return unsigned(append(v.push(), 0x21), uint32(l)) }
func (l local) tee(v value) code { return unsigned(append(v.push(), 0x22), uint32(l)) }

// inc adds to a local.
func (l local) inc(by value) code { return l.set(add(l, by)) }

// variable is a global variable.
type variable uint32

// 5.4.3 Variable Instructions: global.get, global.set.
func (g variable) push() code       { return unsigned(code{0x23}, uint32(g)) }
func (g variable) set(v value) code { return unsigned(append(v.push(), 0x24), uint32(g)) }

// Opcodes used by their name.
const (
	opEnd   = 0x0b // 5.4.1 Control Instructions
	opConst = 0x41 // 5.4.5 Numeric Instructions
)

// do puts instructions one after another.
func do(parts ...code) code {
	var all code
	for _, part := range parts {
		all = append(all, part...)
	}
	return all
}

func op1(op byte, a value) code    { return append(a.push(), op) }
func op2(op byte, a, b value) code { return append(append(a.push(), b.push()...), op) }

// 5.4.5 Numeric Instructions: tests and comparisons give 1 or 0.
func not(a value) code     { return op1(0x45, a) }    // i32.eqz
func eq(a, b value) code   { return op2(0x46, a, b) } // i32.eq
func ne(a, b value) code   { return op2(0x47, a, b) } // i32.ne
func lt(a, b value) code   { return op2(0x48, a, b) } // i32.lt_s
func ltU(a, b value) code  { return op2(0x49, a, b) } // i32.lt_u
func gt(a, b value) code   { return op2(0x4a, a, b) } // i32.gt_s
func le(a, b value) code   { return op2(0x4c, a, b) } // i32.le_s
func ge(a, b value) code   { return op2(0x4e, a, b) } // i32.ge_s
func geU(a, b value) code  { return op2(0x4f, a, b) } // i32.ge_u
func ctz(a value) code     { return op1(0x68, a) }    // i32.ctz: the number of the lowest bit set
func add(a, b value) code  { return op2(0x6a, a, b) } // i32.add
func sub(a, b value) code  { return op2(0x6b, a, b) } // i32.sub
func mul(a, b value) code  { return op2(0x6c, a, b) } // i32.mul
func div(a, b value) code  { return op2(0x6d, a, b) } // i32.div_s
func rem(a, b value) code  { return op2(0x6f, a, b) } // i32.rem_s
func and(a, b value) code  { return op2(0x71, a, b) } // i32.and
func or(a, b value) code   { return op2(0x72, a, b) } // i32.or
func xor(a, b value) code  { return op2(0x73, a, b) } // i32.xor
func shl(a, b value) code  { return op2(0x74, a, b) } // i32.shl
func shr(a, b value) code  { return op2(0x75, a, b) } // i32.shr_s
func shrU(a, b value) code { return op2(0x76, a, b) } // i32.shr_u
func rotl(a, b value) code { return op2(0x77, a, b) } // i32.rotl

// neg is -a: of a truth value, all bits or none.
func neg(a value) code { return sub(n(0), a) }

// flip is all bits of a inverted.
func flip(a value) code { return xor(a, n(-1)) }

// choose is a where the condition is not 0, else b; both are computed.
//
// 5.4.2 Parametric Instructions: select.
func choose(condition, a, b value) code {
	return append(do(a.push(), b.push(), condition.push()), 0x1b)
}

// 5.4.4 Memory Instructions: the address is a plus a constant; the alignment, a hint, is given as 1 byte since tables
// are packed, except for the words of the module's own variables.
func load8(a value, offset uint32) code  { return access(0x2d, a, nil, 0, offset) }
func load16(a value, offset uint32) code { return access(0x2f, a, nil, 0, offset) }
func load32(a value, offset uint32) code { return access(0x28, a, nil, 0, offset) }
func load(a value, offset uint32) code   { return access(0x28, a, nil, 2, offset) }
func store(a value, offset uint32, v value) code {
	return access(0x36, a, v, 2, offset)
}

func store16(a value, offset uint32, v value) code { return access(0x3b, a, v, 1, offset) }

func access(op byte, a, v value, align, offset uint32) code {
	b := a.push()
	if v != nil {
		b = append(b, v.push()...)
	}
	return unsigned(unsigned(append(b, op), align), offset)
}

// 5.4.1 Control Instructions. Blocks have no result: 0x40.
func block(body ...code) code { return append(append(code{0x02, 0x40}, do(body...)...), opEnd) }
func loop(body ...code) code  { return append(append(code{0x03, 0x40}, do(body...)...), opEnd) }

// leave jumps out of so many enclosing blocks; leading to a loop it starts that again.
func leave(depth uint32) code { return unsigned(code{0x0c}, depth) }

// leaveIf does so where the condition is not 0.
func leaveIf(depth uint32, condition value) code {
	return unsigned(append(condition.push(), 0x0d), depth)
}

// when runs the body where the condition is not 0.
func when(condition value, body ...code) code {
	return append(append(append(condition.push(), 0x04, 0x40), do(body...)...), opEnd)
}

// either runs one of two bodies.
func either(condition value, then, otherwise code) code {
	b := append(condition.push(), 0x04, 0x40)
	return append(append(append(append(b, then...), 0x05), otherwise...), opEnd)
}

// while repeats the body as long as the condition holds before it.
func while(condition value, body ...code) code {
	return loop(when(condition, do(body...), leave(1)))
}

// repeat repeats the body as long as the condition holds after it.
func repeat(body code, condition value) code {
	return loop(body, leaveIf(0, condition))
}

// back returns from the function with a value.
func back(v value) code { return append(v.push(), 0x0f) }

// stop returns from a function without result.
func stop() code { return code{0x0f} }

// call calls a function.
func call(f uint32, arguments ...value) code {
	var b code
	for _, argument := range arguments {
		b = append(b, argument.push()...)
	}
	return unsigned(append(b, 0x10), f)
}

// drop forgets a value.
//
// 5.4.2 Parametric Instructions.
func drop(v value) code { return append(v.push(), 0x1a) }
