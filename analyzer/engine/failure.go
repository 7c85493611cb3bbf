package engine

import (
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// fail recognises how the function reports failure.
func (z *summarizer) fail(f *ir.Func) contract.Fail {
	switch {
	case f.Result.IsPtr():
		return z.failPointer()
	case f.Result != nil && f.Result.Kind == ir.Int:
		return z.failInt()
	}
	for _, x := range z.exits {
		if !x.errClear {
			return contract.FailAmbiguous
		}
	}
	return contract.FailNone
}

func (z *summarizer) failPointer() contract.Fail {
	null, silent := false, false
	for _, x := range z.exits {
		if x.null || x.maybeNull {
			null = true
			if x.null && !x.errSet {
				silent = true
			}
		}
	}
	switch {
	case !null:
		return contract.FailNone
	case silent:
		return contract.FailMaybe
	}
	return contract.FailNull
}

func (z *summarizer) failInt() contract.Fail {
	if z.zeroFails() {
		return contract.FailMaybe
	}
	negative, zero, nonzero := true, true, true
	any, minus1 := false, true
	for _, x := range z.exits {
		bad := x.failed || x.errSet
		any = any || bad
		switch {
		case bad:
			negative = negative && x.hi < 0
			minus1 = minus1 && x.lo == -1 && x.hi == -1
			zero = zero && x.lo == 0 && x.hi == 0
			nonzero = nonzero && (x.lo > 0 || x.hi < 0)
		default:
			negative = negative && x.lo >= 0
			zero = zero && (x.lo > 0 || x.hi < 0)
			nonzero = nonzero && x.lo == 0 && x.hi == 0
		}
	}
	switch {
	case !any:
		for _, x := range z.exits {
			if !x.errClear {
				return contract.FailAmbiguous
			}
		}
		return contract.FailNone
	case negative && minus1:
		return contract.FailMinus1
	case negative:
		return contract.FailNegative
	case zero:
		return contract.FailZero
	case nonzero:
		return contract.FailNonzero
	}
	return contract.FailAmbiguous
}

// zeroFails recognises predicates and getters that return 0 when there is
// nothing, sometimes with an exception: every exit is zero or not, and all those
// with an exception are zero.
func (z *summarizer) zeroFails() bool {
	zeros, set, others := 0, 0, 0
	for _, x := range z.exits {
		zero := x.lo == 0 && x.hi == 0
		switch {
		case zero:
			zeros++
			if x.errSet {
				set++
			}
		case x.lo > 0 && !x.errSet:
			others++
		default:
			return false
		}
	}
	if others == 0 || set == 0 || set == zeros {
		return false
	}
	for i := range z.exits {
		z.exits[i].failed = z.exits[i].hi == 0
	}
	return true
}
