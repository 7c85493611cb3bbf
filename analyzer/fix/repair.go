package fix

import (
	"regexp"

	"github.com/refcheck/refcheck/analyzer/rule"
)

// An Option is one way to do what a repair proposes.
type Option struct {
	Message string // "release 'x' before returning"
	Edits   []Edit
}

// Options are the ways to do what a repair proposes, the best first. None if the code is not of
// a form that an edit could be made for.
func (t *Text) Options(r rule.Repair) []Option {
	make := makers[r.Remedy]
	if make == nil {
		return nil
	}
	var out []Option
	for _, o := range make(t, &r) {
		edits, ok := Join(o.Edits)
		if t.spaced(t.Offset(r.At.Pos)) {
			for i := range edits {
				edits[i].Text = macroCall.ReplaceAllString(edits[i].Text, "$1 (")
			}
		}
		if ok && len(edits) > 0 {
			out = append(out, Option{o.Message, edits})
		}
	}
	return out
}

var makers = map[rule.Remedy]func(*Text, *rule.Repair) []Option{
	rule.Release:       (*Text).release,
	rule.DropResult:    (*Text).dropResult,
	rule.KeepTemporary: (*Text).keepTemporary,
	rule.ReleaseOld:    (*Text).releaseOld,
	rule.ClearSlot:     (*Text).clearSlot,
	rule.Take:          (*Text).take,
	rule.TakeStored:    (*Text).takeStored,
	rule.ReturnOwn:     (*Text).returnOwn,
	rule.Drop:          (*Text).drop,
	rule.ChangeUnit:    (*Text).changeUnit,
	rule.CheckAdded:    (*Text).checkAdded,
	rule.Last:          (*Text).last,
	rule.First:         (*Text).firstOf,
	rule.BeforeFree:    (*Text).beforeFree,
	rule.ReleaseType:   (*Text).releaseType,
	rule.Hold:          (*Text).hold,
	rule.ReadAgain:     (*Text).readAgain,
	rule.Strong:        (*Text).strong,
	rule.StrongOut:     (*Text).strong,
	rule.Uncomment:     (*Text).uncomment,
}

// macroCall is the beginning of a call that an edit adds.
var macroCall = regexp.MustCompile(`\b(Py_[A-Za-z]+|PyObject_\w+)\(`)

// one is a single option, or none without edits.
func one(message string, edits []Edit) []Option {
	if len(edits) == 0 {
		return nil
	}
	return []Option{{message, edits}}
}
