package engine

import (
	"slices"
	"strings"

	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// slotRoles are the type slots that are not plain "returns a new reference".
// Numbers are those of Include/typeslots.h.
var slotRoles = map[string]rule.Role{
	"tp_dealloc": rule.Dealloc, "tp_finalize": rule.Dealloc, "tp_free": rule.Dealloc, "tp_del": rule.Dealloc,
	"tp_clear": rule.Clear, "tp_traverse": rule.Clear, "tp_init": rule.Init, "tp_alloc": rule.Helper,
	"m_free": rule.Dealloc, "m_clear": rule.Clear, "m_traverse": rule.Clear,
}

var slotNumbers = map[int64]rule.Role{
	52: rule.Dealloc, 53: rule.Dealloc, 74: rule.Dealloc, 80: rule.Dealloc,
	51: rule.Clear, 71: rule.Clear, 60: rule.Init, 47: rule.Helper,
}

// slotPrefixes are the names of the interpreter's function tables' members.
var slotPrefixes = []string{"tp_", "nb_", "sq_", "mp_", "am_", "bf_", "ml_meth", "get", "set", "m_free", "m_clear", "m_traverse"}

func isSlot(field string) bool {
	for _, p := range slotPrefixes {
		if strings.HasPrefix(field, p) {
			return true
		}
	}
	return false
}

// slotTables are the structs whose function pointers the interpreter calls.
var slotTables = map[string]bool{
	"PyMethodDef": true, "PyGetSetDef": true, "PyTypeObject": true, "PyType_Slot": true, "PyNumberMethods": true,
	"PySequenceMethods": true, "PyMappingMethods": true, "PyAsyncMethods": true, "PyBufferProcs": true,
	"PyModuleDef": true, "PyModuleDef_Slot": true, "PyHeapTypeObject": true, "_typeobject": true,
}

// findRoles reads method tables, type objects and module definitions.
func (e *Engine) findRoles(u *ir.Unit) {
	if len(u.Funcs) == 0 {
		return
	}
	f := u.Funcs[0]
	for _, g := range u.Globals {
		t := g.Type
		for t != nil && t.Kind == ir.Array {
			t = t.Elem
		}
		if g.Init != nil && t != nil && slotTables[t.Name] {
			e.tableRoles(f, t.Name, g.Init)
		}
	}
	for _, f := range u.Funcs {
		e.nameRole(f)
		e.assignedRoles(f)
	}
}

// assignedRoles reads the tables that f fills. In those that are variables of its own,
// the number of a slot is stored just before the function.
func (e *Engine) assignedRoles(f *ir.Func) {
	number := int64(-1)
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if in.Op != ir.Copy || len(in.Dst.Path) == 0 {
				continue
			}
			last := in.Dst.Path[len(in.Dst.Path)-1]
			switch {
			case last.Kind != ir.FieldSel || !slotTables[last.Struct]:
			case last.Name == "slot" && in.X.Kind == ir.Const:
				number = in.X.Int
			case in.X.Kind != ir.FuncRef:
			case last.Name == "pfunc" && number >= 0:
				e.setSlotRole(f, last.Struct, number, in.X.Str)
			default:
				e.setRole(f, in.X.Str, last.Name)
			}
		}
	}
}

// nameRole recognises module init functions, which only the linker refers to.
func (e *Engine) nameRole(f *ir.Func) {
	switch {
	case strings.HasPrefix(f.Name, "PyInit_"),
		strings.HasPrefix(f.Name, "init") && !f.Static && len(f.Params) == 0 && f.Result != nil && f.Result.Kind == ir.Void:
		e.roles[f] = role{rule.ModuleInit}
	}
}

func (e *Engine) tableRoles(f *ir.Func, table string, n *ir.Init) {
	if table == "PyType_Slot" || table == "PyModuleDef_Slot" {
		if len(n.Elems) == 2 && n.Elems[1].Value.Kind == ir.FuncRef {
			e.setSlotRole(f, table, n.Elems[0].Value.Int, n.Elems[1].Value.Str)
			return
		}
	}
	if n.Value.Kind == ir.FuncRef && isSlot(n.Field) {
		e.setRole(f, n.Value.Str, n.Field)
	}
	if table == "PyMethodDef" {
		e.noteRestorer(f, n)
	}
	for _, x := range n.Elems {
		e.tableRoles(f, table, x)
	}
}

// noteRestorer notes the function that a method table gives as __setstate__, which
// like tp_init sets up an object that was just made.
func (e *Engine) noteRestorer(f *ir.Func, method *ir.Init) {
	named, impl := false, ""
	for _, x := range method.Elems {
		named = named || x.Value.Kind == ir.String && x.Value.Str == "__setstate__"
		if x.Value.Kind == ir.FuncRef {
			impl = x.Value.Str
		}
	}
	if g := e.resolve(f, impl); named && g != nil {
		e.restorers[g] = true
	}
}

func (e *Engine) setSlotRole(f *ir.Func, table string, number int64, name string) {
	if table == "PyModuleDef_Slot" {
		if g := e.resolve(f, name); g != nil {
			e.roles[g] = role{rule.ModuleInit}
		}
		return
	}
	if rl, ok := slotNumbers[number]; ok {
		if g := e.resolve(f, name); g != nil {
			e.roles[g] = role{rl}
		}
		return
	}
	e.setRole(f, name, "tp_")
}

// setRole gives the function called name the role that goes with a slot.
func (e *Engine) setRole(f *ir.Func, name, field string) {
	g := e.resolve(f, name)
	if g == nil {
		return
	}
	rl, ok := slotRoles[field]
	if !ok {
		rl = rule.Setter
		if g.Result.IsObjectPtr() {
			rl = rule.Entry
		}
	}
	e.roles[g] = role{rl}
}

// clinicRole gives the implementation behind a wrapper of Argument Clinic the role
// that the wrapper has: what it is given is the interpreter's, and what it returns
// goes straight to it.
func (e *Engine) clinicRole(f *ir.Func) {
	switch {
	case e.roles[f].Role != rule.Helper:
	case strings.HasSuffix(f.Name, "__init___impl"):
		e.roles[f] = role{rule.Init}
	case f.Result.IsObjectPtr():
		e.roles[f] = role{rule.Entry}
	default:
		e.roles[f] = role{rule.Setter}
	}
}

// slotCalls says which API function a call through a type slot, or through
// another table of functions of the interpreter, behaves like.
var slotCalls = map[string]string{
	"tp_alloc": "PyType_GenericAlloc", "tp_new": "PyType_GenericNew", "tp_free": "PyObject_Free", "tp_iternext": "PyIter_Next",
	"tp_iter": "PyObject_GetIter", "tp_str": "PyObject_Str", "tp_repr": "PyObject_Repr", "tp_call": "PyObject_Call",
	"tp_richcompare": "PyObject_RichCompare", "tp_getattro": "PyObject_GetAttr", "tp_setattro": "PyObject_SetAttr",
	"mp_subscript": "PyObject_GetItem", "mp_ass_subscript": "PyObject_SetItem", "sq_item": "PySequence_GetItem",
	"nb_index": "PyNumber_Index", "nb_int": "PyNumber_Long", "nb_float": "PyNumber_Float",
	"tp_init": "PyObject_SetAttr", "tp_descr_get": "PyObject_Call", "tp_descr_set": "PyObject_SetAttr", "tp_hash": "PyObject_Hash",
	"mp_length": "PyObject_Size", "sq_length": "PyObject_Size", "sq_contains": "PySequence_Contains", "nb_bool": "PyObject_IsTrue",
	"nb_add": "PyNumber_Add", "nb_subtract": "PyNumber_Subtract", "nb_multiply": "PyNumber_Multiply",
	// Members of PyDateTime_CAPI (Include/datetime.h); the type comes last.
	"Date_FromDate": "PyDate_FromDate", "DateTime_FromDateAndTime": "PyDateTime_FromDateAndTime", "Time_FromTime": "PyTime_FromTime",
	"DateTime_FromDateAndTimeAndFold": "PyDateTime_FromDateAndTimeAndFold", "Time_FromTimeAndFold": "PyTime_FromTimeAndFold",
	"Delta_FromDelta": "PyDelta_FromDSU", "TimeZone_FromTimeZone": "PyTimeZone_FromOffsetAndName",
	"DateTime_FromTimestamp": "PyDateTime_FromTimestamp", "Date_FromTimestamp": "PyDate_FromTimestamp",
}

// slotContract is the contract of an indirect call through a type slot, or nil.
func (e *Engine) slotContract(x *ir.Operand) *contract.Func {
	p := x.Place.Path
	if x.Kind != ir.Load || len(p) == 0 || p[len(p)-1].Kind != ir.FieldSel {
		return nil
	}
	name := p[len(p)-1].Name
	c := e.table.Lookup(slotCalls[name])
	if c == nil {
		return nil
	}
	named := *c
	named.Name = name
	if name == "tp_hash" && len(p) == 1 && plainTypes[x.Place.Base.Name] {
		named.Runs = contract.RunsNothing
	}
	if !c.Variadic { // further arguments are only used
		named.Params = append(slices.Clone(c.Params), contract.Param{Name: "...", Ref: contract.Borrowed})
		named.Variadic = true
	}
	return &named
}

// plainTypes are the types whose own hash function runs no Python code, whatever the
// object is: PyUnicode_Type.tp_hash(o).
var plainTypes = map[string]bool{"PyUnicode_Type": true, "PyBytes_Type": true, "PyLong_Type": true, "PyFloat_Type": true}
