package wasm

// unsigned appends an unsigned integer in LEB128, in the fewest bytes.
//
// WebAssembly 1.0, 5.2.2 Integers: "All integers are encoded using the LEB128 variable-length integer encoding".
func unsigned(b []byte, v uint32) []byte {
	for v >= 0x80 {
		b = append(b, byte(v)|0x80)
		v >>= 7
	}
	return append(b, byte(v))
}

// signed appends a signed integer in LEB128, in the fewest bytes. Bit 6 of the last byte is the sign.
//
// WebAssembly 1.0, 5.2.2 Integers. Constants are signed, even if the program means them as unsigned (5.4.5).
func signed(b []byte, v int32) []byte {
	for v < -0x40 || v >= 0x40 {
		b = append(b, byte(v)|0x80)
		v >>= 7
	}
	return append(b, byte(v)&0x7f)
}

// readUnsigned reads an unsigned integer of at most 32 bits. `size` is 0 if `b` does not begin with one.
func readUnsigned(b []byte) (v uint32, size int) {
	for i := 0; i < len(b) && i < 5; i++ {
		if i == 4 && b[i] > 0x0f {
			return 0, 0 // more than 32 bits
		}
		v |= uint32(b[i]&0x7f) << (7 * i)
		if b[i] < 0x80 {
			return v, i + 1
		}
	}
	return 0, 0
}
