package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
)

// maxPathBytes is how much of a page the drawn paths may take. Beyond it findings
// are listed without their path, so that a browser can still open the file.
const maxPathBytes = 12 << 20

var (
	//go:embed html/page.html
	htmlPage string
	//go:embed html/page.css
	htmlStyle string
	//go:embed html/page.js
	htmlScript string

	htmlTemplate = template.Must(template.New("page").Parse(htmlPage))
)

type (
	htmlReport struct {
		Style        template.CSS // of this package, as is Script
		Script       template.JS
		Version      string
		TargetPython string
		Home         string
		Summary      string
		Findings     int
		Rules, Files []htmlChoice
		Severities   []htmlChoice
		Coverage     finding.Coverage
	}
	// An htmlChoice is a value to filter by, and how many findings have it.
	htmlChoice struct {
		Value, Text string
		N           int
	}
	htmlFinding struct {
		*finding.Finding
		File      string
		Line, Col int
		Open      bool
		Path      template.HTML // made by the template of paths; may be empty
		LeftOut   bool          // the path, to keep the page small
		Fixed     []htmlPatch
		Model     finding.Model
		Help      string
		Also      string
		With      []string
	}
)

// writeHTML prints one page that needs nothing else: no network, no other file.
// All text that is not refcheck's own goes through html/template.
func writeHTML(w io.Writer, in *Input, _ Style) error {
	page := newHTMLReport(in)
	if err := htmlTemplate.ExecuteTemplate(w, "head", page); err != nil {
		return err
	}
	t, room := newTexts(in), maxPathBytes
	for i, f := range in.Findings {
		x := t.htmlFinding(f)
		x.Open = i == 0
		if room > 0 {
			var b bytes.Buffer
			if err := htmlTemplate.ExecuteTemplate(&b, "path", t.htmlPath(in, f)); err != nil {
				return err
			}
			x.Path = template.HTML(b.String())
			x.Fixed = t.htmlFix(f)
			room -= b.Len() + patchBytes(x.Fixed)
		} else {
			x.LeftOut = true
		}
		if err := htmlTemplate.ExecuteTemplate(w, "finding", x); err != nil {
			return err
		}
	}
	return htmlTemplate.ExecuteTemplate(w, "foot", page)
}

func newHTMLReport(in *Input) *htmlReport {
	p := &htmlReport{
		Style: template.CSS(htmlStyle), Script: template.JS(htmlScript),
		Version: in.Version, TargetPython: in.TargetPython, Home: Home,
		Findings: len(in.Findings), Coverage: in.Coverage,
	}
	timeless := *in // the same input gives the same page
	timeless.Seconds = 0
	p.Summary = strings.TrimSpace(Summary(&timeless))
	p.Rules = choices(in.Findings, func(f *finding.Finding) (string, string) { return f.Rule, f.Rule + " " + f.Name })
	p.Files = choices(in.Findings, func(f *finding.Finding) (string, string) { return f.Span.File, Visible(f.Span.File) })
	for _, s := range []finding.Severity{finding.Error, finding.Warning, finding.Note} {
		c := htmlChoice{Value: s.String(), Text: s.String()}
		for _, f := range in.Findings {
			if f.Severity == s {
				c.N++
			}
		}
		if c.N > 0 {
			p.Severities = append(p.Severities, c)
		}
	}
	return p
}

// choices counts findings by a property, sorted by its value.
func choices(all []*finding.Finding, of func(*finding.Finding) (value, text string)) []htmlChoice {
	index := map[string]int{}
	var out []htmlChoice
	for _, f := range all {
		value, text := of(f)
		i, ok := index[value]
		if !ok {
			i = len(out)
			index[value] = i
			out = append(out, htmlChoice{Value: value, Text: text})
		}
		out[i].N++
	}
	slices.SortFunc(out, func(a, b htmlChoice) int { return strings.Compare(a.Value, b.Value) })
	return out
}

func (t *texts) htmlFinding(f *finding.Finding) *htmlFinding {
	at := t.place(f.Span)
	x := &htmlFinding{
		Finding: f, File: at.File, Line: at.Line, Col: at.Column,
		Help: helpText(f), Also: alsoText(f),
	}
	if len(f.Steps) > 0 {
		m := modelOf(f)
		x.Model = finding.Model{Verdict: m.Verdict, Detail: m.Detail}
	}
	for i, r := range f.Related {
		if i == maxRelated {
			x.With = append(x.With, fmt.Sprintf("%d more", len(f.Related)-i))
			break
		}
		x.With = append(x.With, relatedText(f, r))
	}
	return x
}
