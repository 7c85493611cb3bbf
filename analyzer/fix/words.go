package fix

import (
	"regexp"
	"slices"
	"strings"

	"github.com/refcheck/refcheck/cmodel/cfront"
)

// lvalue is what can be released and asked for again without doing anything else.
var lvalue = regexp.MustCompile(`^[A-Za-z_]\w*((->|\.)[A-Za-z_]\w*)*$`)

// spaceless is C text without white space, for comparing expressions.
func spaceless(s string) string { return strings.Join(strings.Fields(s), "") }

// identifier is the name of a variable.
var identifier = regexp.MustCompile(`^[A-Za-z_]\w*$`)

// base is the variable that an expression begins with.
func base(expr string) string {
	if i := strings.IndexAny(expr, "-.["); i >= 0 {
		return expr[:i]
	}
	return expr
}

// plain is the expression of tokens first to last without casts and parentheses around all of it.
func (t *Text) plain(first, last int) (int, int) {
	for first < last && t.toks[first].Op == '(' && t.mate[first] > 0 {
		switch m := t.mate[first]; {
		case m == last:
			first, last = first+1, last-1
		case t.isCast(first):
			first = m + 1
		default:
			return first, last
		}
	}
	return first, last
}

// isCast reports whether the parenthesis at a token holds the name of a pointer type.
func (t *Text) isCast(open int) bool {
	m := t.mate[open]
	return m > open+2 && t.toks[m-1].Op == '*' && t.toks[open+1].Kind == cfront.IdentToken
}

// between is the text of tokens first to last.
func (t *Text) between(first, last int) string {
	if first > last {
		return ""
	}
	return string(t.src[t.toks[first].Off:t.toks[last].End])
}

// A call is one in the text: its name and the tokens of each argument.
type call struct {
	name  int
	args  [][2]int
	close int
}

// callAt reads the call whose name is token i.
func (t *Text) callAt(i int) (c call, ok bool) {
	if i < 0 || !t.is(i+1, "(") || t.mate[i+1] < 0 || t.toks[i].Kind != cfront.IdentToken {
		return c, false
	}
	c = call{name: i, close: t.mate[i+1]}
	start := i + 2
	for n := start; n <= c.close; n++ {
		switch k := t.toks[n]; {
		case n == c.close || k.Op == ',':
			if n > start {
				c.args = append(c.args, [2]int{start, n - 1})
			}
			start = n + 1
		case t.mate[n] > n:
			n = t.mate[n]
		}
	}
	return c, true
}

// onlyCall is the call that a statement consists of.
func (t *Text) onlyCall(s *stmt) (c call, ok bool) {
	if s == nil || s.kind != simple || s.odd {
		return c, false
	}
	c, ok = t.callAt(s.first)
	return c, ok && (c.close == s.last || c.close == s.last-1 && t.toks[s.last].Op == ';')
}

// An assignment is a statement target = value;
type assignment struct {
	target, value [2]int
	op            int
}

func (t *Text) assigns(s *stmt) (a assignment, ok bool) {
	if s == nil || s.kind != simple || s.odd || t.isDeclaration(s) || t.toks[s.last].Op != ';' {
		return a, false
	}
	for i := s.first; i < s.last; i++ {
		if t.is(i, "=") {
			a = assignment{[2]int{s.first, i - 1}, [2]int{i + 1, s.last - 1}, i}
			return a, i > s.first && i+1 < s.last
		}
		if t.mate[i] > i {
			i = t.mate[i]
		}
	}
	return a, false
}

// returned is the expression of a return statement.
func (t *Text) returned(s *stmt) (first, last int, ok bool) {
	if s == nil || s.kind != simple || s.odd || !t.is(s.first, "return") || s.last-s.first < 2 || t.toks[s.last].Op != ';' {
		return 0, 0, false
	}
	return s.first + 1, s.last - 1, true
}

// returns is the return type of the function with this body, as a declaration begins: "PyObject *", "int ".
func (t *Text) returns(body *stmt) string {
	for body.parent != nil {
		body = body.parent
	}
	i := body.first - 1
	for i > 0 && t.toks[i].Op != ')' {
		i--
	}
	if i <= 0 || t.mate[i] < 1 {
		return ""
	}
	name := t.mate[i] - 1
	var words []string
	for i = name - 1; i >= 0 && (t.toks[i].Kind == cfront.IdentToken || t.toks[i].Op == '*'); i-- {
		switch w := t.text(i); w {
		case "static", "inline", "extern", "__inline", "Py_LOCAL_INLINE", "PyAPI_FUNC":
		case "PyMODINIT_FUNC":
			return "PyObject *"
		default:
			words = append(words, w)
		}
	}
	slices.Reverse(words)
	out := strings.Join(words, " ")
	if out == "" || strings.HasPrefix(out, "void") && !strings.Contains(out, "*") {
		return ""
	}
	return strings.ReplaceAll(out+" ", "* ", "*")
}

// failure is what the function with this body returns when it fails, "" if that is not plain.
func (t *Text) failure(body *stmt) string {
	switch typ := t.returns(body); {
	case strings.HasSuffix(typ, "*"):
		return "NULL"
	case typ == "int " || typ == "Py_ssize_t ":
		return "-1"
	}
	return ""
}

// unused is the first of some names that the function around s does not use.
func (t *Text) unused(s *stmt, names ...string) string {
	for s.parent != nil {
		s = s.parent
	}
	for _, n := range names {
		if !t.mentions(s.first-40, s.last, n) {
			return n
		}
	}
	return ""
}

// declares reports whether the function around s has a variable or argument of this name.
func (t *Text) declares(s *stmt, name string) bool {
	for s.parent != nil {
		s = s.parent
	}
	found := false
	s.each(func(d *stmt) {
		found = found || t.isDeclaration(d) && t.mentions(d.first+1, d.last, name)
	})
	if open := s.first - 1; !found && t.is(open, ")") && t.mate[open] > 0 {
		return t.mentions(t.mate[open], open, name)
	}
	return found
}

// old are signs of code that is compiled for Pythons, or parts of the API, without some macros.
var old = []string{"PY_MAJOR_VERSION", "Py_LIMITED_API", "PyString_FromString", "PyInt_FromLong"}

// setref reports whether Py_SETREF, which is in no stable API, can be used: since Python 3.6.
func (t *Text) setref() bool {
	text := string(t.src)
	if strings.Contains(text, "Py_SETREF") || strings.Contains(text, "Py_XSETREF") {
		return true
	}
	return !slices.ContainsFunc(old, func(s string) bool { return strings.Contains(text, s) })
}

// newref reports whether Py_NewRef can be used: since Python 3.10.
func (t *Text) newref() bool {
	return t.Minor >= 10 || strings.Contains(string(t.src), "Py_NewRef") || strings.Contains(string(t.src), "Py_XNewRef")
}
