package refmodel

import (
	"fmt"
	"slices"
)

// A Claim is what one holder believes to hold of an object.
type Claim struct {
	Owner  string
	Holder ID // the object that holds it, NULL if it is no object
	Refs   int
}

// An Account compares an object's count with the books of its holders.
type Account struct {
	Object *Object
	// Claims lists who holds references: objects by age, then owners. An owner
	// that released what it did not have shows a negative number.
	Claims []Claim
	// Held is the number of references held by those who hold any.
	Held int
}

// Surplus is the number of references nobody holds: each is a leak.
func (a Account) Surplus() int {
	if a.Object.Immortal || a.Object.State == Freed {
		return 0
	}
	return max(0, a.Object.Count-a.Held)
}

// Missing is the number of references that holders rely on and the count does
// not cover: each is a release too many now or later.
func (a Account) Missing() int {
	switch {
	case a.Object.Immortal:
		return 0
	case a.Object.State == Freed:
		return a.Held
	}
	return max(0, a.Held-a.Object.Count)
}

// Account draws up the account of x. Ended owners and freed objects hold nothing.
func (h *Heap) Account(x ID) Account {
	a := Account{Object: h.Object(x)}
	for _, o := range h.objects {
		if n := h.refsFrom(o, x); n > 0 && o.State == Alive {
			a.Claims = append(a.Claims, Claim{o.String(), o.ID, n})
			a.Held += n
		}
	}
	for _, o := range h.owners {
		if n := o.held[x]; n != 0 && !o.gone {
			a.Claims = append(a.Claims, Claim{o.Name, NULL, n})
			a.Held += max(0, n)
		}
	}
	return a
}

// References calls visit for each reference that x holds, to its type as well.
func (h *Heap) References(x ID, visit func(ID)) {
	if o := h.Object(x); o != nil {
		for _, y := range o.owned() {
			visit(y)
		}
	}
}

func (h *Heap) refsFrom(o *Object, x ID) int {
	n := 0
	for _, y := range o.owned() {
		if y == x {
			n++
		}
	}
	return n
}

// Check compares count and books of every object and returns the first that
// disagree, or nil. It holds after any sequence of correct operations.
func (h *Heap) Check() error {
	for _, o := range h.objects {
		a := h.Account(o.ID)
		if n := a.Surplus(); n > 0 {
			return fmt.Errorf("%v: count %d, but only %d held", o, o.Count, a.Held)
		}
		if n := a.Missing(); n > 0 {
			return fmt.Errorf("%v: count %d, but %d held (freed: %v)", o, o.Count, a.Held, o.State == Freed)
		}
		if o.State == Alive && o.Count <= 0 && !o.Immortal {
			return fmt.Errorf("%v: alive with count %d", o, o.Count)
		}
	}
	return nil
}

// Reachable returns the objects that owners can reach, in order of age. An
// object that is alive but not reachable is leaked, or part of a cycle.
func (h *Heap) Reachable() []ID {
	seen := map[ID]bool{}
	var todo []ID
	push := func(x ID) {
		if !seen[x] && h.IsAlive(x) {
			seen[x] = true
			todo = append(todo, x)
		}
	}
	for _, o := range h.owners {
		for x, n := range o.held {
			if n > 0 && !o.gone {
				push(x)
			}
		}
	}
	for len(todo) > 0 {
		x := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, y := range h.Object(x).owned() {
			push(y)
		}
	}
	ids := make([]ID, 0, len(seen))
	for x := range seen {
		ids = append(ids, x)
	}
	slices.Sort(ids)
	return ids
}
