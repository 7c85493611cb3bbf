// Package analyzer wires the stages: sources to IR, IR to events, events to
// findings. The rules are handed in; it knows none of them.
package analyzer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/refcheck/refcheck/analyzer/engine"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/cfront"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

// ErrNoSources says that the named paths hold no C files.
var ErrNoSources = errors.New("no C files")

// A Config says what to analyse and how.
type Config struct {
	Front         cfront.Options
	Target        contract.Target
	Asked         bool              // the target was asked for: what it has no more is worth a word
	Also          []contract.Target // others: code under #if that is compiled for them is analysed too
	Contracts     []string          // files with extra contracts
	Rules         []*rule.Rule      // those that run
	AllRules      []*rule.Rule      // those that comments may name, and that fixes are tried with; nil means Rules
	MinConfidence finding.Confidence
	Jobs          int  // goroutines; 0 means one
	Generated     bool // report in generated code as well
	Progress      func(done, total int)

	base *base // what need not be read again
}

// A Result is what a run found and how much it saw.
type Result struct {
	Findings []*finding.Finding
	// Suppressed are findings that comments in the source silence.
	Suppressed []*finding.Finding
	Coverage   finding.Coverage
	// Refuted holds the findings that the reference model contradicts, bugs of
	// refcheck. They are counted, never reported.
	Refuted []*finding.Finding
	// Uncertain are the findings left out because of Config.MinConfidence.
	Uncertain []*finding.Finding
	// Files are those in which findings are reported, as far as they were read.
	Files []string
	// Crashes are panics while a file was read or a function was analysed, bugs of
	// refcheck: a line that names it, then the stack.
	Crashes []string
	// Generated names the files that were analysed, but only to know what their
	// functions do, because a tool wrote them.
	Generated []string
	// Units, Visits: what the run cost, independent of the machine.
	Units, Visits int
	Source        func(path string) []byte

	unasked  []*finding.Finding // of rules that do not run: fixes must not bring any
	analysis *analysis
	handled  []engine.Handled // by the functions analysed
}

// Analyze runs the whole pipeline. It fails only if nothing can be done: a path
// that cannot be read, a broken contract file, no C files. Everything less is in
// Result.Coverage.
func Analyze(ctx context.Context, cfg Config) (*Result, error) {
	a, err := open(ctx, cfg)
	if err != nil {
		return nil, err
	}
	a.findGenerated()
	eng := a.newEngine()
	if cfg.Asked {
		eng.ReportOldAPI()
	}
	if a.withoutGIL() {
		eng.WithoutGIL()
	}
	runs := []*run{{a, false, eng.Analyze(ctx, a.units, max(1, cfg.Jobs))}}
	runs = append(runs, a.others(ctx, runs[0].results)...)
	a.cover(runs)
	a.report(eng, runs)
	a.noteHandled(runs)
	return a.result, ctx.Err()
}

// open reads contracts and sources.
func open(ctx context.Context, cfg Config) (*analysis, error) {
	table, err := loadContracts(cfg, cfg.Target)
	if err != nil {
		return nil, err
	}
	cfg.Front.PyMinor, cfg.Front.FreeThreaded = cfg.Target.Minor, cfg.Target.FreeThreaded
	cfg.Front.Also = nil
	for _, t := range cfg.Also {
		cfg.Front.Also = append(cfg.Front.Also, version(t))
	}
	project, err := cfront.Open(ctx, cfg.Front)
	if err != nil {
		return nil, err
	}
	if len(project.Units()) == 0 {
		return nil, noSources(project.Skipped())
	}
	a := &analysis{cfg: cfg, table: table, project: project, generated: map[string]string{}, repairs: map[*finding.Finding][]rule.Repair{}, kept: map[string]*kept{}, result: &Result{Source: project.Source}}
	a.result.analysis = a
	if err := a.newVariants(len(project.Units())); err != nil {
		return nil, err
	}
	a.load(ctx)
	return a, nil
}

// noSources explains that there is nothing to analyse, naming what was passed over.
func noSources(skipped []cfront.Skip) error {
	err := error(ErrNoSources)
	for i, s := range skipped {
		if i == 3 {
			return fmt.Errorf("%w, and %d more", err, len(skipped)-i)
		}
		err = fmt.Errorf("%w; %s: %s", err, s.Path, s.Reason)
	}
	return err
}

func loadContracts(cfg Config, target contract.Target) (*contract.Table, error) {
	table := contract.Load(target)
	for _, name := range cfg.Contracts {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("cannot read contracts: %w", err)
		}
		table, err = table.Overlay(io.Reader(f), name)
		f.Close()
		if err != nil {
			return nil, err
		}
	}
	return table, nil
}

// An analysis is one run of Analyze.
type analysis struct {
	cfg     Config
	table   *contract.Table
	project *cfront.Project
	units   []*ir.Unit
	fronts  []*cfront.Unit
	// variants are, by target, the functions of each unit that may differ for it.
	variants map[contract.Target]*variant
	// generated maps the files that are not reported to the tools that wrote them.
	generated map[string]string
	types     *typemodel.Project    // what is known of the project's types; set before events are judged
	bad       []engine.BadStatement // annotations that cannot be followed
	repairs   map[*finding.Finding][]rule.Repair
	kept      map[string]*kept
	contract  func(f *ir.Func, name string) *contract.Func // what is known of a function called in f
	result    *Result
}

// load parses and lowers every translation unit, in parallel, and keeps each
// function once: headers are part of many units.
func (a *analysis) load(ctx context.Context) {
	paths := a.project.Units()
	units := make([]*ir.Unit, len(paths))
	a.fronts = make([]*cfront.Unit, len(paths))
	next := make(chan int)
	var wg sync.WaitGroup
	var mu sync.Mutex
	done := 0
	for range max(1, a.cfg.Jobs) {
		wg.Go(func() {
			for i := range next {
				var crash string
				units[i], a.fronts[i], crash = a.loadSafely(ctx, i, paths[i])
				mu.Lock()
				if crash != "" {
					a.result.Crashes = append(a.result.Crashes, crash)
				}
				done++
				if a.cfg.Progress != nil {
					a.cfg.Progress(done, len(paths))
				}
				mu.Unlock()
			}
		})
	}
	for i := range paths {
		next <- i
	}
	close(next)
	wg.Wait()
	slices.Sort(a.result.Crashes)
	seen := map[place]bool{}
	for i, u := range units {
		if u == nil {
			continue
		}
		a.keep(i, paths[i], u)
		u.Funcs = slices.DeleteFunc(u.Funcs, func(f *ir.Func) bool {
			p := placeOf(f)
			again := seen[p]
			seen[p] = true
			return again
		})
		a.units = append(a.units, u)
		for _, v := range a.variants {
			v.units = append(v.units, v.loaded[i])
		}
	}
	a.result.Units = len(a.units)
}

// A place identifies a function definition.
type place struct {
	file, name string
	line       int
}

func placeOf(f *ir.Func) place { return place{f.Span.File, f.Name, f.Span.Line} }

// loadSafely loads a unit. A panic, a bug of refcheck, becomes a gap, and a text
// that names the unit, with the stack.
func (a *analysis) loadSafely(ctx context.Context, i int, path string) (u *ir.Unit, front *cfront.Unit, crash string) {
	defer func() {
		if p := recover(); p != nil {
			reason := fmt.Sprintf("internal error: %v", p)
			u, front = unread(path, reason)
			crash = fmt.Sprintf("%s: %s\n%s", path, reason, debug.Stack())
		}
	}()
	u, front = a.loadOne(ctx, i, path)
	return u, front, ""
}

// unread is a unit of which nothing is known.
func unread(path, reason string) (*ir.Unit, *cfront.Unit) {
	front := &cfront.Unit{Path: path, Gaps: []ir.Gap{{Reason: reason}}}
	front.Gaps[0].Pos.File = path
	return &ir.Unit{Path: path, Gaps: front.Gaps}, front
}

func (a *analysis) loadOne(ctx context.Context, i int, path string) (*ir.Unit, *cfront.Unit) {
	if u, front := a.reuse(i, path); u != nil {
		return u, front
	}
	front, err := a.project.Load(ctx, path)
	if err != nil {
		return unread(path, err.Error())
	}
	u := front.Lower(resultType(a.table))
	a.lowerOthers(i, front)
	front.Release()
	return u, front
}

// resultType gives the frontend the types of API functions' results.
func resultType(table *contract.Table) func(string) *ir.Type {
	return func(name string) *ir.Type {
		c := table.Lookup(name)
		if c == nil {
			return nil
		}
		return cfront.ParseType(c.Result.Type)
	}
}
