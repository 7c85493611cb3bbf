package typemodel

import (
	"slices"
	"strings"

	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

// A Witness is a place in the code that shows something.
type Witness struct {
	Func *ir.Func
	Span source.Span
	Call string
}

type fieldKey struct{ strct, name string }

// evidence is what the code of a project does with one field, whatever instance
// it is in.
type evidence struct {
	release, owned, borrowed *Witness
	holds                    Content
	// from are fields whose content is copied to this one.
	from   []*evidence
	stored bool // something is assigned to it
}

// evidenceOf is the evidence about a field of t, nil if no code mentions it.
func (p *Project) evidenceOf(t *Type, path Path) *evidence {
	st := t.Struct
	parts := strings.Split(string(path), ".")
	for i, name := range parts {
		if i == len(parts)-1 {
			for _, s := range t.aliases(st) {
				if e := p.fields[fieldKey{s, name}]; e != nil {
					return e
				}
			}
			return nil
		}
		st = t.member(st, name)
		if st == nil {
			return nil
		}
	}
	return nil
}

// aliases are the names of a struct: its tag and its typedef name.
func (t *Type) aliases(st *ir.Struct) []string {
	names := []string{st.Name}
	for name, s := range t.unit.Structs {
		if s == st && name != st.Name {
			names = append(names, name)
		}
	}
	slices.Sort(names[1:])
	return names
}

// member is the struct of a member, or of what it points to.
func (t *Type) member(st *ir.Struct, name string) *ir.Struct {
	for _, f := range st.Fields {
		if f.Name != name {
			continue
		}
		x := f.Type
		for x.IsPtr() {
			x = x.Elem
		}
		if x != nil {
			return t.unit.Structs[x.Name]
		}
	}
	return nil
}

// findEvidence reads all functions for what they store in fields and release
// from them.
func (p *Project) findEvidence() {
	p.findEntries()
	for _, u := range p.units {
		for _, f := range u.Funcs {
			d := newDefs(p, f)
			for _, b := range f.Blocks {
				for i := range b.Instrs {
					d.instr(&b.Instrs[i])
				}
			}
		}
	}
	p.spread()
}

// findEntries notes the functions that Python code calls with arguments of its own
// choice: those in method tables and slots.
func (p *Project) findEntries() {
	for _, u := range p.units {
		for _, g := range u.Globals {
			t := g.Type
			for t != nil && t.Kind == ir.Array {
				t = t.Elem
			}
			if g.Init == nil || t == nil || t.Name != "PyMethodDef" && t.Name != "PyGetSetDef" {
				continue
			}
			for _, row := range g.Init.Elems {
				for _, e := range row.Elems {
					if e.Value.Kind == ir.FuncRef {
						p.entries[p.funcIn(u, e.Value.Str)] = true
					}
				}
			}
		}
	}
	for _, t := range p.Types {
		for _, name := range append([]string{"tp_new", "tp_init"}, changers...) {
			if s := t.Own(name); s != nil {
				p.entries[s.Func] = true
			}
		}
	}
}

// spread gives each field the content of those it is copied from.
func (p *Project) spread() {
	for changed := true; changed; {
		changed = false
		for _, e := range p.fields {
			for _, o := range e.from {
				if o.holds > e.holds {
					e.holds, changed = o.holds, true
				}
			}
		}
	}
}

// defs are the definitions of the variables of one function.
type defs struct {
	p        *Project
	f        *ir.Func
	of       map[*ir.Var][]*ir.Instr
	taken    map[string]bool   // places to which a reference was added
	released map[string]bool   // places of which one was released
	stored   map[fieldKey]bool // fields that are assigned to
	atoms    map[string]bool   // places that were checked to be atomic objects
}

func newDefs(p *Project, f *ir.Func) *defs {
	d := &defs{p: p, f: f, of: map[*ir.Var][]*ir.Instr{}, taken: map[string]bool{}, released: map[string]bool{}, stored: map[fieldKey]bool{}, atoms: map[string]bool{}}
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if in.Dst.IsVar() && in.Op != ir.Declare {
				d.of[in.Dst.Base] = append(d.of[in.Dst.Base], in)
			}
			if k, ok := p.key(&in.Dst); ok {
				d.stored[k] = true
			}
			if in.Op != ir.Call || len(in.Args) == 0 {
				continue
			}
			switch in.Fn {
			case "Py_DECREF", "Py_XDECREF", "Py_CLEAR":
				d.released[in.Args[0].Place.String()] = true
			case "Py_INCREF", "Py_XINCREF", "Py_IncRef", "Py_NewRef", "Py_XNewRef":
				d.taken[in.Args[0].Place.String()] = true
			}
			for j := range in.Args {
				if p.checksAtom(f, in.Fn, j, 2) {
					d.atoms[in.Args[j].Place.String()] = true
				}
			}
		}
	}
	return d
}

// atomicCheck reports whether a function asks for an object without references.
func atomicCheck(fn string) bool {
	for _, s := range []string{"PyUnicode_Check", "PyBytes_Check", "PyLong_Check", "PyFloat_Check", "PyBool_Check", "PyString_Check", "PyInt_Check"} {
		if strings.HasPrefix(fn, s) {
			return true
		}
	}
	return false
}

// checksAtom reports whether a function called in f asks whether its argument i is
// an object without references, or does so through another function.
func (p *Project) checksAtom(f *ir.Func, fn string, i, depth int) bool {
	if atomicCheck(fn) {
		return i == 0
	}
	g := p.names.Func(f, fn)
	if g == nil || fn == "" || depth == 0 || i >= len(g.Params) {
		return false
	}
	for _, b := range g.Blocks {
		for k := range b.Instrs {
			in := &b.Instrs[k]
			for j := range in.Args {
				a := &in.Args[j]
				if in.Op == ir.Call && a.Kind == ir.Load && a.Place.IsVar() && a.Place.Base == g.Params[i] && p.checksAtom(g, in.Fn, j, depth-1) {
					return true
				}
			}
		}
	}
	return false
}

func (p *Project) key(pl *ir.Place) (fieldKey, bool) {
	for i := len(pl.Path) - 1; i >= 0; i-- {
		if s := pl.Path[i]; s.Kind == ir.FieldSel {
			return fieldKey{s.Struct, s.Name}, s.Struct != "" && !strings.HasPrefix(s.Name, "tp_")
		}
	}
	return fieldKey{}, false
}

func (p *Project) evidence(k fieldKey) *evidence {
	e := p.fields[k]
	if e == nil {
		e = &evidence{}
		p.fields[k] = e
	}
	return e
}

// instr notes what one instruction says about fields.
func (d *defs) instr(in *ir.Instr) {
	if in.Op == ir.Call && len(in.Args) > 0 {
		d.call(in)
	}
	if len(in.Dst.Path) == 0 || !in.Dst.Type.IsObjectPtr() {
		return
	}
	k, ok := d.p.key(&in.Dst)
	if !ok {
		return
	}
	d.store(d.p.evidence(k), in, &in.Dst)
}

// call notes releases of fields, and objects stored through their address.
func (d *defs) call(in *ir.Instr) {
	c := d.p.lookup(d.f, in.Fn)
	if c == nil {
		return
	}
	switch c.Special {
	case "decref", "xdecref", "clear", "setref":
		for _, pl := range d.places(&in.Args[0], 3) {
			if k, ok := d.p.key(pl); ok && (pl == &in.Args[0].Place || d.stored[k]) {
				e := d.p.evidence(k)
				if e.release == nil {
					e.release = &Witness{Func: d.f, Span: in.Span, Call: in.Fn}
				}
				if c.Special == "setref" && len(in.Args) > 1 {
					e.hold(d.content(&in.Args[1], e, 0))
					e.stored = true
				}
			}
		}
		return
	}
	for i, q := range c.Params {
		if i < len(in.Args) && (q.Ref == contract.OutNew || q.Ref == contract.InOut) && in.Args[i].Kind == ir.Addr {
			if k, ok := d.p.key(&in.Args[i].Place); ok {
				e := d.p.evidence(k)
				e.owned = &Witness{Func: d.f, Span: in.Span, Call: in.Fn}
				e.hold(d.result(in, e, 0))
				e.stored = true
			}
		}
	}
}

// places are the places that a value is a copy of.
func (d *defs) places(x *ir.Operand, depth int) []*ir.Place {
	if x.Place.Base == nil {
		return nil
	}
	if !x.Place.IsVar() {
		return []*ir.Place{&x.Place}
	}
	var out []*ir.Place
	if depth > 0 {
		for _, in := range d.of[x.Place.Base] {
			if in.Op == ir.Copy {
				out = append(out, d.places(&in.X, depth-1)...)
			}
		}
	}
	return out
}

// store notes an assignment to a field.
func (d *defs) store(e *evidence, in *ir.Instr, dst *ir.Place) {
	w := &Witness{Func: d.f, Span: in.Span, Call: in.Fn}
	if in.Op == ir.Call {
		e.stored = true
		e.hold(d.result(in, e, 0))
		if d.isNew(in) {
			e.owned = first(e.owned, w)
		} else if !d.taken[dst.String()] {
			e.borrowed = first(e.borrowed, w)
		} else {
			e.owned = first(e.owned, w)
		}
		return
	}
	if in.Op != ir.Copy || in.X.Kind == ir.Const {
		return
	}
	e.stored = true
	e.hold(d.content(&in.X, e, 0))
	switch own, sure := d.owns(&in.X, 0); {
	case d.taken[dst.String()] || own:
		e.owned = first(e.owned, w)
	case sure:
		e.borrowed = first(e.borrowed, w)
	}
}

func first(a, b *Witness) *Witness {
	if a != nil {
		return a
	}
	return b
}

func (e *evidence) hold(c Content) { e.holds = max(e.holds, c) }

// isNew reports whether a call returns a reference that its caller owns.
func (d *defs) isNew(in *ir.Instr) bool {
	if lastField(&in.X) == "tp_alloc" {
		return true
	}
	c := d.p.lookup(d.f, in.Fn)
	return c != nil && c.Result.Ref == contract.New
}

// owns reports whether the function owns a reference to x that the field may
// take over; sure is false if that is not known.
func (d *defs) owns(x *ir.Operand, depth int) (own, sure bool) {
	if x.Kind != ir.Load || depth > 3 {
		return false, false
	}
	if d.released[x.Place.String()] {
		return false, false // on some path, or always: the field may borrow
	}
	if d.taken[x.Place.String()] {
		return true, true
	}
	if !x.Place.IsVar() {
		return false, false
	}
	v := x.Place.Base
	switch {
	case v.Kind == ir.Param:
		return false, len(d.of[v]) == 0
	case v.AddrTaken:
		return false, d.parsed(v) != Unknown // what PyArg_Parse* stores is borrowed
	}
	sure = len(d.of[v]) > 0
	for _, in := range d.of[v] {
		switch {
		case in.Op == ir.Call && d.isNew(in):
			return true, true
		case in.Op == ir.Copy && in.X.Kind != ir.Const:
			o, s := d.owns(&in.X, depth+1)
			if o {
				return true, true
			}
			sure = sure && s
		case in.Op == ir.Call:
			c := d.p.lookup(d.f, in.Fn)
			sure = sure && c != nil && c.Result.Ref == contract.Borrowed
		}
	}
	return false, sure
}

// content says what objects a value can be that is stored in the field of e.
func (d *defs) content(x *ir.Operand, e *evidence, depth int) Content {
	switch x.Kind {
	case ir.Const:
		return Nothing
	case ir.Addr:
		return Atomic // a static object
	case ir.Load:
	default:
		return Unknown
	}
	if d.atoms[x.Place.String()] {
		return Atomic
	}
	if t := x.Place.Type; t.IsObjectPtr() && slices.Contains(atomicStructs, t.Elem.Name) {
		return Atomic
	}
	if k, ok := d.p.key(&x.Place); ok && x.Place.Type.IsObjectPtr() {
		e.from = append(e.from, d.p.evidence(k))
		return Nothing
	}
	if !x.Place.IsVar() || depth > 3 {
		return Unknown
	}
	v := x.Place.Base
	if v.Outlives() {
		if isConstant(v.Name) {
			return Atomic
		}
		return Unknown
	}
	out := Nothing
	if v.Kind == ir.Param {
		out = Unknown
		if d.p.entries[d.f] && v != d.f.Params[0] {
			out = Any
		}
	}
	for _, in := range d.of[v] {
		switch in.Op {
		case ir.Copy:
			out = max(out, d.content(&in.X, e, depth+1))
		case ir.Call:
			out = max(out, d.result(in, e, depth))
		}
	}
	if v.AddrTaken {
		out = max(out, d.parsed(v))
	}
	return out
}

func isConstant(name string) bool {
	return name == "Py_None" || name == "Py_True" || name == "Py_False" || name == "Py_Ellipsis" || name == "Py_NotImplemented"
}

// result says what objects a call can return.
func (d *defs) result(in *ir.Instr, e *evidence, depth int) Content {
	switch {
	case in.Fn == "Py_NewRef" || in.Fn == "Py_XNewRef":
		return d.content(&in.Args[0], e, depth+1)
	case atomicMaker(in.Fn):
		return Atomic
	case containerMaker(in.Fn):
		return Container
	case strings.HasPrefix(in.Fn, "PyObject_Call") || strings.HasPrefix(in.Fn, "PyObject_Get") || strings.HasPrefix(in.Fn, "PyDict_Get") ||
		strings.HasPrefix(in.Fn, "PyTuple_G") || in.Fn == "PyObject_GetIter":
		return Any
	}
	if g := d.p.projectFunc(d.f, in.Fn); g != nil && depth < 3 {
		return d.p.returned(g, depth+1)
	}
	return Unknown
}

// returned says what objects a project function can return.
func (p *Project) returned(g *ir.Func, depth int) Content {
	if c, ok := p.results[g]; ok {
		return c
	}
	p.results[g] = Unknown // what a recursive function returns to itself
	d, out, e := newDefs(p, g), Nothing, &evidence{}
	for _, b := range g.Blocks {
		if b.Term.Kind == ir.Return {
			out = max(out, d.content(&b.Term.X, e, depth))
		}
	}
	if len(e.from) > 0 {
		out = max(out, Unknown)
	}
	p.results[g] = out
	return out
}

// parsed says what PyArg_Parse* stores in a variable: whatever Python code
// passes, unless the format asks for a string.
func (d *defs) parsed(v *ir.Var) Content {
	out := Unknown
	for _, b := range d.f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if !strings.HasPrefix(in.Fn, "PyArg_") && !strings.HasPrefix(in.Fn, "_PyArg_") {
				continue
			}
			for j := range in.Args {
				if a := &in.Args[j]; a.Kind == ir.Addr && a.Place.IsVar() && a.Place.Base == v {
					out = parsedAs(in, j)
				}
			}
		}
	}
	return out
}

// parsedAs says what the argument at index j of a PyArg_Parse call can receive.
func parsedAs(in *ir.Instr, j int) Content {
	for k := range in.Args[:j] {
		if in.Args[k].Kind != ir.String {
			continue
		}
		first := k + 1 // of the arguments that the format is about
		if in.Fn == "PyArg_ParseTupleAndKeywords" || in.Fn == "PyArg_VaParseTupleAndKeywords" {
			first = k + 2
		}
		switch unit := parseUnit(in.Args[k].Str, j-first); unit {
		case 'U', 'S', 'Y':
			return Atomic
		case '!':
			if isBuiltinAtom(&in.Args[j-1]) {
				return Atomic
			}
			return Unknown
		case '&':
			return Unknown
		}
		return Any
	}
	return Any // a parser without a format
}

func isBuiltinAtom(x *ir.Operand) bool {
	return x.Kind == ir.Addr && x.Place.Base != nil && slices.Contains(builtinAtoms, x.Place.Base.Name)
}

// parseUnit is the unit of a PyArg_Parse format that stores through the argument at
// index n: its letter, or '!' and '&' for "O!" and "O&".
func parseUnit(format string, n int) byte {
	for i := 0; i < len(format) && format[i] != ':' && format[i] != ';'; i++ {
		c, takes := format[i], 1
		next := byte(0)
		if i+1 < len(format) {
			next = format[i+1]
		}
		switch {
		case c == '|' || c == '$' || c == '(' || c == ')' || c == ' ':
			continue
		case c == 'O' && (next == '!' || next == '&'):
			c, takes = next, 2
			i++
		case c == 'e' && next != 0: // es, et: an encoding first
			takes = 2
			if i++; i+1 < len(format) && format[i+1] == '#' {
				takes, i = 3, i+1
			}
		case next == '#':
			takes = 2
			i++
		case next == '*':
			i++
		}
		if n -= takes; n < 0 {
			return c
		}
	}
	return 0
}

func atomicMaker(fn string) bool {
	for _, s := range []string{"PyUnicode_", "PyBytes_", "PyLong_", "PyFloat_", "PyBool_", "PyInt_", "PyString_", "PyComplex_",
		"PyCapsule_New", "PyByteArray_", "_PyBytes_Resize", "PyWeakref_New", "_PyUnicode_", "_PyLong_", "PyErr_NewException"} {
		if strings.HasPrefix(fn, s) {
			return true
		}
	}
	return false
}

func containerMaker(fn string) bool {
	for _, s := range []string{"PyList_", "PyDict_New", "PyTuple_New", "PyTuple_Pack", "PySet_New", "PyFrozenSet_New", "PySequence_", "Py_BuildValue", "PyDict_Copy"} {
		if strings.HasPrefix(fn, s) {
			return true
		}
	}
	return false
}
