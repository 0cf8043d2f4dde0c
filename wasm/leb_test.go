package wasm

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

func TestUnsigned(t *testing.T) {
	for _, c := range []struct {
		v    uint32
		want []byte
	}{
		{0, []byte{0x00}},
		{1, []byte{0x01}},
		{127, []byte{0x7f}},       // the greatest number with one byte
		{128, []byte{0x80, 0x01}}, // seven zero bits and the mark that a byte follows, then 1
		{624485, []byte{0xe5, 0x8e, 0x26}},
		{16383, []byte{0xff, 0x7f}},
		{16384, []byte{0x80, 0x80, 0x01}},
		{1<<21 - 1, []byte{0xff, 0xff, 0x7f}},
		{1 << 21, []byte{0x80, 0x80, 0x80, 0x01}},
		{1 << 28, []byte{0x80, 0x80, 0x80, 0x80, 0x01}},
		{1<<32 - 1, []byte{0xff, 0xff, 0xff, 0xff, 0x0f}},
	} {
		if got := unsigned(nil, c.v); !bytes.Equal(got, c.want) {
			t.Errorf("unsigned(%d) = % x, want % x", c.v, got, c.want)
		}
		if v, size := readUnsigned(append(c.want, 0xaa)); v != c.v || size != len(c.want) {
			t.Errorf("readUnsigned(% x) = %d, %d", c.want, v, size)
		}
	}
	for _, bad := range [][]byte{{}, {0x80}, {0xff, 0xff, 0xff, 0xff, 0x10}, {0x80, 0x80, 0x80, 0x80, 0x80, 0x00}} {
		if _, size := readUnsigned(bad); size != 0 {
			t.Errorf("readUnsigned(% x) is accepted", bad)
		}
	}
}

func TestSigned(t *testing.T) {
	for _, c := range []struct {
		v    int32
		want []byte
	}{
		{0, []byte{0x00}},
		{1, []byte{0x01}},
		{-1, []byte{0x7f}},
		{63, []byte{0x3f}},       // the greatest number with one byte: bit 6 is the sign
		{64, []byte{0xc0, 0x00}}, // needs a second byte for the sign
		{-64, []byte{0x40}},
		{-65, []byte{0xbf, 0x7f}},
		{127, []byte{0xff, 0x00}},
		{128, []byte{0x80, 0x01}},
		{-123456, []byte{0xc0, 0xbb, 0x78}},
		{8191, []byte{0xff, 0x3f}},
		{8192, []byte{0x80, 0xc0, 0x00}},
		{-8192, []byte{0x80, 0x40}},
		{1<<31 - 1, []byte{0xff, 0xff, 0xff, 0xff, 0x07}},
		{-1 << 31, []byte{0x80, 0x80, 0x80, 0x80, 0x78}},
	} {
		if got := signed(nil, c.v); !bytes.Equal(got, c.want) {
			t.Errorf("signed(%d) = % x, want % x", c.v, got, c.want)
		}
	}
}

// readSigned reads a signed integer of at most 32 bits. `size` is 0 if `b` does not begin with one.
func readSigned(b []byte) (v int32, size int) {
	var wide int64
	for i := 0; i < len(b) && i < 5; i++ {
		wide |= int64(b[i]&0x7f) << (7 * i)
		if b[i] < 0x80 {
			if b[i]&0x40 != 0 {
				wide |= -1 << (7 * (i + 1))
			}
			return int32(wide), i + 1
		}
	}
	return 0, 0
}

func TestIntegersComeBack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 100000 {
		v := int32(r.Uint32()) >> r.IntN(32)
		if got, size := readSigned(signed(nil, v)); got != v || size != len(signed(nil, v)) {
			t.Fatalf("%d came back as %d", v, got)
		}
		if got, size := readUnsigned(unsigned(nil, uint32(v))); got != uint32(v) || size == 0 {
			t.Fatalf("%d came back as %d", uint32(v), got)
		}
	}
}
