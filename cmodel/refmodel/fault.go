package refmodel

import "fmt"

// A FaultKind says what a program did that C does not survive.
type FaultKind uint8

// Kinds of faults.
const (
	UseAfterFree  FaultKind = iota // touched a freed object
	NullPointer                    // touched NULL
	VisitNotOwned                  // tp_traverse visited more references than there are
	InUse                          // the collector takes apart an object that is in use
)

// A Fault is an operation with undefined behaviour in C. The operation has had
// no effect on the object, but a cascade it was part of went on.
type Fault struct {
	Kind   FaultKind
	Op     string // the operation: "decref", "append" ...
	Object ID
	Name   string // the object's name
	// By is the container whose cascade did it, or NULL.
	By ID
}

func (f *Fault) Error() string {
	switch f.Kind {
	case NullPointer:
		return f.Op + " of NULL"
	case VisitNotOwned:
		return fmt.Sprintf("%s of %s more often than it is referenced", f.Op, f.Name)
	case InUse:
		return fmt.Sprintf("%s of %s, which is in use", f.Op, f.Name)
	}
	return fmt.Sprintf("%s of %s, which is freed", f.Op, f.Name)
}

// A Raised error is an exception of the modelled interpreter: legal C, and the
// error indicator is set.
type Raised struct{ Type, Text string }

func (r *Raised) Error() string { return r.Type + ": " + r.Text }

// raise sets the error indicator and returns the exception as an error. Up to
// 3.11 the indicator holds the type and the text; from 3.12 on an instance is
// made at once (PyErr_SetString).
func (h *Heap) raise(typ, text string) error {
	var exc ID
	if h.Minor < 12 {
		exc = h.New(Atom, h.interpreter)
	} else {
		exc, _ = h.NewException(typ, NULL, h.interpreter)
	}
	h.Object(exc).Name = typ
	h.setError(exc)
	return &Raised{typ, text}
}

// setError puts exc, to which the interpreter holds a reference, into the error
// indicator. What was there is released.
func (h *Heap) setError(exc ID) {
	old := h.raised
	h.raised = exc
	if old != NULL {
		_ = h.Decref(h.interpreter, old)
	}
}

// SetError takes over a reference of from to an exception and puts it into the
// error indicator (PyErr_SetRaisedException of 3.12, PyErr_Restore).
func (h *Heap) SetError(exc ID, from *Owner) error {
	if err := h.Move(from, h.interpreter, exc); err != nil {
		return err
	}
	h.setError(exc)
	return nil
}

// FetchError empties the error indicator; o gets the reference that it held. It
// returns NULL if there is no error (PyErr_GetRaisedException, PyErr_Fetch).
func (h *Heap) FetchError(o *Owner) (ID, error) {
	exc := h.raised
	h.raised = NULL
	if exc == NULL {
		return NULL, nil
	}
	return exc, h.Move(h.interpreter, o, exc)
}

// Occurred returns the exception the error indicator holds, a borrowed
// reference as from PyErr_Occurred, or NULL.
func (h *Heap) Occurred() ID { return h.raised }

// ClearError empties the error indicator (PyErr_Clear).
func (h *Heap) ClearError() error {
	exc := h.raised
	h.raised = NULL
	if exc == NULL {
		return nil
	}
	return h.Decref(h.interpreter, exc)
}

// live returns the object x for an operation, or a Fault.
func (h *Heap) live(op string, x ID) (*Object, error) {
	o := h.Object(x)
	if o == nil {
		return nil, &Fault{Kind: NullPointer, Op: op}
	}
	if o.State == Freed {
		return nil, &Fault{Kind: UseAfterFree, Op: op, Object: x, Name: o.String()}
	}
	return o, nil
}

// want is live plus a check of the kind. The C API answers the wrong kind with
// SystemError (PyErr_BadInternalCall).
func (h *Heap) want(op string, x ID, kind Kind) (*Object, error) {
	o, err := h.live(op, x)
	if err == nil && o.Kind != kind {
		return nil, h.raise("SystemError", op+": bad argument to internal function")
	}
	return o, err
}

// Use touches x: reads its type, its count, its contents.
func (h *Heap) Use(x ID) error {
	_, err := h.live("use", x)
	return err
}
