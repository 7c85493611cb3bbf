package inferred

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/refcheck/refcheck/analyzer/engine"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/source"
)

// reasons collects what exits say, those that say the same once.
type reasons []Reason

func (rs *reasons) add(x *engine.Exit, effect engine.Effect, at source.Span, text string) {
	if !at.IsValid() {
		at = x.At
	}
	for i := range *rs {
		r := &(*rs)[i]
		if r.Failed == x.Failed && r.Text == text && (r.At == at || at == x.At && slices.Contains(r.Exits, r.At)) {
			if !slices.Contains(r.Exits, x.At) {
				r.Exits = append(r.Exits, x.At)
			}
			return
		}
	}
	*rs = append(*rs, Reason{Failed: x.Failed, Unknown: effect == engine.UnknownEffect, Text: text, At: at, Exits: []source.Span{x.At}})
}

// list returns what was collected, successes first, in the order of the source.
func (rs reasons) list() []Reason {
	slices.SortStableFunc(rs, func(a, b Reason) int {
		return cmp.Or(cmp.Compare(b2i(a.Failed), b2i(b.Failed)), cmp.Compare(a.At.Line, b.At.Line))
	})
	return rs
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// paramReasons says what decided the contract's word about parameter i. That an
// argument is left alone everywhere needs no reason.
func paramReasons(res *engine.Result, i int, params []contract.Param) []Reason {
	if params[i].Ref == contract.None {
		return nil
	}
	var rs reasons
	silent := true
	for n := range res.Exits {
		x := &res.Exits[n]
		f := &x.Params[i]
		silent = silent && (f.Effect == engine.Untouched || f.Effect == engine.NullArgument || f.Effect == engine.Kept && !f.At.IsValid())
		rs.add(x, f.Effect, f.At, effectText(x, f))
	}
	if silent {
		return nil
	}
	return rs.list()
}

// effectText says what happens to an argument.
func effectText(x *engine.Exit, f *engine.Fact) string {
	switch f.Effect {
	case engine.Untouched:
		return "left to the caller"
	case engine.NullArgument:
		return "it is NULL"
	case engine.Taken:
		return takenText(f)
	case engine.Kept:
		if f.Slot != "" {
			return fmt.Sprintf("stored in %s with a reference of its own", f.Slot)
		}
		return "a reference of its own is kept"
	case engine.Added:
		return fmt.Sprintf("%s adds a reference, which is left to the caller", cmp.Or(f.Callee, "something"))
	case engine.OutNew:
		return "receives a new reference" + from(x, f)
	case engine.OutBorrowed:
		return "receives a borrowed reference" + from(x, f)
	case engine.OutNull:
		return "receives NULL"
	}
	return unknownText(f)
}

func takenText(f *engine.Fact) string {
	switch {
	case f.By == finding.Exit:
		return "it is the result, as it came"
	case f.By == finding.Steal && f.Slot != "":
		return fmt.Sprintf("%s stores it in %s", f.Callee, f.Slot)
	case f.By == finding.Steal:
		return f.Callee + " takes it"
	case f.Callee != "":
		return f.Callee + " releases it"
	case f.Slot != "":
		return fmt.Sprintf("stored in %s", f.Slot)
	}
	return "its reference is taken"
}

// unknownText says where an argument was lost sight of.
func unknownText(f *engine.Fact) string {
	switch {
	case !f.At.IsValid():
		return "not followed to the end"
	case f.By == finding.Escape:
		return fmt.Sprintf("passed to %s, whose effect on it is not known", cmp.Or(f.Callee, "a function pointer"))
	case f.Slot != "":
		return fmt.Sprintf("stored in %s, which may own it or not", f.Slot)
	}
	return fmt.Sprintf("%s had it, and then it is not followed to the end", cmp.Or(f.Callee, "something"))
}

// from says where an object came from that leaves by exit x, "" if that is not known.
func from(x *engine.Exit, f *engine.Fact) string {
	o := &f.Origin
	switch {
	case f.By == finding.Incref && f.At.IsValid():
		return fmt.Sprintf(" to %s (%s%s)", cmp.Or(o.Const, o.Name, "an object"), f.Callee, onLine(x, f.At))
	case o.Origin == rule.FromCall && o.Call != "":
		return fmt.Sprintf(" from %s%s", o.Call, onLine(x, o.Where))
	case o.Origin == rule.FromConst:
		return " to " + o.Const
	case o.Origin == rule.FromParam:
		return fmt.Sprintf(" to the argument %s", o.Name)
	case o.Origin == rule.FromField && o.Name != "":
		return fmt.Sprintf(" read from %s", o.Name)
	}
	return ""
}

// onLine names a line, unless it is that of the exit.
func onLine(x *engine.Exit, at source.Span) string {
	if !at.IsValid() || at.Pos.File == x.At.File && at.Line == x.At.Line {
		return ""
	}
	return fmt.Sprintf(", line %d", at.Line)
}

// resultReasons says which returns decided what the result is.
func resultReasons(res *engine.Result) []Reason {
	var rs reasons
	for n := range res.Exits {
		x := &res.Exits[n]
		switch f := &x.Result; f.Effect {
		case engine.NewRef:
			rs.add(x, f.Effect, x.At, "new reference"+from(x, f))
		case engine.BorrowedRef:
			rs.add(x, f.Effect, x.At, "borrowed reference"+from(x, f))
		case engine.UnknownEffect:
			rs.add(x, f.Effect, x.At, "what is returned is not known"+from(x, f))
		case engine.NullResult:
			if !x.Failed {
				rs.add(x, f.Effect, x.At, "NULL")
			}
		}
	}
	return rs.list()
}

// failReasons lists the returns that report failure.
func failReasons(res *engine.Result, fail contract.Fail) []Reason {
	var rs reasons
	for n := range res.Exits {
		x := &res.Exits[n]
		switch {
		case x.ErrSet && x.Failed:
			rs.add(x, x.Result.Effect, x.At, "failure with an exception set"+failedCall(x))
		case x.ErrSet:
			rs.add(x, x.Result.Effect, x.At, "an exception is set, which the result does not tell")
		case x.Failed && x.ErrClear:
			rs.add(x, x.Result.Effect, x.At, "failure without an exception")
		case x.Failed:
			rs.add(x, x.Result.Effect, x.At, "failure; it is not known whether an exception is set"+failedCall(x))
		case x.Result.MaybeNull && fail == contract.FailNull:
			rs.add(x, x.Result.Effect, x.At, "what is returned may be NULL, which is taken for a failure with an exception set")
		case !x.ErrClear && fail == contract.FailAmbiguous:
			rs.add(x, x.Result.Effect, x.At, "it is not known whether an exception is set")
		}
	}
	return rs.list()
}

func failedCall(x *engine.Exit) string {
	if f := &x.Result; f.By == finding.Call && f.Callee != "" {
		return fmt.Sprintf(" (%s fails, line %d)", f.Callee, f.At.Line)
	}
	return ""
}
