package analyzer

import (
	"context"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/cmodel/cfront"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// TestLoadCrash: a panic while a file is read is a gap and a named bug, and ends
// neither the run nor the program, which may be serving an editor.
func TestLoadCrash(t *testing.T) {
	a := &analysis{result: &Result{}} // without a project: reading from it panics
	u, front, crash := a.loadSafely(context.Background(), 0, "a.c")
	if len(u.Gaps) != 1 || u.Gaps[0].Pos.File != "a.c" || !strings.HasPrefix(u.Gaps[0].Reason, "internal error: ") || front == nil {
		t.Errorf("got %+v", u)
	}
	if !strings.HasPrefix(crash, "a.c: internal error: ") || !strings.Contains(crash, "crash_test.go") {
		t.Errorf("want file, reason and stack: %s", crash)
	}
}

// TestLowerCrash: a function whose lowering panicked is named as a bug as well.
func TestLowerCrash(t *testing.T) {
	project, err := cfront.Open(context.Background(), cfront.Options{Roots: []string{"-"}, StdinName: "a.c", Stdin: []byte("int f(void);\n")})
	if err != nil {
		t.Fatal(err)
	}
	a := &analysis{project: project, generated: map[string]string{}, result: &Result{}}
	gap := ir.Gap{Func: "f", Reason: "internal error: boom"}
	gap.Pos.File, gap.Pos.Line = "a.c", 7
	a.units = []*ir.Unit{{Path: "a.c", Gaps: []ir.Gap{gap}}}
	a.cover(nil)
	if c := a.result.Crashes; len(c) != 1 || c[0] != "f() in a.c:7: internal error: boom" {
		t.Errorf("crashes: %q, coverage: %+v", c, a.result.Coverage)
	}
}
