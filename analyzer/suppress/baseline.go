package suppress

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
)

// A Baseline is the list of the findings that a project has decided to live with
// for now. Entries carry no line numbers: a finding is the same one as long as
// rule, file, function, object and origin of the object agree. Where several
// findings agree in all of that, the text of their lines tells them apart, as far
// as it goes, and their number counts.
type Baseline struct {
	Version  int     `json:"version"`
	Findings []Entry `json:"findings"`
}

// An Entry is one finding of a baseline.
type Entry struct {
	Rule     string `json:"rule"`
	File     string `json:"file"` // slash-separated, relative to the folder of the baseline
	Function string `json:"function"`
	Object   string `json:"object"`
	Text     string `json:"text"`        // the finding's line, blanks reduced
	Group    string `json:"fingerprint"` // see finding.Finding.Group
}

const baselineVersion = 1

// ReadBaseline reads what Write wrote.
func ReadBaseline(r io.Reader) (*Baseline, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	b := &Baseline{}
	if err := json.Unmarshal(text, b); err != nil {
		line := ""
		if at, ok := offsetOf(err); ok {
			line = fmt.Sprintf("line %d: ", 1+bytes.Count(text[:min(at, len(text))], []byte("\n")))
		}
		return nil, fmt.Errorf("%snot a baseline: %w", line, err)
	}
	if b.Version != baselineVersion {
		return nil, fmt.Errorf("not a baseline of version %d, which this refcheck reads, but of version %d", baselineVersion, b.Version)
	}
	return b, nil
}

func offsetOf(err error) (int, bool) {
	switch err := err.(type) {
	case *json.SyntaxError:
		return int(err.Offset), true
	case *json.UnmarshalTypeError:
		return int(err.Offset), true
	}
	return 0, false
}

// Write writes the entries in an order that keeps differences small.
func (b *Baseline) Write(w io.Writer) error {
	slices.SortFunc(b.Findings, func(x, y Entry) int {
		return cmp.Or(strings.Compare(x.File, y.File), strings.Compare(x.Function, y.Function), strings.Compare(x.Rule, y.Rule),
			strings.Compare(x.Object, y.Object), strings.Compare(x.Text, y.Text), strings.Compare(x.Group, y.Group))
	})
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(b)
}

// A Namer says how a baseline names files, and what they contain.
type Namer struct {
	File func(path string) string
	Line func(path string, n int) string
}

// NewBaseline makes a baseline of findings.
func NewBaseline(fs []*finding.Finding, n Namer) *Baseline {
	b := &Baseline{Version: baselineVersion, Findings: []Entry{}}
	for _, f := range fs {
		b.Findings = append(b.Findings, n.entry(f))
	}
	return b
}

func (n Namer) entry(f *finding.Finding) Entry {
	return Entry{
		Rule: f.Rule, File: n.File(f.Span.File), Function: f.Function, Object: f.Object,
		Text: strings.Join(strings.Fields(n.Line(f.Span.File, f.Span.Line)), " "), Group: f.Group,
	}
}

// Match returns the findings that are not in the baseline, and the entries that no
// finding matches. Each entry stands for one finding. An entry of a file that is
// gone also matches the same finding in another file.
func (b *Baseline) Match(fs []*finding.Finding, n Namer, gone func(file string) bool) (fresh []*finding.Finding, rest []Entry) {
	rest = slices.Clone(b.Findings)
	entries := make([]Entry, len(fs))
	taken := make([]bool, len(fs))
	for i, f := range fs {
		entries[i] = n.entry(f)
	}
	for _, same := range []func(x, y *Entry) bool{
		func(x, y *Entry) bool { return x.Group == y.Group && x.Text == y.Text },
		func(x, y *Entry) bool { return x.Group == y.Group },
		func(x, y *Entry) bool {
			return x.Rule == y.Rule && x.Function == y.Function && x.Object == y.Object && x.Text == y.Text && gone(y.File)
		},
	} {
		for i := range fs {
			if taken[i] {
				continue
			}
			if k := slices.IndexFunc(rest, func(e Entry) bool { return same(&entries[i], &e) }); k >= 0 {
				rest = slices.Delete(rest, k, k+1)
				taken[i] = true
			}
		}
	}
	for i, f := range fs {
		if !taken[i] {
			fresh = append(fresh, f)
		}
	}
	return fresh, rest
}
