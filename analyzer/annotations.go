package analyzer

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/refcheck/refcheck/analyzer/engine"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/cfront"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/source"
)

// newEngine prepares the analysis of what was loaded, with what its declarations
// say.
func (a *analysis) newEngine() *engine.Engine {
	eng := engine.New(a.table, a.units)
	var ds []engine.Declaration
	for _, d := range a.project.Declarations() {
		e := engine.Declaration{Func: d.Func, At: d.Span, Result: d.Result, Params: d.Params, Static: d.Static,
			Defined: d.Defined, First: d.First, Last: d.Last, Clinic: d.Clinic}
		for _, p := range d.Params {
			if p != "..." {
				e.Names = append(e.Names, cfront.ParamName(p))
			}
		}
		for _, s := range d.Says {
			if slices.Contains(contract.AnnotationVerbs(), s.Verb) {
				e.Says = append(e.Says, engine.Statement{Verb: s.Verb, Text: s.Text, Args: s.Args, At: s.Span, Attribute: s.Attribute, Own: d.Defined})
			}
		}
		switch {
		case d.Func == "":
			for _, s := range e.Says {
				a.bad = append(a.bad, engine.BadStatement{Statement: s, Err: errNoFunction})
			}
		case len(e.Says) > 0 || e.Clinic:
			ds = append(ds, e)
		}
	}
	a.bad = append(a.bad, eng.Declare(ds)...)
	return eng
}

var errNoFunction = errors.New("stands at no function")

// annotations returns findings about annotations that make no sense, that stand
// nowhere, or that the body contradicts.
func (a *analysis) annotations(results []*engine.Result) []*finding.Finding {
	var events []*rule.Event
	for _, b := range a.bad {
		e := &rule.Event{Kind: rule.BadComment, At: b.At, Comment: b.Err.Error(), Sure: finding.High, InFunc: b.Func}
		if b.Attribute != "" {
			e.Kind, e.Comment = rule.WrongAnnotation, fmt.Sprintf("the attribute %s %s", b.Attribute, b.Err)
		}
		events = append(events, e)
	}
	for _, d := range a.project.Directives() {
		if (d.Func == "" || d.Place == cfront.Inside) && slices.Contains(contract.AnnotationVerbs(), d.Verb) {
			events = append(events, &rule.Event{Kind: rule.BadComment, At: d.Span, Comment: errNoFunction.Error(), Sure: finding.High, InFunc: d.Func})
		}
	}
	for _, res := range results {
		events = append(events, contradictions(res)...)
	}
	var out []*finding.Finding
	for _, e := range events {
		if !a.reported(e.At.File) {
			continue
		}
		if f := a.askAboutComment(e); f != nil {
			out = append(out, f)
		}
	}
	return out
}

// contradictions compares what is said about a function with its exits. Only
// what all exits of one outcome do otherwise is a contradiction; of an exit about
// which nothing is known anything may be true.
func contradictions(res *engine.Result) []*rule.Event {
	if res.Declared == nil || res.Incomplete != "" {
		return nil
	}
	c := &checker{res: res, d: res.Declared}
	for i, p := range res.Func.Params {
		if ref, said := c.d.Params[i]; said {
			c.param(i, p.Name, ref)
		}
	}
	c.result()
	c.failure()
	return c.events
}

type checker struct {
	res    *engine.Result
	d      *engine.Declared
	events []*rule.Event
}

// report makes an event at the function, about the statement with one of these
// verbs. Args are the ways to write the parameter that it is about, if it is about one.
func (c *checker) report(but string, verbs []string, args ...string) {
	at := c.res.Func.Span
	at.EndLine, at.EndColumn = at.Line, at.Column+len(c.res.Func.Name)
	said := ""
	for i := range c.d.Says {
		s := &c.d.Says[i]
		if !slices.Contains(verbs, s.Verb) {
			continue
		}
		// In a prototype, the parameter may have another name.
		fits := len(args) == 0 || slices.ContainsFunc(args, func(a string) bool { return slices.Contains(s.Args, a) })
		if said == "" || fits {
			said = statement(s) + statedAt(s, at)
		}
		if fits {
			break
		}
	}
	c.events = append(c.events, &rule.Event{Kind: rule.WrongAnnotation, At: at, Comment: said + ", but " + but, Sure: finding.High, InFunc: c.res.Func.Name})
}

// statedAt says where a statement is, unless it stands at the definition.
func statedAt(s *engine.Statement, home source.Span) string {
	switch {
	case s.Own:
		return ""
	case s.At.File == home.File:
		return fmt.Sprintf(" (line %d)", s.At.Line)
	}
	return fmt.Sprintf(" (%s:%d)", s.At.File, s.At.Line)
}

// statement words what a comment, an attribute or a contract file says.
func statement(s *engine.Statement) string {
	switch {
	case s.Attribute != "":
		return "the attribute says " + s.String()
	case s.Contract:
		return fmt.Sprintf("the contract says '%s'", s)
	}
	return fmt.Sprintf("the comment says '%s'", s)
}

// exits lists what matters of the exits with an outcome; ok is false if one of
// them is not known, or there are none.
func (c *checker) exits(failed bool, fact func(*engine.Exit) engine.Fact, about func(engine.Effect) bool) (out []engine.Fact, ok bool) {
	for n := range c.res.Exits {
		x := &c.res.Exits[n]
		if x.Failed != failed {
			continue
		}
		switch f := fact(x); {
		case f.Effect == engine.NullArgument || f.Effect == engine.NullResult || f.Effect == engine.NoObject:
		case !about(f.Effect):
			return nil, false
		default:
			if !f.At.IsValid() {
				f.At = x.At
			}
			out = append(out, f)
		}
	}
	return out, len(out) > 0
}

// param checks what is said about one argument.
func (c *checker) param(i int, name string, ref contract.Ref) {
	fact := func(x *engine.Exit) engine.Fact {
		if x.Result.Same == i+1 {
			return engine.Fact{Effect: engine.UnknownEffect} // it leaves as the result
		}
		return x.Params[i]
	}
	switch ref {
	case contract.OutNew, contract.OutBorrowed:
		c.out(fact, name, ref)
		return
	case contract.InOut:
		return
	}
	known := func(e engine.Effect) bool { return e == engine.Untouched || e == engine.Kept || e == engine.Taken }
	taken := func(failed bool) (at *engine.Fact, all, none bool) {
		fs, ok := c.exits(failed, fact, known)
		all, none = ok, ok
		for n := range fs {
			if fs[n].Effect == engine.Taken {
				none = false
				at = &fs[n]
			} else {
				all = false
				at = cmp.Or(at, &fs[n])
			}
		}
		return at, all, none
	}
	good, goodAll, goodNone := taken(false)
	bad, badAll, badNone := taken(true)
	onGood := ref == contract.Stolen || ref == contract.StolenOnSuccess
	onBad := ref == contract.Stolen || ref == contract.StolenOnFailure
	report := func(but string) { c.report(but, []string{argVerbs[ref]}, name, fmt.Sprint(i+1)) }
	switch {
	case onGood && goodNone && (badNone || bad == nil):
		report(fmt.Sprintf("no path takes '%s'", name))
	case onGood && goodNone:
		report(fmt.Sprintf("'%s' is left to the caller on success%s", name, onLine(good)))
	case onBad && badNone:
		report(fmt.Sprintf("'%s' is left to the caller on failure%s", name, onLine(bad)))
	case !onGood && goodAll:
		report(fmt.Sprintf("'%s' is taken%s%s", name, map[bool]string{true: " on success"}[onBad], byCall(good)))
	case !onBad && badAll:
		report(fmt.Sprintf("'%s' is taken on failure%s", name, byCall(bad)))
	}
}

var argVerbs = map[contract.Ref]string{
	contract.Borrowed: "borrows", contract.Stolen: "steals", contract.StolenOnSuccess: "steals-on-success",
	contract.StolenOnFailure: "steals-on-failure", contract.OutNew: "out-new", contract.OutBorrowed: "out-borrowed",
}

func onLine(f *engine.Fact) string {
	if f == nil {
		return ""
	}
	return fmt.Sprintf(" (line %d)", f.At.Line)
}

func byCall(f *engine.Fact) string {
	if f.Callee == "" {
		return onLine(f)
	}
	return fmt.Sprintf(" by %s (line %d)", f.Callee, f.At.Line)
}

// out checks what is said to be handed out.
func (c *checker) out(fact func(*engine.Exit) engine.Fact, name string, ref contract.Ref) {
	fs, ok := c.exits(false, fact, func(e engine.Effect) bool { return e == engine.OutNew || e == engine.OutBorrowed })
	want, but := engine.OutNew, "receives a borrowed reference"
	if ref == contract.OutBorrowed {
		want, but = engine.OutBorrowed, "receives a new reference"
	}
	if ok && !slices.ContainsFunc(fs, func(f engine.Fact) bool { return f.Effect == want }) {
		c.report(fmt.Sprintf("'%s' %s%s", name, but, onLine(&fs[0])), []string{argVerbs[ref]}, name)
	}
}

// result checks what is said to be returned.
func (c *checker) result() {
	if c.d.Result == nil {
		return
	}
	neutral := func(e engine.Effect) bool { return e == engine.NewRef || e == engine.BorrowedRef }
	fs, ok := c.exits(false, func(x *engine.Exit) engine.Fact {
		f := x.Result
		if i := f.Same - 1; i >= 0 && (c.d.Params[i] != contract.None || c.d.Annotation.Result.Same != "") || f.Origin.Immortal {
			f.Effect = engine.UnknownEffect // also new if the caller gave its own away
		}
		return f
	}, neutral)
	if !ok {
		return
	}
	all := func(e engine.Effect) bool {
		return !slices.ContainsFunc(fs, func(f engine.Fact) bool { return f.Effect != e })
	}
	switch ref := c.d.Result.Ref; {
	case ref == contract.New && all(engine.BorrowedRef):
		c.report("a borrowed reference is returned"+onLine(&fs[0]), []string{"returns"})
	case ref == contract.Borrowed && all(engine.NewRef):
		c.report("a new reference is returned"+onLine(&fs[0]), []string{"returns"})
	case ref == contract.Null:
		c.report("an object is returned"+onLine(&fs[0]), []string{"returns"})
	}
}

// failure checks what is said about exceptions and about not returning.
func (c *checker) failure() {
	exits := c.res.Exits
	if len(exits) == 0 {
		return
	}
	at := fmt.Sprintf(" (line %d)", exits[0].At.Line)
	if c.d.NoReturn {
		c.report("it returns"+at, []string{"noreturn"})
	}
	if c.d.SetsException && !slices.ContainsFunc(exits, func(x engine.Exit) bool { return !x.ErrClear }) {
		c.report("no exception is set when it returns"+at, []string{"sets-exception"})
	}
	if c.d.Fail == nil {
		return
	}
	for i := range exits {
		if x := &exits[i]; x.ErrSet && *c.d.Fail == contract.FailNone {
			c.report(fmt.Sprintf("it returns with an exception set (line %d)", x.At.Line), []string{"fails"})
			return
		}
	}
	var failing []engine.Exit
	for _, x := range exits {
		if x.Failed {
			failing = append(failing, x)
		}
	}
	if n := *c.d.Fail; n != contract.FailSilent && n != contract.FailMaybe && n != contract.FailNone && len(failing) > 0 &&
		!slices.ContainsFunc(failing, func(x engine.Exit) bool { return !x.ErrClear }) {
		c.report(fmt.Sprintf("it reports failure without an exception (line %d)", failing[0].At.Line), []string{"fails", "negative-on-error"})
	}
}
