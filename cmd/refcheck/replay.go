package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/refcheck/refcheck/analyzer"
	"github.com/refcheck/refcheck/analyzer/confirm"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/report"
)

const replayHelp = `replay runs the path of one finding on the reference model and shows, step by step,
the objects, how many references each has, how many of them the function owns, and
who holds them.

The finding is named by its fingerprint, or the beginning of it, as the json report
shows it, or by the place that a report shows: FILE:LINE or FILE:LINE:COLUMN. Findings
that --min-confidence or a comment leaves out can be replayed as well. PATH is what
was checked; the default is FILE, or the current folder for a fingerprint.

Exit codes: 0 the finding is shown, 2 there is no such finding, or more than one.`

// newReplay returns the command that shows a finding on the reference model.
func newReplay(a *app) *cobra.Command {
	o := &options{}
	var format string
	cmd := &cobra.Command{
		Use:   "replay FINGERPRINT|FILE:LINE [PATH...]",
		Short: "Show the path of a finding on the reference model",
		Long:  replayHelp,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkListFormat(format); err != nil {
				return err
			}
			if len(args) == 0 {
				return errors.New("which finding? Give its fingerprint or its place, as in \"refcheck replay src/spam.c:34\"")
			}
			if _, err := o.loadConfig(cmd.Flags()); err != nil {
				return err
			}
			return a.replay(cmd.Context(), o, format, args)
		},
	}
	cmd.Flags().StringVar(&format, "output-format", "text", "`FORMAT`: text, json")
	o.registerSources(cmd.Flags())
	cmd.Flags().BoolVar(&o.generated, "generated", false, "look in generated code too (Cython, SWIG, ...)")
	cmd.Flags().StringVar(&o.color, "color", "auto", "`WHEN` to colour: auto, always, never")
	o.outputFormat, o.minSeverity, o.minConfidence = "full", finding.Note.String(), finding.Medium.String()
	return cmd
}

func (a *app) replay(ctx context.Context, o *options, format string, args []string) error {
	which, err := parseSelector(args[0])
	if err != nil {
		return err
	}
	paths := args[1:]
	if len(paths) == 0 && which.file != "" {
		paths = []string{which.file}
	}
	s, err := o.validate()
	if err != nil {
		return err
	}
	front, err := a.front(o, s, paths)
	if err != nil {
		return err
	}
	res, err := a.analyze(ctx, analyzer.Config{
		Front: front, Target: s.target, Contracts: o.contracts, Rules: a.rules, AllRules: a.rules,
		MinConfidence: s.confidence, Jobs: o.jobs, Generated: o.generated,
	})
	if errors.Is(err, context.Canceled) {
		return errors.New("interrupted; nothing is shown")
	}
	if err != nil {
		return err
	}
	f, err := which.find(slices.Concat(res.Findings, res.Suppressed, res.Uncertain))
	if err != nil {
		return err
	}
	in := &report.Input{Version: version(), TargetPython: s.target.String(), Source: res.Source}
	r := &report.Replay{Finding: f, Trace: confirm.Replay(f, s.target.Minor)}
	if format == "json" {
		return report.WriteReplayJSON(a.stdout, in, r)
	}
	return report.WriteReplay(a.stdout, in, r, report.Style{Color: useColor(o.color, a.stdout), Width: width(a.stdout)})
}

// A selector names a finding: by the beginning of its fingerprint, or by its place.
type selector struct {
	text, prefix string
	file         string
	line, column int // column 0: any
}

var (
	placePattern = regexp.MustCompile(`^(.+?):(\d+)(?::(\d+))?:?$`)
	printPattern = regexp.MustCompile(`^[0-9a-f]{1,16}$`)
)

func parseSelector(text string) (*selector, error) {
	if m := placePattern.FindStringSubmatch(text); m != nil {
		line, err := strconv.Atoi(m[2])
		if err != nil || line < 1 {
			return nil, fmt.Errorf("%s: there is no line %s", text, m[2])
		}
		column, _ := strconv.Atoi(cmp.Or(m[3], "0"))
		return &selector{text: text, file: m[1], line: line, column: column}, nil
	}
	if prefix := strings.ToLower(text); printPattern.MatchString(prefix) {
		return &selector{text: text, prefix: prefix}, nil
	}
	return nil, fmt.Errorf("%q is neither a fingerprint nor FILE:LINE; \"refcheck --output-format json\" shows the fingerprints", text)
}

// find returns the finding that is meant. A place also stands for a finding that
// names it as another place of the same defect, if there is none at it.
func (s *selector) find(all []*finding.Finding) (*finding.Finding, error) {
	finding.Sort(all)
	var found []*finding.Finding
	for _, match := range []func(*finding.Finding) bool{s.at, s.also} {
		if len(found) == 0 {
			found = slices.DeleteFunc(slices.Clone(all), func(f *finding.Finding) bool { return !match(f) })
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return nil, fmt.Errorf("%s stands for %d findings; name one by its column or fingerprint:%s", s.text, len(found), candidates(found))
	case len(all) == 0:
		return nil, fmt.Errorf("%s: no finding, nor any other in these files", s.text)
	}
	return nil, fmt.Errorf("%s: no finding; there are:%s", s.text, candidates(s.nearest(all)))
}

func (s *selector) at(f *finding.Finding) bool {
	if s.file == "" {
		return strings.HasPrefix(f.Fingerprint, s.prefix)
	}
	return sameFile(s.file, f.Span.File) && f.Span.Line == s.line && (s.column == 0 || s.column == f.Span.Column)
}

func (s *selector) also(f *finding.Finding) bool {
	for _, p := range f.AlsoAt {
		if s.file != "" && sameFile(s.file, p.File) && p.Line == s.line && (s.column == 0 || s.column == p.Column) {
			return true
		}
	}
	return false
}

// nearest orders findings by how close they are to the place, those in other files
// last.
func (s *selector) nearest(all []*finding.Finding) []*finding.Finding {
	distance := func(f *finding.Finding) int {
		if s.file == "" || !sameFile(s.file, f.Span.File) {
			return 1 << 30
		}
		return max(f.Span.Line-s.line, s.line-f.Span.Line)
	}
	near := slices.Clone(all)
	slices.SortStableFunc(near, func(f, g *finding.Finding) int { return cmp.Compare(distance(f), distance(g)) })
	return near
}

// maxCandidates is how many findings an error names.
const maxCandidates = 8

func candidates(found []*finding.Finding) string {
	var b strings.Builder
	for i, f := range found {
		if i == maxCandidates {
			fmt.Fprintf(&b, "\n  and %d more", len(found)-i)
			break
		}
		fmt.Fprintf(&b, "\n  %s  %s:%d:%d: %s: %s", f.Fingerprint, f.Span.File, f.Span.Line, f.Span.Column, f.Rule, f.Message)
	}
	return b.String()
}

// sameFile reports whether two paths name the same file, given that it exists.
func sameFile(a, b string) bool {
	x, err := filepath.Abs(a)
	y, err2 := filepath.Abs(b)
	return err == nil && err2 == nil && x == y
}
