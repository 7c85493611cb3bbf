package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/refcheck/refcheck/analyzer"
	"github.com/refcheck/refcheck/analyzer/confirm"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/report"
	"github.com/refcheck/refcheck/cmodel/cfront"
)

// newCheck returns the command that checks C files.
func newCheck(a *app, use string) *cobra.Command {
	o := &options{}
	cmd := &cobra.Command{
		Use:   use,
		Short: "Find reference-counting bugs in C extensions for CPython",
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			config, err := o.loadConfig(cmd.Flags())
			if err != nil {
				return err
			}
			o.targetGiven = o.origins["target-python"] != "" || cmd.Flags().Changed("target-python")
			return o.blame(a.check(cmd.Context(), o, config, args))
		},
	}
	o.register(cmd.Flags())
	a.complete(cmd)
	return cmd
}

// check is the whole run: options, analysis, report. config is the configuration
// file in use, "" if there is none.
func (a *app) check(ctx context.Context, o *options, config string, args []string) error {
	s, err := o.validate()
	if err != nil {
		return err
	}
	if err := o.validateFixes(args); err != nil {
		return err
	}
	selected, err := selectRules(a.rules, o.selected, o.extended, o.ignored)
	if err != nil {
		return err
	}
	front, err := a.front(o, s, args)
	if err != nil {
		return err
	}
	if o.verbose {
		fmt.Fprintf(a.stderr, "config: %s\ntarget: Python %s\nrules: %s\njobs: %d\n",
			cmp.Or(config, "none"), s.target, codes(selected), o.jobs)
	}
	if len(front.Roots) == 0 {
		return a.noFiles(o, args, errors.New("all paths are excluded"))
	}
	filters, err := o.filters(slices.Contains(args, "-"))
	if err != nil {
		return err
	}
	meter := newMeter(a.stderr, o)
	start := time.Now()
	cfg := analyzer.Config{
		Front: front, Target: s.target, Asked: o.targetGiven, Also: s.also, Contracts: o.contracts, Rules: selected, AllRules: a.rules,
		MinConfidence: s.confidence, Jobs: o.jobs, Generated: o.generated, Progress: meter.show,
	}
	res, err := a.analyze(ctx, cfg)
	meter.clear()
	if errors.Is(err, context.Canceled) {
		return errors.New("interrupted; nothing is reported")
	}
	if errors.Is(err, analyzer.ErrNoSources) {
		return a.noFiles(o, args, err)
	}
	if err != nil {
		return err
	}
	if res.Coverage.Files+res.Coverage.Functions+len(res.Generated) == 0 {
		return a.noFiles(o, args, skippedError(res.Coverage.SkippedFiles))
	}
	a.crashes(o, res.Crashes)
	if o.writeBaseline {
		return a.writeBaseline(o, s, filters, res, selected)
	}
	if o.mends() {
		if res, err = a.mend(ctx, o, s, filters, cfg, res); err != nil {
			return err
		}
	}
	return a.report(ctx, o, s, filters, cfg, res, start)
}

// front turns options and paths into what the frontend wants to know.
func (a *app) front(o *options, s *settings, args []string) (cfront.Options, error) {
	exclude, err := newExcluder(o.excludeBase, o.exclude)
	if err != nil {
		return cfront.Options{}, err
	}
	front := cfront.Options{
		IncludeDirs: o.includeDirs, Defines: o.defines, Undefs: o.undefs,
		PyMinor: s.target.Minor, FreeThreaded: s.target.FreeThreaded,
		Exclude: exclude.match,
	}
	if front.CompileDB, err = compileDB(o.buildDir); err != nil {
		return front, err
	}
	for _, f := range o.contracts {
		if err := readable(f); err != nil {
			return front, fmt.Errorf("--contracts: %w", err)
		}
	}
	if len(args) == 0 {
		args = []string{"."}
	}
	for _, path := range args {
		if path == "-" {
			front.StdinName = cmp.Or(o.stdinFilename, "stdin.c")
			if front.Stdin, err = io.ReadAll(a.stdin); err != nil {
				return front, fmt.Errorf("cannot read standard input: %w", err)
			}
			front.Roots = append(front.Roots, path)
			continue
		}
		if err := readable(path); err != nil {
			return front, fmt.Errorf("%w%s", err, commandHint(path))
		}
		if !o.forceExclude || !exclude.match(path) {
			front.Roots = append(front.Roots, path)
		}
	}
	return front, nil
}

// noFiles says that there was nothing to analyse, and why if that is known. It is
// an error, unless the user expects it to happen: a hook may pass files that are all
// excluded.
func (a *app) noFiles(o *options, args []string, why error) error {
	where := strings.Join(args, ", ")
	if len(args) == 0 {
		where = "the current folder"
	}
	if why == nil {
		why = analyzer.ErrNoSources
	}
	err := fmt.Errorf("nothing to check in %s: %w", where, why)
	if !o.forceExclude {
		return fmt.Errorf("%w\nGive C files or folders that contain some; --exclude and .gitignore leave files out", err)
	}
	if !o.quiet {
		a.say("refcheck: " + err.Error())
	}
	return nil
}

// skippedError is ErrNoSources with the first file that was passed over.
func skippedError(skipped []finding.SkippedFile) error {
	if len(skipped) == 0 {
		return nil
	}
	return fmt.Errorf("%w (%d skipped, first %s: %s)", analyzer.ErrNoSources, len(skipped), skipped[0].File, skipped[0].Reason)
}

// crashes tells about functions whose analysis failed in a way that is a bug of
// refcheck. They are part of the coverage as well.
func (a *app) crashes(o *options, crashes []string) {
	for _, c := range crashes {
		if !o.verbose {
			c, _, _ = strings.Cut(c, "\n")
		}
		a.say("refcheck: bug in refcheck: " + strings.TrimSpace(c))
	}
	if len(crashes) > 0 {
		fmt.Fprintf(a.stderr, "The other functions were analysed. Please report this with the output of -v at %s/issues\n", home)
	}
}

// report filters the findings, writes all outputs and sets the exit code.
func (a *app) report(ctx context.Context, o *options, s *settings, filters *filters, cfg analyzer.Config, res *analyzer.Result, start time.Time) error {
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	left := filters.apply(res, cfg.Rules)
	mild := func(f *finding.Finding) bool { return f.Severity < s.severity }
	kept := slices.DeleteFunc(left.findings, mild)
	if err := a.offer(ctx, o, s, cfg, res, kept); err != nil {
		return err
	}
	in := &report.Input{
		Findings: kept, Suppressed: slices.DeleteFunc(left.suppressed, mild), Coverage: res.Coverage, Rules: cfg.Rules,
		Refuted: len(res.Refuted), BelowConfidence: len(res.Uncertain), InBaseline: left.known, Unchanged: left.unchanged, Source: res.Source,
		Version: version(), TargetPython: s.target.String(), Seconds: time.Since(start).Seconds(),
		BaseDir: dir, Root: repositoryRoot(dir),
		Replay: func(f *finding.Finding) *finding.Trace { return confirm.Replay(f, s.target.Minor) },
	}
	for i, out := range s.outputs {
		if out.file == "" && (o.diff && i == 0 || o.statistics && forPeople(out.format)) {
			continue // the patch is there, or the counts
		}
		if err := a.write(out, in, o); err != nil {
			return err
		}
	}
	if o.verbose {
		for _, f := range res.Refuted {
			a.say(fmt.Sprintf("refuted by the model, a bug of refcheck: %s: %s", f, f.Model.Detail))
		}
	}
	a.afterword(o, s, in)
	a.stale(o, left.stale)
	if len(kept) > 0 && !o.exitZero {
		a.code = exitFindings
	}
	return nil
}

// afterword prints for people what the report on standard output does not say.
func (a *app) afterword(o *options, s *settings, in *report.Input) {
	if o.statistics {
		w := a.stdout
		if !forPeople(s.outputs[0].format) && s.outputs[0].file == "" {
			w = a.stderr // the report is for a program
		}
		printStatistics(w, in)
	}
	if o.verbose {
		for _, inc := range in.Coverage.Incomplete {
			a.say(fmt.Sprintf("not analysed: %s:%d: %s: %s", inc.File, inc.Line, cmp.Or(inc.Function, "(file)"), inc.Reason))
		}
		for _, f := range in.Coverage.SkippedFiles {
			a.say(fmt.Sprintf("skipped: %s: %s", f.File, f.Reason))
		}
		if in.BelowConfidence > 0 {
			a.say(belowText(in.BelowConfidence, s.confidence))
		}
	}
	full := s.outputs[0].format == "full" && s.outputs[0].file == "" && !o.statistics
	people := forPeople(s.outputs[0].format) || s.outputs[0].file != ""
	if !o.quiet && !full && (people || o.verbose) {
		io.WriteString(a.stderr, report.Summary(in))
	}
}

// forPeople reports whether a format is one that people read on a terminal.
func forPeople(format string) bool { return format == "full" || format == "concise" }

// belowText says how many findings --min-confidence leaves out.
func belowText(n int, asked finding.Confidence) string {
	findings, level := "findings", "low"
	if n == 1 {
		findings = "finding"
	}
	if asked == finding.High {
		level = "low or medium"
	}
	return fmt.Sprintf("%d %s with %s confidence not shown: --min-confidence low", n, findings, level)
}

// printStatistics prints how many findings each rule has, the most first, and
// how many of them the reference model has replayed.
func printStatistics(w io.Writer, in *report.Input) {
	counts := map[string]int{}
	confirmed := 0
	for _, f := range in.Findings {
		counts[f.Rule+" "+f.Name]++
		if f.Model.Verdict == confirm.Confirmed {
			confirmed++
		}
	}
	var names []string
	for name := range counts {
		names = append(names, name)
	}
	slices.SortFunc(names, func(x, y string) int {
		return cmp.Or(-cmp.Compare(counts[x], counts[y]), strings.Compare(x, y))
	})
	for _, name := range names {
		fmt.Fprintf(w, "%6d  %s\n", counts[name], name)
	}
	fmt.Fprintf(w, "model: %d confirmed, %d not replayable, %d refuted\n", confirmed, len(in.Findings)-confirmed, in.Refuted)
}
