package engine

import (
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// ReportOldAPI makes calls of functions that the target has no more, or that are to go,
// events.
func (e *Engine) ReportOldAPI() { e.old = true }

// oldAPI fires an event if a call is of a function that the target does not have, or
// that is deprecated there. What the project defines itself is there.
func (r *run) oldAPI(s *state, in *ir.Instr, fn *contract.Func) {
	if !r.eng.old || fn == nil || in.Fn == "" || fn.Python2 || fn.Deprecated == 0 && fn.Until == 0 {
		return
	}
	if r.eng.table.Lookup(in.Fn) != fn || r.eng.table.Added(in.Fn) != nil || r.eng.resolve(r.f, in.Fn) != nil {
		return
	}
	target := r.eng.table.Target()
	gone := contract.Removed(fn.Name)
	if now := contract.Version(target.Minor); (gone == 0 || now < gone) && (fn.Deprecated == 0 || now < fn.Deprecated) {
		return
	}
	r.fire(s, noSym, &rule.Event{Kind: rule.OldAPI, At: in.Span, Call: fn.Name, API: fn, Target: target, Sure: finding.High})
}
