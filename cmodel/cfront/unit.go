package cfront

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"modernc.org/cc/v4"

	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

// maxExpanded bounds the text of a unit with all its includes, in bytes.
const maxExpanded = 64 << 20

// newUnitParse prepares a file, which must be loaded, for parsing.
func (p *Project) newUnitParse(f *file) (*unitParse, error) {
	u := &unitParse{
		proj:  p,
		main:  f,
		paths: p.pathsFor(f),
		model: modelFor(p.target()),
	}
	u.visit(f, map[*file]bool{})
	if n := u.expanded(f, map[*file]int64{}); n > maxExpanded {
		return nil, fmt.Errorf("includes expand to more than %s", sizeText(maxExpanded))
	}
	if n := u.macroNesting(); n > maxBrackets {
		return nil, fmt.Errorf("macros may nest brackets %d deep", n)
	}
	u.words = u.union()
	u.reset(maxAttempts)
	u.makePrelude(nil, nil)
	return u, nil
}

// reset forgets the results of earlier attempts.
func (u *unitParse) reset(attempts int) {
	u.attempts = attempts
	u.blanked = map[*file]map[int]string{}
	u.missing = map[string]bool{}
}

// visit collects the project's files that f includes, in order.
func (u *unitParse) visit(f *file, seen map[*file]bool) {
	if seen[f] {
		return
	}
	seen[f] = true
	u.reach = append(u.reach, f)
	for _, t := range f.link(u.paths, u.proj).targets {
		u.visit(t, seen)
	}
}

// expanded estimates the size of f with everything it includes. Guarded headers
// count once, where they are met first.
func (u *unitParse) expanded(f *file, known map[*file]int64) int64 {
	if n, ok := known[f]; ok {
		if f.guarded {
			return 0
		}
		return n
	}
	known[f] = 0 // a cycle: the guard, or the limit on self-inclusion, ends it
	n := int64(len(f.src))
	for _, t := range f.link(u.paths, u.proj).targets {
		n = min(n+u.expanded(t, known), maxExpanded+1)
	}
	known[f] = n
	return n
}

// includeConds returns the conditions around the #include lines of a file.
func (u *unitParse) includeConds(f *file) []string {
	var conds []string
	for _, g := range u.reach {
		for _, inc := range g.includes {
			if len(inc.conds) > 0 && u.proj.resolve(g, inc, u.paths) == f {
				conds = append(conds, inc.conds...)
			}
		}
	}
	return conds
}

// assumptions picks from conditions the names that nothing defines and that are
// not about another platform.
func (u *unitParse) assumptions(conds []string) map[string]bool {
	names := map[string]bool{}
	headers := u.modelHeaders()
	for _, c := range conds {
		for _, w := range strings.FieldsFunc(c, func(r rune) bool { return r >= 0x80 || !identPart[byte(r)] }) {
			f := u.words[w]
			if f&(condVersion|condFeature) != 0 && f&defined == 0 && !otherPlatforms[w] && !strings.HasPrefix(w, "__") && !headers[u.model.macros[w]] {
				names[w] = true
			}
		}
	}
	return names
}

// Load parses a translation unit. It may be called from several goroutines. An
// error means that nothing of the unit could be parsed, or that ctx ended; what
// is lost in part is named in the unit's Gaps.
func (p *Project) Load(ctx context.Context, path string) (*Unit, error) {
	f := p.byPath[path]
	if f == nil {
		return nil, fmt.Errorf("%s: not a file of the project", path)
	}
	if err := f.load(p.opt.MaxFileBytes); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	u, err := p.newUnitParse(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	base, err := u.run(ctx)
	if err != nil {
		return nil, err
	}
	cov := u.newCoverage()
	cov.add(base)
	unit := &Unit{Path: path, Parses: []*parsed{base}, Missing: slices.Sorted(maps.Keys(u.missing)), Generator: generator(f.src)}
	view := func(assume map[string]bool, last *rescue) {
		u.reset(variantAttempts)
		u.makePrelude(assume, last)
		if p, err := u.run(ctx); err == nil && cov.addVariant(p) {
			unit.Parses = append(unit.Parses, p)
		}
	}
	assume := u.assumptions(cov.inactive())
	if len(assume) > 0 {
		view(assume, nil)
	}
	if r := cov.newRescue(); r != nil {
		view(assume, r)
	}
	unit.Others = u.others(ctx, cov)
	unit.Functions, unit.Gaps, unit.Inactive = cov.result()
	if f.goCode != nil && f.goCode.goGap() != "" {
		unit.Gaps = append(unit.Gaps, ir.Gap{Pos: source.Pos{File: f.name, Line: int(f.goCode.line), Column: 1}, Reason: f.goCode.goGap()})
	}
	return unit, ctx.Err()
}

// coverage compares the functions that the chunks show with those in the syntax
// trees, so that none is lost silently.
type coverage struct {
	u         *unitParse
	files     []*file
	state     map[*file][]chunkState
	extra     int // functions in no chunk: made by macros
	delivered int // chunks with an intact function
}

// chunkState is what became of one chunk.
type chunkState struct {
	intact int    // functions in it that came through
	broken string // why one did not
}

// newCoverage prepares to follow the main file and what it includes.
func (u *unitParse) newCoverage() *coverage {
	c := &coverage{u: u, state: map[*file][]chunkState{}}
	for _, f := range u.reach {
		if !u.proj.foreign[f] {
			c.files = append(c.files, f)
			c.state[f] = make([]chunkState, len(f.chunks))
		}
	}
	return c
}

// add takes the functions of the first view into account.
func (c *coverage) add(p *parsed) {
	c.functions(p, func(f *file, i int, broken string) {
		if i < 0 {
			if broken == "" && c.counted(f) {
				c.extra++
			}
			return
		}
		c.note(f, i, broken)
	})
	for f, chunks := range p.blanked {
		for i, why := range chunks {
			if st := c.state[f]; st != nil && st[i].intact == 0 {
				st[i].broken = why
			}
		}
	}
}

// addVariant takes functions of the second view that the first one lacks, and
// reports whether there are any.
func (c *coverage) addVariant(p *parsed) bool {
	before := c.delivered
	have := map[*file][]bool{}
	for f, st := range c.state {
		have[f] = make([]bool, len(st))
		for i := range st {
			have[f][i] = st[i].intact > 0
		}
	}
	c.functions(p, func(f *file, i int, broken string) {
		if i >= 0 && !have[f][i] {
			c.note(f, i, broken)
		}
	})
	return c.delivered > before
}

func (c *coverage) note(f *file, i int, broken string) {
	st := &c.state[f][i]
	if broken != "" {
		if st.intact == 0 {
			st.broken = broken
		}
		return
	}
	if st.intact == 0 {
		c.delivered++
	}
	st.intact++
	st.broken = ""
}

// functions calls visit for each function definition of a tree in the followed
// files, once per place and name, with the index of its chunk or -1.
func (c *coverage) functions(p *parsed, visit func(f *file, chunk int, broken string)) {
	type key struct {
		f    *file
		line int
		name string
	}
	seen := map[key]bool{}
	eachFunction(p.AST, func(d *cc.Declarator, body *cc.CompoundStatement) {
		at := d.Position()
		f := p.proj.byVirtual(at.Filename)
		k := key{f, at.Line, d.Name()}
		if c.state[f] == nil || seen[k] {
			return
		}
		why, _ := p.broken(at.Filename, at.Line, max(at.Line, body.Token2.Position().Line))
		if why == "" {
			seen[k] = true
		}
		visit(f, f.functionAt(at.Line), why)
	})
}

// functionAt returns the function chunk that spans a line, -1 if there is none.
func (f *file) functionAt(line int) int {
	i, _ := slices.BinarySearchFunc(f.chunks, int32(line), func(c chunk, l int32) int {
		return int(c.last - l)
	})
	for ; i < len(f.chunks) && f.chunks[i].line <= int32(line); i++ {
		if f.chunks[i].isFunc() {
			return i
		}
	}
	return -1
}

// counted reports whether functions of f count as the unit's own: headers are
// shared between units.
func (c *coverage) counted(f *file) bool { return f == c.u.main || fileKind(f.name) == unitFile }

// inactive returns the conditions around functions that are neither there nor
// broken.
func (c *coverage) inactive() []string {
	var conds []string
	for _, f := range c.files {
		if !c.counted(f) {
			continue
		}
		lost := false
		for i, st := range c.state[f] {
			if f.chunks[i].isFunc() && st.intact == 0 && st.broken == "" {
				conds = append(conds, f.chunks[i].conds...)
				lost = true
			}
		}
		if lost && f != c.u.main {
			conds = append(conds, c.u.includeConds(f)...)
		}
	}
	return conds
}

// result sums up: how many functions the unit has, which of them are missing,
// and which belong to other configurations.
func (c *coverage) result() (functions int, gaps, inactive []ir.Gap) {
	functions = c.extra
	for _, f := range c.files {
		counted := c.counted(f)
		used := f == c.u.main
		for _, st := range c.state[f] {
			used = used || st.intact > 0 || st.broken != ""
		}
		for i, st := range c.state[f] {
			ch := &f.chunks[i]
			if !ch.isFunc() {
				continue
			}
			gap := ir.Gap{Func: ch.name, Pos: source.Pos{File: f.name, Line: f.userLine(int(ch.nameLine))}}
			switch {
			case st.intact > 0:
				if counted {
					functions += st.intact
				}
				continue
			case st.broken != "":
				gap.Reason = "cannot parse: " + st.broken
			case !counted: // of the header's many readers, some other one will use it
				continue
			case ch.conditional:
				gap.Reason = "inactive: " + strings.Join(ch.conds, ", ")
				inactive = append(inactive, gap)
				continue
			case !used:
				gap.Reason = "inactive: " + f.name + " is included under a condition"
				inactive = append(inactive, gap)
				continue
			default:
				gap.Reason = "not found after preprocessing"
			}
			gaps = append(gaps, gap)
			if counted {
				functions++
			}
		}
	}
	return functions, gaps, inactive
}
