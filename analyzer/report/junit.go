package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
)

type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Skipped  int          `xml:"skipped,attr"`
		Time     string       `xml:"time,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		File    string        `xml:"file,attr,omitempty"`
		Line    int           `xml:"line,attr,omitempty"`
		Failure *junitMessage `xml:"failure"`
		Skipped *junitMessage `xml:"skipped"`
	}
	junitMessage struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr,omitempty"`
		Text    string `xml:",chardata"`
	}
)

// writeJUnit prints JUnit XML: a suite per file, a failed test per finding, a
// skipped one per function or file that was not analysed.
func writeJUnit(w io.Writer, in *Input, _ Style) error {
	j := &junitWriter{t: newTexts(in), index: map[string]int{}}
	j.out = junitSuites{Name: "refcheck", Time: fmt.Sprintf("%.3f", in.Seconds)}
	for _, f := range in.Findings {
		j.failure(f)
	}
	for _, inc := range in.Coverage.Incomplete {
		name := "not analysed"
		if inc.Function != "" {
			name += ": " + inc.Function
		}
		j.skip(inc.File, inc.Line, name, inc.Reason)
	}
	for _, s := range in.Coverage.SkippedFiles {
		j.skip(s.File, 0, "not analysed", s.Reason)
	}
	if len(j.out.Suites) == 0 {
		j.add("refcheck", junitCase{Name: "nothing found", Class: "refcheck"})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(j.out); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

type junitWriter struct {
	t     *texts
	out   junitSuites
	index map[string]int // suite by name
}

func (j *junitWriter) failure(f *finding.Finding) {
	at := j.t.place(f.Span)
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d:%d: %s", at.File, at.Line, at.Column, githubMessage(f))
	j.add(at.File, junitCase{
		Name: f.Rule + " " + f.Name + inFunc(f.Function), Class: at.File, File: at.File, Line: at.Line,
		Failure: &junitMessage{Message: f.Message, Type: f.Severity.String(), Text: b.String()},
	})
}

func (j *junitWriter) skip(file string, line int, name, reason string) {
	j.add(file, junitCase{Name: name, Class: file, File: file, Line: line, Skipped: &junitMessage{Message: reason}})
}

// add puts a case into the suite of its file.
func (j *junitWriter) add(suite string, c junitCase) {
	i, ok := j.index[suite]
	if !ok {
		i = len(j.out.Suites)
		j.index[suite] = i
		j.out.Suites = append(j.out.Suites, junitSuite{Name: suite})
	}
	s := &j.out.Suites[i]
	s.Cases = append(s.Cases, c)
	s.Tests++
	j.out.Tests++
	if c.Failure != nil {
		s.Failures++
		j.out.Failures++
	}
	if c.Skipped != nil {
		s.Skipped++
		j.out.Skipped++
	}
}
