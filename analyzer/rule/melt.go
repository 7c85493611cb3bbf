package rule

import "cmp"

// MeltedBy says what may have taken the object of a ThinIce event away, for a
// message: "PyObject_Str may run __str__".
func (e *Event) MeltedBy() string {
	call := cmp.Or(e.BeforeCall, "a call")
	if e.Via != "" && e.Via != call {
		call += " calls " + e.Via + ", which"
	}
	return call + " may run " + cmp.Or(e.Hook, "Python code")
}

// MeltedUse says how the object of a ThinIce event is used.
func (e *Event) MeltedUse() string {
	if e.How == Within {
		return "only borrowed while " + e.MeltedBy()
	}
	return cmp.Or(e.Used, "used") + ", but may be gone: " + e.MeltedBy() + e.BeforeLine()
}

// StaleCheck words a ThinIce or Dangles event about a field that was looked at before code
// ran, and what to do about it.
func (e *Event) StaleCheck() (message, help string) {
	return "'" + e.Held + "' is " + e.Used + " although it may be NULL by now: " + e.MeltedBy() + e.BeforeLine(),
		"compare '" + e.Held + "' with NULL again after that call"
}

// Hold is the suggestion to keep the object of a ThinIce event alive.
func (e *Event) Hold() string {
	return "hold a reference to " + e.Expr() + ": Py_INCREF before the call, Py_DECREF after its last use"
}

// Holding is the repair that keeps the object of a ThinIce event alive.
func (e *Event) Holding() Repair {
	r := Repair{Remedy: Hold, Expr: e.Held, At: e.At, Inner: e.Before}
	if e.Held == "" && e.HeldType == "PyObject *" {
		r.Arg = e.Arg
	}
	return r
}
