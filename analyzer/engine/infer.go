package engine

import (
	"slices"

	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// contract turns the exits into a contract, nil if nothing useful is known.
func (z *summarizer) contract(r *run) *contract.Func {
	f := r.f
	c := &contract.Func{Name: f.Name, Source: summarySource, Variadic: f.Variadic, Runs: r.eng.runs[f]}
	for _, p := range f.Params {
		z.names = append(z.names, p.Name)
	}
	if len(z.exits) == 0 {
		c.NoReturn = true
		return c
	}
	c.Fail = z.fail(f)
	if (c.Fail == contract.FailMinus1 || c.Fail == contract.FailNegative) && z.zeroOK() {
		c.Success = contract.SuccessZero
	}
	c.Pure = r.eng.pure[f]
	z.passThrough(c)
	c.Found = f.Result != nil && f.Result.Kind == ir.Int && z.found(f, splits(c.Fail))
	for i, p := range f.Params {
		ref := z.param(i, p, c)
		if f.Params[i].Name == c.Result.Same && ref == contract.Unknown {
			c.Result.Same = ""
		}
		c.Params = append(c.Params, contract.Param{Name: p.Name, Ref: ref, Keeps: z.any(i, paramKept), Doubt: z.any(i, paramStored) || z.outDoubt(i),
			NullOK: ref != contract.OutNew && ref != contract.OutBorrowed, Nullable: z.any(i, paramOutNull),
			IfNull: z.fills(i, p, splits(c.Fail)), NullFound: c.Found && z.nullFound(i), Unset: c.Found && z.any(i, paramUntouched), Writes: z.writes(f, i, c.Fail)})
	}
	z.result(f, c)
	if f.Result != nil && f.Result.Kind == ir.Int {
		for i := range c.Params {
			if f.Params[i].Type.IsObjectPtr() {
				c.Params[i].Null = z.tells(r, i)
			}
		}
	}
	return c
}

// tells says what the number that is returned shows about argument i: what holds on
// all ways out with such a result, but not on all others.
func (z *summarizer) tells(r *run, i int) contract.NullTell {
	arg := r.initial(locID(i), nil)
	type count struct{ null, set, all int }
	var zero, nonzero count
	for _, x := range z.exits {
		null, set := x.params[i] == paramNull, r.get(x.state, arg).nz
		add := func(c *count, may bool) {
			if may {
				c.null, c.set, c.all = c.null+int(b2u(null)), c.set+int(b2u(set)), c.all+1
			}
		}
		add(&zero, x.lo <= 0 && x.hi >= 0)
		add(&nonzero, x.lo != 0 || x.hi != 0)
	}
	if zero.all == 0 || nonzero.all == 0 {
		return contract.TellsNothing
	}
	switch {
	case nonzero.null == nonzero.all && zero.null < zero.all:
		return contract.NonzeroNull
	case nonzero.set == nonzero.all && zero.set < zero.all:
		return contract.NonzeroSet
	case zero.null == zero.all && nonzero.null < nonzero.all:
		return contract.ZeroNull
	case zero.set == zero.all && nonzero.set < nonzero.all:
		return contract.ZeroSet
	}
	return contract.TellsNothing
}

// adds reports whether every path that succeeds leaves argument i with one more
// reference. Where there is nothing to succeed in, some paths may leave it alone.
func (z *summarizer) adds(i int, void bool) bool {
	for _, x := range z.exits {
		switch f := x.params[i]; {
		case f == paramAdded, f == paramNull, x.failed, void && f == paramUntouched:
		default:
			return false
		}
	}
	return true
}

// zeroOK reports whether all successful exits return 0.
func (z *summarizer) zeroOK() bool {
	for _, x := range z.exits {
		if !x.failed && (x.lo != 0 || x.hi != 0) {
			return false
		}
	}
	return true
}

// found reports whether callers can tell by the result that the out-parameters
// receive nothing: it is 0 then, as that of PyDict_GetItemRef, and more than 0
// where one of them receives an object. Failures that show by themselves, as they do
// if split, need not be told apart.
func (z *summarizer) found(f *ir.Func, split bool) bool {
	nothing, something := false, false
	for _, x := range z.exits {
		if split && x.failed {
			continue
		}
		for i, p := range f.Params {
			if !isOut(p) {
				continue
			}
			switch x.params[i] {
			case paramOutNew, paramOutBorrowed:
				something = true
				if x.lo <= 0 {
					return false
				}
			case paramOutNull:
				nothing = nothing || x.lo == 0 && x.hi == 0
				if x.hi < 0 {
					return false
				}
			case paramUntouched:
				nothing = true
				if x.lo != 0 || x.hi != 0 || z.nullAtZero(i) {
					return false
				}
			default:
				return false
			}
		}
	}
	return nothing && something
}

// nullAtZero reports whether the out-parameter i is set to NULL where the result may
// be 0.
func (z *summarizer) nullAtZero(i int) bool {
	for _, x := range z.exits {
		if x.params[i] == paramOutNull && x.lo <= 0 {
			return true
		}
	}
	return false
}

// nullFound reports whether the out-parameter i may be NULL although the result is
// not 0.
func (z *summarizer) nullFound(i int) bool {
	for _, x := range z.exits {
		if x.params[i] == paramOutNull && x.hi > 0 {
			return true
		}
	}
	return false
}

// isOut reports whether p can be a place to put an object.
func isOut(p *ir.Var) bool { return p.Type.IsPtr() && p.Type.Elem.IsObjectPtr() }

// passThrough recognises functions that return an argument. If they always do,
// the result is that very reference; if only on some paths, then on those they
// take the argument's reference and return it as a new one.
func (z *summarizer) passThrough(c *contract.Func) {
	same, always := 0, true
	for _, x := range z.exits {
		if x.null {
			continue
		}
		if x.same == 0 || same != 0 && x.same != same {
			always = false
		}
		same = max(same, x.same)
	}
	if same == 0 {
		return
	}
	if always {
		c.Result.Same = z.names[same-1]
		return
	}
	for i := range z.exits {
		if x := &z.exits[i]; x.same > 0 && x.params[x.same-1] <= paramKept && z.consumes(x.same-1) {
			x.params[x.same-1], x.ret = paramTaken, retNew
		}
	}
	if !slices.ContainsFunc(z.exits, func(x exitFacts) bool {
		return !x.null && (x.params[same-1] != paramTaken || x.same != same && !x.fresh)
	}) {
		c.Result.OrSame = z.names[same-1]
	}
}

// consumes reports whether some path takes argument i.
func (z *summarizer) consumes(i int) bool { return z.any(i, paramTaken) }

// outDoubt reports whether some path hands out an object that unknown code was given.
func (z *summarizer) outDoubt(i int) bool {
	return slices.ContainsFunc(z.exits, func(x exitFacts) bool { return slices.Contains(x.outDoubts, i) })
}

func (z *summarizer) any(i int, k paramFact) bool {
	for _, x := range z.exits {
		if x.params[i] == k {
			return true
		}
	}
	return false
}

// param combines what the exits do with one argument.
func (z *summarizer) param(i int, p *ir.Var, c *contract.Func) contract.Ref {
	var good, bad [paramFacts]int
	goods, bads := 0, 0
	for _, x := range z.exits {
		if x.failed {
			bad[x.params[i]]++
			bads++
		} else {
			good[x.params[i]]++
			goods++
		}
	}
	if good[paramUnknown]+bad[paramUnknown]+good[paramAdded]+bad[paramAdded] > 0 {
		return contract.Unknown
	}
	if z.fills(i, p, splits(c.Fail)) {
		return contract.OutNew
	}
	if isOut(p) {
		return outRef(good, goods, bad, bads, splits(c.Fail), c.Found)
	}
	if !p.Type.IsObjectPtr() {
		if p.Type.IsPtr() {
			return contract.Unknown
		}
		return contract.None
	}
	goods -= good[paramNull]
	bads -= bad[paramNull]
	good[paramTaken] += good[paramStored]
	bad[paramTaken] += bad[paramStored]
	taken := good[paramTaken] + bad[paramTaken]
	split := splits(c.Fail)
	switch {
	case taken == 0:
		return contract.Borrowed
	case taken == goods+bads:
		return contract.Stolen
	case split && good[paramTaken] == goods && bad[paramTaken] == 0:
		return contract.StolenOnSuccess
	case split && good[paramTaken] == 0 && bad[paramTaken] == bads:
		return contract.StolenOnFailure
	}
	return contract.Unknown
}

// splits reports whether callers can tell success from failure by the result.
func splits(fail contract.Fail) bool {
	return fail != contract.FailAmbiguous && fail != contract.FailNone
}

// outRef combines what the exits do with an out-parameter. Callers can tell the
// outcomes apart by the result if split, and whether it receives anything if found.
func outRef(good [paramFacts]int, goods int, bad [paramFacts]int, bads int, split, found bool) contract.Ref {
	if found && !split { // failures count as finding nothing
		for k := range good {
			good[k] += bad[k]
		}
		goods, bad, bads = goods+bads, [paramFacts]int{}, 0
	}
	nothing := good[paramOutNull]
	if found {
		nothing += good[paramUntouched]
	}
	if n := good[paramOutNew] + good[paramOutBorrowed]; !split && !found && n > 0 && n != goods+bads {
		return contract.Unknown // callers cannot tell the outcomes apart
	}
	switch {
	case good[paramUntouched] == goods && bad[paramOutNew]+bad[paramOutBorrowed] == 0:
		return contract.None
	case good[paramOutNew] > 0 && good[paramOutNew]+nothing == goods && bad[paramOutNew] == 0:
		return contract.OutNew
	case good[paramOutBorrowed] > 0 && good[paramOutBorrowed]+nothing == goods:
		return contract.OutBorrowed
	}
	return contract.Unknown
}

// result combines what the exits return.
func (z *summarizer) result(f *ir.Func, c *contract.Func) {
	z.inside(c)
	if !f.Result.IsObjectPtr() || c.Result.Same != "" {
		return
	}
	kind, null, fresh, constant := retNone, true, true, ""
	for _, x := range z.exits {
		if x.null || x.maybeNull {
			c.Result.Nullable = true
		}
		if x.null {
			continue
		}
		if null {
			constant = x.constant
		} else if x.constant != constant {
			constant = ""
		}
		null, fresh = false, fresh && x.fresh
		c.Result.Doubt = c.Result.Doubt || x.doubt
		kind = kind.and(x.ret)
	}
	c.Result.Const = constant
	switch {
	case null:
		c.Result.Ref = contract.Null
	case kind == retNew, kind == retHeld:
		c.Result.Ref, c.Result.Shared = contract.New, !fresh
	case kind == retBorrowed, kind == retConst:
		c.Result.Ref = contract.Borrowed
	}
}

// and is what a caller knows of a result that is one or the other.
func (k retKind) and(l retKind) retKind {
	if k > l {
		k, l = l, k
	}
	switch {
	case k == l, k == retNone:
		return l
	case k <= retBorrowed && (l == retConst || l == retHeld):
		return k
	case k == retConst && l == retHeld:
		return retHeld
	}
	return retUnknown
}

// inside recognises functions that return a pointer into the memory of an argument.
func (z *summarizer) inside(c *contract.Func) {
	k, movable := 0, false
	for _, x := range z.exits {
		if x.null {
			continue
		}
		if x.inside == 0 || k != 0 && x.inside != k {
			return
		}
		k, movable = x.inside, movable || x.movable
	}
	if k > 0 {
		c.Result.Inside, c.Result.Mutable = z.names[k-1], movable
	}
}
