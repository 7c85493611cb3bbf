package main

import (
	"errors"
	"fmt"
	"runtime"
	"strings"

	"github.com/spf13/pflag"

	"github.com/refcheck/refcheck/analyzer"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/report"
	"github.com/refcheck/refcheck/cmodel/contract"
)

// options are the flags of the check command, which are also the keys of the
// configuration file.
type options struct {
	outputFormat string
	outputFiles  []string
	targetPython string
	targetGiven  bool // by flag or configuration

	selected, ignored, extended []string
	minSeverity, minConfidence  string

	includeDirs, defines, undefs []string
	buildDir                     string
	contracts                    []string

	configFile string
	isolated   bool

	exclude       []string
	forceExclude  bool
	generated     bool
	stdinFilename string

	jobs          int
	baseline      string
	writeBaseline bool
	diffBase      string

	fix, unsafeFixes, diff bool

	exitZero   bool
	verbose    bool
	quiet      bool
	color      string
	statistics bool

	// origins says for flags that the configuration file set where: "refcheck.toml:3".
	origins map[string]string
	// excludeBase is the folder that the patterns in exclude start from.
	excludeBase string
}

// register adds the flags to fs.
func (o *options) register(fs *pflag.FlagSet) {
	fs.SortFlags = false
	fs.StringVar(&o.outputFormat, "output-format", "full", "`FORMAT` of the report: "+strings.Join(report.Formats(), ", "))
	fs.StringArrayVarP(&o.outputFiles, "output-file", "o", nil, "write the report to `FILE` instead of standard output; with FORMAT:FILE, beside it (repeatable)")
	fs.StringSliceVar(&o.selected, "select", []string{"ALL"}, "`RULES` to run: codes or prefixes (RC1, RC602, ALL), comma-separated")
	fs.StringSliceVar(&o.extended, "extend-select", nil, "`RULES` to run as well")
	fs.StringSliceVar(&o.ignored, "ignore", nil, "`RULES` not to run; the longest prefix wins")
	fs.StringVar(&o.minSeverity, "min-severity", finding.Note.String(), "report only findings of at least this `LEVEL`: note, warning, error")
	fs.StringVar(&o.minConfidence, "min-confidence", finding.Medium.String(), "report only findings of at least this `LEVEL`: low, medium, high")
	o.registerSources(fs)
	fs.BoolVar(&o.forceExclude, "force-exclude", false, "apply --exclude to the given paths too; having no file left is no error then")
	fs.BoolVar(&o.generated, "generated", false, "report findings in generated code too (Cython, SWIG, ...)")
	fs.StringVar(&o.stdinFilename, "stdin-filename", "", "`NAME` of the file that standard input (-) stands for")
	fs.StringVar(&o.baseline, "baseline", "", "report only findings that are not in `FILE`, which --write-baseline writes")
	fs.BoolVar(&o.writeBaseline, "write-baseline", false, "put all findings into the file that --baseline names, and report none")
	fs.StringVar(&o.diffBase, "diff-base", "", "report only findings on lines changed since the git revision `REV`")
	fs.BoolVar(&o.fix, "fix", false, "apply safe fixes to the files")
	fs.BoolVar(&o.unsafeFixes, "unsafe-fixes", false, "apply all fixes, also those that a person should look at")
	fs.BoolVar(&o.diff, "diff", false, "print what --fix or --unsafe-fixes would change as a patch, and change nothing")
	fs.Lookup("jobs").DefValue = "number of cores"
	fs.BoolVar(&o.exitZero, "exit-zero", false, "exit with 0 in spite of findings")
	fs.BoolVar(&o.statistics, "statistics", false, "print how many findings each rule has, instead of the findings")
	fs.StringVar(&o.color, "color", "auto", "`WHEN` to colour: auto, always, never")
	fs.BoolVarP(&o.verbose, "verbose", "v", false, "say what is used and name everything not analysed")
	fs.BoolVarP(&o.quiet, "quiet", "q", false, "print findings only, no summary")
}

// validateFilters checks the options that leave out findings by where they are.
func (o *options) validateFilters() error {
	switch {
	case o.writeBaseline && o.baseline == "":
		return errors.New("--write-baseline: into which file? Add --baseline refcheck-baseline.json")
	case o.writeBaseline && o.diffBase != "":
		return errors.New("--write-baseline and --diff-base contradict each other: a baseline has all findings")
	case strings.HasPrefix(o.diffBase, "-"):
		return fmt.Errorf("--diff-base: %q is not a revision", o.diffBase)
	}
	return nil
}

// registerSources adds the flags that say what is read and how.
func (o *options) registerSources(fs *pflag.FlagSet) {
	fs.SortFlags = false
	fs.StringVar(&o.targetPython, "target-python", contract.DefaultTarget.String(), "CPython `VERSION` the code is for, and no other; 3.13t is the free-threaded 3.13")
	fs.StringArrayVarP(&o.includeDirs, "include-dir", "I", nil, "search `DIR` for headers, as a compiler does")
	fs.StringArrayVarP(&o.defines, "define", "D", nil, "define a `MACRO[=VALUE]`, as a compiler does")
	fs.StringArrayVarP(&o.undefs, "undefine", "U", nil, "undefine a `MACRO`, as a compiler does")
	fs.StringVarP(&o.buildDir, "build-dir", "p", "", "`DIR` that has compile_commands.json (else looked for)")
	fs.StringArrayVar(&o.contracts, "contracts", nil, "`FILE` with contracts of more functions (repeatable)")
	fs.StringArrayVar(&o.exclude, "exclude", nil, "leave out files and folders that match `GLOB` (repeatable)")
	fs.StringVar(&o.configFile, "config", "", "configuration `FILE` (else refcheck.toml or pyproject.toml of the nearest folder upwards)")
	fs.BoolVar(&o.isolated, "isolated", false, "read no configuration file")
	fs.Bool("no-cache", false, "use nothing kept from earlier runs; nothing is kept so far, so every run is like that")
	fs.String("cache-dir", "", "`DIR` for what is kept between runs; nothing is kept so far")
	fs.IntVarP(&o.jobs, "jobs", "j", runtime.GOMAXPROCS(0), "analyse `N` functions at a time")
}

// settings are options after validation.
type settings struct {
	target     contract.Target
	also       []contract.Target
	severity   finding.Severity
	confidence finding.Confidence
	outputs    []output
}

// validate checks the options that can be judged on their own.
func (o *options) validate() (*settings, error) {
	var s settings
	var err error
	if s.target, err = contract.ParseTarget(o.targetPython); err != nil {
		return nil, fmt.Errorf("--target-python: %w", err)
	}
	if s.severity, err = finding.ParseSeverity(o.minSeverity); err != nil {
		return nil, fmt.Errorf("--min-severity: %w", err)
	}
	if s.confidence, err = finding.ParseConfidence(o.minConfidence); err != nil {
		return nil, fmt.Errorf("--min-confidence: %w", err)
	}
	if !o.targetGiven {
		s.also = analyzer.OtherTargets(s.confidence)
	}
	if o.jobs < 1 {
		return nil, fmt.Errorf("--jobs: want a number of at least 1, got %d", o.jobs)
	}
	if err := o.validateFilters(); err != nil {
		return nil, err
	}
	if err := checkColor(o.color); err != nil {
		return nil, err
	}
	if err := report.CheckFormat(o.outputFormat); err != nil {
		return nil, fmt.Errorf("--output-format: %w%s", err, didYouMean(o.outputFormat, report.Formats()))
	}
	s.outputs, err = parseOutputs(o.outputFormat, o.outputFiles)
	return &s, err
}
