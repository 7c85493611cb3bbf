package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/refcheck/refcheck/analyzer/report"
)

const home = report.Home

const longHelp = `refcheck finds reference-counting bugs in C extensions for CPython: leaks,
double releases, uses after release, borrowed references kept too long. It needs
no build and no compiler.

Each PATH is a C file, a folder, or - for standard input; the default is the
current folder. Given files only, refcheck still reads the rest of the project to
know what its functions do, and reports findings for the given files.

Exit codes: 0 nothing to report, 1 findings, 2 refcheck could not do its work.`

// newRoot builds the command tree. The check command is the root itself.
func newRoot(a *app) *cobra.Command {
	root := newCheck(a, "refcheck [flags] [PATH...]")
	root.Long = longHelp
	root.Version = version()
	root.SilenceErrors = true
	root.SilenceUsage = true
	root.SetVersionTemplate("refcheck {{.Version}}\n")
	root.SetFlagErrorFunc(flagError)
	check := newCheck(a, "check [flags] [PATH...]")
	check.Short = "Check C files (the same as refcheck without a command)"
	root.AddCommand(check, newRules(a), newExplain(a), newAPI(a), newReplay(a), newLSP(a), newVersion())
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" { // which prints its help for a shell it does not know
			c.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
		}
	}
	return root
}

// flagError adds to an error about a flag what to do next.
func flagError(cmd *cobra.Command, err error) error {
	help := fmt.Sprintf("; %q lists all flags", cmd.CommandPath()+" --help")
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return fmt.Errorf("%w%s", err, help)
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	})
	name := unknown.GetSpecifiedName()
	if best := closest(name, names); best != "" && len(name) > 1 {
		return fmt.Errorf("%w: did you mean --%s?%s", err, best, strings.Replace(help, "; ", " ", 1))
	}
	return fmt.Errorf("%w%s", err, help)
}
