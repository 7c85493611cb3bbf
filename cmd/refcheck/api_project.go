package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/refcheck/refcheck/analyzer"
	"github.com/refcheck/refcheck/analyzer/engine"
	"github.com/refcheck/refcheck/analyzer/inferred"
	"github.com/refcheck/refcheck/cmodel/contract"
)

// beliefs shows the contracts that were inferred for the functions of a project,
// and the slots that own what they hold.
func (a *app) beliefs(ctx context.Context, o *options, paths, names []string, format string) error {
	target, err := contract.ParseTarget(o.targetPython)
	if err != nil {
		return fmt.Errorf("--target-python: %w", err)
	}
	front, err := a.front(o, &settings{target: target}, paths)
	if err != nil {
		return err
	}
	b, err := analyzer.Infer(ctx, analyzer.Config{Front: front, Target: target, Contracts: o.contracts, Jobs: o.jobs})
	if errors.Is(err, context.Canceled) {
		return errors.New("interrupted; nothing is shown")
	}
	if err != nil {
		return err
	}
	funcs, owners, missing := inferred.Find(b.Funcs, b.Owners, names)
	if len(missing) > 0 {
		return fmt.Errorf("%s has no function called %s, and no field or variable of that name is known to own what it holds%s",
			strings.Join(paths, ", "), strings.Join(missing, ", "), suggestOwn(b, missing[0]))
	}
	if format == "json" {
		return printJSON(a.stdout, beliefList(funcs, owners))
	}
	printBeliefs(a.stdout, funcs, owners)
	return nil
}

// suggestOwn proposes functions of the project with a similar name.
func suggestOwn(b *analyzer.Beliefs, name string) string {
	var known []string
	for _, f := range b.Funcs {
		known = append(known, f.Contract.Name)
	}
	for _, o := range b.Owners {
		known = append(known, inferred.OwnerName(o))
	}
	return didYouMean(name, known)
}

func beliefList(funcs []*inferred.Func, owners []engine.Owner) []any {
	list := []any{}
	for _, f := range funcs {
		list = append(list, f.JSON())
	}
	for _, o := range owners {
		list = append(list, inferred.OwnerJSON(o))
	}
	return list
}

func printBeliefs(w io.Writer, funcs []*inferred.Func, owners []engine.Owner) {
	for i, f := range funcs {
		if i > 0 {
			fmt.Fprintln(w)
		}
		f.Explain(w)
	}
	for i, o := range owners {
		if i+len(funcs) > 0 {
			fmt.Fprintln(w)
		}
		inferred.ExplainOwner(w, o)
	}
}
