package ruletest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// An expectation is one string of a want or note comment.
type expectation struct {
	file string
	line int
	fn   Func
	note bool
	key  string         // rule code, or kind of step
	text *regexp.Regexp // nil: any
	met  bool
}

func (x *expectation) String() string {
	word := "want"
	if x.note {
		word = "note"
	}
	s := x.key
	if x.text != nil {
		s += ": " + x.text.String()
	}
	return fmt.Sprintf("%s:%d: %s %q (in %s)", x.file, x.line, word, s, x.fn.Name)
}

var (
	directive = regexp.MustCompile("\\b(want|note)((?:\\s+(?:\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`))+)")
	quoted    = regexp.MustCompile("\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`")
	wantKey   = regexp.MustCompile(`^RC\d{3}$`)
	noteKey   = regexp.MustCompile(`^[a-z]+$`)
)

// expectations reads the want and note comments of a file.
func (f *File) expectations() ([]*expectation, error) {
	var xs []*expectation
	funcs := f.Funcs()
	for i, line := range strings.Split(f.Text, "\n") {
		at := commentStart(line)
		if at < 0 {
			continue
		}
		comment := line[at:]
		found := false
		for _, m := range directive.FindAllStringSubmatch(comment, -1) {
			for _, q := range quoted.FindAllString(m[2], -1) {
				x, err := parseExpectation(m[1] == "note", q)
				if err != nil {
					return nil, fmt.Errorf("%s:%d: %w", f.Name, i+1, err)
				}
				x.file, x.line, x.fn = f.Name, i+1, funcAt(funcs, i+1)
				xs = append(xs, x)
				found = true
			}
		}
		word, _, _ := strings.Cut(strings.TrimLeft(comment, "/* \t"), " ")
		if !found && (word == "want" || word == "note") {
			return nil, fmt.Errorf("%s:%d: malformed %s comment", f.Name, i+1, word)
		}
	}
	return xs, nil
}

// Wants lists the rules whose findings the comments expect in each function. What is expected
// outside of functions belongs to the zero Func.
func (f *File) Wants() (map[Func][]string, error) {
	xs, err := f.expectations()
	if err != nil {
		return nil, err
	}
	wants := map[Func][]string{}
	for _, x := range xs {
		if !x.note {
			wants[x.fn] = append(wants[x.fn], x.key)
		}
	}
	return wants, nil
}

// parseExpectation reads "KEY" or "KEY: regexp" in Go quotes.
func parseExpectation(note bool, q string) (*expectation, error) {
	s, err := strconv.Unquote(q)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", q, err)
	}
	key, text, hasText := strings.Cut(s, ":")
	form := wantKey
	if note {
		form = noteKey
	}
	if !form.MatchString(key) {
		return nil, fmt.Errorf("%s does not start with a rule code or kind of step", q)
	}
	x := &expectation{note: note, key: key}
	if hasText {
		if x.text, err = regexp.Compile(strings.TrimSpace(text)); err != nil {
			return nil, err
		}
	}
	return x, nil
}

// commentStart is the index of the first comment of a line, -1 without one.
// Comment marks in string literals do not count.
func commentStart(line string) int {
	quote := byte(0)
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case quote != 0 && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '/' && i+1 < len(line) && (line[i+1] == '/' || line[i+1] == '*'):
			return i
		}
	}
	return -1
}
