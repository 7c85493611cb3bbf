package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/refcheck/refcheck/cmodel/contract"
)

// newAPI returns the command that shows contracts of C functions.
func newAPI(a *app) *cobra.Command {
	o := &options{}
	var format string
	var all, statistics bool
	var project []string
	sources := pflag.NewFlagSet("api", pflag.ContinueOnError)
	cmd := &cobra.Command{
		Use:   "api NAME...",
		Short: "Show what refcheck knows about a C API function, or about your own",
		Long: `api shows the contract of a C API function as refcheck uses it: which references
it returns, borrows or takes over, how it fails, and whether it may run Python code.

With --project PATH it shows what refcheck believes about the functions in PATH, all
or those named, and the lines that decided it; and which fields (Struct.field) and
global variables own what they hold.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkListFormat(format); err != nil {
				return err
			}
			if len(project) > 0 {
				if _, err := o.loadConfig(sources); err != nil {
					return err
				}
				if all {
					return errors.New("--all goes with the C API only; without names, --project shows all functions")
				}
				return a.beliefs(cmd.Context(), o, project, args, format)
			}
			if statistics {
				if all || len(args) > 0 {
					return errors.New("--statistics goes without names and without --all")
				}
				return printFigures(cmd.OutOrStdout(), format)
			}
			table, err := loadContracts(o.targetPython, o.contracts)
			if err != nil {
				return err
			}
			funcs, err := lookup(table, args, all)
			if err != nil {
				return err
			}
			return printFuncs(cmd.OutOrStdout(), funcs, format)
		},
	}
	cmd.Flags().StringVar(&format, "output-format", "text", "`FORMAT`: text, json")
	cmd.Flags().BoolVar(&all, "all", false, "all functions of the target version")
	cmd.Flags().BoolVar(&statistics, "statistics", false, "how many functions the built-in table knows, by what they do, and how many were tried out")
	cmd.Flags().StringArrayVar(&project, "project", nil, "the functions in `PATH`, a file or folder, instead of the C API (repeatable)")
	o.registerSources(sources)
	cmd.Flags().AddFlagSet(sources)
	return cmd
}

// loadContracts returns the contracts for a target with those in files on top.
func loadContracts(target string, files []string) (*contract.Table, error) {
	t, err := contract.ParseTarget(target)
	if err != nil {
		return nil, fmt.Errorf("--target-python: %w", err)
	}
	table := contract.Load(t)
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("--contracts: %w", err)
		}
		table, err = table.Overlay(f, name)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("--contracts: %w", err)
		}
	}
	return table, nil
}

// lookup returns the contracts of the named functions, or of all that the target
// has.
func lookup(table *contract.Table, names []string, all bool) ([]*contract.Func, error) {
	if all == (len(names) > 0) {
		return nil, errors.New("give either names of functions or --all, as in \"refcheck api PyList_SetItem\"")
	}
	var funcs []*contract.Func
	for _, f := range contract.All() {
		if all && f.In(table.Target().Minor) && table.Lookup(f.Name) == f {
			funcs = append(funcs, f)
		}
	}
	for _, name := range names {
		f := table.Lookup(strings.TrimSuffix(name, "()"))
		if f == nil {
			return nil, fmt.Errorf("no contract is known for %s%s", name, suggestFuncs(name))
		}
		funcs = append(funcs, f)
	}
	return funcs, nil
}

func suggestFuncs(name string) string {
	if s := contract.Suggest(name); len(s) > 0 {
		return ": did you mean " + strings.Join(s, ", ") + "?"
	}
	return " (\"refcheck api --all\" shows all there are; more can be given with --contracts)"
}

func printFuncs(w io.Writer, funcs []*contract.Func, format string) error {
	if format == "json" {
		list := []contract.JSONFunc{}
		for _, f := range funcs {
			list = append(list, f.JSON())
		}
		return printJSON(w, list)
	}
	for i, f := range funcs {
		if i > 0 {
			fmt.Fprintln(w)
		}
		f.Explain(w)
	}
	return nil
}

// printJSON writes v for people to read.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
