package fix

import (
	"strings"

	"github.com/refcheck/refcheck/analyzer/rule"
)

// checkAdded checks a call that takes an object over only if it succeeds.
func (t *Text) checkAdded(r *rule.Repair) []Option {
	s := t.at(t.Offset(r.At.Pos))
	c, ok := t.onlyCall(s)
	if !ok || len(c.args) < 3 || t.toks[s.last].Op != ';' || t.afterLabel(s) {
		return nil
	}
	fail := t.failure(s)
	first, last := t.plain(c.args[2][0], c.args[2][1])
	expr := t.between(first, last)
	if fail == "" || s.parent.kind != block || !t.toks[s.first].First {
		return nil
	}
	var edits []Edit
	indent := t.indent(t.off(s))
	if !lvalue.MatchString(strings.TrimPrefix(spaceless(expr), "&")) {
		if _, isCall := t.callAt(first); !isCall || t.mate[first+1] != last {
			return nil
		}
		name := t.nameFor(s, c, -1)
		edits = []Edit{{t.off(s), t.off(s), "PyObject *" + name + " = " + expr + ";" + t.eol + indent}, {t.toks[first].Off, t.toks[last].End, name}}
		expr = name
	}
	module := ""
	if m := t.between(c.args[0][0], c.args[0][1]); lvalue.MatchString(m) {
		module = "Py_DECREF(" + m + ");"
	}
	out := one("check "+t.text(c.name), append(edits, t.check(s, c, "Py_DECREF("+expr+");", module, "return "+fail+";")...))
	return append(out, one("check "+t.text(c.name), append(edits[:len(edits):len(edits)], t.check(s, c, "Py_DECREF("+expr+");", "return "+fail+";")...))...)
}

// check makes "if (f() < 0) { lines }" of the statement "f();".
func (t *Text) check(s *stmt, c call, lines ...string) []Edit {
	indent := t.indent(t.off(s))
	body := t.deeper(s, indent)
	text := " < 0)"
	brace := indent
	switch t.braces(s) {
	case sameLine:
		text += " {"
	case nextLine:
		text += t.eol + indent + "{"
	case halfway:
		brace = body
		text += t.eol + brace + "{"
		body = t.deeper(s, brace)
	}
	for _, l := range lines {
		if l != "" {
			text += t.eol + body + l
		}
	}
	return []Edit{{t.toks[c.name].Off, t.toks[c.name].Off, "if ("}, {t.toks[c.close].End, t.end(s), text + t.eol + brace + "}"}}
}

// uncomment removes codes from a comment that ignores nothing by them, or the comment.
func (t *Text) uncomment(r *rule.Repair) []Option {
	from, to, ok := t.span(r.At)
	if !ok {
		return nil
	}
	text := string(t.src[from:to])
	open, end := strings.IndexByte(text, '['), strings.IndexByte(text, ']')
	if open < 0 || end < open {
		return nil
	}
	idle := map[string]bool{}
	for _, c := range strings.Split(r.Expr, ",") {
		idle[strings.TrimSpace(c)] = true
	}
	var left []string
	for _, c := range strings.Split(text[open+1:end], ",") {
		if c = strings.TrimSpace(c); !idle[c] {
			left = append(left, c)
		}
	}
	if len(left) > 0 {
		return one("ignore only what is found", []Edit{{from + open + 1, from + end, strings.Join(left, ", ")}})
	}
	return one("remove the comment", t.cutComment(from, to))
}

// cutComment removes a comment, with its line if it has one of its own, and otherwise with the white
// space before it.
func (t *Text) cutComment(from, to int) []Edit {
	start, end := t.lines[t.Pos(from).Line-1], t.lineEnd(to)
	before, after := strings.TrimSpace(string(t.src[start:from])), strings.TrimSpace(string(t.src[to:end]))
	switch {
	case before == "" && after == "":
		for end < len(t.src) && t.src[end] != '\n' {
			end++
		}
		return []Edit{{start, min(end+1, len(t.src)), ""}}
	case after == "":
		return []Edit{{start + len(strings.TrimRight(string(t.src[start:from]), " \t")), end, ""}}
	}
	if to < len(t.src) && (t.src[to] == ' ' || t.src[to] == '\t') {
		to++
	}
	return []Edit{{from, to, ""}}
}
