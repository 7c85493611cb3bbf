package typemodel

import "github.com/refcheck/refcheck/cmodel/ir"

// alike reports whether memory that begins with one of two structs may be used as the
// other: one of them begins with the fields of the other, or with a struct, whose
// fields it may share.
func alike(a, b *ir.Struct) bool {
	if a == b {
		return true
	}
	n := min(len(a.Fields), len(b.Fields))
	if n == 0 || a.Fields[0].Type == nil || b.Fields[0].Type == nil || a.Fields[0].Type.Name != b.Fields[0].Type.Name {
		return true
	}
	for i := 1; i < n; i++ {
		if x, y := a.Fields[i], b.Fields[i]; x.Name != y.Name && !sameKind(x.Type, y.Type) {
			return false
		}
	}
	return true
}

// sameKind reports whether fields of two types can hold the same.
func sameKind(x, y *ir.Type) bool {
	if x == nil || y == nil {
		return x == y
	}
	if x.IsPtr() && y.IsPtr() {
		return x.IsObjectPtr() == y.IsObjectPtr() && (x.IsObjectPtr() || x.String() == y.String())
	}
	return x.Kind == y.Kind
}
