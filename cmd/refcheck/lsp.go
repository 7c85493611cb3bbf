package main

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/refcheck/refcheck/analyzer"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/lsp"
	"github.com/refcheck/refcheck/cmodel/contract"
)

// newLSP returns the command that serves editors.
func newLSP(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lsp",
		Short: "Serve an editor: a language server on standard input and output",
		Long: `lsp speaks the Language Server Protocol on standard input and output. Editors show
its findings when a file is opened, saved and typed in; what functions do with
references on hover; fixes, and comments that ignore a finding, as code actions.

It reads the configuration of the folder that the editor opens, anew for each
analysis. Flags win over it, as for the check command.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return lsp.Serve(cmd.Context(), a.stdin, a.stdout, &editor{a, cmd.Flags()}, version())
		},
	}
	(&options{}).registerEditor(cmd.Flags())
	cmd.Flags().Bool("stdio", true, "use standard input and output, as it always does (some editors add this)")
	a.complete(cmd)
	return cmd
}

// registerEditor adds the flags that make sense in an editor.
func (o *options) registerEditor(fs *pflag.FlagSet) {
	all := pflag.NewFlagSet("check", pflag.ContinueOnError)
	o.register(all)
	o.registerSources(fs)
	for _, name := range []string{"select", "extend-select", "ignore", "min-severity", "min-confidence", "generated", "baseline"} {
		fs.AddFlag(all.Lookup(name))
	}
}

// An editor analyses for the language server.
type editor struct {
	app   *app
	flags *pflag.FlagSet // as given
}

// options are the flags given and the configuration as it is now.
func (e *editor) options() (*options, *settings, error) {
	o := &options{}
	fs := pflag.NewFlagSet("lsp", pflag.ContinueOnError)
	o.register(fs) // the configuration may set all of them
	var err error
	e.flags.Visit(func(given *pflag.Flag) {
		f := fs.Lookup(given.Name)
		if f == nil {
			return
		}
		f.Changed = true
		if list, ok := given.Value.(pflag.SliceValue); ok {
			err = errors.Join(err, f.Value.(pflag.SliceValue).Replace(list.GetSlice()))
		} else {
			err = errors.Join(err, f.Value.Set(given.Value.String()))
		}
	})
	if err != nil {
		return nil, nil, err
	}
	if _, err := o.loadConfig(fs); err != nil {
		return nil, nil, err
	}
	o.targetGiven = o.origins["target-python"] != "" || fs.Changed("target-python")
	o.forceExclude = true // opening a file is not asking for it
	s, err := o.validate()
	return o, s, o.blame(err)
}

// config is what to analyse. It has no roots if all paths are excluded.
func (e *editor) config(paths []string, overlay map[string][]byte) (analyzer.Config, *options, *settings, error) {
	o, s, err := e.options()
	if err != nil {
		return analyzer.Config{}, nil, nil, err
	}
	exclude, err := newExcluder(o.excludeBase, o.exclude)
	if err != nil {
		return analyzer.Config{}, nil, nil, o.blame(err)
	}
	front, err := e.app.front(o, s, []string{"."})
	if err != nil {
		return analyzer.Config{}, nil, nil, o.blame(err)
	}
	front.Overlay = overlay
	front.Roots = slices.DeleteFunc(slices.Clone(paths), exclude.match)
	selected, err := selectRules(e.app.rules, o.selected, o.extended, o.ignored)
	return analyzer.Config{
		Front: front, Target: s.target, Asked: o.targetGiven, Also: s.also, Contracts: o.contracts, Rules: selected, AllRules: e.app.rules,
		MinConfidence: s.confidence, Jobs: o.jobs, Generated: o.generated,
	}, o, s, o.blame(err)
}

// editorRounds is how many analyses it may cost to find the fixes of what an editor shows. Only the files
// that are open are read again.
const editorRounds = 4

// Check implements lsp.Backend.
func (e *editor) Check(ctx context.Context, files []string, overlay map[string][]byte) ([]*finding.Finding, func(string) []byte, error) {
	cfg, o, s, err := e.config(files, overlay)
	if err != nil || len(cfg.Front.Roots) == 0 {
		return nil, nil, err
	}
	filters, err := o.filters(false)
	if err != nil {
		return nil, nil, o.blame(err)
	}
	res, err := e.app.analyze(ctx, cfg)
	if errors.Is(err, analyzer.ErrNoSources) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	kept := slices.DeleteFunc(filters.apply(res, cfg.Rules).findings, func(f *finding.Finding) bool { return f.Severity < s.severity })
	e.app.crashes(o, res.Crashes)
	if _, err := analyzer.OfferFixes(ctx, cfg, res, kept, editorRounds); err != nil {
		return nil, nil, err
	}
	return kept, res.Source, nil
}

// Infer implements lsp.Backend.
func (e *editor) Infer(ctx context.Context, paths []string, overlay map[string][]byte) (*analyzer.Beliefs, error) {
	cfg, _, _, err := e.config(paths, overlay)
	if err != nil || len(cfg.Front.Roots) == 0 {
		return &analyzer.Beliefs{}, err
	}
	cfg.Also = nil
	b, err := analyzer.Infer(ctx, cfg)
	if errors.Is(err, analyzer.ErrNoSources) {
		err = nil
	}
	return cmp.Or(b, &analyzer.Beliefs{}), err
}

// Contract implements lsp.Backend.
func (e *editor) Contract(name string) (*contract.Func, error) {
	o, _, err := e.options()
	if err != nil {
		return nil, err
	}
	table, err := loadContracts(o.targetPython, o.contracts)
	if err != nil {
		return nil, err
	}
	return table.Lookup(name), nil
}
