package analyzer

import (
	"testing"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

// TestConditionText: what the two ways out of a branch mean.
func TestConditionText(t *testing.T) {
	table := contract.Load(contract.DefaultTarget)
	object := &ir.Type{Kind: ir.Pointer, Elem: &ir.Type{Kind: ir.StructType, Object: true}}
	number := &ir.Type{Kind: ir.Int}
	span := source.Span{Pos: source.Pos{File: "a.c", Line: 1, Column: 1}}
	for _, test := range []struct {
		call    string // the function that makes x, "" for a variable x
		typ     *ir.Type
		cmp     string
		n       int64
		yes, no string
	}{
		{"", object, "==", 0, "'x' is NULL", "'x' is not NULL"},
		{"", number, "<", 10, "here x < 10", "here x >= 10"},
		{"", number, "!=", 0, "here x != 0", "here x == 0"},
		{"PyLong_FromLong", object, "==", 0, "PyLong_FromLong fails", "PyLong_FromLong succeeds"},
		{"PyList_Append", number, "<", 0, "PyList_Append fails", "PyList_Append succeeds"},
		{"PyList_Append", number, "==", -1, "PyList_Append fails", "PyList_Append succeeds"},
		{"PyList_Append", number, "!=", 0, "PyList_Append fails", "PyList_Append succeeds"},
		{"PyArg_ParseTuple", number, "==", 0, "PyArg_ParseTuple fails", "PyArg_ParseTuple succeeds"},
		{"PyErr_Occurred", object, "!=", 0, "an exception is set", "no exception is set"},
		{"PyDict_GetItem", object, "==", 0, "PyDict_GetItem returns NULL", "PyDict_GetItem does not return NULL"},
		{"mine", number, "==", 0, "mine returns 0", "mine does not return 0"},
		{"mine", number, "<", 7, "", ""},
	} {
		x := &ir.Var{Name: "x", Kind: ir.Local, Type: test.typ}
		b := &ir.Block{}
		if test.call != "" {
			x.Kind = ir.Temp
			b.Instrs = []ir.Instr{{Op: ir.Call, Dst: ir.Place{Base: x}, Fn: test.call}}
		}
		b.Term = ir.Term{
			Kind: ir.Branch, Cmp: test.cmp, Span: span,
			X: ir.Operand{Kind: ir.Load, Place: ir.Place{Base: x}, Type: test.typ},
			Y: ir.Operand{Kind: ir.Const, Int: test.n},
		}
		f := &ir.Func{Blocks: []*ir.Block{b}}
		for way, want := range map[string]string{"true": test.yes, "false": test.no} {
			c := conditionAt(f, &finding.Step{Kind: finding.Branch, Span: span, Slot: way})
			if c == nil {
				t.Fatal("the branch is not found")
			}
			if got := c.text(table); got != want {
				t.Errorf("%s x %s %d is %s: got %q, want %q", test.call, test.cmp, test.n, way, got, want)
			}
		}
	}
}
