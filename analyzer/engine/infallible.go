package engine

import (
	"slices"

	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// cannotFail reports whether a call of a function that can fail does not with these
// arguments.
func (r *run) cannotFail(s *state, in *ir.Instr, fn *contract.Func, args []sid) bool {
	if fn.OnlyNull {
		return !slices.Contains(args, symNil)
	}
	return r.needsNoFilling(s, fn, args) || storesItem(fn, args) && r.fitsFresh(s, args[0], args[1])
}

// storesItem reports whether fn puts an object into a container at an index, like
// PyList_SetItem.
func storesItem(fn *contract.Func, args []sid) bool {
	return len(fn.Params) == 3 && len(args) == 3 && fn.Params[0].Changes == contract.Replaces &&
		fn.Params[1].Ref == contract.None && fn.Params[2].Ref == contract.Stolen
}

// fitsFresh reports whether index is an index of seq, which this function has made
// with PyList_New or PyTuple_New and nobody else has seen. Of an index that is not
// known, as in the loop that fills the sequence, it is taken for granted.
func (r *run) fitsFresh(s *state, seq, index sid) bool {
	v, d := r.get(s, seq), &r.syms[seq]
	if !v.fresh() || v.refs != 1 || d.instr == nil || d.fn == nil || d.b != resultOrdinal || len(d.instr.Args) != 1 {
		return false
	}
	if m := d.fn.Result.Makes; m != "list" && m != "tuple" || d.fn.Params[0].Name != "len" {
		return false
	}
	size, i := &d.instr.Args[0], r.get(s, index)
	if i.hi < 0 {
		return false
	}
	return size.Kind != ir.Const || i.lo != i.hi || i.lo < size.Int
}
