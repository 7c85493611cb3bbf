// Package engine follows references along the paths of functions: symbolic
// execution over the ownership IR, with contracts for calls, merging paths that
// agree on ownership. It fires events when the bookkeeping goes wrong and infers
// a contract for every function it has seen; it holds no opinion about which
// event is worth a report, and writes no message text.
package engine

import (
	"strings"
	"sync"

	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// An Engine analyses the functions of one project.
type Engine struct {
	table    *contract.Table
	names    *ir.Names
	units    map[*ir.Func]*unit
	roles    map[*ir.Func]role
	owned    map[fieldKey]bool   // slots that own what they hold
	dangles  map[fieldKey]bool   // slots that are released without being reset
	freed    map[fieldKey]bool   // slots that tp_dealloc releases
	takes    map[*ir.Func]uint64 // parameters whose memory a function may free or keep
	needy    map[*ir.Func]string // functions that need the GIL, and the API function that does
	movable  map[fieldKey]bool   // fields whose memory Python code can make an object give up
	pointers pointers
	objects  map[string]bool         // structs that are Python objects
	calls    map[*ir.Func][]*ir.Func // project functions called
	writes   map[*ir.Func]map[string]bool
	pure     map[*ir.Func]bool
	runs     map[*ir.Func]contract.Runs
	surely   map[*ir.Func]contract.Runs // the same, if code that nobody has seen runs none
	trigger  map[*ir.Func]trigger       // the Python code that a call may run before it succeeds
	drops    map[fieldKey]ice           // slots that running code can make let go of their object
	reach    reach
	nodes    nodes
	checks   checks
	origins  map[*ir.Func]*origins
	// restorers are the functions that Python calls as __setstate__.
	restorers map[*ir.Func]bool
	exposed   map[*ir.Func][]exposure // by parameter: used after Python code has run in the function
	// What declarations say: of functions with a body, and of others.
	declared    map[*ir.Func]*Declared
	foreign     map[string]*Foreign
	owners      []Owner // why slots are in owned
	explain     bool
	threads     bool               // the program may run without the GIL
	shared      map[*ir.Func][]ice // by parameter: how surely other threads see the object
	moduleState map[string]bool    // structs that hold the state of a module
	locked      map[*ir.Func]bool  // functions that are only called with a lock held
	setup       map[*ir.Func]bool  // functions that are only called while a module is initialized
	changing    map[fieldKey]bool  // slots whose container code that Python can run may change
	old         bool               // calls of functions that the target has no more, or that are to go, are events
	reused      bool               // only functions that differ from those for another target are analysed

	mu   sync.Mutex
	sums map[*ir.Func]*contract.Func
}

type unit struct {
	strings map[string]string // static variables that hold a string literal for good
}

// A fieldKey names a slot: a field of a struct, or a global, which has no struct.
type fieldKey struct{ strct, name string }

// role is what a function is to the interpreter, with the conventions that
// follow from it.
type role struct{ rule.Role }

// borrowsArgs reports whether the arguments are certainly the caller's.
func (r role) borrowsArgs() bool { return r.Role != rule.Helper }

// returnsNew reports whether the caller is certain to own the result.
func (r role) returnsNew() bool { return r.Role == rule.Entry || r.Role == rule.ModuleInit }

// New prepares the analysis of the functions in units, which together make up
// a project.
func New(table *contract.Table, units []*ir.Unit) *Engine {
	e := &Engine{table: table, names: ir.NewNames(units), units: map[*ir.Func]*unit{}, roles: map[*ir.Func]role{},
		owned: map[fieldKey]bool{}, dangles: map[fieldKey]bool{}, objects: map[string]bool{}, sums: map[*ir.Func]*contract.Func{}, restorers: map[*ir.Func]bool{}}
	for _, u := range units {
		own := &unit{strings: literals(u)}
		for _, f := range u.Funcs {
			e.units[f] = own
		}
	}
	for _, u := range units {
		for name, st := range u.Structs {
			if st.Object {
				e.objects[name] = true
			}
		}
		e.findRoles(u)
		for _, f := range u.Funcs {
			e.findOwners(f)
		}
	}
	e.findPointers(units)
	e.calls = map[*ir.Func][]*ir.Func{}
	for _, u := range units {
		for _, f := range u.Funcs {
			e.calls[f] = e.callees(f)
		}
	}
	e.findWrites(units)
	e.findPure(units)
	return e
}

// literals finds the static variables that are initialized with a string literal
// and that no function of the unit changes, by name; the name of a function's own
// begins with that of the function.
func literals(u *ir.Unit) map[string]string {
	out := map[string]string{}
	for _, g := range u.Globals {
		if g.Static && g.Init != nil && g.Init.Value.Kind == ir.String && g.Type.IsPtr() {
			out[g.Name] = g.Init.Value.Str
		}
	}
	if len(out) == 0 {
		return nil
	}
	for _, f := range u.Funcs {
		for _, b := range f.Blocks {
			for i := range b.Instrs {
				if p := &b.Instrs[i].Dst; p.Base != nil && p.Base.Outlives() {
					delete(out, staticName(f, p.Base))
				}
			}
		}
		for _, v := range f.Vars {
			if v.AddrTaken && v.Outlives() {
				delete(out, staticName(f, v))
			}
		}
	}
	return out
}

// staticName is how ir.Unit.Globals names a variable of f that outlives it.
func staticName(f *ir.Func, v *ir.Var) string {
	if v.Kind == ir.Static {
		return f.Name + "." + v.Name
	}
	return v.Name
}

// resolve finds the project function that name means inside f.
func (e *Engine) resolve(f *ir.Func, name string) *ir.Func { return e.names.Func(f, name) }

// Contract returns what is known of a function called in f: its contract or, once
// it was analysed, its summary.
func (e *Engine) Contract(f *ir.Func, name string) *contract.Func { return e.contractOf(f, name) }

// contractOf returns what is known of a function called in f, or nil.
func (e *Engine) contractOf(f *ir.Func, name string) *contract.Func {
	if c := e.table.Lookup(name); c != nil {
		return c
	}
	g := e.resolve(f, name)
	if g == nil {
		return e.foreignContract(name)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if c := e.sums[g]; c != nil {
		return c
	}
	return e.said(g)
}

// owning reports whether the slot l is known to own what it holds.
func (e *Engine) owning(r *run, l locID) bool {
	k, ok := r.slotKey(l)
	return ok && e.owned[k]
}

// slotKey names the global or field that l is, if it is one.
func (r *run) slotKey(l locID) (k fieldKey, ok bool) {
	if l == noLoc {
		return k, false
	}
	switch d := &r.locs[l]; d.kind {
	case locField:
		return fieldKey{d.strct, d.name}, d.strct != ""
	case locVar:
		v := r.f.Vars[d.parent]
		return fieldKey{"", v.Name}, v.Outlives()
	}
	return k, false
}

// immortals are the constants that CPython never frees from 3.12 on.
var immortals = map[string]bool{"Py_None": true, "Py_True": true, "Py_False": true, "Py_Ellipsis": true, "Py_NotImplemented": true}

func (e *Engine) immortal(name string) bool {
	return immortals[name] && e.table.Target().Minor >= 12
}

// isConstObject reports whether the global called name holds an object of the
// interpreter that lives as long as it does.
func (e *Engine) isConstObject(name string) bool {
	return immortals[name] || strings.HasPrefix(name, "PyExc_")
}

// findOwners notes the slots that f releases: they own their object.
func (e *Engine) findOwners(f *ir.Func) {
	from := map[*ir.Var]ir.Place{} // locals that are copies of a slot
	stored := map[fieldKey]bool{}
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if k, ok := slotKey(&in.Dst); ok {
				stored[k] = true
			}
			if in.Op == ir.Copy && in.Dst.IsVar() && in.X.Kind == ir.Load {
				from[in.Dst.Base] = in.X.Place
			}
		}
	}
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if in.Op != ir.Call || len(in.Args) == 0 {
				continue
			}
			fn := e.table.Lookup(in.Fn)
			if fn == nil || !releases[fn.Special] {
				continue
			}
			p := in.Args[0].Place
			if q, ok := from[p.Base]; ok && p.IsVar() {
				p = q
			}
			e.markOwner(p, f, in)
			if k, ok := slotKey(&p); ok && !stored[k] && e.roles[f].Role != rule.Dealloc && (fn.Special == "decref" || fn.Special == "xdecref") {
				e.dangles[k] = true
			}
		}
	}
}

// slotKey names the global or field that p is, if it is one.
func slotKey(p *ir.Place) (k fieldKey, ok bool) {
	switch {
	case p.Base == nil:
	case p.IsVar():
		return fieldKey{"", p.Base.Name}, p.Base.Outlives()
	default:
		last := p.Path[len(p.Path)-1]
		return fieldKey{last.Struct, last.Name}, last.Kind == ir.FieldSel && last.Struct != ""
	}
	return k, false
}

// markOwner notes that the call in shows p to own its object.
func (e *Engine) markOwner(p ir.Place, f *ir.Func, in *ir.Instr) {
	if k, ok := slotKey(&p); ok && !e.owned[k] {
		e.owned[k] = true
		e.noteOwner(k, f, in)
	}
}
