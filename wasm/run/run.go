// Package run answers with a compiled module, in wazero. It is what `sitegen ask` and the build's comparison use; it
// knows nothing but docs/module.md.
package run

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"sitegen/wasm"
)

// Output is a decision in numbers. It has the fields of the Output of internal/rules, so that one converts to the other.
type Output struct {
	Bad      int // the slot of an answer that is refused; -1 where all are fine
	Row      int
	Outcome  int
	Bring    []int32 // sets of documents, best first
	Also     int32
	NotAlone int32
	Tell     []int
	Until    int32 // the last day for which this holds, or NoDay
}

// NoDay is what Until is where the answer never changes.
const NoDay int32 = -1 << 31

// Module is a module at work. It answers one question at a time.
type Module struct {
	runtime                wazero.Runtime
	input, result, signals []byte // views of its memory, which never grows
	decide, next           api.Function
	stack                  [1]uint64
}

// New starts a module. A module that wants more than WebAssembly 1.0, imports, or of another ABI version is refused.
func New(ctx context.Context, module []byte) (*Module, error) {
	return start(ctx, module, wazero.NewRuntimeConfig())
}

// NewSlow is New without compiling to machine code.
func NewSlow(ctx context.Context, module []byte) (*Module, error) {
	return start(ctx, module, wazero.NewRuntimeConfigInterpreter())
}

func start(ctx context.Context, module []byte, config wazero.RuntimeConfig) (*Module, error) {
	runtime := wazero.NewRuntimeWithConfig(ctx, config.WithCoreFeatures(api.CoreFeaturesV1).WithMemoryLimitPages(5))
	m, err := connect(ctx, runtime, module)
	if err != nil {
		return nil, errors.Join(err, runtime.Close(ctx))
	}
	return m, nil
}

func connect(ctx context.Context, runtime wazero.Runtime, module []byte) (*Module, error) {
	instance, err := runtime.InstantiateWithConfig(ctx, module, wazero.NewModuleConfig().WithName(""))
	if err != nil {
		return nil, err
	}
	constants := map[string]uint32{}
	for _, name := range []string{"abi", "input", "result", "signals"} {
		global := instance.ExportedGlobal(name)
		if global == nil {
			return nil, fmt.Errorf("the module exports no %s", name)
		}
		constants[name] = uint32(global.Get())
	}
	if constants["abi"] != wasm.ABI {
		return nil, fmt.Errorf("the module has version %d of the interface, not %d", constants["abi"], wasm.ABI)
	}
	m := &Module{runtime: runtime, decide: instance.ExportedFunction("decide"), next: instance.ExportedFunction("next")}
	memory := instance.Memory()
	if memory == nil || m.decide == nil || m.next == nil {
		return nil, errors.New("the module does not export memory, decide and next")
	}
	for name, view := range map[string]*[]byte{"input": &m.input, "result": &m.result, "signals": &m.signals} {
		var ok bool
		if *view, ok = memory.Read(constants[name], memory.Size()-constants[name]); !ok {
			return nil, fmt.Errorf("%s lies outside the memory", name)
		}
	}
	return m, nil
}

// Close ends a module.
func (m *Module) Close(ctx context.Context) error { return m.runtime.Close(ctx) }

// Decide answers for raw answers. An error means trouble with the machine, never with the answers.
func (m *Module) Decide(ctx context.Context, raw []int32) (Output, error) {
	bad, err := m.ask(ctx, m.decide, raw)
	if err != nil || bad >= 0 {
		return Output{Bad: bad, Until: NoDay}, err
	}
	word := func(i int32) int32 { return int32(binary.LittleEndian.Uint32(m.result[4*i:])) }
	out := Output{
		Bad: -1, Outcome: int(word(0)), Row: int(word(1)),
		Also: word(2), NotAlone: word(3), Until: word(4),
	}
	for i := range word(5) {
		out.Bring = append(out.Bring, word(8+i))
	}
	for i := range word(6) {
		out.Tell = append(out.Tell, int(word(520+i)))
	}
	return out, nil
}

// Next returns the number of the next question that can still change the answer, or -1.
func (m *Module) Next(ctx context.Context, raw []int32) (int, error) {
	return m.ask(ctx, m.next, raw)
}

// Holds tells whether a signal, a named condition for one, held in the last decision.
func (m *Module) Holds(signal int) bool { return m.signals[8*signal]&1 != 0 }

func (m *Module) ask(ctx context.Context, f api.Function, raw []int32) (int, error) {
	if len(raw) > maxSlots {
		return 0, fmt.Errorf("%d answers are too many", len(raw))
	}
	for i, value := range raw {
		binary.LittleEndian.PutUint32(m.input[4*i:], uint32(value))
	}
	err := f.CallWithStack(ctx, m.stack[:])
	return int(int32(uint32(m.stack[0]))), err
}

// maxSlots is how many raw answers a module takes at most.
const maxSlots = 31
