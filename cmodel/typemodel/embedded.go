package typemodel

import (
	"slices"
	"strings"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// field is the path of a member; a name that the path has already closes a ring.
func (x Path) field(name string) Path {
	if x == "" {
		return Path(name)
	}
	parts := strings.Split(string(x), ".")
	if i := slices.Index(parts, name); i >= 0 {
		return Path(strings.Join(parts[:i+1], "."))
	}
	return x + "." + Path(name)
}

// fieldType is the type of a member, nil if it is not known.
func (p *Project) fieldType(f *ir.Func, strct, name string) *ir.Type {
	u := p.unitOf[f]
	if u == nil || u.Structs[strct] == nil {
		return nil
	}
	for _, x := range u.Structs[strct].Fields {
		if x.Name == name {
			return x.Type
		}
	}
	return nil
}

// own is the name that the instance struct of t has for a member of the struct
// that a function takes the instance for: structs that begin alike are cast to each
// other.
func (t *Type) own(p *Project, f *ir.Func, strct, name string) string {
	u := p.unitOf[f]
	if t == nil || t.Struct == nil || u == nil || slices.ContainsFunc(t.Struct.Fields, func(x ir.Field) bool { return x.Name == name }) {
		return name
	}
	other := u.Structs[strct]
	if other == nil || !other.Object || len(other.Fields) > len(t.Struct.Fields) {
		return name
	}
	for i, x := range other.Fields {
		y := t.Struct.Fields[i]
		if x.Type == nil || y.Type == nil || x.Type.Kind != y.Type.Kind || x.Type.IsObjectPtr() != y.Type.IsObjectPtr() ||
			x.Type.Kind == ir.StructType && x.Type.Name != y.Type.Name {
			return name // the struct of the base, perhaps
		}
		if x.Name == name {
			return y.Name
		}
	}
	return name
}

// embeds reports whether what is at a path is a struct in the instance.
func (t *Type) embeds(x Path) bool {
	if t == nil || t.Struct == nil {
		return false
	}
	st := t.Struct
	parts := strings.Split(string(x), ".")
	for i, name := range parts {
		j := slices.IndexFunc(st.Fields, func(f ir.Field) bool { return f.Name == name })
		if j < 0 || st.Fields[j].Type == nil || st.Fields[j].Type.Kind != ir.StructType {
			return false
		}
		if i < len(parts)-1 {
			if st = t.unit.Structs[st.Fields[j].Type.Name]; st == nil {
				return false
			}
		}
	}
	return true
}

// self reports whether one of the paths stands for the instance itself.
func (fr *frame) self(paths []Path) bool { return slices.ContainsFunc(paths, fr.t.leading) }

// leading reports whether a path stands for the instance, or for the struct of a base
// that it begins with: both have the same address.
func (t *Type) leading(x Path) bool {
	if x == "" || t == nil || t.Struct == nil {
		return x == ""
	}
	st := t.Struct
	for _, name := range strings.Split(string(x), ".") {
		if st == nil || len(st.Fields) == 0 || st.Fields[0].Name != name || st.Fields[0].Type == nil || st.Fields[0].Type.Kind != ir.StructType {
			return false
		}
		st = t.unit.Structs[st.Fields[0].Type.Name]
	}
	return st != nil && st.Object
}
