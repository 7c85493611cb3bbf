package report

import (
	"fmt"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
)

// maxNamed is how many functions or files a summary names.
const maxNamed = 3

// Summary says in a line or two what was found and, just as important, how much
// of the code was looked at. The time is left out if it is 0.
func Summary(in *Input) string {
	c := &in.Coverage
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s. Analysed %d of %s in %s", found(in.Findings), setAside(in), c.Analysed,
		plural(c.Functions, "function"), plural(c.Files, "file"))
	if in.Seconds > 0 {
		b.WriteString(" in " + seconds(in.Seconds))
	}
	if s := notAnalysed(c); s != "" {
		fmt.Fprintf(&b, " (%s)", s)
	}
	b.WriteString(".\n")
	if s := skipped(c.SkippedFiles); s != "" {
		b.WriteString(s + "\n")
	}
	return b.String()
}

// found counts findings by severity: "Found 1 error, 3 warnings in 2 files".
func found(fs []*finding.Finding) string {
	if len(fs) == 0 {
		return "Nothing found"
	}
	var bySeverity [3]int
	files := map[string]bool{}
	for _, f := range fs {
		bySeverity[f.Severity]++
		files[f.Span.File] = true
	}
	var parts []string
	for _, s := range []finding.Severity{finding.Error, finding.Warning, finding.Note} {
		if n := bySeverity[s]; n > 0 {
			parts = append(parts, plural(n, s.String()))
		}
	}
	return fmt.Sprintf("Found %s in %s", strings.Join(parts, ", "), plural(len(files), "file"))
}

// setAside says how many findings are not shown, and why: ", 2 suppressed".
func setAside(in *Input) string {
	s := ""
	if n := len(in.Suppressed); n > 0 {
		s += fmt.Sprintf(", %d suppressed", n)
	}
	if in.InBaseline > 0 {
		s += fmt.Sprintf(", %d in the baseline", in.InBaseline)
	}
	if in.Unchanged > 0 {
		s += fmt.Sprintf(", %d on unchanged lines", in.Unchanged)
	}
	return s
}

// notAnalysed names the first few functions that were not analysed to the end.
func notAnalysed(c *finding.Coverage) string {
	n := max(c.Functions-c.Analysed, len(c.Incomplete))
	if n <= 0 {
		return ""
	}
	named := c.Incomplete[:min(len(c.Incomplete), maxNamed)]
	s := fmt.Sprintf("%d not analysed", n)
	for i, inc := range named {
		sep := ": "
		if i > 0 {
			sep = "; "
		}
		s += sep + incompletePlace(inc)
		if i+1 == len(named) || named[i+1].Reason != inc.Reason { // once for all that share it
			s += ", " + Visible(inc.Reason)
		}
	}
	if more := n - len(named); more > 0 && len(named) > 0 {
		s += fmt.Sprintf("; and %d more", more)
	}
	return s
}

// incompleteText is "big() in src/x.c, budget: 4096 states".
func incompleteText(inc finding.Incomplete) string {
	return incompletePlace(inc) + ", " + Visible(inc.Reason)
}

// incompletePlace is "big() in src/x.c".
func incompletePlace(inc finding.Incomplete) string {
	where := Visible(inc.File)
	if inc.Function != "" {
		return Visible(inc.Function) + "() in " + where
	}
	if inc.Line > 0 {
		return fmt.Sprintf("%s:%d", where, inc.Line)
	}
	return where
}

// skipped names the first few files that were not read, with the reason.
func skipped(files []finding.SkippedFile) string {
	if len(files) == 0 {
		return ""
	}
	var named []string
	for _, f := range files[:min(len(files), maxNamed)] {
		named = append(named, fmt.Sprintf("%s (%s)", Visible(f.File), Visible(f.Reason)))
	}
	s := fmt.Sprintf("Skipped %s: %s", plural(len(files), "file"), strings.Join(named, ", "))
	if more := len(files) - len(named); more > 0 {
		s += fmt.Sprintf(" and %d more", more)
	}
	return s + "."
}

// seconds prints a duration as people want it: "0.4 s", "38 s".
func seconds(s float64) string {
	switch {
	case s < 0.05:
		return fmt.Sprintf("%.2f s", s)
	case s < 10:
		return fmt.Sprintf("%.1f s", s)
	}
	return fmt.Sprintf("%.0f s", s)
}
