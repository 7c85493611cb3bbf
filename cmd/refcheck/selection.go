package main

import (
	"fmt"
	"strings"

	"github.com/refcheck/refcheck/analyzer/rule"
)

// selectRules returns the rules to run. Of the selectors that fit a rule the
// longest decides; of equally long ones an ignoring one.
func selectRules(all []*rule.Rule, selected, extended, ignored []string) ([]*rule.Rule, error) {
	for flag, list := range map[string][]string{"--select": selected, "--extend-select": extended, "--ignore": ignored} {
		for i, s := range list {
			list[i] = strings.ToUpper(strings.TrimSpace(s))
			if err := checkSelector(all, list[i]); err != nil {
				return nil, fmt.Errorf("%s: %w", flag, err)
			}
		}
	}
	var out []*rule.Rule
	for _, r := range all {
		if max(longest(r, selected), longest(r, extended)) > longest(r, ignored) {
			out = append(out, r)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no rule is left to run: check --select and --ignore (%q lists the rules)", "refcheck rules")
	}
	return out, nil
}

// longest returns the length of the longest selector that fits r, -1 if none does.
func longest(r *rule.Rule, selectors []string) int {
	n := -1
	for _, s := range selectors {
		if s == "ALL" {
			n = max(n, 0)
		} else if s != "" && strings.HasPrefix(r.Code, s) {
			n = max(n, len(s))
		}
	}
	return n
}

// checkSelector reports a selector that fits no rule.
func checkSelector(all []*rule.Rule, s string) error {
	if s == "ALL" {
		return nil
	}
	var words []string
	for _, r := range all {
		if s != "" && strings.HasPrefix(r.Code, s) {
			return nil
		}
		for n := len(r.Code); n >= len("RC1"); n-- {
			words = append(words, r.Code[:n])
		}
	}
	for _, r := range all {
		if strings.EqualFold(r.Name, s) {
			return fmt.Errorf("%s is the name of a rule: use its code, %s", r.Name, r.Code)
		}
	}
	if hint := didYouMean(s, words); hint != "" {
		return fmt.Errorf("no rule is called %q%s", s, hint)
	}
	return fmt.Errorf("no rule is called %q: want codes or prefixes of codes (%q lists them)", s, "refcheck rules")
}

// codes lists the codes of rules.
func codes(rules []*rule.Rule) string {
	var out []string
	for _, r := range rules {
		out = append(out, r.Code)
	}
	return strings.Join(out, " ")
}
