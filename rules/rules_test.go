package rules

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/analyzer/ruletest"
	"github.com/refcheck/refcheck/cmodel/source"
)

func TestValid(t *testing.T) {
	if err := rule.Validate(All); err != nil {
		t.Error(err)
	}
}

// folderOf finds a rule's folder by its name without hyphens.
func folderOf(t *testing.T, r *rule.Rule) string {
	t.Helper()
	dir := strings.ReplaceAll(r.Name, "-", "")
	if _, err := os.Stat(filepath.Join(dir, "rule.go")); err != nil {
		t.Fatalf("the folder of rule %s %s must be rules/%s", r.Code, r.Name, dir)
	}
	return dir
}

// TestFixtures checks that each rule has a function that must be reported and
// one that must not.
func TestFixtures(t *testing.T) {
	for _, r := range All {
		fixtures, err := ruletest.Load(filepath.Join(folderOf(t, r), "testdata"))
		if err != nil {
			t.Errorf("%s %s: %v", r.Code, r.Name, err)
			continue
		}
		verdicts := map[string]int{}
		for _, fx := range fixtures {
			for i := range fx.Files {
				for _, fn := range fx.Files[i].Funcs() {
					if !fn.Known() {
						verdicts[fn.Verdict()]++
					}
				}
			}
		}
		for _, v := range []string{"bad", "ok"} {
			if verdicts[v] == 0 {
				t.Errorf("%s %s has no fixture function *_%s", r.Code, r.Name, v)
			}
		}
	}
}

// TestTogether runs all rules over all fixtures: whatever any rule says must be
// wanted, so that no rule is noisy and none claims the defect of another.
func TestTogether(t *testing.T) {
	for _, r := range All {
		t.Run(r.Code, func(t *testing.T) {
			ruletest.RunDir(t, filepath.Join(folderOf(t, r), "testdata"), "", All)
		})
	}
}

// TestDocs checks that the example of each rule's documentation triggers the
// rule, and that nothing at all is found in its fix.
func TestDocs(t *testing.T) {
	for _, r := range All {
		t.Run(r.Code, func(t *testing.T) {
			reports := false
			for _, f := range ruletest.Source(t, snippet(t, r, "Example"), All) {
				if f.Rule == r.Code {
					reports = true
				} else {
					t.Errorf("Example also triggers %s: line %d: %s", f.Rule, f.Span.Line-1, f.Message)
				}
			}
			if !reports {
				t.Errorf("Example does not trigger %s", r.Code)
			}
			for _, f := range ruletest.Source(t, snippet(t, r, "Fix"), All) {
				t.Errorf("Fix triggers %s: line %d: %s", f.Rule, f.Span.Line-1, f.Message)
			}
		})
	}
}

// snippet is a code block of a rule's documentation as a source file.
func snippet(t *testing.T, r *rule.Rule, section string) string {
	t.Helper()
	code, ok := rule.CodeBlock(rule.Section(r.Doc, section))
	if !ok {
		t.Fatalf("%s has no code block in %q", r.Code, section)
	}
	return "#include <Python.h>\n" + code
}

// goodMessage: lower case unless it starts with a name of the C API or a quoted
// one of the user, one line, no final stop, nothing left unsaid.
var goodMessage = regexp.MustCompile(`^('|[a-z]|_?Py)[^\n]*[^.!\s]$`)

// TestMessages judges one event of every shape and checks the form of what the
// rules say, and that exactly one of them says it.
func TestMessages(t *testing.T) {
	for _, e := range events() {
		claimed := 0
		for _, r := range All {
			if r.Judge == nil {
				continue
			}
			v := r.Judge(e)
			if v == nil {
				continue
			}
			claimed++
			for _, s := range []string{v.Message, v.Help} {
				if !goodMessage.MatchString(s) || strings.Contains(s, "''") || strings.Contains(s, "  ") || strings.Contains(s, "()") {
					t.Errorf("%s for %+v says %q", r.Code, *e, s)
				}
			}
			if len(v.Message) > 160 || len(v.Help) > 110 {
				t.Errorf("%s is wordy: %q, %q", r.Code, v.Message, v.Help)
			}
			if v.Confidence != e.Sure {
				t.Errorf("%s changes the confidence of %+v", r.Code, *e)
			}
		}
		if claimed != 1 {
			t.Errorf("%d rules claim %+v", claimed, *e)
		}
	}
}

// events combines kinds, details and objects, sparse and complete ones.
func events() []*rule.Event {
	span := source.Span{Pos: source.Pos{File: "a.c", Line: 7, Column: 3}}
	objects := []rule.Object{
		{},
		{Name: "list", Origin: rule.FromCall, Call: "PyList_New", New: true, Where: span},
		{Origin: rule.FromCall, Call: "PyList_New", New: true},
		{Name: "item", Origin: rule.FromCall, Call: "PyList_GetItem", Owner: "list", Where: span},
		{Name: "arg", Origin: rule.FromParam, Where: span},
		{Name: "self->items", Origin: rule.FromField, Where: span},
		{Name: "x", Origin: rule.FromIncref, Where: span},
		{Name: "Py_None", Origin: rule.FromConst, Const: "Py_None", Immortal: true},
		{Name: "m", Origin: rule.FromCall, Call: "PyModule_Create", New: true, Module: true, Where: span},
	}
	var all []*rule.Event
	for kind := rule.Lost; kind <= rule.Unchecked; kind++ {
		for how := rule.AtReturn; how <= rule.StaleSize; how++ {
			for _, o := range objects {
				if how == rule.Dropped && o.Call == "" {
					continue
				}
				plain := rule.Event{Kind: kind, How: how, Object: o, At: span, Sure: finding.High}
				full := plain
				full.Call, full.Arg, full.Slot, full.Used = "PyTuple_SetItem", 3, "self->items", "passed to PyObject_Repr"
				full.Before, full.BeforeCall = span, "PyTuple_SetItem"
				full.ErrorPath, full.FailedCall = true, "PyTuple_SetItem"
				init := full
				init.Role, init.Call, init.FailedCall = rule.ModuleInit, "PyModule_AddObject", "PyModule_AddObject"
				format := full
				format.Call, format.Format = "Py_BuildValue", 'O'
				if kind == rule.StealBorrowed {
					format.Format = 'N'
				}
				all = append(all, &plain, &full, &init, &format)
			}
		}
	}
	comment := rule.Event{Kind: rule.UnusedComment, Comment: "RC101, RC2", At: span, InFunc: "f", Sure: finding.High}
	bad := comment
	bad.Kind, bad.Comment = rule.BadComment, "names no rule to ignore"
	return append(all, &comment, &bad)
}
