// Package run asks a compiled module for answers. It runs the module in wazero. `sitegen ask` uses it, and so does the build
// when it compares the module with the tables. It knows no more of the module than docs/module.md says.
package run

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"sitegen/internal/table"
	"sitegen/wasm"
)

// Module is a running module. It is not safe for concurrent use.
type Module struct {
	runtime                                wazero.Runtime
	input, open, result, question, signals []byte // views of the module's memory, which never grows
	decide, next                           api.Function
	stack                                  [1]uint64
}

// New starts a module. It returns an error if the module needs more than WebAssembly 1.0 or more than five pages of memory,
// has imports, lacks an export that docs/module.md requires, or has a different ABI version.
func New(ctx context.Context, module []byte) (*Module, error) {
	return start(ctx, module, wazero.NewRuntimeConfig())
}

// NewSlow is like New, but interprets the module: it starts faster and answers more slowly.
func NewSlow(ctx context.Context, module []byte) (*Module, error) {
	return start(ctx, module, wazero.NewRuntimeConfigInterpreter())
}

// starting lets runtimes start one after another: wazero 1.12 writes a global variable when a runtime starts
// (internal/version).
var starting sync.Mutex

func start(ctx context.Context, module []byte, config wazero.RuntimeConfig) (*Module, error) {
	starting.Lock()
	defer starting.Unlock()
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
	m := &Module{runtime: runtime, decide: instance.ExportedFunction("decide"), next: instance.ExportedFunction("next")}
	memory, abi := instance.Memory(), instance.ExportedGlobal("abi")
	if memory == nil || abi == nil || m.decide == nil || m.next == nil {
		return nil, errors.New("the module does not export memory, abi, decide and next")
	}
	if abi.Get() != wasm.ABI {
		return nil, fmt.Errorf("the module has version %d of the interface, not %d", abi.Get(), wasm.ABI)
	}
	for name, view := range map[string]*[]byte{
		"input": &m.input, "open": &m.open, "result": &m.result, "question": &m.question, "signals": &m.signals,
	} {
		global := instance.ExportedGlobal(name)
		if global == nil {
			return nil, fmt.Errorf("the module exports no %s", name)
		}
		var ok bool
		if *view, ok = memory.Read(uint32(global.Get()), memory.Size()-uint32(global.Get())); !ok {
			return nil, fmt.Errorf("%s lies outside the memory", name)
		}
	}
	return m, nil
}

// Close ends a module and frees its memory. The error is that of wazero.
func (m *Module) Close(ctx context.Context) error { return m.runtime.Close(ctx) }

// Decide returns the decision for raw answers. It returns an error if wazero fails or there are too many answers. A refused
// answer is not an error: see Bad in [table.Output].
func (m *Module) Decide(ctx context.Context, raw []int32) (table.Output, error) {
	bad, err := m.ask(ctx, m.decide, raw, nil)
	if err != nil || bad >= 0 {
		return table.Output{Bad: bad, Until: table.NoDay}, err
	}
	out := table.Output{
		Bad: -1, Outcome: int(word(m.result, 4)), Row: int(word(m.result, 8)), Enough: table.Level(word(m.result, 12)),
		Also: word(m.result, 16), NotAlone: word(m.result, 20), Until: word(m.result, 24),
		Bring: list(m.result, 28),
	}
	for _, note := range list(m.result, 36) {
		out.Tell = append(out.Tell, int(note))
	}
	return out, nil
}

// Next returns the next question that can still change the outcome, Enough or the first alternative. If a set was answered
// in part, `open` has the values that are still open, as one bit mask per slot. It may be nil if no set was answered in
// part. The error is as for [Module.Decide].
func (m *Module) Next(ctx context.Context, raw, open []int32) (table.Question, error) {
	input, err := m.ask(ctx, m.next, raw, open)
	if err != nil || input < 0 {
		return table.Question{Input: -1}, err
	}
	return table.Question{Input: int(word(m.question, 4)), Again: word(m.question, 8) != 0, Values: list(m.question, 12)}, nil
}

// word returns the 32-bit word at a byte offset of a view.
func word(view []byte, at int32) int32 { return int32(binary.LittleEndian.Uint32(view[at:])) }

// list returns the list to which two words of a head point: its offset from the head, and its number of words.
func list(view []byte, at int32) []int32 {
	from, n := word(view, at), word(view, at+4)
	if n == 0 {
		return nil
	}
	words := make([]int32, n)
	for i := range n {
		words[i] = word(view, from+4*i)
	}
	return words
}

// Holds reports whether a signal, such as a named condition, held in the last decision.
func (m *Module) Holds(signal int) bool { return m.signals[8*signal]&1 != 0 }

func (m *Module) ask(ctx context.Context, f api.Function, raw, open []int32) (int, error) {
	if len(raw) > maxSlots || len(open) > maxSlots {
		return 0, fmt.Errorf("%d answers are too many", max(len(raw), len(open)))
	}
	for slot, value := range raw {
		binary.LittleEndian.PutUint32(m.input[4*slot:], uint32(value))
	}
	clear(m.open[:4*maxSlots])
	for slot, values := range open {
		binary.LittleEndian.PutUint32(m.open[4*slot:], uint32(values))
	}
	err := f.CallWithStack(ctx, m.stack[:])
	return int(int32(uint32(m.stack[0]))), err
}

// maxSlots is the greatest number of raw answers.
const maxSlots = 31
