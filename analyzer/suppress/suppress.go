// Package suppress applies the comments with which users silence findings, and
// finds the comments that silence nothing or say too little.
//
//	f(x); /* refcheck: ignore[RC101] freed by the callback */
//
// The comment is about its own lines. On lines of its own it is about the code
// that comes next, which is the whole function if it stands before one.
// "ignore-file" is about the file. Without a reason a comment ignores nothing.
package suppress

import (
	"fmt"
	"slices"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/cfront"
	"github.com/refcheck/refcheck/cmodel/source"
)

// Options is what else Apply has to know.
type Options struct {
	Known []string // codes of all rules
	Ran   []string // codes of the rules that ran
	Verbs []string // what comments may say besides the verbs of this package
	// Reported: the user wants to know about the file.
	Reported func(file string) bool
	// Settled: everything from line first to last was analysed, so that a finding
	// that is not there is not hidden either.
	Settled func(file string, first, last int) bool
}

const (
	ignoreVerb = "ignore"
	fileVerb   = "ignore-file"
)

// ownRules is the prefix of the rules about comments. What a comment ignores of
// those does not come up before all comments have been judged.
const ownRules = "RC0"

// Apply marks the findings that comments silence, and returns an event for each
// comment that is wrong.
func Apply(fs []*finding.Finding, ds []cfront.Directive, o Options) []*rule.Event {
	a := &applier{o: o}
	var events []*rule.Event
	for i := range ds {
		if e := a.read(&ds[i]); e != nil {
			events = append(events, e)
		}
	}
	a.mark(fs)
	for _, ig := range a.ignores {
		if e := a.unused(ig); e != nil {
			events = append(events, e)
		}
	}
	return slices.DeleteFunc(events, func(e *rule.Event) bool { return !o.Reported(e.At.File) })
}

// ApplyOwn is Apply for findings about comments.
func ApplyOwn(fs []*finding.Finding, ds []cfront.Directive, o Options) {
	a := &applier{o: o}
	for i := range ds {
		a.read(&ds[i])
	}
	a.mark(fs)
}

type applier struct {
	o       Options
	ignores []*ignore
}

// An ignore is one comment that silences findings.
type ignore struct {
	d           *cfront.Directive
	first, last int // lines; 0, 0 for the whole file
	used        []bool
}

// read takes a directive, or returns what is wrong with it.
func (a *applier) read(d *cfront.Directive) *rule.Event {
	if d.Verb != ignoreVerb && d.Verb != fileVerb {
		if slices.Contains(a.o.Verbs, d.Verb) {
			return nil
		}
		return event(d, rule.BadComment, fmt.Sprintf("says '%s', which means nothing to refcheck", strings.TrimSpace(d.Verb+" "+d.Text)))
	}
	if len(d.Args) == 0 {
		return event(d, rule.BadComment, "names no rule to ignore")
	}
	for _, code := range d.Args {
		if !slices.ContainsFunc(a.o.Known, covers(code)) {
			return event(d, rule.BadComment, fmt.Sprintf("ignores '%s', which is the code of no rule", code))
		}
	}
	if d.Text == "" {
		return event(d, rule.BadComment, "gives no reason for ignoring "+strings.Join(d.Args, ", "))
	}
	first, last := scope(d)
	a.ignores = append(a.ignores, &ignore{d: d, first: first, last: last, used: make([]bool, len(d.Args))})
	return nil
}

// scope returns the lines that a comment is about.
func scope(d *cfront.Directive) (first, last int) {
	switch {
	case d.Verb == fileVerb:
		return 0, 0
	case d.Place == cfront.Before, d.Place == cfront.Signature:
		return d.First, d.Last
	case d.Trailing:
		return d.Span.Line, d.Span.EndLine
	}
	return d.Span.Line, max(d.Span.EndLine, d.Next)
}

// covers reports whether a code, or prefix of codes, includes a rule.
func covers(code string) func(ruleCode string) bool {
	return func(ruleCode string) bool {
		return code == "ALL" || strings.HasPrefix(code, "RC") && strings.HasPrefix(ruleCode, code)
	}
}

// mark silences findings. The first comment that fits gives the reason; all that
// fit count as used.
func (a *applier) mark(fs []*finding.Finding) {
	byFile := map[string][]*ignore{}
	for _, ig := range a.ignores {
		byFile[ig.d.Span.File] = append(byFile[ig.d.Span.File], ig)
	}
	for _, f := range fs {
		for _, ig := range byFile[f.Span.File] {
			if !ig.about(f.Span) {
				continue
			}
			for i, code := range ig.d.Args {
				if !covers(code)(f.Rule) {
					continue
				}
				ig.used[i] = true
				if f.Suppressed == nil {
					f.Suppressed = &finding.Suppression{Reason: ig.d.Text, Span: ig.d.Span}
				}
			}
		}
	}
}

// about reports whether a comment concerns a place.
func (ig *ignore) about(at source.Span) bool {
	return ig.last == 0 || at.Line <= ig.last && max(at.Line, at.EndLine) >= ig.first
}

// unused reports the codes of a comment that silenced nothing although they
// could have: their rules ran, over code that was analysed.
func (a *applier) unused(ig *ignore) *rule.Event {
	var idle []string
	for i, code := range ig.d.Args {
		if !ig.used[i] && !strings.HasPrefix(code, ownRules) && a.allRan(code) {
			idle = append(idle, code)
		}
	}
	if len(idle) == 0 || !a.settled(ig) {
		return nil
	}
	return event(ig.d, rule.UnusedComment, strings.Join(idle, ", "))
}

// allRan reports whether all rules ran that a code includes.
func (a *applier) allRan(code string) bool {
	return !slices.ContainsFunc(a.o.Known, func(known string) bool {
		return covers(code)(known) && !strings.HasPrefix(known, ownRules) && !slices.Contains(a.o.Ran, known)
	})
}

func (a *applier) settled(ig *ignore) bool {
	if ig.d.Place != cfront.Elsewhere && ig.last != 0 {
		return a.o.Settled(ig.d.Span.File, ig.d.First, ig.d.Last)
	}
	return a.o.Settled(ig.d.Span.File, ig.first, ig.last)
}

func event(d *cfront.Directive, kind rule.EventKind, text string) *rule.Event {
	return &rule.Event{Kind: kind, At: d.Span, Comment: text, Sure: finding.High, InFunc: d.Func}
}
