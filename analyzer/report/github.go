package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
)

// writeGitHub prints workflow commands, which GitHub Actions shows as
// annotations of the changed files.
func writeGitHub(w io.Writer, in *Input, _ Style) error {
	out := bufio.NewWriter(w)
	t := newTexts(in)
	for _, f := range in.Findings {
		at := t.oneLine(t.place(f.Span))
		fmt.Fprintf(out, "::%s file=%s,line=%d,col=%d,endLine=%d,endColumn=%d,title=%s::%s\n",
			githubLevel(f.Severity), githubProperty(in.rootPath(at.File)), at.Line, at.Column, at.EndLine, at.EndColumn,
			githubProperty("refcheck "+f.Rule+" "+f.Name), githubData(githubMessage(f)))
	}
	if len(in.Coverage.Incomplete)+len(in.Coverage.SkippedFiles) > 0 {
		fmt.Fprintf(out, "::notice title=refcheck coverage::%s\n", githubData(strings.TrimSpace(Summary(in))))
	}
	return out.Flush()
}

// githubMessage is the message with the main steps of the path below it.
func githubMessage(f *finding.Finding) string {
	var b strings.Builder
	b.WriteString(f.Message + inFunc(f.Function))
	for _, m := range marks(f) {
		if m.text == "" || m.num == 0 {
			continue
		}
		place := fmt.Sprintf("line %d", m.span.Line)
		if m.span.File != f.Span.File {
			place = m.span.File + " " + place
		}
		fmt.Fprintf(&b, "\n%d. %s: %s", m.num, place, m.text)
	}
	if f.Help != "" {
		b.WriteString("\nhelp: " + f.Help)
	}
	return b.String()
}

func githubLevel(s finding.Severity) string {
	if s == finding.Note {
		return "notice"
	}
	return s.String()
}

var (
	githubDataEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubPropertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// githubData escapes the text of a command. Its line breaks are kept, encoded.
func githubData(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = Visible(l)
	}
	return githubDataEscapes.Replace(strings.Join(lines, "\n"))
}

// githubProperty escapes the value of a command's property.
func githubProperty(s string) string { return githubPropertyEscapes.Replace(Visible(s)) }
