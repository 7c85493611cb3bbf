package refmodel_test

import "github.com/refcheck/refcheck/cmodel/refmodel"

// A shape is the properties of an extension type as testdata/probe.c numbers
// them.
type shape int

const (
	hasGC shape = 1 << iota
	isHeap
	hasClear
	visitsType
	releasesType
	hasWeakrefs
	hasFinalize
	hasDel
	visits // of field 0; two more follow
	_
	_
	clears
	_
	_
	releases
	_
	_
	allShapes
)

const (
	fields   = 3
	everyOne = visits | visits<<1 | visits<<2 | clears | clears<<1 | clears<<2 | releases | releases<<1 | releases<<2
	// goodShape is a type without defects.
	goodShape = hasGC | hasClear | visitsType | releasesType | hasWeakrefs | everyOne
)

// Type describes the type to the model.
func (s shape) Type() *refmodel.Type {
	t := &refmodel.Type{
		Name: "T", HaveGC: s&hasGC != 0, NoClear: s&hasClear == 0, Heap: s&isHeap != 0,
		VisitsType: s&visitsType != 0, ReleasesType: s&releasesType != 0, NoWeakrefs: s&hasWeakrefs == 0,
	}
	for i := range fields {
		t.Fields = append(t.Fields, refmodel.Field{
			Name: field(i), Owned: true,
			Visited: s&(visits<<i) != 0, Cleared: s&(clears<<i) != 0, Released: s&(releases<<i) != 0,
		})
	}
	return t
}

// leaks reports whether the deallocator forgets references.
func (s shape) leaks() bool {
	all := releases | releases<<1 | releases<<2
	return s&all != all || s&isHeap != 0 && s&releasesType == 0
}
