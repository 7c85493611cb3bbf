package report

import (
	"encoding/json"
	"io"

	"github.com/refcheck/refcheck/analyzer/finding"
)

// The types below are the documented JSON: fields may be added, never renamed or
// removed. Lists are never null.
type (
	jsonReport struct {
		Version      int           `json:"version"`
		Tool         jsonTool      `json:"tool"`
		TargetPython string        `json:"targetPython"`
		Findings     []jsonFinding `json:"findings"`
		// Suppressed are findings that comments in the source silence.
		Suppressed []jsonFinding `json:"suppressed"`
		Coverage   jsonCoverage  `json:"coverage"`
		Stats      jsonStats     `json:"stats"`
	}
	jsonTool struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	jsonFinding struct {
		Rule        string        `json:"rule"`
		Name        string        `json:"name"`
		Kind        string        `json:"kind"`
		Severity    string        `json:"severity"`
		Confidence  string        `json:"confidence"`
		Message     string        `json:"message"`
		Help        string        `json:"help"`
		File        string        `json:"file"`
		Line        int           `json:"line"`
		Column      int           `json:"column"`
		EndLine     int           `json:"endLine"`
		EndColumn   int           `json:"endColumn"`
		Function    string        `json:"function"`
		Object      string        `json:"object"`
		AlsoAt      []jsonPos     `json:"alsoAt"`
		Related     []jsonRelated `json:"related"`
		Steps       []jsonStep    `json:"steps"`
		Model       jsonModel     `json:"model"`
		Fix         *jsonFix      `json:"fix"`
		Assumptions []string      `json:"assumptions"`
		Fingerprint string        `json:"fingerprint"`
		// Suppression is there for suppressed findings only.
		Suppression *jsonSuppression `json:"suppression,omitempty"`
	}
	jsonSuppression struct {
		Reason string `json:"reason"`
		File   string `json:"file"`
		Line   int    `json:"line"`
	}
	jsonPos struct {
		File string `json:"file"`
		Line int    `json:"line"`
	}
	jsonRelated struct {
		Object  string `json:"object"`
		File    string `json:"file"`
		Line    int    `json:"line"`
		Column  int    `json:"column"`
		Message string `json:"message"`
	}
	jsonStep struct {
		Kind    string `json:"kind"`
		File    string `json:"file"`
		Line    int    `json:"line"`
		Column  int    `json:"column"`
		Message string `json:"message"`
		Owned   int    `json:"owned"`
	}
	jsonModel struct {
		Verdict string `json:"verdict"`
		Detail  string `json:"detail"`
	}
	jsonFix struct {
		Message string     `json:"message"`
		Safe    bool       `json:"safe"`
		Edits   []jsonEdit `json:"edits"`
	}
	jsonEdit struct {
		File        string `json:"file"`
		StartLine   int    `json:"startLine"`
		StartColumn int    `json:"startColumn"`
		EndLine     int    `json:"endLine"`
		EndColumn   int    `json:"endColumn"`
		NewText     string `json:"newText"`
	}
	jsonCoverage struct {
		Files        int              `json:"files"`
		Functions    int              `json:"functions"`
		Analysed     int              `json:"analysed"`
		Incomplete   []jsonIncomplete `json:"incomplete"`
		SkippedFiles []jsonSkipped    `json:"skippedFiles"`
	}
	jsonIncomplete struct {
		File     string `json:"file"`
		Line     int    `json:"line"`
		Function string `json:"function"`
		Reason   string `json:"reason"`
	}
	jsonSkipped struct {
		File   string `json:"file"`
		Reason string `json:"reason"`
	}
	jsonStats struct {
		Seconds float64 `json:"seconds"`
		Refuted int     `json:"refuted"`
		// BelowConfidence counts findings left out because of --min-confidence.
		BelowConfidence int `json:"belowConfidence"`
		// InBaseline and Unchanged count findings left out because of --baseline and --diff-base.
		InBaseline int `json:"inBaseline"`
		Unchanged  int `json:"unchanged"`
	}
)

func newJSONModel(m finding.Model) jsonModel { return jsonModel{m.Verdict, m.Detail} }

// writeJSON prints the report as one documented JSON object.
func writeJSON(w io.Writer, in *Input, _ Style) error {
	t := newTexts(in)
	r := jsonReport{
		Version:      1,
		Tool:         jsonTool{"refcheck", in.Version},
		TargetPython: in.TargetPython,
		Findings:     make([]jsonFinding, 0, len(in.Findings)),
		Suppressed:   make([]jsonFinding, 0, len(in.Suppressed)),
		Coverage:     newJSONCoverage(&in.Coverage),
		Stats:        jsonStats{in.Seconds, in.Refuted, in.BelowConfidence, in.InBaseline, in.Unchanged},
	}
	for _, f := range in.Findings {
		r.Findings = append(r.Findings, t.jsonFinding(f))
	}
	for _, f := range in.Suppressed {
		r.Suppressed = append(r.Suppressed, t.jsonFinding(f))
	}
	return encodeJSON(w, r)
}

// encodeJSON writes v as people and diffs like it.
func encodeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

func (t *texts) jsonFinding(f *finding.Finding) jsonFinding {
	at := t.place(f.Span)
	j := jsonFinding{
		Rule: f.Rule, Name: f.Name, Kind: f.Kind,
		Severity: f.Severity.String(), Confidence: f.Confidence.String(),
		Message: f.Message, Help: f.Help,
		File: at.File, Line: at.Line, Column: at.Column, EndLine: at.EndLine, EndColumn: at.EndColumn,
		Function: f.Function, Object: f.Object,
		AlsoAt:      []jsonPos{},
		Related:     []jsonRelated{},
		Steps:       make([]jsonStep, 0, len(f.Steps)),
		Model:       newJSONModel(modelOf(f)),
		Assumptions: append([]string{}, f.Assumptions...),
		Fingerprint: f.Fingerprint,
	}
	for _, p := range f.AlsoAt {
		j.AlsoAt = append(j.AlsoAt, jsonPos{p.File, p.Line})
	}
	for _, r := range f.Related {
		p := t.place(r.Span)
		j.Related = append(j.Related, jsonRelated{r.Object, p.File, p.Line, p.Column, r.Message})
	}
	for _, s := range f.Steps {
		p := t.place(s.Span)
		j.Steps = append(j.Steps, jsonStep{string(s.Kind), p.File, p.Line, p.Column, s.Message, s.Owned})
	}
	if f.Fix != nil {
		j.Fix = t.jsonFix(f.Fix)
	}
	if s := f.Suppressed; s != nil {
		j.Suppression = &jsonSuppression{s.Reason, s.Span.File, s.Span.Line}
	}
	return j
}

func (t *texts) jsonFix(fix *finding.Fix) *jsonFix {
	j := &jsonFix{Message: fix.Message, Safe: fix.Safe, Edits: []jsonEdit{}}
	for _, e := range fix.Edits {
		p := t.place(e.Span)
		j.Edits = append(j.Edits, jsonEdit{p.File, p.Line, p.Column, p.EndLine, p.EndColumn, e.NewText})
	}
	return j
}

func newJSONCoverage(c *finding.Coverage) jsonCoverage {
	j := jsonCoverage{
		Files: c.Files, Functions: c.Functions, Analysed: c.Analysed,
		Incomplete: []jsonIncomplete{}, SkippedFiles: []jsonSkipped{},
	}
	for _, inc := range c.Incomplete {
		j.Incomplete = append(j.Incomplete, jsonIncomplete(inc))
	}
	for _, s := range c.SkippedFiles {
		j.SkippedFiles = append(j.SkippedFiles, jsonSkipped(s))
	}
	return j
}

// modelOf is the verdict of the reference model, made explicit where there is
// none.
func modelOf(f *finding.Finding) finding.Model {
	if f.Model.Verdict == "" {
		return finding.Model{Verdict: "unsupported", Detail: "the path was not replayed"}
	}
	return f.Model
}
