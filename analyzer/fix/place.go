package fix

import "strings"

// before puts lines before a statement, in braces if it needs some then.
func (t *Text) before(s *stmt, lines ...string) []Edit { return t.surround(s, lines, nil) }

// after puts lines after a statement.
func (t *Text) after(s *stmt, lines ...string) []Edit { return t.surround(s, nil, lines) }

// surround puts lines before and after a statement. It returns nil if that cannot be done without
// changing what the rest means.
func (t *Text) surround(s *stmt, before, after []string) []Edit {
	switch {
	case s == nil || s.parent == nil || s.odd && (s.kind != simple || len(after) > 0):
		return nil
	case s.parent.kind == block:
		return t.inBlock(s, before, after)
	}
	return t.inBraces(s, before, after)
}

// inBlock adds lines to a statement that stands in a block.
func (t *Text) inBlock(s *stmt, before, after []string) []Edit {
	var edits []Edit
	indent := t.indent(t.off(s))
	sep := t.eol + indent
	if !t.toks[s.first].First { // { return NULL; }
		sep = " "
	}
	if len(before) > 0 {
		edits = append(edits, Edit{t.off(s), t.off(s), strings.Join(before, sep) + sep})
	}
	if len(after) > 0 {
		at := t.end(s)
		if sep != " " && t.alone(at) {
			at = t.lineEnd(at)
		} else {
			sep = " "
		}
		edits = append(edits, Edit{at, at, sep + strings.Join(after, sep)})
	}
	return edits
}

// inBraces makes a block of a statement that is all that a condition or loop governs.
func (t *Text) inBraces(s *stmt, before, after []string) []Edit {
	up := s.parent
	head := s.first - 1 // ) or else or do
	if up.odd || up.kind == ifStmt && s.kind == ifStmt && t.is(head, "else") {
		return nil
	}
	ctl := t.indent(t.off(up))
	if t.is(head, "else") && t.toks[head].First {
		ctl = t.indent(t.toks[head].Off)
	}
	if !t.startsLine(up, head) {
		return nil
	}
	style := t.braces(s)
	brace, body := ctl, t.deeper(s, ctl)
	own := t.toks[s.first].First
	if own {
		if in := t.indent(t.off(s)); len(in) > len(ctl) {
			body = in
		}
	}
	if style == halfway {
		brace = t.deeper(s, ctl)
		body = t.deeper(s, brace)
	}
	open := " {"
	if style != sameLine {
		open = t.eol + brace + "{"
	}
	edits := t.openBrace(s, head, open, body, own, style)
	if edits == nil {
		return nil
	}
	if len(before) > 0 {
		edits = append(edits, Edit{t.off(s), t.off(s), strings.Join(before, t.eol+body) + t.eol + body})
	}
	if own && style == halfway {
		edits = append(edits, t.reindent(s, body)...)
	}
	return append(edits, t.closeBrace(s, after, brace, body))
}

// startsLine reports whether the if or else that governs a statement begins its line, so that its
// indentation is that of the line.
func (t *Text) startsLine(up *stmt, head int) bool {
	if t.toks[up.first].First {
		return true
	}
	first := up.first // else if, } else if
	for first > 0 && !t.toks[first].First {
		first--
	}
	return t.is(first, "else") || t.is(first, "}") && t.is(first+1, "else")
}

// openBrace puts the brace after the condition, and the statement on a line of its own.
func (t *Text) openBrace(s *stmt, head int, open, body string, own bool, style braceStyle) []Edit {
	at := t.toks[head].End
	if own {
		if style != sameLine {
			if !t.alone(at) {
				return nil
			}
			at = t.lineEnd(at)
		}
		return []Edit{{at, at, open}}
	}
	if strings.TrimSpace(string(t.src[at:t.off(s)])) != "" {
		return nil
	}
	return []Edit{{at, t.off(s), open + t.eol + body}}
}

// reindent moves the lines of a statement so that the first one has an indentation.
func (t *Text) reindent(s *stmt, body string) []Edit {
	old := t.indent(t.off(s))
	more, ok := strings.CutPrefix(body, old)
	if !ok {
		return nil
	}
	var edits []Edit
	for n := t.Pos(t.off(s)).Line; n <= t.Pos(t.end(s)).Line; n++ {
		start := t.lines[n-1]
		edits = append(edits, Edit{start, start, more})
	}
	return edits
}

// closeBrace ends the block after a statement.
func (t *Text) closeBrace(s *stmt, after []string, brace, body string) Edit {
	at := t.end(s)
	text := ""
	for _, l := range after {
		text += t.eol + body + l
	}
	text += t.eol + brace + "}"
	next := s.last + 1
	if t.is(next, "else") && strings.TrimSpace(string(t.src[at:t.toks[next].Off])) == "" {
		if t.cuddles() || !t.toks[next].First {
			return Edit{at, t.toks[next].Off, text + " "}
		}
		return Edit{at, at, text}
	}
	if t.alone(at) {
		at = t.lineEnd(at)
	}
	return Edit{at, at, text}
}

// remove takes a statement out, with its line if nothing else is on it.
func (t *Text) remove(s *stmt) []Edit {
	if s == nil || s.parent == nil || s.odd {
		return nil
	}
	if s.parent.kind != block {
		up := s.parent
		if up.kind == ifStmt && len(up.parts) == 1 && t.harmless(up) {
			return t.remove(up)
		}
		return nil
	}
	if up := s.parent.parent; len(s.parent.parts) == 1 && up != nil && up.kind == ifStmt && len(up.parts) == 1 && t.harmless(up) {
		return t.remove(up) // nothing would be left in it
	}
	from, to := t.off(s), t.end(s)
	if t.toks[s.first].First && t.alone(to) && strings.TrimSpace(string(t.src[to:t.lineEnd(to)])) == "" {
		from = t.lines[t.Pos(from).Line-1]
		to = t.lineEnd(to)
		if to < len(t.src) && t.src[to] == '\r' {
			to++
		}
		if to < len(t.src) {
			to++
		}
	} else if s.last+1 < len(t.toks) && !t.toks[s.last+1].First {
		to = t.toks[s.last+1].Off
	}
	return []Edit{{from, to, ""}}
}

// harmless reports whether the condition of an if calls nothing and assigns nothing.
func (t *Text) harmless(s *stmt) bool {
	for i := s.first + 2; i < s.parts[0].first; i++ {
		if k := t.text(i); k == "=" || k == "++" || k == "--" || t.toks[i].Op == '(' && t.toks[i-1].Kind == 0 {
			return false
		}
	}
	return true
}
