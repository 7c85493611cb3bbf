package rule

import (
	"github.com/refcheck/refcheck/cmodel/refmodel"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

// Try says what the reference model is to be asked: what becomes of instances of a
// type with the slots of t, when a cycle leads through f, or without one. f is nil
// if the defect is not about a field.
func (d *Defect) Try(t *typemodel.Type, f *typemodel.Field, route refmodel.Route) *Defect {
	e := &refmodel.Experiment{Minor: t.Project().Minor, Type: shape(t), Route: route, DropType: route == refmodel.ThroughType}
	if f == nil {
		e.Field = "field"
		e.Type.Fields = []refmodel.Field{refmodel.OwnedField(e.Field)}
	} else {
		e.Field = string(f.Path)
		e.Type.Fields = []refmodel.Field{fieldShape(t, f)}
	}
	d.Experiment = e
	return d
}

// TryUntracked is like Try for instances that the collector never gets to know.
func (d *Defect) TryUntracked(t *typemodel.Type, f *typemodel.Field) *Defect {
	d.Try(t, f, refmodel.Direct)
	d.Experiment.Type.NeverTracked = true
	return d
}

// TryReinit asks what a second __init__ costs that stores in f without releasing what it held.
func (d *Defect) TryReinit(t *typemodel.Type, f *typemodel.Field) *Defect {
	d.Try(t, f, refmodel.Reinit)
	d.Experiment.Type.Fields[0].Overwritten = true
	return d
}

// shape is what the model has to know about a type. Slots whose functions are not
// in the project are taken to be right.
func shape(t *typemodel.Type) *refmodel.Type {
	gc, _ := t.GC()
	s := &refmodel.Type{Name: t.Label(), HaveGC: gc, Heap: t.Heap, ReleasesType: true, VisitsType: true,
		NoTraverse: gc && t.Flags&typemodel.HaveGC != 0 && t.Slot("tp_traverse") == nil, NoClear: t.Slot("tp_clear") == nil}
	if f := t.Facts("tp_traverse"); f != nil && t.Heap {
		s.VisitsType = f.At(typemodel.Visit, typemodel.TypeOf) != nil || f.Calls("tp_traverse") != nil && t.HeapBase()
	}
	if f := t.Facts("tp_dealloc"); f != nil && t.Heap {
		base := f.Calls("tp_dealloc")
		s.ReleasesType = f.At(typemodel.Release, typemodel.TypeOf) != nil || base != nil && base.Base != nil && base.Base.Heap
	}
	return s
}

// fieldShape is what the slots of t do with a field.
func fieldShape(t *typemodel.Type, f *typemodel.Field) refmodel.Field {
	does := func(slot string, kind typemodel.ActionKind) bool {
		x := t.Facts(slot)
		return x == nil || x.At(kind, f.Path) != nil
	}
	return refmodel.Field{
		Name: string(f.Path), Owned: f.Owned == typemodel.Owned,
		Visited: does("tp_traverse", typemodel.Visit), Cleared: does("tp_clear", typemodel.Release),
		Released: (t.Facts("tp_dealloc") != nil || t.Slots["tp_dealloc"] != nil) && does("tp_dealloc", typemodel.Release),
	}
}
