package cfront

import (
	"bytes"
	"context"
)

// condDirective names the directives that decide what is compiled.
var condDirective = set("if ifdef ifndef elif elifdef elifndef else endif define undef")

// others parses the unit once more for each version in Options.Also under which
// some of its functions differ. The bodies of all other functions are left out,
// which makes these views cheap.
func (u *unitParse) others(ctx context.Context, cov *coverage) []*Other {
	var out []*Other
	for _, v := range u.proj.opt.Also {
		differing := u.differing(v)
		if differing == nil {
			continue
		}
		u.reset(variantAttempts)
		u.strip(differing)
		u.model = modelFor(v)
		u.makePrelude(nil, nil)
		if p, err := u.run(ctx); err == nil {
			cov.addVariant(p)
			out = append(out, &Other{Version: v, parsed: p})
		}
	}
	return out
}

// differing finds the functions that a version may compile differently: they
// stand under or hold a condition that it evaluates to something else. Functions
// of headers belong to the first unit that includes them. nil if there are none.
func (u *unitParse) differing(v Version) map[*file]map[int]bool {
	if !u.mentionsVersions() {
		return nil
	}
	from := u.proj.target()
	if v.python2() {
		from = Version{Major: 3} // conditions that all versions 3 agree on are not about Python 2
	}
	e := &condEval{a: from.macros(), b: v.macros(), varies: map[string]bool{}, exprs: map[string]string{}}
	groups := u.varyingGroups(e)
	var out map[*file]map[int]bool
	for f, list := range groups {
		if u.proj.foreign[f] || f != u.main && u.proj.firstOf[f] != u.main {
			continue
		}
		k := 0
		for i := range f.chunks {
			c := &f.chunks[i]
			for k < len(list) && list[k].end <= c.off {
				k++
			}
			if k == len(list) {
				break
			}
			if !c.isFunc() || list[k].off >= c.end {
				continue
			}
			if out == nil {
				out = map[*file]map[int]bool{}
			}
			if out[f] == nil {
				out[f] = map[int]bool{}
			}
			out[f][i] = true
		}
	}
	return out
}

// mentionsVersions reports whether any file of the unit names a version macro.
func (u *unitParse) mentionsVersions() bool {
	for name := range versionNames {
		if _, ok := u.words[name]; ok {
			return true
		}
	}
	return false
}

// A condGroup is the text from an #if to its #endif, in bytes.
type condGroup struct{ off, end int32 }

// varyingGroups finds the outermost conditions of each file that two versions
// evaluate differently, in order. Macros that are defined in them, or whose body
// mentions a macro that varies, vary as well.
func (u *unitParse) varyingGroups(e *condEval) map[*file][]condGroup {
	for {
		n := len(e.varies) + len(e.exprs)
		groups := map[*file][]condGroup{}
		for _, f := range u.reach {
			if list := f.varyingGroups(e); len(list) > 0 {
				groups[f] = list
			}
		}
		if len(e.varies)+len(e.exprs) == n {
			return groups
		}
	}
}

func (f *file) varyingGroups(e *condEval) []condGroup {
	type open struct {
		off    int32
		varies bool
	}
	var stack []open
	var out []condGroup
	varying := 0 // open groups that vary
	for _, t := range f.conds {
		name, rest := splitDirective(f.src, t)
		switch name {
		case "if", "ifdef", "ifndef":
			g := open{t.off, e.eval(name, rest).differs()}
			if g.varies {
				varying++
			}
			stack = append(stack, g)
		case "elif", "elifdef", "elifndef":
			if n := len(stack); n > 0 && !stack[n-1].varies && e.eval(name, rest).differs() {
				stack[n-1].varies = true
				varying++
			}
		case "endif":
			if n := len(stack); n > 0 {
				if g := stack[n-1]; g.varies {
					if varying--; varying == 0 {
						out = append(before(out, g.off), condGroup{g.off, t.end})
					}
				}
				stack = stack[:n-1]
			}
		case "define", "undef":
			e.define(rest, varying > 0)
		}
	}
	return out
}

// before drops the groups that lie in one which begins at off.
func before(list []condGroup, off int32) []condGroup {
	for len(list) > 0 && list[len(list)-1].off > off {
		list = list[:len(list)-1]
	}
	return list
}

// define notes a macro that has to do with versions; varies says that its
// definition stands under a condition that does.
func (e *condEval) define(rest []byte, varies bool) {
	s := bytes.TrimLeft(comments.ReplaceAll(rest, []byte(" ")), " \t")
	n := 0
	for n < len(s) && identPart[s[n]] {
		n++
	}
	if n == 0 {
		return
	}
	name, body := string(s[:n]), string(bytes.TrimSpace(s[n:]))
	if varies {
		e.varies[name] = true
	}
	if e.varies[name] || !bytes.ContainsFunc(s[n:], func(r rune) bool { return r >= 0x80 || identPart[byte(r)] }) {
		return
	}
	text := []byte(body)
	x := condEval{varies: e.varies, exprs: e.exprs, src: text}
	switch old := e.exprs[name]; {
	case x.mentioned(lex(text)).kind == condEqual:
	case old != "" && old != body, len(s) > n && s[n] == '(':
		e.varies[name] = true
	default:
		e.exprs[name] = body
	}
}

// strip leaves out the bodies of all functions but some.
func (u *unitParse) strip(keep map[*file]map[int]bool) {
	u.stripped = map[*file]map[int]bool{}
	for _, f := range u.reach {
		u.stripped[f] = map[int]bool{}
		for i := range f.chunks {
			if f.chunks[i].isFunc() && !keep[f][i] {
				u.stripped[f][i] = true
			}
		}
	}
}

// stripBody makes a declaration of a function definition. What is no declaration
// without its body goes altogether.
func stripBody(b []byte, c chunk) {
	head := bytes.TrimRight(b[c.off:c.body], " \t\r\n")
	if len(head) == 0 || head[len(head)-1] != ')' {
		blankChunk(b, c)
		return
	}
	body := c
	body.off = c.body
	blankChunk(b, body)
	b[c.body] = ';'
}
