package ir

import (
	"strings"
	"testing"

	"github.com/refcheck/refcheck/cmodel/source"
)

var (
	intT    = &Type{Kind: Int, Name: "int"}
	objectT = &Type{Kind: StructType, Name: "PyObject", Object: true}
	objPtr  = &Type{Kind: Pointer, Elem: objectT}
)

func field(name string) Sel { return Sel{Kind: FieldSel, Name: name} }

func index(o Operand) Sel { return Sel{Kind: Index, Index: &o} }

func num(n int64) Operand { return Operand{Kind: Const, Int: n, Type: intT} }

func TestPlaceString(t *testing.T) {
	self := &Var{Name: "self", Type: objPtr}
	i := Operand{Kind: Load, Place: Place{Base: &Var{Name: "i", Type: intT}, Type: intT}, Type: intT}
	d := Sel{Kind: Deref}
	tests := []struct {
		want string
		path []Sel
	}{
		{"self", nil},
		{"*self", []Sel{d}},
		{"**self", []Sel{d, d}},
		{"self->items[i].key", []Sel{d, field("items"), index(i), field("key")}},
		{"self->items[i].key", []Sel{d, field("items"), d, index(i), field("key")}},
		{"self[i]", []Sel{d, index(i)}},
		{"self[3]", []Sel{index(num(3))}},
		{"(*self)->f", []Sel{d, d, field("f")}},
		{"(*self)[i]", []Sel{d, d, index(i)}},
		{"*self->f", []Sel{d, field("f"), d}},
		{"self.f.g", []Sel{field("f"), field("g")}},
	}
	for _, tt := range tests {
		if got := (Place{Base: self, Path: tt.path}).String(); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}

// sample builds: list = PyList_New(1); if (list == 0) return 0; return list;
func sample() *Func {
	list := &Var{ID: 0, Name: "list", Kind: Local, Type: objPtr}
	place := Place{Base: list, Type: objPtr}
	load := Operand{Kind: Load, Place: place, Type: objPtr}
	at := func(line int) source.Span { return source.Span{Pos: source.Pos{File: "spam.c", Line: line, Column: 5}} }
	b0, b1, b2 := &Block{ID: 0}, &Block{ID: 1}, &Block{ID: 2}
	b0.Instrs = []Instr{{Op: Call, Dst: place, Fn: "PyList_New", Args: []Operand{num(1)}, Span: at(27)}}
	b0.Term = Term{Kind: Branch, Cmp: "==", X: load, Y: num(0), Succ: [2]*Block{b1, b2}, Span: at(28)}
	b1.Term = Term{Kind: Return, X: num(0), Span: at(29)}
	b2.Term = Term{Kind: Return, X: load, Span: at(30), Macro: "DONE"}
	return &Func{Name: "f", Result: objPtr, Vars: []*Var{list}, Blocks: []*Block{b0, b1, b2}}
}

func TestFormat(t *testing.T) {
	want := strings.TrimLeft(`
func f() PyObject *
b0:
  list = call PyList_New(1)                ; spam.c:27
  if list == 0 goto b1 else b2             ; spam.c:28
b1:
  return 0                                 ; spam.c:29
b2:
  return list                              ; spam.c:30 DONE
`, "\n")
	if got := sample().String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestDot(t *testing.T) {
	var b strings.Builder
	sample().Dot(&b)
	for _, want := range []string{`digraph "f"`, "b0 -> b1 [label=T]", "b0 -> b2 [label=F]", `b1 [label="b1:\lreturn 0\l"]`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in\n%s", want, b.String())
		}
	}
}

func TestSanity(t *testing.T) {
	if err := Sanity(sample()); err != nil {
		t.Fatal(err)
	}
	other := &Var{ID: 0, Name: "other", Type: intT}
	tests := []struct {
		want  string
		spoil func(f *Func)
	}{
		{"no blocks", func(f *Func) { f.Blocks = nil }},
		{"has ID 7", func(f *Func) { f.Vars[0].ID = 7 }},
		{"has ID 3", func(f *Func) { f.Blocks[1].ID = 3 }},
		{"has no type", func(f *Func) { f.Vars[0].Type = nil }},
		{"is not variable 0", func(f *Func) { f.Params = []*Var{other} }},
		{"successor 1 is not a block", func(f *Func) { f.Blocks[0].Term.Succ[1] = nil }},
		{"branch with operator", func(f *Func) { f.Blocks[0].Term.Cmp = "" }},
		{"has a successor", func(f *Func) { f.Blocks[1].Term.Succ[0] = f.Blocks[0] }},
		{"b2 is unreachable", func(f *Func) { f.Blocks[0].Term.Succ[1] = f.Blocks[1] }},
		{"base is not a variable", func(f *Func) { f.Blocks[2].Term.X.Place.Base = other }},
		{"operand list has no type", func(f *Func) { f.Blocks[2].Term.X.Type = nil }},
		{"never assigned", func(f *Func) { f.Vars[0].Kind = Temp; f.Blocks[0].Instrs = nil }},
		{"no destination", func(f *Func) { f.Blocks[0].Instrs[0] = Instr{Op: Copy, X: num(1)} }},
		{"missing argument", func(f *Func) { f.Blocks[0].Instrs[0].Args[0] = Operand{} }},
		{"branch without operand", func(f *Func) { f.Blocks[0].Term.Y = Operand{} }},
	}
	for _, tt := range tests {
		f := sample()
		tt.spoil(f)
		if err := Sanity(f); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("got %v, want %q", err, tt.want)
		}
	}
}
