package ir

import (
	"path"
	"strings"
)

// Names finds the functions and variables of a project by the names that code
// uses for them: those of the own file first, then those visible across files.
type Names struct {
	funcs   map[*Func]map[string]*Func // the functions of the unit that a function is in
	shared  map[string][]*Func
	globals map[string][]*Global
}

// NewNames indexes the units of a project.
func NewNames(units []*Unit) *Names {
	n := &Names{funcs: map[*Func]map[string]*Func{}, shared: map[string][]*Func{}, globals: map[string][]*Global{}}
	for _, u := range units {
		own := map[string]*Func{}
		for _, f := range u.Funcs {
			n.funcs[f] = own
			if own[f.Name] == nil {
				own[f.Name] = f // a twin of another configuration comes later
			}
			if f.Static && path.Ext(f.Span.File) == ".c" {
				continue
			}
			n.shared[f.Name] = append(n.shared[f.Name], f)
		}
		for _, g := range u.Globals {
			n.globals[g.Name] = append(n.globals[g.Name], g)
		}
	}
	return n
}

// Func finds the function that name means inside f, nil if that is not certain.
func (n *Names) Func(f *Func, name string) *Func {
	if g := n.funcs[f][name]; g != nil {
		return g
	}
	return n.Shared(f.Span.File, name)
}

// Shared finds the function visible across files that name means in a file, nil if
// that is not certain.
func (n *Names) Shared(file, name string) *Func {
	return nearest(file, n.shared[name], func(f *Func) string { return f.Span.File })
}

// Global finds the variable that name means in a file, if possible the
// declaration with an initializer.
func (n *Names) Global(file, name string) *Global {
	var own, shared []*Global
	for _, g := range n.globals[name] {
		switch {
		case g.Span.File == file:
			own = append(own, g)
		case !g.Static:
			shared = append(shared, g)
		}
	}
	for _, set := range [][]*Global{own, shared} {
		var defined []*Global
		for _, g := range set {
			if g.Init != nil {
				defined = append(defined, g)
			}
		}
		switch {
		case len(set) == 0:
		case len(defined) == 0:
			return set[0]
		case defined[0].Span.File == file:
			return defined[0] // others are of another configuration
		default:
			return nearest(file, defined, func(g *Global) string { return g.Span.File })
		}
	}
	return nil
}

// nearest picks the candidate whose file shares the longest folder path with
// file; nil if that does not decide, as in a project with several programs.
func nearest[T any](file string, all []*T, fileOf func(*T) string) *T {
	if len(all) == 1 {
		return all[0]
	}
	var best *T
	most, tie := -1, false
	for _, x := range all {
		n := sharedFolders(file, fileOf(x))
		if n == most {
			tie = true
		} else if n > most {
			best, most, tie = x, n, false
		}
	}
	if tie {
		return nil
	}
	return best
}

func sharedFolders(a, b string) int {
	x, y := strings.Split(path.Dir(a), "/"), strings.Split(path.Dir(b), "/")
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	return n
}
