package report

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

// maxDescription is the longest rule description GitHub takes.
const maxDescription = 1024

// driver describes refcheck and its rules. A finding whose rule is not among
// in.Rules gets a rule of its own, as results must refer to one.
func (s *sarifWriter) driver(fs []*finding.Finding) sarifComponent {
	d := sarifComponent{
		Name: "refcheck", Version: s.in.Version, SemanticVersion: s.in.Version, InformationURI: Home,
		Rules: []sarifRule{},
		Notifications: []sarifRule{
			{ID: "not-analysed", Short: &sarifText{Text: "A function or a part of a file was not analysed."}},
			{ID: "skipped-file", Short: &sarifText{Text: "A file was not analysed."}},
			{ID: "too-many-results", Short: &sarifText{Text: "Not all findings, or not all of their paths, are part of this report, or will be shown."}},
		},
	}
	rules := slices.Clone(s.in.Rules)
	slices.SortFunc(rules, func(a, b *rule.Rule) int { return cmp.Compare(a.Code, b.Code) })
	for _, r := range rules {
		if r.CWE > 0 {
			d.Supported = []sarifComponentRef{cweRef()}
		}
		s.rules[r.Code] = len(d.Rules)
		d.Rules = append(d.Rules, newSARIFRule(r))
	}
	for _, f := range fs {
		if _, ok := s.rules[f.Rule]; !ok {
			s.rules[f.Rule] = len(d.Rules)
			d.Rules = append(d.Rules, newSARIFRule(&rule.Rule{Code: f.Rule, Name: f.Name, Kind: f.Kind, Severity: f.Severity}))
		}
	}
	return d
}

func newSARIFRule(r *rule.Rule) sarifRule {
	summary := cmp.Or(rule.Summary(r.Doc), r.Code+" "+r.Name)
	out := sarifRule{
		ID: r.Code, Name: r.Name,
		Short:         &sarifText{Text: cut(cmp.Or(rule.FirstSentence(r.Doc), summary))},
		Full:          &sarifText{Text: cut(summary)},
		HelpURI:       Home + "/blob/main/docs/rules/" + r.Code + ".md",
		Help:          &sarifText{Text: cmp.Or(r.Doc, summary), Markdown: absoluteLinks(r.Doc)},
		Configuration: &sarifConfiguration{r.Severity.String()},
		Properties: map[string]any{
			"precision":        cmp.Or(r.Precision, "high"),
			"problem.severity": problemSeverity(r.Severity),
			"tags":             tags(r),
		},
	}
	if score := securitySeverity(r); score != "" {
		out.Properties["security-severity"] = score
	}
	if r.CWE > 0 {
		cwe := cweRef()
		out.Relationships = []sarifRelationship{{
			Target: sarifRuleRef{ID: strconv.Itoa(r.CWE), Component: &cwe},
			Kinds:  []string{"superset"},
		}}
	}
	return out
}

// taxonomies lists the weaknesses that the rules refer to.
func (s *sarifWriter) taxonomies() []sarifComponent {
	var ids []int
	for _, r := range s.in.Rules {
		if r.CWE > 0 {
			ids = append(ids, r.CWE)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	slices.Sort(ids)
	c := sarifComponent{
		Name: "CWE", Organization: "MITRE", InformationURI: "https://cwe.mitre.org/",
		ShortDescription: &sarifText{Text: "The MITRE Common Weakness Enumeration"},
	}
	for _, id := range slices.Compact(ids) {
		n := strconv.Itoa(id)
		c.Taxa = append(c.Taxa, sarifRule{ID: n, HelpURI: "https://cwe.mitre.org/data/definitions/" + n + ".html"})
	}
	return []sarifComponent{c}
}

// cweRef refers to the only taxonomy of the run.
func cweRef() sarifComponentRef { return sarifComponentRef{Name: "CWE", Index: 0} }

var docLink = regexp.MustCompile(`\]\((RC\d+\.md)`)

// absoluteLinks makes links between pages of rules work outside of the repository.
func absoluteLinks(doc string) string {
	return docLink.ReplaceAllString(doc, "]("+Home+"/blob/main/docs/rules/$1")
}

// unsafeKinds are the kinds of rules about objects that may be freed while they
// are in use.
var unsafeKinds = []string{"overdecref", "use-after-release", "borrowed-return", "borrowed-store", "thin-ice"}

// unsafeCWE are the weaknesses of such rules of other kinds: double free, use after free.
var unsafeCWE = []int{415, 416}

// memorySafety reports whether a rule is about using what may be freed.
func memorySafety(r *rule.Rule) bool {
	return slices.Contains(unsafeKinds, r.Kind) || slices.Contains(unsafeCWE, r.CWE)
}

// securitySeverity is GitHub's score, for memory-safety rules only: a leak is
// not an alert in a security overview. 7.0 and more is "high", 4.0 "medium".
func securitySeverity(r *rule.Rule) string {
	if !memorySafety(r) || r.Severity == finding.Note {
		return ""
	}
	if r.Severity == finding.Warning {
		return "5.0"
	}
	return "7.5"
}

func problemSeverity(s finding.Severity) string {
	if s == finding.Note {
		return "recommendation"
	}
	return s.String()
}

// tags classify a rule; GitHub shows ten.
func tags(r *rule.Rule) []string {
	out := []string{"correctness", "cpython", "reference-counting"}
	if r.Kind != "" {
		out = append(out, r.Kind)
	}
	if memorySafety(r) {
		out = append(out, "security")
	}
	if r.CWE > 0 {
		out = append(out, "external/cwe/cwe-"+strconv.Itoa(r.CWE))
	}
	return out
}

// cut shortens s to what GitHub takes as a description.
func cut(s string) string {
	r := []rune(s)
	if len(r) <= maxDescription {
		return s
	}
	return string(r[:maxDescription-1]) + "…"
}
