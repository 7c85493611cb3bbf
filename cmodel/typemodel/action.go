package typemodel

import (
	"slices"
	"strings"

	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

// ActionKind is something a slot function does with the instance.
type ActionKind uint8

// Kinds of actions.
const (
	Visit           ActionKind = iota // passes Path to the visit function
	Release                           // gives up the reference at Path
	Store                             // assigns to Path
	Read                              // reads Path into a variable
	Test                              // compares what is at Path with something
	FreeMemory                        // frees the C memory at Path
	FreeSelf                          // frees the instance
	Untrack                           // takes the instance out of the collector's lists
	Track                             // puts it there
	ClearWeakrefs                     // PyObject_ClearWeakRefs
	ReadType                          // reads the instance's type
	TakeType                          // adds a reference to it
	VisitDict                         // visits the managed dict
	ClearDict                         // clears it
	CallFinalizer                     // PyObject_CallFinalizerFromDealloc and its like
	SaveError                         // PyErr_Fetch and its like
	RestoreError                      // PyErr_Restore and its like
	RunsCode                          // calls something that may run Python code
	DropsGIL                          // releases the GIL
	ChangesCount                      // changes a reference count, or makes or destroys an object
	BaseSlot                          // calls a slot of a base: Call is its name
	Escape                            // passes Path to code that is not known
	BeginTrashcan                     // Py_TRASHCAN_BEGIN
	EndTrashcan                       // Py_TRASHCAN_END
	Allocate                          // makes an instance
	ClearsException                   // PyErr_Clear
	AskType                           // looks at the flags of the instance's type
	LeaveTrashcan                     // returns between Py_TRASHCAN_BEGIN and END
	AskState                          // looks up a module or its state, and uses it without asking whether it is there
	PassesVisit                       // calls a function of the project, Call, that visits
	PutAside                          // keeps the instance in a place that is not its own
)

// An Action is one thing a slot function, or a helper of it, does.
type Action struct {
	Kind ActionKind
	Path Path
	Span source.Span
	Func *ir.Func // the function the code is in
	Call string   // what is called
	Base *Type    // BaseSlot: the type whose slot it is; nil if unknown
	// Nulls: a Release that leaves NULL or another value in the field.
	Nulls bool
	// Object: what is stored or released is a reference to an object.
	Object bool
	// Ignored: the result of a visit, or of a base's slot, is not used.
	Ignored bool
	// Null: a Store of NULL.
	Null  bool
	Value *ir.Operand // what is stored
	Instr *ir.Instr
	// Top is the call in the slot function that leads here, Span itself if the slot
	// function does it.
	Top source.Span
	// Before is what has happened before, on all paths or on some.
	Before State
}

// object names API functions by what they do with the instance in argument 1.
var object = map[string]ActionKind{
	"_PyObject_GC_IS_TRACKED": Untrack, "PyObject_GC_IsTracked": Untrack, // whoever asks, knows
	"PyObject_GC_UnTrack": Untrack, "_PyObject_GC_UNTRACK": Untrack,
	"PyObject_GC_Track": Track, "_PyObject_GC_TRACK": Track,
	"PyObject_ClearWeakRefs": ClearWeakrefs, "_PyWeakref_ClearRef": ClearWeakrefs, "PyUnstable_Object_ClearWeakRefsNoCallbacks": ClearWeakrefs,
	"PyObject_VisitManagedDict": VisitDict, "_PyObject_VisitManagedDict": VisitDict,
	"PyObject_ClearManagedDict": ClearDict, "_PyObject_ClearManagedDict": ClearDict, "_PyObject_ClearInstanceAttributes": ClearDict,
	"_PyObject_VisitInstanceAttributes": VisitDict,
	"PyObject_CallFinalizerFromDealloc": CallFinalizer, "PyObject_CallFinalizer": CallFinalizer,
	"PyErr_Fetch": SaveError, "PyErr_GetRaisedException": SaveError, "_PyErr_Fetch": SaveError, "_PyErr_GetRaisedException": SaveError,
	"PyErr_Restore": RestoreError, "PyErr_SetRaisedException": RestoreError, "_PyErr_Restore": RestoreError, "_PyErr_SetRaisedException": RestoreError,
	"PyErr_Clear": ClearsException, "Py_BEGIN_ALLOW_THREADS": DropsGIL, "PyEval_SaveThread": DropsGIL,
	"Py_TRASHCAN_BEGIN": BeginTrashcan, "Py_TRASHCAN_BEGIN_CONDITION": BeginTrashcan, "Py_TRASHCAN_SAFE_BEGIN": BeginTrashcan,
	"Py_TRASHCAN_END": EndTrashcan,
}

// memory are the functions that free C memory.
var memory = []string{"free", "PyMem_Free", "PyMem_RawFree", "PyObject_Free", "PyObject_FREE", "g_free", "xfree"}

// baseSlots are the slots that functions call of a base.
var baseSlots = []string{"tp_traverse", "tp_clear", "tp_dealloc", "tp_finalize", "tp_init", "tp_new"}

// actions lists what one instruction does, apart from what a project function
// that it calls does.
func (fr *frame) actions(b *ir.Block, i int) []Action {
	in := &b.Instrs[i]
	var out []Action
	add := func(a Action) {
		a.Span, a.Func, a.Instr, a.Top = in.Span, fr.f, in, fr.top(in)
		if a.Call == "" {
			a.Call = in.Fn
		}
		out = append(out, a)
	}
	if in.Op == ir.Call {
		fr.callActions(b, i, add)
	}
	if in.Op != ir.Call {
		for _, x := range []*ir.Operand{&in.X, &in.Y} {
			fr.reads(x, b, i, add)
		}
	}
	if fr.putsAside(b, i) {
		add(Action{Kind: PutAside})
	}
	if n := len(in.Dst.Path); n > 0 {
		for _, p := range fr.place(&in.Dst) {
			if p == "" || p == TypeOf {
				continue
			}
			a := Action{Kind: Store, Path: p, Object: in.Dst.Type.IsObjectPtr()}
			if in.Op == ir.Copy {
				a.Value, a.Null = &in.X, in.X.Kind == ir.Const && in.X.Int == 0
			}
			add(a)
		}
	}
	return out
}

// top is the instruction of the outermost function that leads to in.
func (fr *frame) top(in *ir.Instr) source.Span {
	for ; fr.up != nil; fr = fr.up {
		in = fr.call
	}
	return in.Span
}

// reads reports that fields are read.
func (fr *frame) reads(x *ir.Operand, b *ir.Block, i int, add func(Action)) {
	if x.Kind != ir.Load || len(x.Place.Path) == 0 {
		return
	}
	for _, p := range fr.valueAt(x, b, i) {
		if p == TypeOf {
			add(Action{Kind: ReadType})
		} else if p != "" {
			add(Action{Kind: Read, Path: p})
		}
	}
}

func (fr *frame) callActions(b *ir.Block, i int, add func(Action)) {
	in := &b.Instrs[i]
	var first []Path
	if len(in.Args) > 0 {
		first = fr.valueAt(&in.Args[0], b, i)
	}
	if in.Fn == "" {
		fr.indirect(b, i, first, add)
		return
	}
	if k, ok := object[in.Fn]; ok {
		switch k {
		case SaveError, RestoreError, ClearsException, DropsGIL, BeginTrashcan, EndTrashcan:
			add(Action{Kind: k})
		default:
			// Some of them are macros that put a file name in front.
			if fr.givesSelf(b, i) {
				add(Action{Kind: k, Ignored: in.Dst.Base == nil})
			}
		}
		return
	}
	if slices.Contains(lookups, in.Fn) && fr.unchecked(in) {
		add(Action{Kind: AskState})
	}
	c := fr.p.lookup(fr.f, in.Fn)
	special := ""
	if c != nil {
		special = c.Special
	}
	switch special {
	case "visit":
		if first == nil {
			add(Action{Kind: Visit, Path: Elsewhere})
		}
		for _, p := range first {
			add(Action{Kind: Visit, Path: p})
		}
		return
	case "decref", "xdecref", "clear", "setref":
		fr.release(first, in, special, add)
		return
	case "type":
		if fr.self(first) {
			add(Action{Kind: ReadType})
		}
		return
	case "incref", "xincref", "newref", "xnewref":
		if slices.Contains(first, TypeOf) {
			add(Action{Kind: TakeType})
		} else if len(first) > 0 {
			add(Action{Kind: ChangesCount})
		}
		return
	}
	for j := range in.Args {
		fr.reads(&in.Args[j], b, i, add)
	}
	if slices.Contains(first, TypeOf) && (in.Fn == "PyType_HasFeature" || in.Fn == "PyType_GetFlags" || in.Fn == "PyType_FastSubclass") {
		add(Action{Kind: AskType})
	}
	if special == "free" || slices.Contains(memory, in.Fn) {
		for _, p := range first {
			if fr.t.leading(p) {
				add(Action{Kind: FreeSelf})
			} else {
				add(Action{Kind: FreeMemory, Path: p})
			}
		}
		return
	}
	if g := fr.p.projectFunc(fr.f, in.Fn); g != nil && g.Result.Kind == ir.Int && slices.ContainsFunc(in.Args, func(x ir.Operand) bool { return isVisit(&x) }) {
		add(Action{Kind: PassesVisit, Call: in.Fn, Ignored: in.Dst.Base == nil})
	}
	fr.apiActions(c, b, i, add)
}

// givesSelf reports whether some argument is the instance.
func (fr *frame) givesSelf(b *ir.Block, i int) bool {
	for j := range b.Instrs[i].Args {
		if fr.self(fr.valueAt(&b.Instrs[i].Args[j], b, i)) {
			return true
		}
	}
	return false
}

// apiActions says what a call of an API function, or of one that is not known, may
// do.
func (fr *frame) apiActions(c *contract.Func, b *ir.Block, i int, add func(Action)) {
	in := &b.Instrs[i]
	project := fr.p.projectFunc(fr.f, in.Fn) != nil
	switch {
	case c != nil && !project:
		if c.Runs == contract.RunsPython {
			add(Action{Kind: RunsCode})
		}
		if c.Runs == contract.RunsDecref || c.Result.Ref == contract.New {
			add(Action{Kind: ChangesCount})
		}
		if c.GIL {
			add(Action{Kind: DropsGIL})
		}
	case c == nil && !project:
		for j := range in.Args {
			for _, p := range fr.valueAt(&in.Args[j], b, i) {
				add(Action{Kind: Escape, Path: p})
			}
		}
	}
}

// release reports that the object at one of paths is released.
func (fr *frame) release(paths []Path, in *ir.Instr, special string, add func(Action)) {
	if paths == nil {
		add(Action{Kind: Release, Path: Elsewhere, Object: true})
	}
	for _, p := range paths {
		add(Action{Kind: Release, Path: p, Object: true, Nulls: special == "clear" || special == "setref"})
		if special == "setref" && len(in.Args) > 1 {
			v := &in.Args[1]
			add(Action{Kind: Store, Path: p, Object: true, Value: v, Null: v.Kind == ir.Const && v.Int == 0})
		}
	}
}

// isVisit reports whether a pointer that is called is the visit function.
func isVisit(x *ir.Operand) bool {
	return x.Kind == ir.Load && x.Place.IsVar() && (x.Type != nil && x.Type.Name == "visitproc" || x.Place.Base.Name == "visit")
}

// indirect says what a call through a pointer does: visit(x, arg), or a slot.
func (fr *frame) indirect(b *ir.Block, i int, first []Path, add func(Action)) {
	in := &b.Instrs[i]
	slot := lastField(&in.X)
	if in.X.Kind == ir.Load && in.X.Place.IsVar() {
		if fr.slots[in.X.Place.Base] != "" {
			slot = fr.slots[in.X.Place.Base]
		}
		if isVisit(&in.X) {
			a := Action{Kind: Visit, Path: Elsewhere, Call: "visit", Ignored: in.Dst.Base == nil}
			if first == nil {
				add(a)
			}
			for _, p := range first {
				a.Path = p
				add(a)
			}
			return
		}
	}
	switch {
	case slot == "tp_free" && fr.self(first):
		fr.reads(&in.X, b, i, add)
		add(Action{Kind: FreeSelf, Call: "tp_free"})
	case slices.Contains(baseSlots, slot) && fr.self(first):
		add(Action{Kind: BaseSlot, Call: slot, Base: fr.slotOwner(in), Ignored: in.Dst.Base == nil})
	case strings.HasPrefix(slot, "tp_"):
	default:
		for j := range in.Args {
			for _, p := range fr.valueAt(&in.Args[j], b, i) {
				add(Action{Kind: Escape, Path: p})
			}
		}
	}
}

// slotOwner is the type whose slot is called: a static type, or the type of the
// instance itself. It is nil if that is not certain.
func (fr *frame) slotOwner(in *ir.Instr) *Type {
	x := in.X.Place.Base
	switch {
	case x == nil:
		return nil
	case x.Outlives():
		return fr.p.typeVar(fr.f, x.Name)
	case slices.Contains(fr.vars[x], TypeOf):
		return fr.t
	}
	for _, s := range in.X.Place.Path {
		if s.Kind == ir.FieldSel && s.Name == "ob_type" && fr.self(fr.vars[x]) {
			return fr.t
		}
	}
	return nil
}
