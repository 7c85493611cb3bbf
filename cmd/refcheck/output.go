package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/term"

	"github.com/refcheck/refcheck/analyzer/report"
)

// An output is one report to write, to standard output if file is empty.
type output struct{ format, file string }

var formatPrefix = regexp.MustCompile(`^[A-Za-z]{2,}$`)

// parseOutputs reads the values of --output-file. The first output of the result
// is the main one, in the format of --output-format.
func parseOutputs(format string, values []string) ([]output, error) {
	outputs := []output{{format: format}}
	for _, v := range values {
		prefix, file, colon := strings.Cut(v, ":")
		if !colon || !formatPrefix.MatchString(prefix) {
			if outputs[0].file != "" {
				return nil, fmt.Errorf("--output-file: both %s and %s would get the report: write FORMAT:FILE for all but one", outputs[0].file, v)
			}
			outputs[0].file = v
			continue
		}
		if err := report.CheckFormat(prefix); err != nil {
			return nil, fmt.Errorf("--output-file %s: %w%s (for a file of that name write ./%s)", v, err, didYouMean(prefix, report.Formats()), v)
		}
		outputs = append(outputs, output{prefix, file})
	}
	for i, out := range outputs {
		if out.file == "" && (i > 0 || slices.Contains(values, "")) {
			return nil, errors.New("--output-file: the file name is empty")
		}
		if out.file != "" {
			if info, err := os.Stat(filepath.Dir(out.file)); err != nil || !info.IsDir() {
				return nil, fmt.Errorf("--output-file %s: there is no folder %s: create it first", out.file, filepath.Dir(out.file))
			}
		}
	}
	return outputs, nil
}

// write renders one output.
func (a *app) write(out output, in *report.Input, o *options) error {
	st := report.Style{Quiet: o.quiet, Color: o.color == "always"}
	if out.file == "" {
		st.Color = useColor(o.color, a.stdout)
		st.Width = width(a.stdout)
		if err := report.Write(a.stdout, out.format, in, st); err != nil {
			return fmt.Errorf("cannot write the report: %w", err)
		}
		return nil
	}
	f, err := os.Create(out.file)
	if err != nil {
		return fmt.Errorf("cannot write the report: %w", err)
	}
	err = errors.Join(report.Write(f, out.format, in, st), f.Close())
	if err != nil {
		return fmt.Errorf("cannot write the report to %s: %w", out.file, err)
	}
	return nil
}

// colors are the values of --color.
var colors = []string{"auto", "always", "never"}

// checkColor reports a bad value of --color.
func checkColor(when string) error {
	if slices.Contains(colors, when) {
		return nil
	}
	return fmt.Errorf("--color: want auto, always or never, got %q", when)
}

// useColor decides whether to colour what goes to w: the flag first, then
// NO_COLOR and FORCE_COLOR, then whether w is a terminal.
func useColor(when string, w any) bool {
	switch {
	case when != "auto":
		return when == "always"
	case os.Getenv("NO_COLOR") != "":
		return false
	case os.Getenv("FORCE_COLOR") != "":
		return os.Getenv("FORCE_COLOR") != "0"
	}
	return isTerminal(w) && os.Getenv("TERM") != "dumb"
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// width is the number of columns of a terminal, 0 if w is none.
func width(w any) int {
	if !isTerminal(w) {
		return 0
	}
	columns, _, err := term.GetSize(int(w.(*os.File).Fd()))
	if err != nil {
		return 0
	}
	return columns
}
