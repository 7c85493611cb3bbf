package main

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/refcheck/refcheck/analyzer/rule"
)

// complete tells shells which values the flags of the check command have.
func (a *app) complete(cmd *cobra.Command) {
	fixed := map[string][]string{"color": colors}
	var list []string
	for _, r := range a.rules {
		list = append(list, r.Code+"\t"+rule.FirstSentence(r.Doc))
	}
	for _, key := range configKeys {
		switch {
		case key.enum != nil:
			fixed[key.name] = key.enum()
		case key.form == ruleForm:
			fixed[key.name] = list
		}
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		values, ok := fixed[f.Name]
		if !ok {
			return
		}
		// It fails only for flags that do not exist.
		_ = cmd.RegisterFlagCompletionFunc(f.Name, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	})
}
