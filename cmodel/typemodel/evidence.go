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
	called bool // called, asked for a method or an item: Python code may implement it
	// untracked: its object is hidden from the collector, so that somebody else visits
	// what it refers to.
	untracked bool
	visitors  []*ir.Func // that pass it to a visit function
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
	d.use(in)
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

// use notes that the object in a field is visited, untracked or called.
func (d *defs) use(in *ir.Instr) {
	visit, calls := in.Fn == "Py_VISIT" || isVisit(&in.X), asksObject(in.Fn)
	untracks := object[in.Fn] == Untrack && in.Fn != ""
	if !visit && !calls && !untracks {
		return
	}
	for _, pl := range d.places(&in.Args[0], 3) {
		k, ok := d.p.key(pl)
		if !ok {
			continue
		}
		e := d.p.evidence(k)
		e.called = e.called || calls
		e.untracked = e.untracked || untracks
		if visit && !slices.Contains(e.visitors, d.f) {
			e.visitors = append(e.visitors, d.f)
		}
	}
}

// asksObject reports whether an API function calls its first argument, or a method
// of it, so that a class or function of the user's may stand behind it.
func asksObject(fn string) bool {
	return fn == "PyIter_Next" || fn == "PyCallable_Check" || strings.HasPrefix(fn, "PyObject_Call") || strings.HasPrefix(fn, "PyObject_Vectorcall")
}

// store notes an assignment to a field.
func (d *defs) store(e *evidence, in *ir.Instr, dst *ir.Place) {
	w := &Witness{Func: d.f, Span: in.Span, Call: in.Fn}
	if in.Op == ir.Call {
		e.stored = true
		if d.atoms[dst.String()] {
			e.hold(Atomic)
		} else {
			e.hold(d.result(in, e, 0))
		}
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
	if d.atoms[dst.String()] {
		e.hold(Atomic) // checked where it is now
	} else {
		e.hold(d.content(&in.X, e, 0))
	}
	switch own, sure := d.owns(&in.X, 0); {
	case d.taken[dst.String()] || d.takenFor[in] || own:
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
