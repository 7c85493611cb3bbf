package contract

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// The versions of CPython 3 whose contracts are known.
const (
	OldestMinor = 7
	NewestMinor = 14
)

//go:embed capi/*.txt
var capi embed.FS

// A Target is the CPython the analysed code is built for.
type Target struct {
	Minor        int // 13 for Python 3.13
	FreeThreaded bool
	// Python2 is for code built for 2.7. Its contracts are those of Python 3.Minor:
	// functions that only Python 2 has are in every table.
	Python2 bool
}

// DefaultTarget is the newest supported CPython with the GIL.
var DefaultTarget = Target{Minor: NewestMinor}

// ParseTarget reads "3.12" or, for the free-threaded build, "3.13t".
func ParseTarget(s string) (Target, error) {
	number, free := strings.CutSuffix(s, "t")
	minor, ok := strings.CutPrefix(number, "3.")
	n, err := strconv.Atoi(minor)
	switch {
	case !ok || err != nil:
		return Target{}, fmt.Errorf("bad Python version %q: want 3.N, or 3.Nt for the free-threaded build", s)
	case n < OldestMinor || n > NewestMinor:
		return Target{}, fmt.Errorf("Python 3.%d is not supported: 3.%d to 3.%d are", n, OldestMinor, NewestMinor)
	case free && n < 13:
		return Target{}, fmt.Errorf("Python 3.%d has no free-threaded build: it began with 3.13", n)
	}
	return Target{Minor: n, FreeThreaded: free}, nil
}

// String returns what ParseTarget reads.
func (t Target) String() string {
	if t.Python2 {
		return "2.7"
	}
	s := "3." + strconv.Itoa(t.Minor)
	if t.FreeThreaded {
		s += "t"
	}
	return s
}

// A Table answers questions about functions by name, for one target version.
// It does not change after it was made and may be used by many goroutines.
type Table struct {
	target Target
	funcs  map[string]*Func
	added  map[string]bool // by Overlay
}

var (
	tablesMu sync.Mutex
	tables   = map[Target]*Table{}
)

// Load returns the built-in contracts for target.
func Load(target Target) *Table {
	tablesMu.Lock()
	defer tablesMu.Unlock()
	t := tables[target]
	if t == nil {
		all := builtin()
		t = &Table{target: target, funcs: make(map[string]*Func, len(all))}
		t.add(all)
		tables[target] = t
	}
	return t
}

// Lookup returns the contract of the named function, or nil. If the target has
// no such function, because it is newer or was removed, the contract of the nearest
// version is returned: the source may be compiled for that one too, or bring its
// own definition. Func.In tells.
func (t *Table) Lookup(name string) *Func { return t.funcs[name] }

// Added returns the contract of the named function that Overlay added, or nil.
func (t *Table) Added(name string) *Func {
	if !t.added[name] {
		return nil
	}
	return t.funcs[name]
}

// Target returns the version the table is for.
func (t *Table) Target() Target { return t.target }

// Overlay returns a table that knows the contracts read from r as well; they
// replace those of the same name. The filename is for error messages.
func (t *Table) Overlay(r io.Reader, filename string) (*Table, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	funcs, err := parse(string(text), filename)
	if err == nil {
		err = overlaps(funcs)
	}
	if err != nil {
		return nil, err
	}
	merged := &Table{t.target, maps.Clone(t.funcs), maps.Clone(t.added)}
	if merged.added == nil {
		merged.added = map[string]bool{}
	}
	for _, f := range funcs {
		delete(merged.funcs, f.Name)
		merged.added[f.Name] = true
	}
	merged.add(funcs)
	return merged, nil
}

// add enters funcs; of several versions of a function the one nearest to the
// target stays.
func (t *Table) add(funcs []*Func) {
	for _, f := range funcs {
		if old := t.funcs[f.Name]; old == nil || f.distance(t.target.Minor) < old.distance(t.target.Minor) {
			t.funcs[f.Name] = f
		}
	}
}

// In reports whether CPython 3.minor has the function with this contract.
func (f *Func) In(minor int) bool { return !f.Python2 && f.distance(minor) == 0 }

// distance is the number of versions between 3.minor and those of f.
func (f *Func) distance(minor int) int {
	switch v := Version(minor); {
	case v < f.Since:
		return int(f.Since - v)
	case f.Until != 0 && v >= f.Until:
		return int(v - f.Until + 1)
	}
	return 0
}

// All returns every contract of every version, sorted by name and version.
// Callers must not change them.
func All() []*Func { return slices.Clone(builtin()) }

// builtin parses the embedded files, once. A mistake in them is a bug of this
// package, which its tests find.
var builtin = sync.OnceValue(func() []*Func {
	funcs, err := parseFS()
	if err == nil {
		err = overlaps(funcs)
	}
	if err != nil {
		panic(err)
	}
	return funcs
})

func parseFS() ([]*Func, error) {
	entries, err := capi.ReadDir("capi")
	if err != nil {
		return nil, err
	}
	var funcs []*Func
	var errs []error
	for _, e := range entries {
		name := "capi/" + e.Name()
		text, err := capi.ReadFile(name)
		if err != nil {
			return nil, err
		}
		some, err := parse(string(text), name)
		funcs, errs = append(funcs, some...), append(errs, err)
	}
	return funcs, errors.Join(errs...)
}

// overlaps sorts funcs and reports functions that have two contracts in one version.
func overlaps(funcs []*Func) error {
	slices.SortStableFunc(funcs, func(a, b *Func) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(a.Since, b.Since))
	})
	var errs []error
	for i := 1; i < len(funcs); i++ {
		a, b := funcs[i-1], funcs[i]
		if a.Name == b.Name && (a.Until == 0 || a.Until > b.Since) {
			errs = append(errs, fmt.Errorf("%s:%d: %s is already at %s:%d for overlapping versions",
				b.file, b.line, b.Name, a.file, a.line))
		}
	}
	return errors.Join(errs...)
}
