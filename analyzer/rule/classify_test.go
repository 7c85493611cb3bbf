package rule

import (
	"testing"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/source"
)

func TestClass(t *testing.T) {
	tests := []struct {
		e    Event
		want Class
	}{
		{Event{Kind: Lost}, Leak},
		{Event{Kind: Lost, How: Dropped, ErrorPath: true}, Leak},
		{Event{Kind: Lost, ErrorPath: true}, LeakErrorPath},
		{Event{Kind: Lost, ErrorPath: true, Role: ModuleInit}, InitLeak},
		{Event{Kind: Lost, Role: ModuleInit}, Leak},
		{Event{Kind: Lost, How: Temporary}, LeakTemporary},
		{Event{Kind: Lost, How: Temporary, Format: 'O'}, FormatOwnership},
		{Event{Kind: Lost, How: Overwritten, ErrorPath: true}, LeakOverwrite},
		{Event{Kind: Lost, ErrorPath: true, Role: ModuleInit, FailedCall: "PyModule_AddObject", FailedTook: true}, AddObject},
		{Event{Kind: Lost, ErrorPath: true, Role: ModuleInit, FailedCall: "PyModule_AddObject"}, InitLeak},
		{Event{Kind: Lost, ErrorPath: true, Role: ModuleInit, FailedCall: "PyModule_AddObject",
			Object: Object{Module: true}}, InitLeak},
		{Event{Kind: Lost, How: Temporary, Call: "PyModule_AddObject"}, AddObject},
		{Event{Kind: Lost, How: Dropped, FailedCall: "PyModule_AddObject", At: span(7), FailedAt: span(7)}, AddObject},
		{Event{Kind: Lost, How: Dropped, FailedCall: "PyModule_AddObject", At: span(8), FailedAt: span(7)}, Leak},
		{Event{Kind: ReleaseUnowned, How: NotOwned}, ReleaseBorrowed},
		{Event{Kind: ReleaseUnowned, How: Released}, DoubleRelease},
		{Event{Kind: ReleaseUnowned, How: GivenAway}, DecrefAfterSteal},
		{Event{Kind: UseReleased, How: GivenAway}, UseAfterRelease},
		{Event{Kind: ReturnBorrowed}, ReturnsBorrowed},
		{Event{Kind: StoreBorrowed}, StoresBorrowed},
		{Event{Kind: StealBorrowed}, StealsBorrowed},
		{Event{Kind: StealBorrowed, Format: 'N'}, FormatOwnership},
		{Event{Kind: ReleaseThenSet}, ReleasesThenSets},
		{Event{Kind: RefcntWrite}, WritesRefcnt},
		{Event{Kind: Unchecked}, AddObject},
		{Event{Kind: UnusedComment}, IgnoresNothing},
		{Event{Kind: BadComment}, UnclearComment},
		{Event{Kind: Racy}, FTBorrowed},
		{Event{Kind: UniqueByCount}, RefcntUnique},
		{Event{Kind: OldAPI}, RemovedAPI},
	}
	for _, tt := range tests {
		if got := tt.e.Class(); got != tt.want {
			t.Errorf("%+v: class %q, want %q", tt.e, got, tt.want)
		}
	}
}

func span(line int) source.Span {
	return source.Span{Pos: source.Pos{File: "a.c", Line: line, Column: 5}}
}

func TestWhat(t *testing.T) {
	line := span(27)
	tests := []struct {
		o    Object
		want string
	}{
		{Object{Name: "list", Origin: FromCall, Call: "PyList_New", New: true, Where: line}, "'list' (new reference from PyList_New, line 27)"},
		{Object{Origin: FromCall, Call: "PyList_New", New: true}, "the new reference from PyList_New"},
		{Object{Name: "x", Origin: FromCall, Call: "PyList_GetItem", Where: line}, "'x' (reference borrowed from PyList_GetItem, line 27)"},
		{Object{Name: "x", Origin: FromCall, Call: "PyList_GetItem", Owner: "l"}, "'x' (reference borrowed from 'l')"},
		{Object{Name: "x", Origin: FromIncref, Where: line}, "'x' (reference taken by Py_INCREF, line 27)"},
		{Object{Name: "arg", Origin: FromParam}, "'arg'"},
		{Object{Name: "self->f", Origin: FromField}, "'self->f'"},
		{Object{Name: "Py_None", Origin: FromConst, Const: "Py_None"}, "Py_None"},
		{Object{Name: "r", Origin: FromConst, Const: "Py_None"}, "'r' (Py_None)"},
	}
	for _, tt := range tests {
		if got := (&Event{Object: tt.o}).What(); got != tt.want {
			t.Errorf("What = %q, want %q", got, tt.want)
		}
	}
}

func TestSayImmortal(t *testing.T) {
	e := &Event{Object: Object{Immortal: true}, Sure: finding.High}
	if v := e.Say("m", "h"); v.Severity == nil || *v.Severity != finding.Note || v.Confidence != finding.High {
		t.Errorf("Say of an immortal object = %+v", v)
	}
}
