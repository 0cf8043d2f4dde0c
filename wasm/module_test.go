package wasm

import (
	"bytes"
	"testing"
)

// join concatenates groups of bytes. Each group in the tests below has a comment.
func join(groups ...[]byte) []byte { return bytes.Join(groups, nil) }

func TestSections(t *testing.T) {
	for _, c := range []struct {
		name      string
		got, want []byte
	}{
		{"types", typeSection([]signature{{0, 1}, {2, 0}}), join(
			[]byte{0x01, 0x0a},                   // section 1 of 10 bytes
			[]byte{0x02},                         // two types
			[]byte{0x60, 0x00, 0x01, 0x7f},       // () -> i32
			[]byte{0x60, 0x02, 0x7f, 0x7f, 0x00}, // (i32, i32) -> ()
		)},
		{"functions", functionSection([]uint32{1, 0, 200}), join(
			[]byte{0x03, 0x05}, // section 3 of 5 bytes
			[]byte{0x03},       // three functions
			[]byte{0x01},       // of type 1
			[]byte{0x00},       // of type 0
			[]byte{0xc8, 0x01}, // of type 200
		)},
		{"memory", memorySection(2), join(
			[]byte{0x05, 0x04},       // section 5 of 4 bytes
			[]byte{0x01},             // one memory
			[]byte{0x01, 0x02, 0x02}, // with a maximum: from 2 to 2 pages
		)},
		{"globals", globalSection([]global{{true, 0}, {false, 65536}}), join(
			[]byte{0x06, 0x0d},                   // section 6 of 13 bytes
			[]byte{0x02},                         // two globals
			[]byte{0x7f, 0x01, 0x41, 0x00, 0x0b}, // i32, mutable: i32.const 0, end
			[]byte{0x7f, 0x00},                   // i32, constant:
			[]byte{0x41, 0x80, 0x80, 0x04, 0x0b}, // i32.const 65536, end
		)},
		{"exports", exportSection([]export{{"m", exportMemory, 0}, {"go", exportFunction, 3}}), join(
			[]byte{0x07, 0x0a},                 // section 7 of 10 bytes
			[]byte{0x02},                       // two exports
			[]byte{0x01, 'm', 0x02, 0x00},      // "m": memory 0
			[]byte{0x02, 'g', 'o', 0x00, 0x03}, // "go": function 3
		)},
		{"start", startSection(2), []byte{0x08, 0x01, 0x02}}, // section 8 of 1 byte: function 2
		{"code", codeSection([]function{define(1, 1, p, arg0.push()), define(1, 0, arg0)}), join(
			[]byte{0x0a, 0x0b},       // section 10 of 11 bytes
			[]byte{0x02},             // two functions
			[]byte{0x06},             // of 6 bytes
			[]byte{0x01, 0x02, 0x7f}, // one run of locals: 2 of i32
			[]byte{0x20, 0x00},       // local.get 0
			[]byte{0x0b},             // end
			[]byte{0x02, 0x00, 0x0b}, // of 2 bytes: no locals, end
		)},
		{"data", dataSection([]byte{7, 8}), join(
			[]byte{0x0b, 0x08},       // section 11 of 8 bytes
			[]byte{0x01},             // one segment
			[]byte{0x00},             // of memory 0
			[]byte{0x41, 0x00, 0x0b}, // from i32.const 0, end
			[]byte{0x02, 0x07, 0x08}, // 2 bytes
		)},
		{"custom", customSection("é", []byte{9}), join(
			[]byte{0x00, 0x04},       // section 0 of 4 bytes
			[]byte{0x02, 0xc3, 0xa9}, // its name in UTF-8
			[]byte{0x09},
		)},
	} {
		if !bytes.Equal(c.got, c.want) {
			t.Errorf("%s:\n got % x\nwant % x", c.name, c.got, c.want)
		}
	}
}

func TestInstructions(t *testing.T) {
	for _, c := range []struct {
		name string
		got  code
		want []byte
	}{
		{"sets", local(3).set(add(local(1), n(-1))), join(
			[]byte{0x20, 0x01}, // local.get 1
			[]byte{0x41, 0x7f}, // i32.const -1
			[]byte{0x6a},       // i32.add
			[]byte{0x21, 0x03}, // local.set 3
		)},
		{"memory", store(n(8), resultAt, load8(local(0), 1)), join(
			[]byte{0x41, 0x08},                   // i32.const 8
			[]byte{0x20, 0x00},                   // local.get 0
			[]byte{0x2d, 0x00, 0x01},             // i32.load8_u, aligned to 1, from 1 on
			[]byte{0x36, 0x02, 0x80, 0xa0, 0x04}, // i32.store, align 4, offset 0x11000
		)},
		{"memory, 16 bits", store16(local(0), 4, n(1)), join(
			[]byte{0x20, 0x00, 0x41, 0x01}, // local.get 0, i32.const 1
			[]byte{0x3b, 0x01, 0x04},       // i32.store16, align 2, offset 4
		)},
		{"if", either(variable(1), back(n(1)), drop(local(0).tee(n(2)))), join(
			[]byte{0x23, 0x01},                         // global.get 1
			[]byte{0x04, 0x40},                         // if, without result
			[]byte{0x41, 0x01, 0x0f},                   // i32.const 1, return
			[]byte{0x05},                               // else
			[]byte{0x41, 0x02, 0x22, 0x00, 0x1a, 0x0b}, // i32.const 2, local.tee 0, drop, end
		)},
		{"while", while(local(0), local(0).inc(n(-1))), join(
			[]byte{0x03, 0x40},                   // loop
			[]byte{0x20, 0x00, 0x04, 0x40},       // local.get 0, if
			[]byte{0x20, 0x00, 0x41, 0x7f, 0x6a}, // local.get 0, i32.const -1, i32.add
			[]byte{0x21, 0x00},                   // local.set 0
			[]byte{0x0c, 0x01},                   // br 1: the loop again
			[]byte{0x0b, 0x0b},                   // end, end
		)},
		{"leaving", block(repeat(variable(0).set(n(0)), n(1)), leaveIf(0, n(1)), leave(0)), join(
			[]byte{0x02, 0x40},                         // block
			[]byte{0x03, 0x40, 0x41, 0x00, 0x24, 0x00}, // loop, i32.const 0, global.set 0
			[]byte{0x41, 0x01, 0x0d, 0x00, 0x0b},       // i32.const 1, br_if 0, end
			[]byte{0x41, 0x01, 0x0d, 0x00},             // i32.const 1, br_if 0
			[]byte{0x0c, 0x00, 0x0b},                   // br 0, end
		)},
		{"call", call(fnShift, n(1), local(2)), []byte{0x41, 0x01, 0x20, 0x02, 0x10, 0x06}},
		{"select", choose(n(1), n(2), n(3)), []byte{0x41, 0x02, 0x41, 0x03, 0x41, 0x01, 0x1b}},
	} {
		if !bytes.Equal(c.got, c.want) {
			t.Errorf("%s:\n got % x\nwant % x", c.name, []byte(c.got), c.want)
		}
	}
}

// A piece of code may be used twice without the second use changing the first.
func TestCodeIsShared(t *testing.T) {
	word := make(code, 0, 100)
	word = append(word, load(n(0), 0)...)
	first := add(word, n(1))
	want := bytes.Clone(first)
	sub(word, n(2))
	if !bytes.Equal(first, want) {
		t.Errorf("% x became % x", want, []byte(first))
	}
}
