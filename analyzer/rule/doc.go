package rule

import "strings"

// Sections are the headings of every doc.md, in order, below the title line
// "# RCnnn name".
var Sections = []string{"What it does", "Why it is bad", "Example", "Fix", "Limits"}

// Section returns the text below one "## " heading of a rule's documentation,
// "" if there is no such heading.
func Section(doc, heading string) string {
	var out []string
	in, fenced := false, false
	for line := range strings.Lines(doc) {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		if title, ok := strings.CutPrefix(line, "## "); ok && !fenced {
			in = strings.TrimSpace(title) == heading
			continue
		}
		if in {
			out = append(out, line)
		}
	}
	return strings.TrimSpace(strings.Join(out, ""))
}

// CodeBlock returns the first fenced block of a text without its fences, and
// whether there is one.
func CodeBlock(text string) (string, bool) {
	_, rest, ok := strings.Cut("\n"+text, "\n```")
	if !ok {
		return "", false
	}
	_, rest, ok = strings.Cut(rest, "\n") // language tag
	if !ok {
		return "", false
	}
	code, _, ok := strings.Cut("\n"+rest, "\n```")
	return strings.TrimPrefix(code, "\n") + "\n", ok
}

// FirstSentence is the first sentence of "What it does".
func FirstSentence(doc string) string {
	s := Summary(doc)
	if i := strings.Index(s, ". "); i >= 0 {
		return s[:i+1]
	}
	return s
}

// Summary is the first paragraph of "What it does", on one line.
func Summary(doc string) string {
	para, _, _ := strings.Cut(Section(doc, "What it does"), "\n\n")
	return strings.Join(strings.Fields(para), " ")
}
