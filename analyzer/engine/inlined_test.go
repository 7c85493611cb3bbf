package engine_test

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/analyzer/engine"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/cfront"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

const inlineSource = "testdata/inline/helpers.c"

// TestSummariesAgainstInlining: what is known of a helper says no more about its
// callers than its body does. Each use_* function of the fixture is analysed twice:
// with what was inferred of the h_* functions it calls, and with their bodies in its
// own. Comments in the fixture name what is reported in their line with medium or
// high confidence, with a reason if not by both:
//
//	want CLASS            both
//	lost CLASS: reason    only the bodies show it: mostly a loss of precision
//	more CLASS: reason    only the summary shows it, and it is a defect
//	unsound CLASS: reason only the summary shows it, and it is none, or not of that class
func TestSummariesAgainstInlining(t *testing.T) {
	table := contract.Load(contract.DefaultTarget)
	unit := lowerFixture(t, table)
	helpers := map[string]*ir.Func{}
	for _, f := range unit.Funcs {
		if strings.HasPrefix(f.Name, "h_") {
			helpers[f.Name] = f
		}
	}
	inlined := *unit
	inlined.Funcs = nil
	calls := map[string]bool{}
	users := 0
	for _, f := range unit.Funcs {
		g := f
		if strings.HasPrefix(f.Name, "use_") {
			var n int
			var err error
			g, n, err = inlineAll(f, func(name string) *ir.Func {
				if helpers[name] != nil {
					calls[name] = true
				}
				return helpers[name]
			})
			if err != nil {
				t.Fatal(err)
			}
			if n == 0 {
				t.Errorf("%s calls no helper", f.Name)
			}
			users++
		}
		inlined.Funcs = append(inlined.Funcs, g)
	}
	for name := range helpers {
		if !calls[name] {
			t.Errorf("%s is not used", name)
		}
	}
	want := expectations(t)
	compare(t, want, eventsOf(t, table, unit), eventsOf(t, table, &inlined))
	n := want.counts
	t.Logf("%d helpers, %d uses; %d defects shown by both, %d by the body only, %d by the summary only; %d known to be unsound",
		len(helpers), users, n["want"], n["lost"], n["more"], n["unsound"])
}

func lowerFixture(t *testing.T, table *contract.Table) *ir.Unit {
	t.Helper()
	ctx := context.Background()
	p, err := cfront.Open(ctx, cfront.Options{Roots: []string{inlineSource}, PyMinor: contract.DefaultTarget.Minor})
	if err != nil {
		t.Fatal(err)
	}
	u, err := p.Load(ctx, inlineSource)
	if err != nil {
		t.Fatal(err)
	}
	unit := u.Lower(func(name string) *ir.Type {
		if c := table.Lookup(name); c != nil {
			return cfront.ParseType(c.Result.Type)
		}
		return nil
	})
	for _, g := range unit.Gaps {
		t.Errorf("%s: %s: %s", g.Pos, g.Func, g.Reason)
	}
	return unit
}

// A defect is what an event says, without the path and the names of the callee's
// variables.
type defect struct {
	line  int
	class string
}

func (d defect) String() string { return fmt.Sprintf("%s:%d: %s", inlineSource, d.line, d.class) }

// expected is what comments in the fixture say that each of the two runs reports.
type expected struct {
	summary, body map[defect]bool
	counts        map[string]int // comments by verb
}

// expectRE matches the comments; another class of the same defect may be named for
// the body: what the caller calls "given away" is a release there.
var expectRE = regexp.MustCompile(`/\* (want|lost|more|unsound) ([a-z-]+)(?:, body ([a-z-]+))?(: [^*]+)? \*/`)

func expectations(t *testing.T) expected {
	t.Helper()
	text, err := os.ReadFile(inlineSource)
	if err != nil {
		t.Fatal(err)
	}
	x := expected{map[defect]bool{}, map[defect]bool{}, map[string]int{}}
	for i, line := range strings.Split(string(text), "\n") {
		for _, m := range expectRE.FindAllStringSubmatch(line, -1) {
			verb, summary, body := m[1], m[2], cmp.Or(m[3], m[2])
			if (verb == "want") != (m[4] == "") {
				t.Errorf("%s:%d: a difference has a reason, an agreement has none", inlineSource, i+1)
			}
			if verb != "lost" {
				x.summary[defect{i + 1, summary}] = true
			}
			if verb == "want" || verb == "lost" {
				x.body[defect{i + 1, body}] = true
			}
			x.counts[verb]++
		}
	}
	return x
}

// eventsOf analyses a unit. Helpers have no defects: what they do is not in question.
func eventsOf(t *testing.T, table *contract.Table, u *ir.Unit) map[defect]*engine.Event {
	t.Helper()
	units := []*ir.Unit{u}
	out := map[defect]*engine.Event{}
	for _, res := range engine.New(table, units).Analyze(context.Background(), units, 1) {
		if res.Crash != "" || res.Incomplete != "" {
			t.Errorf("%s: %s %s", res.Func.Name, res.Incomplete, res.Crash)
		}
		for _, e := range res.Events {
			if strings.HasPrefix(res.Func.Name, "h_") {
				t.Errorf("%s: the helper itself is wrong: %s at line %d", res.Func.Name, e.Class(), e.At.Line)
			}
			if e.Sure >= finding.Medium {
				out[defect{e.At.Line, string(e.Class())}] = e
			}
		}
	}
	return out
}

// compare checks both runs against the comments, in the order of lines.
func compare(t *testing.T, want expected, summary, body map[defect]*engine.Event) {
	t.Helper()
	var all []defect
	for _, set := range []iter.Seq[defect]{maps.Keys(want.summary), maps.Keys(want.body), maps.Keys(summary), maps.Keys(body)} {
		all = slices.AppendSeq(all, set)
	}
	slices.SortFunc(all, func(a, b defect) int { return cmp.Or(cmp.Compare(a.line, b.line), strings.Compare(a.class, b.class)) })
	for _, d := range slices.Compact(all) {
		s, b := summary[d], body[d]
		switch {
		case s != nil && !want.summary[d] && b == nil:
			t.Errorf("%v: unsound: only the summary shows it", d)
		case (s != nil) != want.summary[d]:
			t.Errorf("%v: with the summary: %v, want %v", d, s != nil, want.summary[d])
		}
		if (b != nil) != want.body[d] {
			t.Errorf("%v: with the body: %v, want %v", d, b != nil, want.body[d])
		}
		if s != nil && b != nil && (s.Kind != b.Kind || s.How != b.How || s.Sure > b.Sure) {
			t.Errorf("%v: kind %d, how %d, confidence %v with the summary, but %d, %d, %v with the body", d, s.Kind, s.How, s.Sure, b.Kind, b.How, b.Sure)
		}
	}
}
