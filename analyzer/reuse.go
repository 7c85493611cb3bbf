package analyzer

import (
	"slices"

	"github.com/refcheck/refcheck/cmodel/cfront"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// kept is a translation unit as it was read, with the functions that other units have as well.
type kept struct {
	unit   *ir.Unit
	front  *cfront.Unit
	others map[contract.Target]*ir.Unit
}

// A base is an analysis of the same project of which the units are used again in which nothing has changed:
// reading them is most of the work.
type base struct {
	units map[string]*kept
}

// keep remembers a unit for later analyses.
func (a *analysis) keep(i int, path string, u *ir.Unit) {
	k := &kept{unit: copyUnit(u), front: a.fronts[i], others: map[contract.Target]*ir.Unit{}}
	for t, v := range a.variants {
		k.others[t] = v.loaded[i]
	}
	a.kept[path] = k
}

func copyUnit(u *ir.Unit) *ir.Unit {
	c := *u
	c.Funcs = slices.Clone(u.Funcs)
	return &c
}

// reuse returns a unit that need not be read again, or nil.
func (a *analysis) reuse(i int, path string) (*ir.Unit, *cfront.Unit) {
	if a.cfg.base == nil || a.cfg.base.units[path] == nil {
		return nil, nil
	}
	k := a.cfg.base.units[path]
	for t, v := range a.variants {
		v.loaded[i] = k.others[t]
	}
	return copyUnit(k.unit), k.front
}

// unchanged are the units that a change of some files leaves as they are, nil if any may be different: a
// header may be seen by all.
func (a *analysis) unchanged(files []string) *base {
	b := &base{units: map[string]*kept{}}
	for path, k := range a.kept {
		if !slices.Contains(files, path) && !slices.ContainsFunc(k.unit.Funcs, func(f *ir.Func) bool { return slices.Contains(files, f.Span.File) }) {
			b.units[path] = k
		}
	}
	for _, file := range files {
		if a.kept[file] == nil {
			return nil
		}
	}
	return b
}
