// Package report gives findings a form: text for people, and the formats that
// editors, CI services and other programs read. It has one file per format and
// decides nothing about what is reported.
package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

// Home is where users find refcheck.
const Home = "https://github.com/refcheck/refcheck"

// Input is everything a report can tell.
type Input struct {
	Findings     []*finding.Finding // sorted
	Suppressed   []*finding.Finding // silenced by comments in the source; sorted
	Coverage     finding.Coverage
	Rules        []*rule.Rule // the rules that ran
	Version      string       // of refcheck
	TargetPython string       // "3.14"
	Seconds      float64
	Refuted      int // findings the reference model contradicted; never shown
	// BelowConfidence counts the findings that are too uncertain to be shown.
	BelowConfidence int
	// InBaseline and Unchanged count the findings that are left out because they
	// are in the baseline, or not on changed lines.
	InBaseline, Unchanged int
	// Source returns the text of a file, or nil if it is not at hand. Byte
	// columns are then reported as they are.
	Source func(path string) []byte
	// Replay runs a path on the reference model, for the formats that show the
	// counts of each step. If nil, they are left out.
	Replay func(f *finding.Finding) *finding.Trace
	// BaseDir is the absolute folder that relative paths start from.
	BaseDir string
	// Root is the absolute folder that code hosts name files relative to, usually
	// the top of the repository. Empty means BaseDir.
	Root string
}

// Style is how text for a terminal looks.
type Style struct {
	Color bool
	Width int // columns; 0 means unknown
	// Quiet leaves out the summary.
	Quiet bool
}

// A writer renders one format.
type writer func(w io.Writer, in *Input, st Style) error

// formats are the known formats, in the order users see them.
var formats = []struct {
	name  string
	write writer
}{
	{"full", writeFull},
	{"concise", writeConcise},
	{"json", writeJSON},
	{"sarif", writeSARIF},
	{"github", writeGitHub},
	{"gitlab", writeGitLab},
	{"junit", writeJUnit},
	{"html", writeHTML},
}

// Formats lists the names Write accepts.
func Formats() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
	}
	return names
}

// CheckFormat returns an error naming the known formats if name is not one.
func CheckFormat(name string) error {
	for _, f := range formats {
		if f.name == name {
			return nil
		}
	}
	return fmt.Errorf("unknown output format %q: available are %s", name, strings.Join(Formats(), ", "))
}

// Write renders in as the named format. Style matters to full and concise only.
func Write(w io.Writer, format string, in *Input, st Style) error {
	for _, f := range formats {
		if f.name == format {
			return f.write(w, in, st)
		}
	}
	return CheckFormat(format)
}
