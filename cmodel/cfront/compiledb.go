package cfront

import (
	"encoding/json"
	"path/filepath"
	"strings"
)

// pathsFor returns the search path of a unit.
func (p *Project) pathsFor(f *file) *searchPath {
	if sp := p.db[toSlash(f.abs)]; sp != nil && f.abs != "" {
		return sp
	}
	return p.shared
}

// A compileCommand is one entry of compile_commands.json.
type compileCommand struct {
	Directory string   `json:"directory"`
	File      string   `json:"file"`
	Command   string   `json:"command"`
	Arguments []string `json:"arguments"`
}

// readCompileDB reads the first compile_commands.json that is there: where the
// user said, else in the project roots and their build folders. One that cannot
// be read is left alone; it only refines what is found without it.
func (p *Project) readCompileDB(roots []string) {
	var folders []string
	if p.opt.CompileDB != "" {
		folders = []string{p.absolute(p.opt.CompileDB)}
	} else {
		for _, r := range roots {
			folders = append(folders, r, filepath.Join(r, "build"))
		}
	}
	for _, dir := range folders {
		b, err := readBounded(filepath.Join(dir, "compile_commands.json"), 64<<20)
		if err != nil {
			continue
		}
		var list []compileCommand
		if json.Unmarshal(b, &list) == nil {
			p.useCompileDB(dir, list)
		}
		return
	}
}

func (p *Project) useCompileDB(dir string, list []compileCommand) {
	p.db = map[string]*searchPath{}
	same := map[string]*searchPath{} // by settings: units that agree share their includes
	for _, c := range list {
		base := c.Directory
		if !filepath.IsAbs(base) {
			base = filepath.Join(dir, base)
		}
		args := c.Arguments
		if len(args) == 0 {
			args = splitCommand(c.Command)
		}
		sp := p.compilerArgs(base, args)
		key := strings.Join(sp.dirs, "\x00") + "\x01" + strings.Join(sp.defines, "\x00") + "\x01" + strings.Join(sp.undefs, "\x00")
		if same[key] == nil {
			same[key] = sp
		}
		name := c.File
		if !filepath.IsAbs(name) {
			name = filepath.Join(base, name)
		}
		abs := toSlash(filepath.Clean(name))
		if p.db[abs] == nil {
			p.db[abs] = same[key]
		}
	}
}

// compilerArgs picks -I, -isystem, -iquote, -D and -U from a command line. The
// user's own folders come first.
func (p *Project) compilerArgs(base string, args []string) *searchPath {
	sp := &searchPath{dirs: append([]string(nil), p.shared.dirs...)}
	for i := 0; i < len(args); i++ {
		for _, opt := range []string{"-isystem", "-iquote", "-I", "-D", "-U"} {
			value, ok := strings.CutPrefix(args[i], opt)
			if !ok {
				continue
			}
			if value == "" && i+1 < len(args) {
				i++
				value = args[i]
			}
			switch opt {
			case "-D":
				sp.defines = append(sp.defines, value)
			case "-U":
				sp.undefs = append(sp.undefs, value)
			default:
				if !filepath.IsAbs(value) {
					value = filepath.Join(base, value)
				}
				sp.dirs = append(sp.dirs, toSlash(filepath.Clean(value)))
			}
			break
		}
	}
	return sp
}

// splitCommand splits a command line as a shell would, as far as compile
// databases need it: quotes and backslashes.
func splitCommand(s string) []string {
	var args []string
	var cur strings.Builder
	quote, in := byte(0), false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote, in = c, true
		case c == '\\' && quote != '\'' && i+1 < len(s):
			i++
			cur.WriteByte(s[i])
			in = true
		case quote == 0 && (c == ' ' || c == '\t' || c == '\n'):
			if in {
				args = append(args, cur.String())
				cur.Reset()
			}
			in = false
		default:
			cur.WriteByte(c)
			in = true
		}
	}
	if in {
		args = append(args, cur.String())
	}
	return args
}
