package wasm

import (
	"context"
	"testing"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// result runs code that leaves one value on the stack, in wazero without features newer than WebAssembly 1.0.
func result(t *testing.T, body code) (int32, error) {
	t.Helper()
	module := do(
		preamble,
		typeSection([]signature{{0, 1}}),
		functionSection([]uint32{0}),
		memorySection(1),
		globalSection([]global{{true, 5}}),
		exportSection([]export{{"f", exportFunction, 0}}),
		codeSection([]function{define(0, 1, v5, body)}),
		dataSection([]byte{0x80, 0xff, 0xfe, 0x7f, 0x01}),
	)
	ctx := context.Background()
	runtime := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfigInterpreter().WithCoreFeatures(api.CoreFeaturesV1))
	defer runtime.Close(ctx)
	instance, err := runtime.Instantiate(ctx, module)
	if err != nil {
		t.Fatal(err)
	}
	values, err := instance.ExportedFunction("f").Call(ctx)
	if err != nil {
		return 0, err
	}
	return int32(uint32(values[0])), nil
}

// Most assertions come from the specification's test i32.wast. The others test those functions of the assembler that write
// more than one instruction.
func TestOpcodes(t *testing.T) {
	const low, high = -1 << 31, 1<<31 - 1
	for _, c := range []struct {
		name string
		body code
		want int32
	}{
		{"const", n(low).push(), low},
		{"eqz 0", not(n(0)), 1},
		{"eqz low", not(n(low)), 0},
		{"eq", eq(n(low), n(low)), 1},
		{"ne", ne(n(low), n(high)), 1},
		{"lt_s", lt(n(low), n(high)), 1},
		{"lt_u", ltU(n(low), n(high)), 0},
		{"gt_s", gt(n(-1), n(1)), 0},
		{"le_s", le(n(high), n(low)), 0},
		{"ge_s", ge(n(-1), n(-1)), 1},
		{"ge_u", geU(n(-1), n(1)), 1},
		{"ctz", ctz(n(low)), 31},
		{"ctz 0", ctz(n(0)), 32},
		{"add wraps", add(n(high), n(1)), low},
		{"sub wraps", sub(n(low), n(1)), high},
		{"mul wraps", mul(n(0x01234567), n(0x76543210)), 0x358e7470},
		{"div cuts off towards zero", div(n(-7), n(2)), -3},
		{"rem has the sign of the first", rem(n(-7), n(2)), -1},
		{"rem of the lowest", rem(n(low), n(-1)), 0},
		{"and", and(n(0x6), n(0x3)), 2},
		{"or", or(n(0x6), n(0x3)), 7},
		{"xor", xor(n(0x6), n(0x3)), 5},
		{"shl counts mod 32", shl(n(1), n(33)), 2},
		{"shr_s keeps the sign", shr(n(-8), n(1)), -4},
		{"shr_s counts mod 32", shr(n(-1), n(32)), -1},
		{"shr_u", shrU(n(-1), n(31)), 1},
		{"rotl", rotl(n(0x0000ffff), n(16)), -0x10000},
		{"rotl counts mod 32", rotl(n(3), n(32)), 3},
		{"neg", neg(n(1)), -1},
		{"flip", flip(n(0)), -1},
		{"select", choose(n(0), n(1), n(2)), 2},
		{"load8_u", load8(n(0), 1), 0xff},
		{"load16_u, not aligned", load16(n(0), 1), 0xfeff},
		{"load, not aligned", load32(n(0), 1), 0x017ffeff},
		{"load, little-endian", load(n(0), 0), 0x7ffeff80},
		{"store", do(store(n(8), 8, n(-2)), load(n(16), 0)), -2},
		{"store16 keeps the rest", do(store(n(8), 0, n(-1)), store16(n(8), 0, n(0x12345)), load(n(8), 0)), -0x10000 + 0x2345},
		{"locals begin with 0", v5.push(), 0},
		{"tee", add(v0.tee(n(3)), v0), 6},
		{"global", do(variable(0).set(add(variable(0), n(1))), variable(0).push()), 6},
		{"when", do(v0.set(n(1)), when(n(0), v0.set(n(2))), v0.push()), 1},
		{"either", do(either(n(0), v0.set(n(1)), v0.set(n(2))), v0.push()), 2},
		{"while", do(v0.set(n(4)), while(v0, v1.inc(v0), v0.inc(n(-1))), v1.push()), 10},
		{"repeat", do(repeat(v0.inc(n(1)), lt(v0, n(5))), v0.push()), 5},
		{"leave", do(block(block(leave(1)), v0.set(n(1))), v0.push()), 0},
		{"leaveIf", do(block(block(leaveIf(0, n(1)), v0.set(n(9))), v0.inc(n(1))), v0.push()), 1},
		{"back", do(back(n(7)), n(8).push()), 7},
		{"drop", do(drop(n(7)), n(8).push()), 8},
	} {
		got, err := result(t, c.body)
		if err != nil || got != c.want {
			t.Errorf("%s: %d (%v), want %d", c.name, got, err, c.want)
		}
	}
	if _, err := result(t, load(n(65536), 0)); err == nil {
		t.Error("a load behind the memory does not trap")
	}
}
