package rule

import (
	"fmt"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/refmodel"
	"github.com/refcheck/refcheck/cmodel/source"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

// A Defect is what a rule finds wrong with a type or a module.
type Defect struct {
	Verdict
	At     source.Span // where the fix belongs
	Func   string      // the slot function, or the C variable of the type or module
	Object string      // the field or variable concerned; may be empty
	Steps  []finding.Step
	// Experiment shows the defect on the reference model, nil if that cannot.
	Experiment *refmodel.Experiment
}

// InFunc is a defect of a slot function as a whole.
func InFunc(f *ir.Func, v Verdict) *Defect {
	return &Defect{Verdict: v, At: NameOf(f), Func: f.Name}
}

// NameOf is the place of a function's name.
func NameOf(f *ir.Func) source.Span { return source.Span{Pos: f.Span.Pos} }

// AtAction is a defect of what one line of a slot function, or of its helper, does.
func AtAction(a *typemodel.Action, v Verdict) *Defect {
	return &Defect{Verdict: v, At: a.Span, Func: a.Func.Name}
}

// AtSlot is a defect of what a slot function does, reported in that function: at the
// call, if it is a helper that does it.
func AtSlot(f *typemodel.Facts, a *typemodel.Action, v Verdict) *Defect {
	d := &Defect{Verdict: v, At: a.Top, Func: f.Func.Name}
	if a.Func != f.Func {
		d.Note(finding.Call, a.Span, "this is where "+a.Func.Name+" calls "+a.Call)
	}
	return d
}

// OfType is a defect of a type's definition.
func OfType(t *typemodel.Type, at source.Span, v Verdict) *Defect {
	return &Defect{Verdict: v, At: at, Func: t.Var}
}

// About names the field or variable concerned.
func (d *Defect) About(object string) *Defect {
	d.Object = object
	return d
}

// Note adds a place that explains the defect.
func (d *Defect) Note(kind finding.StepKind, at source.Span, message string) *Defect {
	if at.IsValid() {
		d.Steps = append(d.Steps, finding.Step{Kind: kind, Span: at, Message: message, Object: 1, Main: true})
	}
	return d
}

// Owning adds the place that shows that a field owns its object.
func (d *Defect) Owning(f *typemodel.Field) *Defect {
	switch w := f.Where; {
	case w == nil:
		return d
	case f.Released != nil || w.Call == "Py_CLEAR" || w.Call == "Py_XDECREF" || w.Call == "Py_DECREF":
		return d.Note(finding.Decref, w.Span, "'"+string(f.Path)+"' owns its object: "+w.Call+" releases it here")
	default:
		return d.Note(finding.Store, w.Span, "'"+string(f.Path)+"' is given a reference of its own here")
	}
}

// ManagedDict is the function that visits or clears the managed dict of an instance:
// private in Python 3.12, public from 3.13 on (Include/cpython/object.h). minor is the 13 of that, verb is "Visit" or
// "Clear".
func ManagedDict(minor int, verb string) string {
	name := "PyObject_" + verb + "ManagedDict"
	if minor < 13 {
		return "_" + name
	}
	return name
}

// Severity is a pointer to a severity, for verdicts that override the rule's own.
func Severity(s finding.Severity) *finding.Severity { return &s }

// List joins names for a message and counts those that would make it long.
func List(names []string) string {
	const most = 3
	switch n := len(names); {
	case n > most:
		return fmt.Sprintf("%s and %d others", strings.Join(names[:most-1], ", "), n-most+1)
	case n > 1:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}
