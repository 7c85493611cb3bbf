package analyzer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/source"
)

// maxOthers is how many other objects a message names.
const maxOthers = 2

// fold makes one finding of those that one change repairs: several objects that
// are lost at one place of a function, or one variable that is lost or misused
// there with values of different origin. The surest one leads; what is below the asked
// confidence stays apart, so that it can be left out.
func (a *analysis) fold(found []*finding.Finding, asked finding.Confidence) []*finding.Finding {
	slices.SortStableFunc(found, func(x, y *finding.Finding) int {
		return cmp.Or(-cmp.Compare(x.Confidence, y.Confidence), cmp.Compare(x.Rule, y.Rule), comparePos(origin(x).Pos, origin(y).Pos))
	})
	var leads []*finding.Finding
	rest := map[*finding.Finding][]*finding.Finding{}
	for _, f := range found {
		i := slices.IndexFunc(leads, func(g *finding.Finding) bool {
			return sameDefect(f, g) && a.asked(f.Rule) == a.asked(g.Rule) && (f.Confidence >= asked) == (g.Confidence >= asked)
		})
		if i < 0 {
			leads = append(leads, f)
		} else {
			rest[leads[i]] = append(rest[leads[i]], f)
		}
	}
	for _, f := range leads {
		absorb(f, rest[f])
		for _, g := range rest[f] {
			a.repairs[f] = append(a.repairs[f], a.repairs[g]...)
		}
		tidyAlsoAt(f)
	}
	return leads
}

// sameDefect reports whether two findings of one function ask for one place to
// be changed.
func sameDefect(f, g *finding.Finding) bool {
	if f.Span.Pos != g.Span.Pos || f.Severity != g.Severity {
		return false
	}
	sameRule, leaks := f.Rule == g.Rule, f.Kind == "leak" && g.Kind == "leak"
	sameObject := f.Object != "" && f.Object == g.Object
	return sameRule && leaks || sameObject && (sameRule || leaks)
}

// absorb adds to f what the others tell. An object with the name of another one
// is the same variable with a value from elsewhere and goes without mention.
func absorb(f *finding.Finding, others []*finding.Finding) {
	seen := []string{f.Object}
	var names []string
	for _, g := range others {
		f.AlsoAt = append(f.AlsoAt, g.AlsoAt...)
		for _, a := range g.Assumptions {
			if !slices.Contains(f.Assumptions, a) {
				f.Assumptions = append(f.Assumptions, a)
			}
		}
		r := finding.Related{Object: g.Object, Span: origin(g)}
		if s := first(g); s != nil {
			r.Message, _, _ = strings.Cut(s.Message, ": this function owns")
		}
		if !slices.Contains(f.Related, r) {
			f.Related = append(f.Related, r)
		}
		if g.Object == "" || !slices.Contains(seen, g.Object) {
			seen = append(seen, g.Object)
			names = append(names, called(g))
		}
	}
	f.Message += alike(f.Message, names)
}

// alike says that other objects share a message: " (nor are 'x' and 'y')".
func alike(message string, names []string) string {
	if len(names) == 0 {
		return ""
	}
	all := list(names)
	switch {
	case !strings.Contains(message, " is not released") && !strings.Contains(message, " is never released"):
		return " (the same goes for " + all + ")"
	case len(names) == 1:
		return " (nor is " + all + ")"
	}
	return " (nor are " + all + ")"
}

// list joins names: "a", "a and b", "a, b and 3 others".
func list(names []string) string {
	if more := len(names) - maxOthers; more > 1 {
		names = append(slices.Clone(names[:maxOthers]), fmt.Sprintf("%d others", more))
	}
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// called names a finding's object for the message of another one.
func called(f *finding.Finding) string {
	switch s := first(f); {
	case f.Object != "":
		return "'" + f.Object + "'"
	case s != nil && s.Callee != "":
		return "the result of " + s.Callee
	}
	return "another object"
}

// first is the step with which a finding's object comes into the path.
func first(f *finding.Finding) *finding.Step {
	i := slices.IndexFunc(f.Steps, func(s finding.Step) bool { return s.Object == 1 })
	if i < 0 {
		return nil
	}
	return &f.Steps[i]
}

// origin is where a finding's object comes into the path.
func origin(f *finding.Finding) source.Span {
	if s := first(f); s != nil {
		return s.Span
	}
	return f.Span
}

// tidyAlsoAt sorts the other places of a finding, drops those on a line that the
// finding itself shows as its place or its beginning, and names each line once.
func tidyAlsoAt(f *finding.Finding) {
	sameLine := func(p, q source.Pos) bool { return p.File == q.File && p.Line == q.Line }
	f.AlsoAt = slices.DeleteFunc(f.AlsoAt, func(p source.Pos) bool {
		return sameLine(p, f.Span.Pos) || sameLine(p, origin(f).Pos)
	})
	slices.SortFunc(f.AlsoAt, comparePos)
	f.AlsoAt = slices.CompactFunc(f.AlsoAt, sameLine)
}
