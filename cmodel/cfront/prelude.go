package cfront

import (
	"maps"
	"slices"
	"strings"
)

// A prelude is the text in front of a translation unit: the model headers it can
// use, and declarations made up for names that no file at hand declares.
type prelude struct {
	text    string
	control map[string]bool
}

// union joins what the prepass learned of the names in the unit's files.
func (u *unitParse) union() map[string]wordFlags {
	n := 0
	for _, f := range u.reach {
		n += len(f.sum.names)
	}
	all := make(map[string]wordFlags, n)
	for _, f := range u.reach {
		for i, name := range f.sum.names {
			all[name] |= f.sum.flags[i]
		}
	}
	return all
}

// makePrelude composes the prelude from the names of the unit. assume names
// macros of the second view that are taken to be defined; last is for the third.
func (u *unitParse) makePrelude(assume map[string]bool, last *rescue) {
	words := u.words
	uses := func(name string) bool {
		_, ok := words[name]
		return ok
	}
	want := u.model.wanted(func(name string) bool { return name == "__rc_sa" || uses(name) })
	s := &synth{model: u.model, headers: u.modelHeaders(), control: map[string]bool{}}
	s.boolean(words)
	s.options(u.proj.opt, u.paths)
	s.newest(words)
	s.assume(words, assume)
	s.annotations(words)
	s.names(words)
	if last != nil {
		last.add(s, words)
	}
	u.headers = map[string]string{}
	for _, h := range ownHeaders {
		guard := "__RC_" + strings.TrimSuffix(h, ".h")
		u.headers[h] = "#ifndef " + guard + "\n#define " + guard + "\n" + u.model.render([]string{h}, want) + "#endif\n"
	}
	u.prelude = prelude{text: preludeHead + u.model.render(baseHeaders, want) + s.b.String(), control: s.control}
}

// modelHeaders returns the model headers that the unit sees.
func (u *unitParse) modelHeaders() map[string]bool {
	seen := map[string]bool{}
	for _, h := range baseHeaders {
		seen[h] = true
	}
	for _, f := range u.reach {
		for _, h := range f.link(u.paths, u.proj).models {
			seen[h] = true
		}
	}
	return seen
}

// preludeHead is in every unit: what the parser itself looks for, and helpers of
// synthesized macros.
const preludeHead = `int __predefined_declarator;
typedef unsigned long __predefined_size_t;
typedef int __predefined_wchar_t;
typedef long __predefined_ptrdiff_t;
#define __RC_LAST(...) __RC_LAST_(__VA_ARGS__)
#define __RC_LAST_(a, ...) __RC_LAST2_(a, ## __VA_ARGS__)
#define __RC_LAST2_(a, b, ...) b
`

// synth writes declarations for unknown names.
type synth struct {
	b       strings.Builder
	model   *model
	headers map[string]bool // model headers that the unit sees
	control map[string]bool
}

// isMacro and isType report what the unit's model headers declare.
func (s *synth) isMacro(name string) bool { return s.headers[s.model.macros[name]] }
func (s *synth) isType(name string) bool  { return s.headers[s.model.types[name]] }

func (s *synth) define(name, rest string) { s.b.WriteString("#define " + name + rest + "\n") }

// boolean supplies bool, true and false unless the project has its own.
func (s *synth) boolean(words map[string]wordFlags) {
	if words["bool"]&(defined|typedefed) == typedefed {
		return
	}
	for _, d := range [][2]string{{"bool", " _Bool"}, {"true", " 1"}, {"false", " 0"}} {
		if f, ok := words[d[0]]; ok && f&declared == 0 {
			s.define(d[0], d[1])
		}
	}
}

// options writes what -D and -U asked for.
func (s *synth) options(o Options, sp *searchPath) {
	for _, d := range append(slices.Clone(o.Defines), sp.defines...) {
		name, value, ok := strings.Cut(d, "=")
		if !ok {
			value = "1"
		}
		if validMacro(name) && !strings.ContainsAny(value, "\n\r") {
			s.define(name, " "+value)
		}
	}
	for _, name := range append(slices.Clone(o.Undefs), sp.undefs...) {
		if validMacro(name) {
			s.b.WriteString("#undef " + name + "\n")
		}
	}
}

// validMacro accepts NAME and NAME(a,b).
func validMacro(s string) bool {
	if s == "" || !identStart[s[0]] {
		return false
	}
	return strings.IndexFunc(s, func(r rune) bool {
		return r >= 0x80 || !identPart[byte(r)] && !strings.ContainsRune("(),. ", r)
	}) < 0
}

// newest says that libraries whose headers are missing are new: the version in
// `#if LIB_VERSION < 3` is not 0. Where code asks whether there is such a macro, it
// may be about another library.
func (s *synth) newest(words map[string]wordFlags) {
	for _, name := range sortedNames(words, condVersion) {
		if f := words[name]; f&(condFeature|defined) == 0 && strings.Contains(strings.ToUpper(name), "VERSION") &&
			!strings.HasPrefix(name, "__") && !otherPlatforms[name] && !s.isMacro(name) {
			s.b.WriteString("#ifndef " + name + "\n#define " + name + " 0x7FFFFFFF\n#endif\n")
		}
	}
}

// assume defines macros of the second view: versions are new, features are there.
func (s *synth) assume(words map[string]wordFlags, assume map[string]bool) {
	for _, name := range slices.Sorted(maps.Keys(assume)) {
		if words[name]&condVersion != 0 {
			s.define(name, " 0x7FFFFFFF")
		} else {
			s.define(name, " 1")
		}
	}
}

func sortedNames(words map[string]wordFlags, mask wordFlags) []string {
	var out []string
	for name, f := range words {
		if f&mask != 0 {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// annotations makes the macros for attributes vanish that are used but not defined.
// What they say is read from the text: see Declarations.
func (s *synth) annotations(words map[string]wordFlags) {
	for _, attr := range slices.Sorted(maps.Keys(attributeVerbs)) {
		name := strings.ToUpper(attr)
		f, used := words[name]
		switch {
		case !used || f&defined != 0:
		case attributeVerbs[attr].HasArgs:
			s.define(name, "(...)")
		default:
			s.define(name, "")
		}
	}
}

// names declares the unknown names of a unit, each as what it must be.
func (s *synth) names(words map[string]wordFlags) {
	const guessed = usedAsType | usedAsAttr | usedAsStmt | usedAsStr | callStmt | callLoop | callExit | callTop | callType
	for _, name := range sortedNames(words, guessed) {
		f := words[name]
		if _, attr := attributeVerbs[strings.ToLower(name)]; attr || f&isKeyword != 0 || s.isMacro(name) {
			continue
		}
		if f&defined != 0 {
			// A macro for other platforms may be a type on this one.
			if f&(typedefed|declared|usedAsAttr|called) == 0 {
				s.synthType(name, f, false)
			}
			continue
		}
		known := f&typedefed != 0 || s.isType(name)
		switch {
		case s.synthType(name, f, known):
		case s.synthAttr(name, f, known):
		case known || f&usedAsType != 0:
		case f&usedAsStmt != 0 && f&usedAsAttr == 0 && f&declared == 0:
			s.define(name, " ;")
		case f&usedAsStr != 0 && f&declared == 0 && isMacroName(name):
			s.define(name, ` "?"`)
		default:
			s.synthCall(name, f)
		}
	}
}

// synthType declares an opaque struct. A type that a header declares as well
// does no harm: the parser takes the later one.
func (s *synth) synthType(name string, f wordFlags, known bool) bool {
	if f&usedAsType == 0 || s.isType(name) {
		return false
	}
	if f&usedAsAttr != 0 && isMacroName(name) && !known {
		return false
	}
	s.b.WriteString("typedef struct __rc_" + name + " " + name + ";\n")
	return true
}

// synthAttr makes attribute-like macros vanish.
func (s *synth) synthAttr(name string, f wordFlags, known bool) bool {
	if f&usedAsAttr == 0 || known || f&usedAsType != 0 && !isMacroName(name) || !attributeLike(name) {
		return false
	}
	s.define(name, "")
	return true
}

// attributeWords are parts of the names of attributes in lower case.
var attributeWords = []string{"inline", "export", "public", "visib", "hidden"}

// attributeLike reports whether a name may be dropped from a declaration.
func attributeLike(name string) bool {
	if isMacroName(name) || strings.HasPrefix(name, "__") {
		return true
	}
	l := strings.ToLower(name)
	return strings.HasSuffix(l, "_api") || slices.ContainsFunc(attributeWords, func(w string) bool { return strings.Contains(l, w) })
}

// synthCall defines function-like macros by how they are used.
func (s *synth) synthCall(name string, f wordFlags) {
	if f&declared != 0 {
		return
	}
	switch {
	case f&callExit != 0:
		s.control[name] = true
		s.define(name, "(...) if (__rc_unknown()) { __RC_LAST(__VA_ARGS__); }")
	case f&callLoop != 0:
		s.control[name] = true
		s.define(name, "(...) while (__rc_call(__VA_ARGS__))")
	case f&callStmt != 0:
		s.define(name, "(...) __rc_call(__VA_ARGS__);")
	case f&callTop != 0:
		s.define(name, "(...)")
	case f&callType != 0:
		s.define(name, "(...) __VA_ARGS__")
	}
}
