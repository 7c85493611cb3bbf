package inferred

import (
	"fmt"
	"io"
	"slices"

	"github.com/refcheck/refcheck/analyzer/engine"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/source"
)

// maxReasons bounds the lines of text about one row; the JSON has all.
const maxReasons = 6

var roleWords = map[rule.Role]string{
	rule.Entry:      "Python calls it through a method table or type slot: its arguments are borrowed, its result is new",
	rule.ModuleInit: "the interpreter calls it to make a module",
	rule.Dealloc:    "the interpreter calls it to free an object",
	rule.Clear:      "the cyclic collector calls it",
	rule.Init:       "Python calls it to initialize an object",
	rule.Setter:     "Python calls it through a type slot: its arguments are borrowed",
}

// Explain writes the belief in words.
func (f *Func) Explain(w io.Writer) {
	fmt.Fprintf(w, "%s\n", f.Contract.Signature())
	rows := f.Contract.Rows()
	width := len("returns")
	for _, r := range rows {
		width = max(width, len(r.Name))
	}
	row := func(name, text string, why []Reason) {
		fmt.Fprintf(w, "  %-*s  %s\n", width, name, text)
		for i, r := range why {
			if i == maxReasons {
				fmt.Fprintf(w, "  %-*s    and %d more\n", width, "", len(why)-i)
				break
			}
			fmt.Fprintf(w, "  %-*s    %s\n", width, "", f.reason(r, name != "fails" && both(why)))
		}
	}
	row("where", fmt.Sprintf("%s:%d", f.At.File, f.At.Line), nil)
	if words := roleWords[f.Role]; words != "" {
		row("role", words, nil)
	}
	for _, s := range f.Said {
		row("said", fmt.Sprintf("%s (%s:%d)", &s, s.At.File, s.At.Line), nil)
	}
	if f.Unknown != "" {
		row("known", "nothing: "+f.Unknown, nil)
		return
	}
	if f.Partly != "" {
		row("known", "in part: "+f.Partly, nil)
	}
	for _, r := range rows {
		why, text := f.why(r), r.Text
		if text == unknownWords && len(why) > 0 {
			text = disagreement(why)
		}
		if r.Name == "fails" && f.Contract.Fail == contract.FailAmbiguous && !f.Contract.NoReturn {
			text = "may set an exception, which the result does not tell: ask PyErr_Occurred"
		}
		if r.Name != "source" {
			row(r.Name, text, why)
		}
	}
}

var unknownWords = (&contract.Func{Result: contract.Result{Ref: contract.Unknown}}).Rows()[0].Text

// disagreement says why nothing is known although something is known of some exits.
func disagreement(why []Reason) string {
	if slices.ContainsFunc(why, func(r Reason) bool { return r.Unknown }) {
		return unknownWords
	}
	return unknownWords + ": its exits differ in a way that the result does not tell"
}

// why returns the reasons for a row.
func (f *Func) why(r contract.Row) []Reason {
	if r.Param {
		for i := range f.Contract.Params {
			if f.Contract.Params[i].Name == r.Name {
				return f.Params[i]
			}
		}
	}
	switch r.Name {
	case "return":
		return f.Result
	case "fails":
		return f.Fails
	}
	return nil
}

// both reports whether some reasons hold for success and some for failure.
func both(why []Reason) bool {
	good, bad := false, false
	for _, r := range why {
		good, bad = good || !r.Failed, bad || r.Failed
	}
	return good && bad
}

// reason words one reason: "line 34: PyTuple_SET_ITEM takes it".
func (f *Func) reason(r Reason, outcome bool) string {
	s := place(r.At, f.At)
	if len(r.Exits) > 1 && r.At == r.Exits[0] {
		s = "lines"
		for i, x := range r.Exits {
			if i > 0 {
				s += ","
			}
			s += fmt.Sprintf(" %d", x.Line)
		}
	}
	s += ": " + r.Text
	if outcome {
		s += map[bool]string{false: ", on success", true: ", on failure"}[r.Failed]
	}
	return s
}

// place names a place in words, without the file if it is the one at home.
func place(at, home source.Span) string {
	if at.File == home.File {
		return fmt.Sprintf("line %d", at.Line)
	}
	return fmt.Sprintf("%s:%d", at.File, at.Line)
}

// ExplainOwner says why a field or global is taken to own what it holds.
func ExplainOwner(w io.Writer, o engine.Owner) {
	fmt.Fprintf(w, "%s\n", OwnerName(o))
	fmt.Fprintf(w, "  owns     the object it holds\n")
	fmt.Fprintf(w, "           %s:%d: %s in %s\n", o.At.File, o.At.Line, o.Call, o.In)
}
