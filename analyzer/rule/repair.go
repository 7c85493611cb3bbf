package rule

import (
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/source"
)

// A Remedy is what has to be done to the code to mend a defect.
type Remedy uint8

// Remedies.
const (
	// Release: drop the reference Expr before the statement at At, or before the jump that
	// leads there after the call at Failed.
	Release Remedy = iota
	// DropResult: release the result of the call at At, which nobody uses.
	DropResult
	// KeepTemporary: put the result of the call at Inner, an argument of the call at At, into a
	// variable, and release it after that call.
	KeepTemporary
	// ReleaseOld: release what Expr holds as it gets another value at At.
	ReleaseOld
	// ClearSlot: the release of Expr at At leaves NULL, or the next value, in it first.
	ClearSlot
	// Take: add a reference to Expr before the statement at At.
	Take
	// TakeStored: add a reference to Expr after the statement at At, which stores it there.
	TakeStored
	// ReturnOwn: add a reference to Expr, which the statement at At returns.
	ReturnOwn
	// Drop: remove the release of Expr at At; or make it release nothing by setting Expr to
	// NULL after the statement at Inner, which took it over.
	Drop
	// ChangeUnit: in the format of the call at At the unit of argument Arg becomes the other
	// one of 'O' and 'N'.
	ChangeUnit
	// CheckAdded: the call at At takes Expr only if it succeeds: check that.
	CheckAdded
	// Last: put the statement Expr before the last return of the function at At.
	Last
	// First: put the statement Expr before the first statement of the function at At. If one like
	// it stands at Inner, that goes.
	First
	// BeforeFree: put the statement Expr before the statement at At.
	BeforeFree
	// ReleaseType: keep the type of the instance Expr in a variable at the beginning of the
	// function at Inner, and release it after the statement at At.
	ReleaseType
	// Hold: take a reference to what the variable Expr has borrowed before the call at Inner, and
	// release it after the last use, of which the one at At is the first; or, with Arg, give argument
	// Arg of the call at At a variable, and hold that during the call.
	Hold
	// ReadAgain: the loop around At asks for the size anew in each turn, besides comparing with the
	// variable Expr.
	ReadAgain
	// Strong: call Expr at At, which returns a reference of its own, and do not take one at Inner.
	Strong
	// StrongOut: the same if Expr stores the reference through a further argument. With Arg the
	// error of a failure is cleared.
	StrongOut
	// Uncomment: remove the codes Expr from the comment at At, or all of it.
	Uncomment
)

// A Repair is a proposal to mend a defect, in terms of the program. Package fix makes edits of
// it and the analyzer tries them, so that it may be wrong.
type Repair struct {
	Remedy        Remedy
	Expr          string
	At            source.Span
	Inner, Failed source.Span
	Arg           int  // 1-based
	Safe          bool // it cannot change what the program does but for the defect
}

// Repairing adds a repair to a verdict. Those of one verdict are done together.
func (v *Verdict) Repairing(r Repair) *Verdict {
	v.Repairs = append(v.Repairs, r)
	return v
}

// Repairing is Verdict.Repairing for a defect.
func (d *Defect) Repairing(r Repair) *Defect {
	d.Verdict.Repairing(r)
	return d
}

// Releasing is the repair for a reference that is lost when the function returns.
func (e *Event) Releasing() Repair {
	r := Repair{Remedy: Release, Expr: e.Object.Name, At: e.At, Failed: e.FailedAt}
	if rawAllocators[e.Object.Call] {
		r.Expr = "" // its tp_dealloc would see memory that nobody has set
	}
	return r
}

// rawAllocators make instances of the project's own types in memory that is not zeroed.
var rawAllocators = map[string]bool{
	"PyObject_New": true, "PyObject_NewVar": true, "PyObject_GC_New": true, "PyObject_GC_NewVar": true, "PyObject_NEW": true, "PyObject_NEW_VAR": true,
	"_PyObject_New": true, "_PyObject_NewVar": true, "_PyObject_GC_New": true, "_PyObject_GC_NewVar": true, "PyObject_Init": true, "PyObject_InitVar": true,
}

// Safely is a repair that is safe if the finding is certain.
func (e *Event) Safely(r Repair) Repair {
	r.Safe = e.Sure == finding.High
	return r
}

// Safely is a repair that is safe if the defect is certain.
func (d *Defect) Safely(r Repair) Repair {
	r.Safe = d.Confidence == finding.High
	return r
}

// TakenExpr is the object as an expression to take a reference to, "" if it has no name.
func (e *Event) TakenExpr() string {
	if e.Object.Name == "" {
		return e.Object.Const
	}
	return e.Object.Name
}
