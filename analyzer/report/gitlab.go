package report

import (
	"cmp"
	"fmt"
	"io"

	"github.com/refcheck/refcheck/analyzer/finding"
)

// The Code Climate subset that GitLab's code quality widget reads.
type (
	gitlabIssue struct {
		Description string         `json:"description"`
		CheckName   string         `json:"check_name"`
		Fingerprint string         `json:"fingerprint"`
		Severity    string         `json:"severity"`
		Location    gitlabLocation `json:"location"`
	}
	gitlabLocation struct {
		Path  string      `json:"path"`
		Lines gitlabLines `json:"lines"`
	}
	gitlabLines struct {
		Begin int `json:"begin"`
		End   int `json:"end"`
	}
)

var gitlabSeverity = [...]string{finding.Note: "info", finding.Warning: "minor", finding.Error: "major"}

// writeGitLab prints a GitLab code quality report.
func writeGitLab(w io.Writer, in *Input, _ Style) error {
	t := newTexts(in)
	issues := []gitlabIssue{}
	seen := map[string]int{}
	for _, f := range in.Findings {
		at := t.place(f.Span)
		issues = append(issues, gitlabIssue{
			Description: f.Rule + " " + f.Name + ": " + f.Message + inFunc(f.Function),
			CheckName:   f.Rule,
			Fingerprint: unique(seen, cmp.Or(f.Fingerprint, fmt.Sprintf("%s:%s:%d", f.Rule, at.File, at.Line))),
			Severity:    gitlabSeverity[f.Severity],
			Location:    gitlabLocation{in.rootPath(at.File), gitlabLines{at.Line, at.EndLine}},
		})
	}
	return encodeJSON(w, issues)
}

// unique returns key, with a number added when it was given before: GitLab drops
// issues whose fingerprints agree.
func unique(seen map[string]int, key string) string {
	seen[key]++
	if n := seen[key]; n > 1 {
		return fmt.Sprintf("%s-%d", key, n)
	}
	return key
}
