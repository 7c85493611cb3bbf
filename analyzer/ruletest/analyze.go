package ruletest

import (
	"context"
	"fmt"

	"github.com/refcheck/refcheck/analyzer"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/cfront"
	"github.com/refcheck/refcheck/cmodel/contract"
)

// analyze is the real analysis, for the newest Python and the confidence that users see by
// default, or what the fixture asks for. A crash, a function that could not be analysed or a finding
// that the reference model refutes fails the fixture: they are bugs of ours.
var analyze analysis = func(dir string, fx *Fixture, rules []*rule.Rule) ([]*finding.Finding, []string, error) {
	cfg := analyzer.Config{
		Front:         cfront.Options{Roots: []string{dir}},
		Target:        contract.DefaultTarget,
		Also:          analyzer.OtherTargets(finding.Medium),
		Rules:         rules,
		MinConfidence: finding.Medium,
		Jobs:          1,
	}
	if fx.Low() {
		cfg.MinConfidence = finding.Low
	}
	if python := fx.Python(); python != "" {
		target, err := contract.ParseTarget(python)
		if err != nil {
			return nil, nil, err
		}
		cfg.Target, cfg.Asked, cfg.Also = target, true, nil
	}
	res, err := analyzer.Analyze(context.Background(), cfg)
	if err != nil {
		return nil, nil, err
	}
	var bugs []string
	for _, c := range res.Crashes {
		bugs = append(bugs, "refcheck crashed: "+c)
	}
	for _, i := range res.Coverage.Incomplete {
		bugs = append(bugs, fmt.Sprintf("%s:%d: %s was not analysed: %s", i.File, i.Line, i.Function, i.Reason))
	}
	for _, f := range res.Refuted {
		bugs = append(bugs, fmt.Sprintf("the reference model refutes a finding: %s: %s", f, f.Model.Detail))
	}
	return res.Findings, bugs, nil
}
