package refmodel

import "fmt"

// A FaultKind says what a program did that C does not survive.
type FaultKind uint8

// Kinds of faults.
const (
	UseAfterFree FaultKind = iota // touched a freed object
	NullPointer                   // touched NULL
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
	if f.Kind == NullPointer {
		return f.Op + " of NULL"
	}
	return fmt.Sprintf("%s of %s, which is freed", f.Op, f.Name)
}

// A Raised error is an exception of the modelled interpreter: legal C, and the
// error indicator is set.
type Raised struct{ Type, Text string }

func (r *Raised) Error() string { return r.Type + ": " + r.Text }

// raise sets the error indicator to a new exception and returns it as an error.
func (h *Heap) raise(typ, text string) error {
	exc := h.New(Atom, h.interpreter)
	h.Object(exc).Name = typ
	old := h.raised
	h.raised = exc
	if old != NULL {
		_ = h.Decref(h.interpreter, old)
	}
	return &Raised{typ, text}
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
