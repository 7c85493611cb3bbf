// Package finding holds what refcheck reports: a defect, the path that shows it,
// and how sure refcheck is. It is data only; package report gives it a form.
package finding

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/refcheck/refcheck/cmodel/source"
)

// Severity says how bad a defect is.
type Severity uint8

// Severities, in rising order.
const (
	Note Severity = iota
	Warning
	Error
)

var severityNames = [...]string{"note", "warning", "error"}

func (s Severity) String() string { return severityNames[s] }

// ParseSeverity is the inverse of Severity.String.
func ParseSeverity(s string) (Severity, error) {
	if i := slices.Index(severityNames[:], s); i >= 0 {
		return Severity(i), nil
	}
	return 0, fmt.Errorf("unknown severity %q: want note, warning or error", s)
}

// Severities lists the names ParseSeverity accepts.
func Severities() []string { return slices.Clone(severityNames[:]) }

// Confidence says how sure refcheck is that the defect is real.
type Confidence uint8

// Confidences, in rising order.
const (
	Low Confidence = iota
	Medium
	High
)

var confidenceNames = [...]string{"low", "medium", "high"}

func (c Confidence) String() string { return confidenceNames[c] }

// ParseConfidence is the inverse of Confidence.String.
func ParseConfidence(s string) (Confidence, error) {
	if i := slices.Index(confidenceNames[:], s); i >= 0 {
		return Confidence(i), nil
	}
	return 0, fmt.Errorf("unknown confidence %q: want low, medium or high", s)
}

// Confidences lists the names ParseConfidence accepts.
func Confidences() []string { return slices.Clone(confidenceNames[:]) }

// StepKind is what happens at one step of a path.
type StepKind string

// Kinds of steps.
const (
	Acquire StepKind = "acquire" // a new reference comes into being
	Borrow  StepKind = "borrow"  // a reference owned by somebody else is obtained
	Incref  StepKind = "incref"
	Decref  StepKind = "decref"
	Steal   StepKind = "steal"  // a call takes over a reference
	Store   StepKind = "store"  // a reference is put into a field, global or container
	Escape  StepKind = "escape" // the object reaches code refcheck does not know
	Call    StepKind = "call"   // another call that matters: it fails, or it runs Python
	Branch  StepKind = "branch"
	Release StepKind = "release" // the last reference goes; the object may be freed
	Use     StepKind = "use"
	Exit    StepKind = "exit"
)

// A Step is one station of the path that shows the defect. Object and Other
// number the objects of the path so that the path can be replayed on the
// reference model: the finding's object is 1, 0 is "none".
type Step struct {
	Kind    StepKind
	Span    source.Span
	Message string
	Object  int
	Other   int    // container, owner, or struct involved
	Owned   int    // references this function owns to Object after the step
	Callee  string // function called, where there is one
	Slot    string // field or variable stored to, where there is one
	Failed  bool   // the call failed here
	Hook    string // call: Python code that may run, and take the object away from its owner
	Gone    bool   // store: Slot gets another value and holds the object no longer
	// Main marks a step that a short report must show.
	Main bool
}

// Model is what replaying the path on the reference model said.
type Model struct {
	Verdict string // "confirmed", "unsupported"; "refuted" is never printed
	Detail  string
	// Beyond: unsupported, whatever the path shows. The defect is not one of counts,
	// or the counts of the target version do not move. Such a verdict says nothing
	// against the finding.
	Beyond bool
}

// An Edit replaces a piece of a file.
type Edit struct {
	Span    source.Span
	NewText string
}

// A Fix is a change that removes the defect.
type Fix struct {
	Message string
	Safe    bool
	Edits   []Edit
}

// A Suppression is the comment with which the user silenced a finding.
type Suppression struct {
	Reason string
	Span   source.Span // of the comment
}

// A Related is an object that meets the same fate at the same place as the
// finding's own, or the same variable with a value from elsewhere.
type Related struct {
	Object  string      // what the user calls it; may be empty
	Span    source.Span // where it comes from
	Message string      // "new reference from PyList_New"
}

// A Finding is one defect.
type Finding struct {
	Rule       string // "RC102"
	Name       string // "leak-error-path"
	Kind       string // group, see docs
	Severity   Severity
	Confidence Confidence
	Message    string
	Help       string // what to do, one line; may be empty
	Span       source.Span
	Function   string // enclosing function, or the variable of a type or module
	Object     string // what the user calls the object; may be empty
	AlsoAt     []source.Pos
	Related    []Related // other objects lost at the same place
	Steps      []Step
	Objects    []string // by number: what the user calls the objects of the path; may be empty
	Model      Model
	Fix        *Fix
	// Assumptions lists what was assumed about functions refcheck could not see.
	Assumptions []string
	Fingerprint string
	Group       string       // the fingerprint without the counter of findings that agree in it
	Suppressed  *Suppression // nil for findings that are reported
}

// String says in one line what the finding is and where.
func (f *Finding) String() string {
	return fmt.Sprintf("%s:%d: %s: %s [in %s]", f.Span.File, f.Span.Line, f.Rule, f.Message, f.Function)
}

// Sort orders findings by file, line, column and rule.
func Sort(fs []*Finding) {
	slices.SortStableFunc(fs, func(a, b *Finding) int {
		return cmp.Or(
			cmp.Compare(a.Span.File, b.Span.File),
			cmp.Compare(a.Span.Line, b.Span.Line),
			cmp.Compare(a.Span.Column, b.Span.Column),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Message, b.Message))
	})
}

// SetFingerprints gives every finding an identity that survives edits elsewhere
// in the file: rule, file, function, object and the callee the object came
// from, plus a counter where those agree. fs must be sorted. rooted names a file
// so that the name depends neither on the working directory nor on the machine.
func SetFingerprints(fs []*Finding, rooted func(file string) string) {
	seen := map[string]int{}
	for _, f := range fs {
		parts := []string{f.Rule, rooted(f.Span.File), f.Function, f.Object}
		for _, s := range f.Steps {
			if s.Object == 1 && s.Callee != "" {
				parts = append(parts, s.Callee)
				break
			}
		}
		key := strings.Join(parts, "\x00")
		f.Fingerprint, f.Group = hash(key, seen[key]), hash(key, 0)
		seen[key]++
	}
}

func hash(key string, n int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, n))
	return hex.EncodeToString(sum[:8])
}
