package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/refcheck/refcheck/analyzer/rule"
)

// newRules returns the command that lists the rules.
func newRules(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List the rules",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkListFormat(format); err != nil {
				return err
			}
			if format == "json" {
				return rulesJSON(cmd.OutOrStdout(), a.rules)
			}
			return rulesTable(cmd.OutOrStdout(), a.rules)
		},
	}
	cmd.Flags().StringVar(&format, "output-format", "text", "`FORMAT` of the list: text, json")
	return cmd
}

// checkListFormat checks the --output-format of commands other than check.
func checkListFormat(format string) error {
	if format == "text" || format == "json" {
		return nil
	}
	return fmt.Errorf("--output-format: want text or json, got %q", format)
}

func rulesTable(w io.Writer, rules []*rule.Rule) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range rules {
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\n", r.Code, r.Name, r.Severity, r.Kind)
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%d rules; \"refcheck explain CODE\" tells more about one.\n", len(rules))
	return err
}

func rulesJSON(w io.Writer, rules []*rule.Rule) error {
	type jsonRule struct {
		Code      string `json:"code"`
		Name      string `json:"name"`
		Kind      string `json:"kind"`
		Severity  string `json:"severity"`
		Summary   string `json:"summary"`
		CWE       *int   `json:"cwe"`
		Precision string `json:"precision"`
		Fixes     string `json:"fixes"` // "safe", "unsafe" or ""
		Doc       string `json:"doc"`
	}
	list := []jsonRule{}
	for _, r := range rules {
		j := jsonRule{Code: r.Code, Name: r.Name, Kind: r.Kind, Severity: r.Severity.String(), Summary: rule.Summary(r.Doc), Precision: cmp.Or(r.Precision, "high"), Fixes: r.Fixes, Doc: r.Doc}
		if r.CWE > 0 {
			j.CWE = &r.CWE
		}
		list = append(list, j)
	}
	return printJSON(w, list)
}

// newExplain returns the command that prints the documentation of rules.
func newExplain(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "explain CODE...",
		Short: "Explain a rule: what it finds, why that is bad, how to fix it",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("which rule? Give its code, as in \"refcheck explain RC101\"")
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return strings.Fields(codes(a.rules)), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			for i, arg := range args {
				r, err := findRule(a.rules, arg)
				if err != nil {
					return err
				}
				if i > 0 {
					fmt.Fprintln(cmd.OutOrStdout())
				}
				if _, err := fmt.Fprintln(cmd.OutOrStdout(), strings.TrimSpace(r.Doc)); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// findRule returns the rule with a code or name.
func findRule(rules []*rule.Rule, arg string) (*rule.Rule, error) {
	var words []string
	for _, r := range rules {
		if strings.EqualFold(arg, r.Code) || strings.EqualFold(arg, r.Name) {
			return r, nil
		}
		words = append(words, r.Code, r.Name)
	}
	if hint := didYouMean(arg, words); hint != "" {
		return nil, fmt.Errorf("there is no rule %q%s", arg, hint)
	}
	return nil, fmt.Errorf("there is no rule %q (%q lists them)", arg, "refcheck rules")
}
