package engine

import (
	"strconv"
	"strings"

	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// A locID names a memory location within one function: a variable, or a path
// of fields and elements from a variable or from what a symbol points to. The
// first len(Func.Vars) locations are the variables.
type locID int32

// noLoc is no location.
const noLoc locID = -1

type locKind uint8

const (
	locVar    locKind = iota
	locTarget         // what symbol base points to
	locField          // field of parent
	locElem           // element of parent, with constant index
	locAny            // some element of parent
)

type locKey struct {
	kind   locKind
	parent int32 // locID, or sid for locTarget, or variable
	name   string
	index  int64
}

type locDef struct {
	locKey
	strct string // locField: the struct's name
	weak  bool   // stands for more than one place
	out   bool   // may be read after the function returned
	root  sid    // the symbol at the root of the path, noSym for variables
	rvar  int32  // the variable at the root, -1 otherwise
}

func (r *run) internLoc(k locKey, strct string) locID {
	if id, ok := r.locIDs[k]; ok {
		return id
	}
	id := locID(len(r.locs))
	d := locDef{locKey: k, strct: strct, rvar: -1}
	switch k.kind {
	case locTarget:
		d.root, d.out, d.weak = sid(k.parent), true, r.syms[k.parent].weak
	case locField, locElem, locAny:
		p := r.locs[k.parent]
		d.weak, d.out, d.root, d.rvar = p.weak || k.kind == locAny, p.out, p.root, p.rvar
	case locVar:
		d.rvar = k.parent
		d.out = r.f.Vars[k.parent].Outlives()
	}
	r.locs = append(r.locs, d)
	r.locIDs[k] = id
	return id
}

func (r *run) target(id sid) locID {
	if d := &r.syms[id]; d.kind == defAddr {
		return d.loc
	}
	return r.internLoc(locKey{kind: locTarget, parent: int32(id)}, "")
}

// within reports whether l is p or lies below it.
func (r *run) within(l, p locID) bool {
	for {
		if l == p {
			return true
		}
		d := &r.locs[l]
		if d.kind == locVar || d.kind == locTarget {
			return false
		}
		l = locID(d.parent)
	}
}

type defKind uint8

const (
	defNone   defKind = iota
	defConst          // the integer num
	defAddr           // the address of loc
	defFunc           // a function
	defString         // a string literal
	defName           // a constant of unknown value, by name
	defSite           // made by an instruction
	defInit           // what a location held when the function began
	defPhi            // a merge
)

// A symKey identifies a symbol by where it comes from.
type symKey struct {
	kind defKind
	a, b int32 // instruction and ordinal; location; block and location
	num  int64 // constant; age of a site
	str  string
}

// A symDef is what is true of a symbol in every state.
type symDef struct {
	symKey
	flags    flag // initial ownership facts
	loc      locID
	instr    *ir.Instr
	fn       *contract.Func
	typ      *ir.Type
	name     string // how the user would call it
	y        sid    // of a result: the first argument of the call
	param    int    // 1 + index of the parameter it is the value of
	weak     bool   // read from a place that stands for many
	computed bool   // arithmetic: an object at such an address is known to others by another name
}

func (r *run) intern(k symKey) sid {
	if id, ok := r.symIDs[k]; ok {
		return id
	}
	id := sid(len(r.syms))
	r.syms = append(r.syms, symDef{symKey: k, loc: noLoc})
	r.symIDs[k] = id
	return id
}

func (r *run) constant(n int64) sid {
	if n == 0 {
		return symNil
	}
	return r.intern(symKey{kind: defConst, num: n})
}

func (r *run) address(l locID) sid {
	id := r.intern(symKey{kind: defAddr, a: int32(l)})
	d := &r.syms[id]
	if d.loc == noLoc {
		d.loc = l
		d.name = "&" + r.locName(l)
		if lv := &r.locs[l]; lv.kind == locVar && r.f.Vars[lv.parent].Outlives() {
			if t := r.f.Vars[lv.parent].Type; t != nil && t.Kind == ir.StructType && t.Object {
				d.flags |= fConst | fObject
			}
		}
	}
	return id
}

// initial is the symbol for what l held when the function began.
func (r *run) initial(l locID, t *ir.Type) sid {
	id := r.intern(symKey{kind: defInit, a: int32(l)})
	d := &r.syms[id]
	if d.loc == noLoc {
		d.loc, d.typ, d.name = l, t, r.locName(l)
		ld := &r.locs[l]
		if t.IsObjectPtr() {
			d.flags |= fObject
		}
		switch {
		case ld.kind == locVar && r.f.Vars[ld.parent].Kind == ir.Param:
			d.flags |= fParam
			d.param = int(ld.parent) + 1
		case ld.kind == locVar && r.eng.isConstObject(d.name):
			d.flags |= fConst | fObject
		case ld.kind == locVar && r.f.Vars[ld.parent].Outlives(), ld.out:
			d.flags |= fSlot
			if r.freshMemory(ld.root) {
				d.flags |= fEscaped // whatever is there was copied as bytes
			}
		}
	}
	return id
}

// freshMemory reports whether id points to memory or an object that this
// function has just made, or is what an accessor of the project finds there.
func (r *run) freshMemory(id sid) bool {
	d := &r.syms[max(id, 0)]
	if d.kind != defSite || d.fn == nil {
		return false
	}
	if d.fn.Result.Ref == contract.New {
		return !d.fn.Result.Shared && d.b == resultOrdinal
	}
	if d.fn.Source != summarySource {
		return d.fn.Acquire.Handle == "return"
	}
	if d.fn.Pure && d.y > symNil && d.y < id && r.freshMemory(d.y) {
		return true
	}
	name := strings.ToLower(d.fn.Name)
	return strings.Contains(name, "alloc") || strings.HasSuffix(name, "_new")
}

// locName renders a location as C.
func (r *run) locName(l locID) string {
	d := &r.locs[l]
	switch d.kind {
	case locVar:
		return r.f.Vars[d.parent].Name
	case locTarget:
		return "*" + r.symName(sid(d.parent))
	case locField:
		p := &r.locs[d.parent]
		if p.kind == locTarget {
			return r.symName(sid(p.parent)) + "->" + d.name
		}
		return r.locName(locID(d.parent)) + "." + d.name
	case locElem:
		return r.elemBase(locID(d.parent)) + "[" + strconv.FormatInt(d.index, 10) + "]"
	}
	return r.elemBase(locID(d.parent)) + "[...]"
}

func (r *run) elemBase(l locID) string {
	if d := &r.locs[l]; d.kind == locTarget {
		return r.symName(sid(d.parent))
	}
	return r.locName(l)
}

func (r *run) symName(id sid) string {
	if n := r.syms[id].name; n != "" {
		return n
	}
	return "?"
}
