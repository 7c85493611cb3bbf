package analyzer

import (
	"context"

	"github.com/refcheck/refcheck/analyzer/engine"
	"github.com/refcheck/refcheck/analyzer/inferred"
)

// Beliefs are what the analysis takes for true of a project's functions, fields
// and global variables.
type Beliefs struct {
	// Funcs are in the order of the files; those without a body that something is said
	// about come last.
	Funcs []*inferred.Func
	// Owners are the fields and globals that own what they hold, by name.
	Owners []engine.Owner
}

// Infer runs the analysis for what it learns about functions instead of what is
// wrong with them. Its errors are those of Analyze.
func Infer(ctx context.Context, cfg Config) (*Beliefs, error) {
	a, err := open(ctx, cfg)
	if err != nil {
		return nil, err
	}
	eng := a.newEngine()
	eng.Explain()
	b := &Beliefs{}
	for _, res := range eng.Analyze(ctx, a.units, max(1, cfg.Jobs)) {
		if a.project.Named(res.Func.Span.File) {
			b.Funcs = append(b.Funcs, inferred.New(res))
		}
	}
	for _, x := range eng.Foreign() {
		b.Funcs = append(b.Funcs, inferred.FromDeclaration(x))
	}
	b.Owners = eng.Owners()
	return b, ctx.Err()
}
