package wasm

// A tiny assembler. Instructions are written as nested calls, which read like the program. Each call returns the finished
// bytes: operands first, then the operator. The only type is i32.

// code is a sequence of instructions in binary form.
type code []byte

// value is anything that puts one i32 on the stack: code, a local, a global or a number.
type value interface{ push() code }

// push returns the code itself. Its capacity is cut, so that appending never changes bytes that are used a second time.
func (c code) push() code { return c[:len(c):len(c)] }

// n is a number.
type n int32

// push is i32.const.
//
// 5.4.5 Numeric Instructions.
func (v n) push() code { return signed(code{opConst}, int32(v)) }

// local is a parameter or local variable of the function.
type local uint32

// Every function numbers its variables alike. Equal code then has equal bytes and compresses to almost nothing.
const (
	arg0 local = iota // parameters, or further variables
	arg1
	p    // the address that is being read in the tables
	w    // a word: the lanes in which something holds
	head // the first byte of a list or other entry
	yes  // 1 if `w` contains the lane that is examined, otherwise 0
	end  // in list(): p plus two bytes for each literal after the fourth that was evaluated
	left // the number of entries that are left
	v0   // any purpose
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

// Opcodes that are used by name.
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

// neg is -a. A truth value becomes all bits or none.
func neg(a value) code { return sub(n(0), a) }

// flip inverts all bits of a.
func flip(a value) code { return xor(a, n(-1)) }

// choose is a if the condition is not 0, otherwise b. Both are computed.
//
// 5.4.2 Parametric Instructions: select.
func choose(condition, a, b value) code {
	return append(do(a.push(), b.push(), condition.push()), 0x1b)
}

// 5.4.4 Memory Instructions. The address is the value of `a` plus a constant offset. The alignment is only a hint: 1 byte,
// because tables are packed, except for words of the module's own variables.
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

// 5.4.1 Control Instructions. 0x40 says that a block has no result.
func block(body ...code) code { return append(append(code{0x02, 0x40}, do(body...)...), opEnd) }
func loop(body ...code) code  { return append(append(code{0x03, 0x40}, do(body...)...), opEnd) }

// leave jumps out of depth+1 enclosing blocks. If the outermost of these is a loop, leave starts that loop again instead.
func leave(depth uint32) code { return unsigned(code{0x0c}, depth) }

// leaveIf does the same as leave if the condition is not 0.
func leaveIf(depth uint32, condition value) code {
	return unsigned(append(condition.push(), 0x0d), depth)
}

// when runs the body if the condition is not 0.
func when(condition value, body ...code) code {
	return append(append(append(condition.push(), 0x04, 0x40), do(body...)...), opEnd)
}

// either runs one of two bodies: `then` if the condition is not 0, and `otherwise` if it is 0.
func either(condition value, then, otherwise code) code {
	b := append(condition.push(), 0x04, 0x40)
	return append(append(append(append(b, then...), 0x05), otherwise...), opEnd)
}

// while runs the body as long as the condition, tested before each run, holds.
func while(condition value, body ...code) code {
	return loop(when(condition, do(body...), leave(1)))
}

// repeat runs the body as long as the condition, tested after each run, holds.
func repeat(body code, condition value) code {
	return loop(body, leaveIf(0, condition))
}

// back returns from the function with a value.
func back(v value) code { return append(v.push(), 0x0f) }

// stop returns from a function that has no result.
func stop() code { return code{0x0f} }

// call calls a function.
func call(f uint32, arguments ...value) code {
	var b code
	for _, argument := range arguments {
		b = append(b, argument.push()...)
	}
	return unsigned(append(b, 0x10), f)
}

// drop discards a value.
//
// 5.4.2 Parametric Instructions.
func drop(v value) code { return append(v.push(), 0x1a) }
