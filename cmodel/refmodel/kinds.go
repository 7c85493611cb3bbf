package refmodel

import "strconv"

// Int creates an int (PyLong_FromLong). Those from -5 to 256 exist once.
func (h *Heap) Int(n int, o *Owner) ID {
	return h.value(Int, strconv.Itoa(n), n >= -5 && n <= 256, o)
}

// Str creates a str of Latin-1 characters (PyUnicode_FromString). The empty one
// and those of one character exist once.
func (h *Heap) Str(s string, o *Owner) ID {
	return h.value(Str, strconv.Quote(s), len(s) < 2, o)
}

// Bytes creates a bytes object (PyBytes_FromString). The empty one and those of
// one byte exist once.
func (h *Heap) Bytes(s string, o *Owner) ID {
	return h.value(Bytes, "b"+strconv.Quote(s), len(s) < 2, o)
}

// Intern returns the one str of its text that serves as a name
// (PyUnicode_InternFromString). From 3.12 on it is immortal.
func (h *Heap) Intern(s string, o *Owner) ID {
	return h.value(Str, strconv.Quote(s), true, o)
}

// value returns a new reference to a value that never changes: to the one there
// is, if it is shared.
func (h *Heap) value(kind Kind, name string, shared bool, o *Owner) ID {
	if !shared {
		x := h.New(kind, o)
		h.Object(x).Name = name
		return x
	}
	key := kind.String() + " " + name
	x, ok := h.singletons[key]
	if !ok {
		x = h.singleton(key, name, kind)
	}
	return h.ref(x, o)
}

// NewModule creates a module and its dict (PyModule_New).
func (h *Heap) NewModule(name string, o *Owner) (mod, dict ID) {
	mod = h.alloc(Module, o, true)
	m := h.Object(mod)
	m.Name = name
	dict = h.New(Dict, h.interpreter)
	none := h.Singleton("None")
	_ = h.dictSetName(dict, "__name__", h.Str(name, h.interpreter))
	for _, key := range []string{"__doc__", "__package__", "__loader__", "__spec__"} {
		_ = h.dictSetName(dict, key, h.ref(none, h.interpreter))
	}
	_, _ = h.Put(mod, "md_dict", dict, h.interpreter)
	if h.Minor >= 13 {
		h.track(h.Object(dict))
	}
	h.track(m)
	return mod, dict
}

// dictSetName maps a name to val and takes over the interpreter's reference to
// val.
func (h *Heap) dictSetName(dict ID, name string, val ID) error {
	err := h.DictSetName(dict, name, val)
	return firstErr(err, h.Decref(h.interpreter, val))
}

// DictSetName maps a name to val (PyDict_SetItemString).
func (h *Heap) DictSetName(dict ID, name string, val ID) error {
	key := h.Intern(name, h.interpreter)
	err := h.DictSet(dict, key, val)
	return firstErr(err, h.Decref(h.interpreter, key))
}

// ModuleAdd maps a name to x in the dict of a module and takes over a reference
// of from, but only when it succeeds (PyModule_AddObject).
func (h *Heap) ModuleAdd(mod ID, name string, x ID, from *Owner) error {
	m, err := h.live("add to module", mod)
	if err != nil {
		return err
	}
	if m.Kind != Module {
		return h.raise("TypeError", "PyModule_AddObject() first argument must be a module")
	}
	// What the dict drops may run code, which must not see the reference as
	// from's any more.
	if err := h.Move(from, h.interpreter, x); err != nil {
		return err
	}
	if err := h.DictSetName(h.Field(mod, "md_dict"), name, x); err != nil {
		return firstErr(err, h.Move(h.interpreter, from, x))
	}
	return h.Decref(h.interpreter, x)
}

// NewException creates an exception with one argument, or with none if arg is
// NULL, and the tuple of its arguments.
func (h *Heap) NewException(typ string, arg ID, o *Owner) (exc, args ID) {
	args = h.NewTuple(1, h.interpreter)
	if arg == NULL {
		arg = h.Str("the message", h.interpreter)
	} else {
		h.ref(arg, h.interpreter)
	}
	_ = h.TupleSet(args, 0, arg, h.interpreter)
	exc = h.alloc(Exception, o, true)
	h.Object(exc).Name = typ
	for _, f := range [...]string{"args", "traceback", "cause", "context"} {
		_, _ = h.Put(exc, f, NULL, h.interpreter)
	}
	_, _ = h.Put(exc, "args", args, h.interpreter)
	h.track(h.Object(exc))
	return exc, args
}

// SetContext makes context, of which it takes over a reference of from, the
// exception that was being handled when exc was raised (PyException_SetContext).
func (h *Heap) SetContext(exc, context ID, from *Owner) error {
	old, err := h.Put(exc, "context", context, from)
	return firstErr(err, h.release(old))
}

// NewCapsule creates a capsule; destroy runs when it dies and may be nil.
func (h *Heap) NewCapsule(destroy func(*Heap, ID), o *Owner) ID {
	x := h.New(Capsule, o)
	h.Object(x).Destroy = destroy
	return x
}

func firstErr(a, b error) error {
	if a != nil {
		return a
	}
	return b
}
