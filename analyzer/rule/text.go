package rule

import (
	"fmt"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
)

// What names the event's object for a message and says where it came from:
// "'list' (new reference from PyList_New, line 27)".
func (e *Event) What() string {
	o := &e.Object
	origin := o.origin()
	switch {
	case o.Name == "" || o.Name == o.Const && o.TakenBy == "":
		return origin
	case o.TakenBy == "" && (o.Origin == FromField && o.Owner == "" || o.Origin == FromParam):
		return "'" + o.Name + "'"
	}
	return fmt.Sprintf("'%s' (%s)", o.Name, strings.TrimPrefix(origin, "the "))
}

// Origin describes the event's object by where it came from alone: "the new
// reference from PyList_New, line 27".
func (e *Event) Origin() string { return e.Object.origin() }

// origin describes an object by its origin alone.
func (o *Object) origin() string {
	var s string
	switch {
	case o.TakenBy != "":
		return fmt.Sprintf("the reference taken by %s, line %d", o.TakenBy, o.TakenAt.Line)
	case o.Origin == FromConst && o.Const != "":
		return o.Const
	case o.Origin == FromIncref:
		s = "the reference taken by Py_INCREF"
	case o.Origin == FromCall && o.New && o.Call != "":
		s = "the new reference from " + o.Call
	case o.New:
		s = "the new reference"
	case o.Owner != "":
		s = "the reference borrowed from '" + o.Owner + "'"
	case o.Call != "":
		s = "the reference borrowed from " + o.Call
	case o.Origin == FromParam:
		return "the argument"
	default:
		return "the object"
	}
	if o.Where.IsValid() {
		s += fmt.Sprintf(", line %d", o.Where.Line)
	}
	return s
}

// Called names the object without its history: "'list'", or "the object".
func (e *Event) Called() string {
	switch {
	case e.Object.Name != "":
		return "'" + e.Object.Name + "'"
	case e.Object.Const != "":
		return e.Object.Const
	}
	return "the object"
}

// Expr is the object as an expression to put into suggested code; "it" if the
// user has no name for it.
func (e *Event) Expr() string {
	switch {
	case e.Object.Name != "":
		return e.Object.Name
	case e.Object.Const != "":
		return e.Object.Const
	}
	return "it"
}

// Release is the suggested statement that releases the object.
func (e *Event) Release() string { return "Py_DECREF(" + e.Expr() + ")" }

// Failing says which call fails on the path: " when PyLong_FromLong fails", or
// the given text when none is known.
func (e *Event) Failing(otherwise string) string {
	if e.FailedCall == "" {
		return otherwise
	}
	return " when " + e.FailedCall + " fails"
}

// BeforeLine is " at line 12" for the release, steal or borrow that the event
// follows, or nothing.
func (e *Event) BeforeLine() string {
	if !e.Before.IsValid() {
		return ""
	}
	return fmt.Sprintf(" at line %d", e.Before.Line)
}

// Elsewhere says that other ways out of the function take over its argument, and
// where.
func (e *Event) Elsewhere() string {
	return ", although it is taken over" + e.BeforeLine()
}

// Callee is the function called where the event is, or the given text.
func (e *Event) Callee(otherwise string) string {
	if e.Call == "" {
		return otherwise
	}
	return e.Call
}

// Say builds a verdict with the engine's own confidence. Mistakes with objects
// that the target's interpreter never frees change nothing at run time and are
// notes.
func (e *Event) Say(message, help string) *Verdict {
	v := &Verdict{Message: message, Help: help, Confidence: e.Sure}
	if e.Object.Immortal {
		note := finding.Note
		v.Severity = &note
	}
	return v
}
