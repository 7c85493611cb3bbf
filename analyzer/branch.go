package analyzer

import (
	"fmt"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// A condition is what a path knows after a branch: x op y.
type condition struct {
	op   string
	x, y ir.Operand
	call string // the function whose result x is, if x is a temporary
}

var negated = map[string]string{"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}

// conditionAt finds the branch of f that a step is about. The step's slot says
// which way the path takes. It is nil if several branches fit.
func conditionAt(f *ir.Func, s *finding.Step) *condition {
	var at *ir.Block
	for _, b := range f.Blocks {
		if b.Term.Kind != ir.Branch || b.Term.Span != s.Span {
			continue
		}
		if at != nil {
			return nil
		}
		at = b
	}
	if at == nil {
		return nil
	}
	c := &condition{op: at.Term.Cmp, x: at.Term.X, y: at.Term.Y}
	if s.Slot == "false" {
		c.op = negated[c.op]
	}
	if isTemp(&c.x) {
		c.call = callOf(at, c.x.Place.Base)
	}
	return c
}

func isTemp(o *ir.Operand) bool {
	return o.Kind == ir.Load && o.Place.IsVar() && o.Place.Base.Kind == ir.Temp
}

// callOf is the function whose result b puts into v, "" if there is none.
func callOf(b *ir.Block, v *ir.Var) string {
	for i := range b.Instrs {
		in := &b.Instrs[i]
		if in.Op == ir.Call && in.Dst.IsVar() && in.Dst.Base == v {
			return in.Fn
		}
	}
	return ""
}

// is reports whether the condition compares x in this way with this number.
func (c *condition) is(op string, n int64) bool {
	return c.op == op && c.y.Kind == ir.Const && c.y.Int == n
}

// notNull reports whether the condition says that x is a pointer to something.
func (c *condition) notNull() bool { return c.x.Type.IsPtr() && c.is("!=", 0) }

// text says what the condition means: "'list' is not NULL", "PyDict_SetItem
// fails". It is "" if the condition has parts without a name.
func (c *condition) text(table *contract.Table) string {
	switch {
	case c.call != "":
		return c.result(table)
	case isTemp(&c.x) || c.x.Kind != ir.Load:
		return ""
	case c.x.Type.IsPtr() && c.is("==", 0):
		return fmt.Sprintf("'%s' is NULL", c.x)
	case c.notNull():
		return fmt.Sprintf("'%s' is not NULL", c.x)
	case isTemp(&c.y) || c.y.Kind != ir.Load && c.y.Kind != ir.Const || c.x.Type.IsPtr():
		return ""
	}
	return fmt.Sprintf("here %s %s %s", c.x, c.op, c.y)
}

// result words a test of a call's result, by what the function's contract says
// about failure.
func (c *condition) result(table *contract.Table) string {
	switch {
	case c.call == "PyErr_Occurred" && c.is("==", 0):
		return "no exception is set"
	case c.call == "PyErr_Occurred" && c.is("!=", 0):
		return "an exception is set"
	}
	if f := table.Lookup(c.call); f != nil {
		switch {
		case c.matches(failures[f.Fail]), f.Success == contract.SuccessZero && c.is("!=", 0):
			return c.call + " fails"
		case c.matches(successes[f.Fail]), f.Success == contract.SuccessZero && c.is("==", 0):
			return c.call + " succeeds"
		}
	}
	switch {
	case c.x.Type.IsPtr() && c.is("==", 0):
		return c.call + " returns NULL"
	case c.notNull():
		return c.call + " does not return NULL"
	case c.is("==", 0):
		return c.call + " returns 0"
	case c.is("!=", 0):
		return c.call + " does not return 0"
	}
	return ""
}

// A test is a comparison with a number.
type test struct {
	op string
	n  int64
}

// failures and successes are the tests of a result that are true exactly if the
// call failed, or did not.
var (
	failures = map[contract.Fail][]test{
		contract.FailNull:     {{"==", 0}},
		contract.FailMinus1:   {{"<", 0}, {"==", -1}},
		contract.FailNegative: {{"<", 0}, {"==", -1}},
		contract.FailZero:     {{"==", 0}},
		contract.FailNonzero:  {{"!=", 0}},
	}
	successes = map[contract.Fail][]test{
		contract.FailNull:     {{"!=", 0}},
		contract.FailMinus1:   {{">=", 0}, {"!=", -1}},
		contract.FailNegative: {{">=", 0}, {"!=", -1}},
		contract.FailZero:     {{"!=", 0}},
		contract.FailNonzero:  {{"==", 0}},
	}
)

func (c *condition) matches(tests []test) bool {
	for _, t := range tests {
		if c.is(t.op, t.n) {
			return true
		}
	}
	return false
}
