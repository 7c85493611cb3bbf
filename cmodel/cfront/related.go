package cfront

import (
	"context"
	"os"
	"path"
)

// A sketch is what a file defines and calls, read without parsing: good enough
// to tell which files of a large project can matter to the named ones.
type sketch struct {
	defines map[string]bool // names followed by '(' outside braces
	calls   map[string]bool // the same inside braces and in macros
	words   map[string]bool // of those asked for, the ones that occur at all
}

// related picks, of the project's C files that nobody named, those that can say
// something about the named ones: they define what those call, directly or not,
// refer to what those define, as a method table does, or include them.
func (p *Project) related(ctx context.Context, candidates []*file) (map[*file]bool, error) {
	var named, others []*file
	for _, f := range p.files {
		if p.named[f] || f.mem != nil {
			named = append(named, f)
		}
	}
	for _, f := range candidates {
		if !p.named[f] && f.mem == nil {
			others = append(others, f)
		}
	}
	if len(others) == 0 || !p.single {
		return nil, nil // a folder stands for itself
	}
	wanted, own := map[string]bool{}, map[string]bool{}
	for _, f := range named {
		s := sketchOf(p.rawText(f), nil)
		for n := range s.calls {
			wanted[n] = true
		}
		for n := range s.defines {
			own[n] = true
		}
		own[path.Base(f.name)] = true
	}
	p.includers(own)
	sketches := make([]sketch, len(others))
	if err := parallel(ctx, len(others), func(i int) { sketches[i] = sketchOf(p.rawText(others[i]), own) }); err != nil {
		return nil, err
	}
	in := map[*file]bool{}
	for range relatedDepth {
		next := map[string]bool{}
		for i, f := range others {
			if s := &sketches[i]; !in[f] && (len(s.words) > 0 || overlap(s.defines, wanted)) {
				in[f] = true
				for n := range s.calls {
					next[n] = true
				}
			}
		}
		wanted = next
	}
	return in, nil
}

// relatedDepth is how far calls are followed out of the named files. What is
// further away decides little and may be the whole of a large project.
const relatedDepth = 2

// includers adds to the file names in own those of the headers through which
// they are included.
func (p *Project) includers(own map[string]bool) {
	for again := true; again; {
		again = false
		for _, f := range p.files {
			if name := path.Base(f.name); fileKind(f.name) == headerFile && !own[name] {
				if s := sketchOf(p.rawText(f), own); includesAny(s.words) {
					own[name], again = true, true
				}
			}
		}
	}
}

func includesAny(words map[string]bool) bool {
	for w := range words {
		if path.Ext(w) != "" {
			return true
		}
	}
	return false
}

func overlap(a, b map[string]bool) bool {
	for n := range a {
		if b[n] {
			return true
		}
	}
	return false
}

// rawText is a file's text as it is on disk, of a Go file the C code; nil if it cannot
// be read or is too large.
func (p *Project) rawText(f *file) []byte {
	if fileKind(f.name) == goFile {
		if f.load(p.opt.MaxFileBytes) != nil {
			return nil
		}
		return f.goCode.text
	}
	if f.mem != nil {
		return f.mem
	}
	if st, err := os.Stat(f.abs); err != nil || st.Size() > p.opt.MaxFileBytes {
		return nil
	}
	b, err := os.ReadFile(f.abs)
	if err != nil {
		return nil
	}
	return b
}

// sketchOf scans C text. own are the words to look for; included file names are
// words too.
func sketchOf(b []byte, own map[string]bool) sketch {
	s := sketch{defines: map[string]bool{}, calls: map[string]bool{}, words: map[string]bool{}}
	depth, directive := 0, false
	for i := 0; i < len(b); {
		switch c := b[i]; {
		case c == '\n':
			directive = directive && i > 0 && b[i-1] == '\\'
			i++
		case c == '#':
			directive = true
			i++
		case c == '/' && i+1 < len(b) && b[i+1] == '*':
			i = skipTo(b, i+2, "*/")
		case c == '/' && i+1 < len(b) && b[i+1] == '/':
			for i < len(b) && b[i] != '\n' {
				i++
			}
		case c == '"' || c == '\'':
			start := i + 1
			i = skipQuoted(b, i)
			if directive && i-1 > start {
				if name := path.Base(string(b[start : i-1])); own[name] {
					s.words[name] = true
				}
			}
		case c == '{':
			depth++
			i++
		case c == '}':
			depth = max(0, depth-1)
			if i == 0 || b[i-1] == '\n' {
				depth = 0
			}
			i++
		case wordStart(c):
			i = s.word(b, i, depth > 0 || directive, own)
		default:
			i++
		}
	}
	return s
}

// word notes the identifier at i and returns where it ends.
func (s *sketch) word(b []byte, i int, inside bool, own map[string]bool) int {
	j := i
	for j < len(b) && (wordStart(b[j]) || b[j] >= '0' && b[j] <= '9') {
		j++
	}
	if own[string(b[i:j])] {
		s.words[string(b[i:j])] = true
	}
	if j < len(b) && b[j] == '(' || j+1 < len(b) && b[j] == ' ' && b[j+1] == '(' {
		if inside {
			s.calls[string(b[i:j])] = true
		} else {
			s.defines[string(b[i:j])] = true
		}
	}
	return j
}

func wordStart(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func skipTo(b []byte, i int, end string) int {
	for ; i+len(end) <= len(b); i++ {
		if string(b[i:i+len(end)]) == end {
			return i + len(end)
		}
	}
	return len(b)
}

// skipQuoted returns the position after a literal that starts at i; it ends at the
// line's end at the latest.
func skipQuoted(b []byte, i int) int {
	quote := b[i]
	for i++; i < len(b) && b[i] != '\n'; i++ {
		switch b[i] {
		case '\\':
			i++
		case quote:
			return i + 1
		}
	}
	return min(i, len(b))
}
