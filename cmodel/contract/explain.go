package contract

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// Signature returns the C prototype, without the words of the contract.
func (f *Func) Signature() string {
	var b strings.Builder
	b.WriteString(declare(f.Result.Type, f.Name))
	b.WriteByte('(')
	for i, p := range f.Params {
		if i > 0 {
			b.WriteString(", ")
		}
		if p.Name == "..." {
			b.WriteString("...")
		} else {
			b.WriteString(declare(p.Type, p.Name))
		}
	}
	switch {
	case len(f.Params) == 0:
		b.WriteString("void")
	case f.Variadic && f.Params[len(f.Params)-1].Name != "...":
		b.WriteString(", ...")
	}
	b.WriteByte(')')
	return b.String()
}

// declare writes a type and a name as C does.
func declare(typ, name string) string {
	if strings.HasSuffix(typ, "*") {
		return typ + name
	}
	return typ + " " + name
}

// URL returns the address of the documentation, or "" if there is none.
func (f *Func) URL() string {
	switch {
	case strings.HasPrefix(f.Source, "https://"):
		return f.Source
	case strings.HasPrefix(f.Source, "c-api/"):
		return "https://docs.python.org/3/" + f.Source
	}
	return ""
}

// Explain writes the contract in words.
func (f *Func) Explain(w io.Writer) {
	fmt.Fprintf(w, "%s\n", f.Signature())
	rows := f.Rows()
	width := len("version")
	for _, r := range rows {
		width = max(width, len(r.Name))
	}
	for _, r := range rows {
		fmt.Fprintf(w, "  %-*s  %s\n", width, r.Name, r.Text)
	}
}

// A Row is what a contract says about one parameter or, under one of the names
// "return", "fails", "python" and so on, about the call.
type Row struct {
	Name, Text string
	Param      bool
}

// Rows returns the contract in words, without what goes without saying.
func (f *Func) Rows() []Row {
	var rows []Row
	for i := range f.Params {
		rows = append(rows, Row{f.Params[i].Name, f.Params[i].words(f.FormatKind), true})
	}
	row := func(name, text string) { rows = append(rows, Row{Name: name, Text: text}) }
	row("return", f.returns())
	row("melts", easeWords[f.Result.Melts])
	row("items", f.itemWords())
	row("shows", showsWords[f.Shows])
	row("success", successWords[f.Success])
	row("fails", f.failure())
	row("acquire", f.Acquire.words("it must be given back"))
	row("release", f.Release.words("it is given back"))
	row("python", f.runs())
	row("gil", f.gilWords())
	if f.Special != "" {
		row("does", Specials[f.Special])
	}
	row("note", f.Note)
	row("version", f.versions())
	row("use", f.instead())
	if !strings.Contains(f.Replacement, f.Strong) {
		row("strong", f.Strong+" gives a new reference")
	}
	if url := f.URL(); url != "" {
		row("docs", url)
	} else {
		row("source", f.Source)
	}
	return slices.DeleteFunc(rows, func(r Row) bool { return r.Text == "" })
}

var refWords = []string{
	Borrowed:        "borrowed for the length of the call",
	Stolen:          "stolen: the caller's reference is taken, also when the call fails",
	StolenOnSuccess: "stolen on success: when the call fails the caller still owns it",
	StolenOnFailure: "released when the call fails",
	InOut:           "in and out: the reference in it is consumed and replaced",
	OutNew:          "out: receives a new reference, which the caller must release",
	OutBorrowed:     "out: receives a borrowed reference",
	Unknown:         "nothing is known",
}

// words describes one parameter. It is short for what is no object.
func (p *Param) words(formatKind string) string {
	var parts []string
	if p.Ref != None {
		parts = append(parts, refWords[p.Ref])
		if p.Nullable {
			parts[0] += ", or NULL"
		}
		if p.IfNull {
			parts[0] += ", if it is NULL"
		}
		if p.From != "" {
			parts = append(parts, ownedToo(p.From, p.Mutable))
		}
	}
	if p.Inside != "" {
		parts = append(parts, "out: "+insideWords(p.Inside, p.Mutable))
	}
	if p.Changes != Unchanged {
		parts = append(parts, changeWords[p.Changes])
	}
	if p.Survives {
		parts = append(parts, "still there when the call fails")
	}
	if p.Keeps && p.Ref != Stolen && p.Ref != StolenOnSuccess {
		parts = append(parts, "a new reference to it may be kept")
	}
	if p.NullOK {
		parts = append(parts, "may be NULL")
	}
	if p.NullFails {
		parts = append(parts, "NULL makes the call fail")
	}
	switch {
	case len(parts) > 0:
		return strings.Join(parts, "; ")
	case strings.HasPrefix(p.Name, "format") && formatKind != "":
		return "says what happens to the arguments after it"
	}
	return ""
}

// returns describes the result.
func (f *Func) returns() string {
	r := &f.Result
	var s string
	switch {
	case r.Same != "":
		s = "the same object as " + r.Same
		if r.Ref == New {
			s += ", with a reference the caller owns"
		}
	case r.Ref == New && r.Held:
		s = "new reference the caller must release; the interpreter owns the object too"
	case r.Ref == New && r.Item:
		s = "new reference the caller must release; the object is an item of " + r.From + ", which owns it too"
	case r.Ref == New && r.From != "":
		s = "new reference the caller must release; " + r.From + " leads to another owner of the object"
	case r.Ref == New && r.OrSame != "":
		s = "new reference the caller must release; the object may be " + r.OrSame + ", or new as well"
	case r.Ref == New && r.Const != "":
		s = "new reference to " + r.Const + " that the caller must release before Python 3.12"
	case r.Ref == New && r.Shared:
		s = "new reference the caller must release; others may own the object too"
	case r.Ref == New:
		s = "new reference the caller must release"
	case r.Static:
		s = "a static object: nobody counts its references"
	case r.Ref == Borrowed:
		s = "borrowed: do not release it"
		if r.From != "" {
			s = "borrowed from " + r.From + ": do not release it"
		}
		if r.Mutable {
			s += "; it may be gone when its owner changes"
		}
	case r.Ref == Unknown:
		return refWords[Unknown]
	case r.Inside != "":
		s = r.Type + ": " + insideWords(r.Inside, r.Mutable)
	case r.Ref == Null:
		return "always NULL"
	case r.Type == "void":
		return ""
	case f.Found:
		s = "int: 1 if there was something to hand out, otherwise 0"
	default:
		s = r.Type
	}
	if r.Makes != "" {
		s += " (" + r.Makes + ")"
	}
	if r.Nullable && f.Fail == FailNone {
		s += "; or NULL, which is no failure"
	}
	return s
}

// ownedToo says who owns what an out parameter receives.
func ownedToo(owner string, mutable bool) string {
	if mutable {
		return owner + " owns the object, until it changes"
	}
	return owner + " leads to another owner of the object"
}

// insideWords says how long a pointer into an object is good.
func insideWords(owner string, mutable bool) string {
	s := "memory of " + owner + ", gone with it"
	if mutable {
		s += " or when it changes"
	}
	return s
}

var changeWords = []string{
	Adds:     "what it contains changes: nothing goes",
	Replaces: "what it contains changes: what was there may be released",
	Removes:  "what it contains changes: something is released",
}

var successWords = []string{
	SuccessAny:  "",
	SuccessZero: "returns 0",
	SuccessOne:  "returns 1",
	SuccessBool: "returns 1 for yes, 0 for no",
}

// words describes a resource; what happens to it is given.
func (x *Resource) words(what string) string {
	if x.Kind == "" {
		return ""
	}
	s := Resources[x.Kind]
	switch x.Handle {
	case "":
	case "return":
		s += ", the result"
	default:
		s += ", " + x.Handle
	}
	if x.OnSuccess {
		what += ", unless the call fails"
	}
	return s + ": " + what
}

var failWords = []string{
	FailNone:      "never",
	FailNull:      "returns NULL with an exception set",
	FailMinus1:    "returns -1 with an exception set",
	FailNegative:  "returns a negative value with an exception set",
	FailZero:      "returns 0 with an exception set",
	FailNonzero:   "returns a value other than 0 with an exception set",
	FailAmbiguous: "returns -1 with an exception set; -1 may also be a value: ask PyErr_Occurred",
	FailSilent:    "without setting an exception",
	FailMaybe:     "returns NULL, which is a failure only if an exception is set: ask PyErr_Occurred",
}

func (f *Func) failure() string {
	switch {
	case f.NoReturn:
		return "does not return"
	case f.Special == "errset":
		return "sets the exception"
	case f.Fail == FailAmbiguous && f.Result.Type == "void":
		return "sets an exception: ask PyErr_Occurred"
	case f.Silent:
		return strings.Replace(failWords[f.Fail], "with an exception set", failWords[FailSilent], 1)
	case f.Fail == FailSilent:
		return "returns NULL " + failWords[FailSilent]
	}
	return failWords[f.Fail]
}

var runsWords = []string{
	RunsNothing: "does not run",
	RunsDecref:  "may run: an object that is released may have a finalizer",
	RunsPython:  "may run",
}

func (f *Func) runs() string {
	if f.RunsByFormat {
		return "may run: the format decides"
	}
	return runsWords[f.Runs]
}

func (f *Func) gilWords() string {
	switch {
	case f.GIL && f.NoGIL:
		return "need not be held; other threads may run meanwhile"
	case f.GIL:
		return "other threads may run meanwhile"
	case f.NoGIL:
		return "need not be held"
	}
	return ""
}

// versions describes which versions have the function with this contract.
func (f *Func) versions() string {
	var parts []string
	if f.Python2 {
		parts = append(parts, "Python 2 only")
	}
	if f.Since != 0 {
		parts = append(parts, "since "+f.Since.String())
	}
	if f.SoftDeprecated != 0 {
		parts = append(parts, "not for new code since "+f.SoftDeprecated.String())
	}
	if f.Deprecated != 0 {
		parts = append(parts, "deprecated since "+f.Deprecated.String())
	}
	if f.Until != 0 {
		parts = append(parts, "gone in "+f.Until.String())
	}
	return strings.Join(parts, ", ")
}

func (f *Func) instead() string {
	if f.Replacement == "" {
		return ""
	}
	return f.Replacement + " instead"
}
