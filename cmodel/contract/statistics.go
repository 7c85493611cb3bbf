package contract

import (
	"path"
	"strings"
)

// Statistics counts what the built-in table says.
type Statistics struct {
	Functions int // names
	Contracts int // of several versions of a function, each
	CPython   int // functions of CPython 3, public
	Private   int // functions of CPython 3 whose names begin with an underscore
	NumPy     int
	Other     int // of the C library, of Python 2, of compatibility headers
	// Families are the functions by file of contracts ("dict", "unicode").
	Families map[string]int
	// Versions are the functions of CPython 3.N, and of what extensions call besides.
	Versions map[Version]int
	// Effects are the contracts that have an effect, by its word.
	Effects map[string]int
	// Runs are the contracts by whether Python code may run.
	Runs map[string]int
}

// Count counts the built-in contracts.
func Count() Statistics {
	s := Statistics{Families: map[string]int{}, Versions: map[Version]int{}, Effects: map[string]int{}, Runs: map[string]int{}}
	seen := map[string]bool{}
	for _, f := range builtin() {
		s.Contracts++
		s.Runs[jsonRuns[f.Runs]]++
		for effect := range f.effects() {
			s.Effects[effect]++
		}
		for v := Version(OldestMinor); v <= NewestMinor+1; v++ {
			if f.In(int(v)) {
				s.Versions[v]++
			}
		}
		if !seen[f.Name] {
			seen[f.Name] = true
			s.count(f)
		}
	}
	return s
}

// count counts a function by where it is from.
func (s *Statistics) count(f *Func) {
	s.Functions++
	s.Families[strings.TrimSuffix(path.Base(f.file), ".txt")]++
	switch {
	case strings.Contains(f.Source, "numpy.org"):
		s.NumPy++
	case f.Python2 || f.elsewhere():
		s.Other++
	case f.Private:
		s.Private++
	default:
		s.CPython++
	}
}

// elsewhere reports whether the function is of no CPython.
func (f *Func) elsewhere() bool {
	return f.Source == "libc" || strings.Contains(f.Source, "numpy.org") || strings.Contains(f.Source, "pythoncapi-compat")
}

// effects lists the words for what f does to references and resources.
func (f *Func) effects() map[string]bool {
	words := map[string]bool{}
	set := func(word string, is bool) {
		if is {
			words[word] = true
		}
	}
	set("returns new", f.Result.Ref == New)
	set("returns borrowed", f.Result.Ref == Borrowed)
	set("memory of an object", f.Result.Inside != "")
	set("acquires", f.Acquire.Kind != "")
	set("releases", f.Release.Kind != "")
	set("may release the GIL", f.GIL)
	for i := range f.Params {
		p := &f.Params[i]
		set(p.Ref.String(), p.Ref != None && p.Ref != Borrowed)
		set("keeps", p.Keeps)
		set("memory of an object", p.Inside != "")
		set("changes a container", p.Changes != Unchanged)
	}
	return words
}
