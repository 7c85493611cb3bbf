// Package ftborrowed finds borrowed references that another thread can take away, in programs
// without the GIL.
package ftborrowed

import (
	_ "embed" // doc.md
	"fmt"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
)

//go:embed doc.md
var doc string

// Rule is RC803.
var Rule = &rule.Rule{
	Code:      "RC803",
	Name:      "ft-borrowed",
	Kind:      "gil",
	Severity:  finding.Warning,
	Precision: "medium",
	Doc:       doc,
	CWE:       362,
	Fixes:     "unsafe",
	Judge:     judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.FTBorrowed {
		return nil
	}
	owner := "its owner"
	if e.Slot != "" {
		owner = "'" + e.Slot + "'"
	}
	used := e.Used
	if e.Before.Line != e.At.Line {
		used += e.BeforeLine()
	}
	v := e.Say(fmt.Sprintf("%s is only borrowed when it is %s: another thread can make %s let go of it", e.What(), used, owner), help(e))
	if r, ok := repair(e); ok {
		v.Repairing(r)
	}
	return v
}

// repair puts the strong function in the place of the one that lends, if they differ in nothing
// but the reference and, perhaps, where the object is handed out.
func repair(e *rule.Event) (r rule.Repair, ok bool) {
	strong := contract.Load(e.Target).Lookup(e.API.Strong)
	if strong == nil || e.Target.Minor < int(strong.Since) {
		return r, false
	}
	r = rule.Repair{Remedy: rule.Strong, Expr: strong.Name, At: e.At, Inner: e.Before}
	switch more := len(strong.Params) - len(e.API.Params); {
	case more == 0 && strong.Result.Ref == contract.New:
	case more == 1 && strong.Result.Type == "int" && e.API.Fail != contract.FailNone:
		r.Remedy = rule.StrongOut
		if e.API.Fail == contract.FailSilent {
			r.Arg = 1
		}
	default:
		return r, false
	}
	return r, true
}

// help names the function that gives a new reference, or the section that keeps others away
// from what has no such function.
func help(e *rule.Event) string {
	if strong := e.API.Strong; strong != "" {
		return strong + " gives a reference of your own: Py_DECREF it after its last use"
	}
	name := "the container"
	if e.Slot != "" && !strings.Contains(e.Slot, "?") {
		name = e.Slot
	}
	if strings.HasPrefix(e.Call, "PySequence_Fast") {
		return "iterate over PySequence_Tuple(...), or inside Py_BEGIN_CRITICAL_SECTION"
	}
	return "iterate inside Py_BEGIN_CRITICAL_SECTION(" + name + "), and take a reference to what is used after it"
}
