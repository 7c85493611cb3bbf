// Package probe holds recipes that say how to call each function of the CPython
// API, so that its tests can check the contracts against real interpreters, and the
// reasons why the others cannot be called. docs/contracts.md describes the method.
package probe

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/refcheck/refcheck/cmodel/contract"
)

//go:embed recipes/*.txt
var files embed.FS

// A Recipe is one call of a function.
type Recipe struct {
	Func string
	// Args are C expressions. Those of testdata/probe.h make objects that are watched.
	Args []string
	// All: there is no argument list; every argument is the default one.
	All bool
	// Pre and Post are C statements before the arguments are made, and after
	// everything. Post sees the arguments a0, a1 ... and the result r.
	Pre, Post string
	// Raised: an exception is set when the function is called.
	Raised bool
	// Fails: the call must fail, with the named exception if there is a name.
	Fails     bool
	Exception string
	// NoMem: the call is not repeated with failing allocations.
	NoMem bool
	// Alone: the call changes the interpreter, so it gets a process of its own.
	Alone bool
	// Since and Until limit the versions, as those of a contract do.
	Since, Until contract.Version

	lets  map[string]string // default arguments, by name or type of the parameter
	place string            // file:line
}

// In reports whether the recipe is for CPython 3.minor.
func (r *Recipe) In(minor int) bool {
	return contract.Version(minor) >= r.Since && (r.Until == 0 || contract.Version(minor) < r.Until)
}

// Recipes is the content of recipes/*.txt.
type Recipes struct {
	Calls []*Recipe
	// Skipped are the functions that are not called, with the reason.
	Skipped map[string]string

	lets map[string]string // default arguments, from recipes/defaults.txt
}

// Load reads the embedded recipes.
func Load() (*Recipes, error) {
	names, err := fs.Glob(files, "recipes/*.txt")
	if err != nil {
		return nil, err
	}
	rs := &Recipes{Skipped: map[string]string{}, lets: map[string]string{}}
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if err := rs.read(string(text), name); err != nil {
			return nil, err
		}
	}
	return rs, nil
}

// Funcs returns the names of the functions with a recipe that succeeds, or fails,
// sorted.
func (rs *Recipes) Funcs(fails bool) []string {
	var names []string
	for _, r := range rs.Calls {
		if r.Fails == fails {
			names = append(names, r.Func)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// read parses one file. A line that begins with a blank continues the one before.
func (rs *Recipes) read(text, name string) error {
	lets := map[string]string{}
	if strings.HasSuffix(name, "/defaults.txt") {
		lets = rs.lets
	}
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		line, number := lines[i], i+1
		for i+1 < len(lines) && strings.HasPrefix(lines[i+1], " ") {
			i++
			line += " " + strings.TrimSpace(lines[i])
		}
		if err := rs.line(line, fmt.Sprintf("%s:%d", name, number), lets); err != nil {
			return fmt.Errorf("%s:%d: %v", name, number, err)
		}
	}
	return nil
}

// line reads one of
//
//	# comment
//	@let NAME-OR-TYPE = EXPRESSION
//	skip NAME ...: reason
//	{PRE} NAME(ARG, ...) {POST} fails Exception raised nomem=no alone since=3.N until=3.N -- remark
func (rs *Recipes) line(line, place string, lets map[string]string) error {
	line, _, _ = strings.Cut(line, " -- ")
	switch {
	case line == "" || line[0] == '#':
		return nil
	case strings.HasPrefix(line, "@let "):
		key, value, ok := strings.Cut(line[len("@let "):], " = ")
		if !ok {
			return fmt.Errorf("want @let NAME = EXPRESSION")
		}
		lets[key] = value
		return nil
	case strings.HasPrefix(line, "skip "):
		names, reason, _ := strings.Cut(line[len("skip "):], ":")
		return rs.skip(strings.Fields(names), strings.TrimSpace(reason))
	}
	r := &Recipe{lets: maps.Clone(lets), place: place}
	if err := r.parse(line); err != nil {
		return err
	}
	rs.Calls = append(rs.Calls, r)
	return nil
}

func (rs *Recipes) skip(names []string, reason string) error {
	if reason == "" {
		return fmt.Errorf("no reason")
	}
	for _, n := range names {
		if rs.Skipped[n] != "" {
			return fmt.Errorf("%s is skipped twice", n)
		}
		rs.Skipped[n] = reason
	}
	return nil
}

func (r *Recipe) parse(s string) (err error) {
	if r.Pre, s, err = group(s, '{'); err != nil {
		return err
	}
	end := strings.IndexAny(s, "( ")
	if end < 0 {
		end = len(s)
	}
	r.Func, s = s[:end], s[end:]
	r.All = !strings.HasPrefix(s, "(")
	args, s, err := group(s, '(')
	if err != nil {
		return err
	}
	if !r.All {
		r.Args = splitArgs(args)
	}
	if r.Post, s, err = group(strings.TrimSpace(s), '{'); err != nil {
		return err
	}
	return r.attributes(strings.Fields(s))
}

func (r *Recipe) attributes(words []string) error {
	for i, w := range words {
		key, value, _ := strings.Cut(w, "=")
		n, numErr := strconv.Atoi(strings.TrimPrefix(value, "3."))
		switch {
		case w == "fails":
			r.Fails = true
		case i > 0 && words[i-1] == "fails" && value == "":
			r.Exception = w
		case w == "raised":
			r.Raised = true
		case w == "alone":
			r.Alone = true
		case w == "nomem=no":
			r.NoMem = true
		case key == "since" && numErr == nil:
			r.Since = contract.Version(n)
		case key == "until" && numErr == nil:
			r.Until = contract.Version(n)
		default:
			return fmt.Errorf("unknown word %q", w)
		}
	}
	return nil
}

// group cuts a leading bracketed text, if s begins with open, and the blanks
// after it.
func group(s string, open byte) (inside, rest string, err error) {
	if s == "" || s[0] != open {
		return "", s, nil
	}
	end := skip(s, 0)
	if end < 0 {
		return "", "", fmt.Errorf("no end of %q", s)
	}
	return strings.TrimSpace(s[1 : end-1]), strings.TrimSpace(s[end:]), nil
}

// skip returns the end of the bracketed text or literal that begins at s[i], -1
// if it has none.
func skip(s string, i int) int {
	closing := map[byte]byte{'(': ')', '{': '}', '[': ']', '"': '"', '\'': '\''}[s[i]]
	quoted := closing == s[i]
	for j := i + 1; j < len(s); j++ {
		switch {
		case s[j] == closing:
			return j + 1
		case quoted && s[j] == '\\':
			j++
		case !quoted && strings.IndexByte("({[\"'", s[j]) >= 0:
			if j = skip(s, j); j < 0 {
				return -1
			}
			j--
		}
	}
	return -1
}

// splitArgs splits at the commas outside of brackets and literals.
func splitArgs(s string) []string {
	var args []string
	from := 0
	for i := 0; i < len(s); i++ {
		switch {
		case strings.IndexByte("({[\"'", s[i]) >= 0:
			i = skip(s, i) - 1
		case s[i] == ',':
			args = append(args, strings.TrimSpace(s[from:i]))
			from = i + 1
		}
	}
	if last := strings.TrimSpace(s[from:]); last != "" || args != nil {
		args = append(args, last)
	}
	return args
}
