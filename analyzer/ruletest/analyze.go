package ruletest

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/refcheck/refcheck/analyzer"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/cfront"
	"github.com/refcheck/refcheck/cmodel/contract"
)

// analyze is the real analysis, for the newest Python and the confidence that
// users see by default. A crash, a function that could not be analysed or a finding
// that the reference model refutes is an error: they are bugs of ours.
var analyze analysis = func(dir string, rules []*rule.Rule) ([]*finding.Finding, error) {
	res, err := analyzer.Analyze(context.Background(), analyzer.Config{
		Front:         cfront.Options{Roots: []string{dir}},
		Target:        contract.DefaultTarget,
		Rules:         rules,
		MinConfidence: finding.Medium,
		Jobs:          1,
	})
	if err != nil {
		return nil, err
	}
	if len(res.Crashes) > 0 {
		return nil, errors.New("refcheck crashed:\n" + strings.Join(res.Crashes, "\n"))
	}
	if n := len(res.Coverage.Incomplete); n > 0 {
		return nil, fmt.Errorf("%d functions were not analysed, the first is %+v", n, res.Coverage.Incomplete[0])
	}
	if res.Refuted > 0 {
		return nil, fmt.Errorf("the reference model refutes %d findings", res.Refuted)
	}
	return res.Findings, nil
}
