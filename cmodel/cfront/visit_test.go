package cfront

import (
	"reflect"

	"modernc.org/cc/v4"
)

// visitNodes calls visit for n and every node below it.
func visitNodes(n cc.Node, visit func(cc.Node)) {
	v := reflect.ValueOf(n)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return
	}
	visit(n)
	v = v.Elem()
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() || !f.Type.Implements(reflect.TypeFor[cc.Node]()) || f.Type == reflect.TypeFor[cc.Token]() {
			continue
		}
		if c, ok := v.Field(i).Interface().(cc.Node); ok && c != nil {
			visitNodes(c, visit)
		}
	}
}
