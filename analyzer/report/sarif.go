package report

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/source"
)

// What GitHub's code scanning does with SARIF shapes this file: it rejects
// uploads of more than 10 MB (compressed) or 25,000 results, and keeps the first
// 5,000, in the order of the file; shows locations[0] only; tracks alerts by
// primaryLocationLineHash; wants paths relative to the repository; shows an alert
// in a pull request only if all its lines are part of the change; renders
// codeFlows, at most 1,000 locations of them; and treats a rule with
// security-severity as a security rule. It does not know suppressions.
const (
	sarifMaxResults = 25000
	sarifKept       = 5000
	sarifMaxSteps   = 1000
	sarifMaxRelated = 100
	srcRoot         = "%SRCROOT%"
)

// sarifMaxBytes is the largest report written, compressed.
var sarifMaxBytes = 10 << 20

// writeSARIF prints SARIF 2.1.0, without what would make it too large.
func writeSARIF(w io.Writer, in *Input, _ Style) error {
	findings, notes := rank(slices.Concat(in.Findings, in.Suppressed))
	briefly := false
	for {
		text, err := renderSARIF(in, findings, notes, briefly)
		if err != nil {
			return err
		}
		if compressed(text) <= sarifMaxBytes || len(findings) == 0 {
			_, err := w.Write(text)
			return err
		}
		if !briefly {
			briefly = true
			notes = append(notes, tooMany("warning", "the report would be too large for code scanning: steps that are not essential are left out of all paths"))
			continue
		}
		findings = findings[:len(findings)/2]
		notes = append(notes[:len(notes):len(notes)], tooMany("warning", "the report would be too large for code scanning: it has %d of %d findings, the most severe ones",
			len(findings), len(in.Findings)+len(in.Suppressed)))
	}
}

// compressed is the size of a report as it is uploaded.
func compressed(text []byte) int {
	if len(text) <= sarifMaxBytes {
		return len(text)
	}
	var n counter
	z := gzip.NewWriter(&n)
	_, _ = z.Write(text) // a counter does not fail
	_ = z.Close()
	return int(n)
}

type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// renderSARIF prints findings, in the order given, as a log of one run.
func renderSARIF(in *Input, findings []*finding.Finding, notes []sarifNotification, briefly bool) ([]byte, error) {
	s := &sarifWriter{in: in, t: newTexts(in), rules: map[string]int{}, briefly: briefly}
	run := sarifRun{
		Automation: sarifAutomation{ID: "refcheck/python" + in.TargetPython + "/"},
		BaseIDs:    map[string]sarifArtifact{srcRoot: {Description: &sarifText{Text: "The top folder of the source code."}}},
		ColumnKind: "unicodeCodePoints",
		Results:    []sarifResult{},
		Properties: map[string]any{
			"filesAnalysed": in.Coverage.Files, "functions": in.Coverage.Functions, "functionsAnalysed": in.Coverage.Analysed,
		},
	}
	run.Tool.Driver = s.driver(findings)
	run.Taxonomies = s.taxonomies()
	for _, f := range findings {
		run.Results = append(run.Results, s.result(f))
	}
	run.Invocations = []sarifInvocation{{Successful: true, Notifications: append(slices.Clone(notes), s.coverage()...)}}
	var out bytes.Buffer
	err := encodeJSON(&out, sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	})
	return out.Bytes(), err
}

type sarifWriter struct {
	in    *Input
	t     *texts
	rules map[string]int // index in driver.rules by code
	// briefly: only the essential steps of paths
	briefly bool
}

// rank leaves many findings in an order in which the first ones are those to keep:
// the most severe ones. It says so, and leaves out what no service accepts.
func rank(fs []*finding.Finding) ([]*finding.Finding, []sarifNotification) {
	if len(fs) <= sarifKept {
		return fs, []sarifNotification{}
	}
	kept := slices.Clone(fs)
	slices.SortStableFunc(kept, func(a, b *finding.Finding) int {
		return cmp.Or(compareBool(a.Suppressed != nil, b.Suppressed != nil), -cmp.Compare(a.Severity, b.Severity), -cmp.Compare(a.Confidence, b.Confidence))
	})
	if len(fs) <= sarifMaxResults {
		return kept, []sarifNotification{tooMany("note", "code scanning keeps the first %d of %d findings, which are the most severe ones", sarifKept, len(fs))}
	}
	return kept[:sarifMaxResults], []sarifNotification{tooMany("warning",
		"%d of %d findings are left out, the least severe ones; the json format has all of them", len(fs)-sarifMaxResults, len(fs))}
}

func tooMany(level, format string, args ...any) sarifNotification {
	return sarifNotification{
		Descriptor: sarifRuleRef{ID: "too-many-results"}, Level: level,
		Message: sarifText{Text: fmt.Sprintf(format, args...)},
	}
}

// compareBool orders false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// coverage turns what was not analysed into notifications.
func (s *sarifWriter) coverage() []sarifNotification {
	notes := []sarifNotification{}
	for _, inc := range s.in.Coverage.Incomplete {
		what := "a part of the file"
		loc := sarifLocation{Physical: &sarifPhysical{Artifact: s.artifact(inc.File)}}
		if inc.Line > 0 {
			loc.Physical.Region = &sarifRegion{StartLine: inc.Line}
		}
		if inc.Function != "" {
			what = inc.Function + "()"
			loc.Logical = []sarifLogical{{inc.Function, "function"}}
		}
		notes = append(notes, sarifNotification{
			Descriptor: sarifRuleRef{ID: "not-analysed"}, Level: "warning",
			Message:   sarifText{Text: escapeLinks(what + " was not analysed: " + inc.Reason)},
			Locations: []sarifLocation{loc},
		})
	}
	for _, f := range s.in.Coverage.SkippedFiles {
		notes = append(notes, sarifNotification{
			Descriptor: sarifRuleRef{ID: "skipped-file"}, Level: "note",
			Message:   sarifText{Text: escapeLinks("the file was not analysed: " + f.Reason)},
			Locations: []sarifLocation{{Physical: &sarifPhysical{Artifact: s.artifact(f.File)}}},
		})
	}
	return notes
}

var sarifRank = [...]float64{finding.Low: 20, finding.Medium: 60, finding.High: 90}

func (s *sarifWriter) result(f *finding.Finding) sarifResult {
	loc := sarifLocation{Physical: s.physical(f.Span)}
	if f.Function != "" {
		loc.Logical = []sarifLogical{{f.Function, "function"}}
	}
	m := modelOf(f)
	r := sarifResult{
		RuleID: f.Rule, RuleIndex: s.rules[f.Rule], Level: f.Severity.String(), Rank: sarifRank[f.Confidence],
		Locations: []sarifLocation{loc},
		CodeFlows: s.codeFlows(f.Steps),
		Fixes:     s.fixes(f.Fix),
		Properties: map[string]any{
			"confidence": f.Confidence.String(), "model": m.Verdict + ": " + m.Detail,
		},
	}
	text := escapeLinks(f.Message)
	if f.Function != "" {
		text += " in " + f.Function + "()"
	}
	text += "."
	if f.Help != "" {
		text += " Help: " + escapeLinks(f.Help) + "."
	}
	text += s.related(&r, f)
	r.Message.Text = text
	if len(s.in.Suppressed) > 0 {
		r.Suppressions = []sarifSuppression{}
	}
	if sup := f.Suppressed; sup != nil {
		at := sarifLocation{Physical: s.physical(sup.Span)}
		r.Suppressions = []sarifSuppression{{Kind: "inSource", Justification: sup.Reason, Location: &at}}
	}
	if f.Fingerprint != "" {
		r.Fingerprints = map[string]string{
			"primaryLocationLineHash": f.Fingerprint + ":1",
			"refcheck/v1":             f.Fingerprint,
		}
	}
	return r
}

// related adds the other places of a finding to r and returns the words that
// refer to them.
func (s *sarifWriter) related(r *sarifResult, f *finding.Finding) string {
	text := ""
	add := func(span source.Span, message, words string) {
		id := len(r.Related) + 1
		if id > sarifMaxRelated {
			return
		}
		r.Related = append(r.Related, sarifLocation{ID: &id, Physical: s.physical(span), Message: &sarifText{Text: message}})
		text += fmt.Sprintf(" %s [line %d](%d).", words, span.Line, id)
	}
	for _, p := range f.AlsoAt {
		add(source.Span{Pos: p}, "the same here", "Also at")
	}
	for _, o := range f.Related {
		add(o.Span, escapeLinks(cmp.Or(o.Message, "another object")), "The same goes for the object from")
	}
	return text
}

// codeFlows is the path, as many steps of it as services show.
func (s *sarifWriter) codeFlows(steps []finding.Step) []sarifCodeFlow {
	if len(steps) > sarifMaxSteps || s.briefly {
		main := slices.DeleteFunc(slices.Clone(steps), func(st finding.Step) bool { return !st.Main })
		if len(main) > 0 {
			steps = main
		}
		steps = steps[:min(len(steps), sarifMaxSteps)]
	}
	if len(steps) == 0 {
		return nil
	}
	var flow sarifThreadFlow
	for _, st := range steps {
		l := sarifFlowLocation{
			Location: sarifLocation{
				Physical: s.physical(st.Span),
				Message:  &sarifText{Text: escapeLinks(cmp.Or(st.Message, string(st.Kind)))},
			},
			Kinds:      []string{string(st.Kind)},
			Importance: "important",
		}
		if st.Main {
			l.Importance = "essential"
		}
		if st.Object == 1 {
			l.State = map[string]sarifText{"owned": {Text: strconv.Itoa(st.Owned)}}
		}
		flow.Locations = append(flow.Locations, l)
	}
	return []sarifCodeFlow{{[]sarifThreadFlow{flow}}}
}

func (s *sarifWriter) fixes(fix *finding.Fix) []sarifFix {
	if fix == nil || len(fix.Edits) == 0 {
		return nil
	}
	out := sarifFix{Description: sarifText{Text: fix.Message}}
	for _, e := range fix.Edits {
		p := s.t.place(e.Span)
		rep := sarifReplacement{
			Deleted:  sarifRegion{p.Line, p.Column, p.EndLine, p.EndColumn},
			Inserted: sarifText{Text: e.NewText},
		}
		art := s.artifact(e.Span.File)
		i := slices.IndexFunc(out.Changes, func(c sarifArtifactChange) bool { return c.Artifact.URI == art.URI })
		if i < 0 {
			i = len(out.Changes)
			out.Changes = append(out.Changes, sarifArtifactChange{Artifact: art})
		}
		out.Changes[i].Replacements = append(out.Changes[i].Replacements, rep)
	}
	return []sarifFix{out}
}

func (s *sarifWriter) physical(span source.Span) *sarifPhysical {
	p := s.t.oneLine(s.t.place(span))
	region := &sarifRegion{StartLine: p.Line}
	if span.Column > 0 {
		region.StartColumn = p.Column
		if p.EndColumn > p.Column {
			region.EndColumn = p.EndColumn
		}
	}
	return &sarifPhysical{Artifact: s.artifact(span.File), Region: region}
}

// artifact names a file by a URI relative to the source root, where it is there.
func (s *sarifWriter) artifact(file string) sarifArtifact {
	name := s.in.rootPath(file)
	if path.IsAbs(name) || len(name) > 2 && name[1] == ':' {
		u := url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(name, "/")}
		return sarifArtifact{URI: u.String()}
	}
	u := url.URL{Path: path.Clean(name)}
	return sarifArtifact{URI: strings.TrimPrefix(u.String(), "./"), BaseID: srcRoot}
}

var linkForm = regexp.MustCompile(`\[([^\]]*\]\()`)

// escapeLinks keeps "f[i](x)" from being read as a SARIF link.
func escapeLinks(s string) string { return linkForm.ReplaceAllString(s, `\[$1`) }
