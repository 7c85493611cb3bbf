package engine

import (
	"math"
	"slices"

	"github.com/refcheck/refcheck/cmodel/contract"
)

// A sid identifies a symbolic value within one function. Identities are made
// from where the value comes from (a call site, a location's initial value), so
// that two paths that did the same things have equal states without renaming.
type sid int32

const (
	noSym  sid = 0 // nothing is bound
	symNil sid = 1 // the constant 0, NULL
)

// flag is a set of facts about the ownership of one object.
type flag uint32

const (
	fNew      flag = 1 << iota // the origin gave this frame a reference
	fBorrowed                  // certainly owned by somebody else: only a Py_INCREF makes it ours
	fSlot                      // read from a slot: releasing it is fine if the slot is rewritten
	fParam                     // argument of this function
	fConst                     // Py_None, a static type: never dies
	fEscaped                   // unknown code may have taken or dropped references
	fKept                      // somebody else may hold a reference as well
	fReleased                  // this frame released its last reference
	fGiven                     // a call took over this frame's last reference
	fReported                  // a finding was made; say no more
	fDoubt                     // passed to a function whose effect is assumed
	fShared                    // others may own it too, by contract
	fObject                    // known to be a Python object
	fDying                     // its owner was released
	fUsed                      // looked at since it was acquired
	fInside                    // no object: a pointer into the memory of owner
	fMovable                   // and owner may let go of that memory while it lives
	fFixed                     // an object whose items stay where they are: a tuple
	fPlain                     // shown to be of a built-in type exactly, or a subclass with its conversions
	fNumber                    // shown to be an int or a float, perhaps of a subclass
	fStored                    // put into a container, which holds it as well
)

const (
	negInf = math.MinInt64
	posInf = math.MaxInt64
)

// A val is what is known of one symbol in one state.
type val struct {
	id     sid
	lo, hi int64 // as an integer; NULL is 0
	nz     bool  // not zero, not NULL
	cmp    cmpOp // tie: this is the truth of x cmp y
	half   half  // when the tie says something
	refs   int8  // references this frame owns, net; below 0 it released what it did not own
	fl     flag
	owner  sid // borrowed from, or given to
	x, y   sid // operands of the tie
}

// A half is a tie that holds in one direction only.
type half uint8

const (
	tieBoth    half = iota
	tieNonzero      // x cmp y follows from a value that is not 0; 0 says nothing
	tieZero         // the negation follows from 0; other values say nothing
)

// A cell says which value a location holds.
type cell struct {
	loc locID
	val sid
}

// A relation is a fact about two symbols.
type relation struct {
	a, b sid
	eq   bool
}

// A memo remembers what an accessor returned, so that asking twice gives the same
// object: Py_INCREF(Py_TYPE(x)); return Py_TYPE(x);
type memo struct {
	fn       *contract.Func
	x, y, to sid
}

type errState uint8

const (
	errUnknown errState = iota
	errClear
	errSet
)

// A state is what is known at one point of one path: the value of each
// variable, of each memory location seen, and the ownership of each object.
type state struct {
	vars  []sid  // by ir.Var.ID
	mem   []cell // sorted by loc
	vals  []val  // sorted by id
	rels  []relation
	memo  []memo
	err   errState
	dep   sid // the error indicator is set if and only if this symbol says its call failed
	trace *step
	fail  *step // the last failed call
	gil   int8
	held  []held
	wrote uint64 // parameters, by bit, through which something was written
	locks []lock // that are held, the innermost last
	melts []melt // variables whose borrowed reference may be gone, sorted
}

func (s *state) clone() *state {
	c := *s
	c.vars = slices.Clone(s.vars)
	c.mem = slices.Clone(s.mem)
	c.vals = slices.Clone(s.vals)
	c.rels = slices.Clip(s.rels)
	c.memo = slices.Clip(s.memo)
	c.melts = slices.Clip(s.melts)
	c.locks = slices.Clip(s.locks)
	return &c
}

func (s *state) find(id sid) (int, bool) {
	lo, hi := 0, len(s.vals)
	for lo < hi {
		m := int(uint(lo+hi) >> 1)
		if s.vals[m].id < id {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo, lo < len(s.vals) && s.vals[lo].id == id
}

// get returns what is known of id. Constants know themselves.
func (r *run) get(s *state, id sid) val {
	if i, ok := s.find(id); ok {
		return s.vals[i]
	}
	return r.blank(id)
}

// blank is the value of a symbol of which nothing is known beyond its origin.
func (r *run) blank(id sid) val {
	d := &r.syms[id]
	v := val{id: id, lo: negInf, hi: posInf, fl: d.flags}
	switch d.kind {
	case defConst:
		v.lo, v.hi, v.nz = d.num, d.num, d.num != 0
	case defAddr, defFunc, defString:
		v.nz, v.lo = true, 1
	}
	return v
}

// ref returns a pointer to id's entry, making one. It is valid until the next
// call that adds a value.
func (r *run) ref(s *state, id sid) *val {
	i, ok := s.find(id)
	if !ok {
		s.vals = slices.Insert(s.vals, i, r.blank(id))
	}
	return &s.vals[i]
}

func (s *state) drop(id sid) {
	if i, ok := s.find(id); ok {
		s.vals = slices.Delete(s.vals, i, i+1)
	}
}

func (s *state) cell(l locID) (int, bool) {
	lo, hi := 0, len(s.mem)
	for lo < hi {
		m := int(uint(lo+hi) >> 1)
		if s.mem[m].loc < l {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo, lo < len(s.mem) && s.mem[lo].loc == l
}

func (s *state) setCell(l locID, v sid) {
	i, ok := s.cell(l)
	if ok {
		s.mem[i].val = v
		return
	}
	s.mem = slices.Insert(s.mem, i, cell{l, v})
}

// holders counts the variables and locations that hold id, leaving out one.
func (r *run) holders(s *state, id sid, except locID) int {
	n := 0
	for v, x := range s.vars {
		if x == id && locID(v) != except {
			n++
		}
	}
	for _, c := range s.mem {
		if c.val == id && c.loc != except {
			n++
		}
	}
	return n
}

const (
	mix1 = 0x9E3779B97F4A7C15
	mix2 = 0xBF58476D1CE4E5B9
)

func mix(h, x uint64) uint64 {
	h ^= x
	h *= mix2
	h ^= h >> 29
	return h * mix1
}

func b2u(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// hash identifies everything but the trace.
func (s *state) hash() uint64 {
	h := mix(uint64(s.err), uint64(s.dep)<<8|uint64(uint8(s.gil)))
	h = mix(h, s.wrote)
	for _, x := range s.held {
		h = mix(h, uint64(x.id)<<32|uint64(uint32(x.loc)))
		h = mix(h, uint64(x.dep)<<32|uint64(uint32(x.prev)))
	}
	for _, v := range s.vars {
		h = mix(h, uint64(v))
	}
	for _, c := range s.mem {
		h = mix(h, uint64(c.loc)<<32|uint64(uint32(c.val)))
	}
	for i := range s.vals {
		v := &s.vals[i]
		h = mix(h, uint64(v.id)<<32|uint64(v.fl))
		h = mix(h, uint64(uint8(v.refs))<<8|uint64(v.half)<<4|uint64(v.cmp)<<1|b2u(v.nz))
		h = mix(h, uint64(v.lo)*3^uint64(v.hi))
		h = mix(h, uint64(v.owner)<<40^uint64(v.x)<<20^uint64(v.y))
	}
	for _, m := range s.memo {
		h = mix(h, uint64(m.x)<<42^uint64(m.y)<<21^uint64(m.to))
	}
	for _, r := range s.rels {
		h = mix(h, uint64(r.a)<<32|uint64(r.b)<<1|b2u(r.eq))
	}
	for _, l := range s.locks {
		h = mix(h, uint64(l.a)<<32|uint64(l.b))
	}
	for _, m := range s.melts {
		h = mix(h, uint64(m.v)<<16|uint64(m.ice)<<8|uint64(m.how))
	}
	return h
}

// owns reports whether the state of v matters to ownership.
func (v *val) owns() bool {
	return v.refs != 0 || v.fl&(fReleased|fGiven|fDying) != 0
}

// sign says on which side of zero a number is: 1 below, 2 at, 3 above, 0 for not known.
func (r *run) sign(s *state, id sid) int {
	v := r.get(s, id)
	switch {
	case id == noSym:
	case v.hi < 0:
		return 1
	case v.lo == 0 && v.hi == 0:
		return 2
	case v.lo > 0:
		return 3
	}
	return 0
}

// ownership hashes what the paths must agree on to be merged: which objects are
// owned, released or given away, who holds them, and which of the held
// variables are NULL.
func (r *run) ownership(s *state) uint64 {
	h := uint64(s.err) + uint64(uint8(s.gil))<<8 + uint64(len(s.locks))<<24
	if n := r.plan.ret; n >= 0 {
		h += uint64(r.sign(s, s.vars[n])) << 16 // success and failure stay apart
	}
	for _, x := range s.held {
		h = mix(h, uint64(x.id)<<32|uint64(uint32(x.loc)))
		h = mix(h, uint64(x.prev)<<1|b2u(r.get(s, x.id).nz))
		for n, y := range s.vars {
			if y == x.id {
				h = mix(h, uint64(n))
			}
		}
	}
	for i := range s.vals {
		v := &s.vals[i]
		if !v.owns() {
			continue
		}
		h = mix(h, uint64(v.id)<<32|uint64(v.fl&^(fPlain|fNumber|fStored)))
		h = mix(h, uint64(uint8(v.refs))<<8|b2u(v.nz))
		for n, x := range s.vars {
			if x == v.id {
				h = mix(h, uint64(n))
			}
		}
		for _, c := range s.mem {
			if c.val == v.id {
				h = mix(h, uint64(c.loc)<<8)
			}
		}
	}
	return h
}
