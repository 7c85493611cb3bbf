package cfront

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// A Project is what Open found: the files of the user's project, of which some
// are translation units. After Open it does not change but for caches, and it
// is safe for concurrent use.
type Project struct {
	opt     Options
	cwd     string
	files   []*file
	named   map[*file]bool
	foreign map[*file]bool   // read for declarations only: vendored, or from -I outside
	byAbs   map[string]*file // by absolute, slash-separated path
	byPath  map[string]*file // by reported path
	byBase  map[string][]*file
	units   []string
	firstOf map[*file]*file // the first unit that includes a header
	skipped []Skip
	others  int  // C files that nobody named
	single  bool // some file was named by itself, not with its folder

	shared *searchPath            // of units without an entry in the database
	db     map[string]*searchPath // compile_commands.json, by absolute path
}

// target is the version that the code is for in the first place.
func (p *Project) target() Version {
	return Version{Major: 3, Minor: p.opt.PyMinor, FreeThreaded: p.opt.FreeThreaded}
}

func newProject(o Options) *Project {
	if o.MaxFileBytes <= 0 {
		o.MaxFileBytes = 8 << 20
	}
	if o.PyMinor == 0 {
		o.PyMinor = 14
	}
	return &Project{
		opt: o, named: map[*file]bool{}, foreign: map[*file]bool{}, shared: &searchPath{},
		byAbs: map[string]*file{}, byPath: map[string]*file{}, byBase: map[string][]*file{}, firstOf: map[*file]*file{},
	}
}

// Open finds the files of a project. It fails only if a path that the user named
// cannot be read, or ctx ends.
func Open(ctx context.Context, o Options) (*Project, error) {
	p := newProject(o)
	var err error
	if p.cwd, err = os.Getwd(); err != nil {
		return nil, err
	}
	roots, err := p.addRoots(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range roots {
		if err := p.addProject(ctx, r); err != nil {
			return nil, err
		}
	}
	for _, dir := range o.IncludeDirs {
		p.addIncludeDir(ctx, p.absolute(dir))
	}
	p.readCompileDB(roots)
	if err := p.findUnits(ctx); err != nil {
		return nil, err
	}
	slices.SortFunc(p.skipped, func(a, b Skip) int { return strings.Compare(a.Path, b.Path) })
	return p, nil
}

// Units returns the translation units, named ones and others of the same
// project, in order of their paths.
func (p *Project) Units() []string { return p.units }

// Named reports whether the user asked for findings in a file, by naming it or a
// folder above it.
func (p *Project) Named(path string) bool {
	f := p.byPath[path]
	return f != nil && p.named[f]
}

// Skipped returns the named files that are not analysed, in order of their paths.
func (p *Project) Skipped() []Skip { return p.skipped }

func (p *Project) absolute(name string) string {
	if !filepath.IsAbs(name) {
		name = filepath.Join(p.cwd, name)
	}
	return filepath.Clean(name)
}

// display is a path as the user would type it: relative to the working directory
// unless that leads out of it.
func (p *Project) display(abs string) string {
	rel, err := filepath.Rel(p.cwd, abs)
	if err != nil || strings.HasPrefix(rel, "..") && !p.typedRelative(abs) {
		return toSlash(abs)
	}
	return toSlash(rel)
}

// typedRelative reports whether the user named the file, or a folder above it, by
// a relative path.
func (p *Project) typedRelative(abs string) bool {
	for _, r := range p.opt.Roots {
		if !filepath.IsAbs(r) && within(p.absolute(r), abs) {
			return true
		}
	}
	return false
}

func within(dir, abs string) bool {
	rel, err := filepath.Rel(dir, abs)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// addRoots adds what the user named and returns the roots of the projects.
func (p *Project) addRoots(ctx context.Context) ([]string, error) {
	var roots []string
	for _, r := range p.opt.Roots {
		if r == "-" {
			roots = append(roots, p.addStdin())
			continue
		}
		abs := p.absolute(r)
		_, given := p.opt.Overlay[abs]
		st, err := os.Stat(abs)
		if err != nil && !given {
			return nil, fmt.Errorf("%s: %w", r, unwrapPath(err))
		}
		if given || !st.IsDir() {
			p.addNamedFile(abs)
			roots = append(roots, projectRoot(filepath.Dir(abs)))
			continue
		}
		top := projectRoot(abs)
		w := &walker{ctx: ctx, visit: func(f string, vendored bool) { p.addWalked(f, vendored, true) }}
		if err := w.walk(top, abs, ignoreAbove(top, abs), false, 0); err != nil {
			return nil, fmt.Errorf("%s: %w", r, unwrapPath(err))
		}
		roots = append(roots, top)
	}
	slices.Sort(roots)
	return slices.Compact(roots), nil
}

// addStdin adds the text of standard input under its name, which also says where
// its headers are.
func (p *Project) addStdin() string {
	name := p.opt.StdinName
	if name == "" {
		name = "<stdin>"
	}
	abs := p.absolute(name)
	f := p.addDisk(abs)
	f.mem = append([]byte{}, p.opt.Stdin...)
	f.name = toSlash(name)
	p.byPath[f.name] = f
	p.named[f] = true
	p.single = true
	return projectRoot(filepath.Dir(abs))
}

// addNamedFile adds a file given by its own path. Whatever its ending, it is
// read as C unless it is known to be something else.
func (p *Project) addNamedFile(abs string) {
	name := p.display(abs)
	if p.excluded(name) {
		return
	}
	if reason := notAnalysed(abs); reason != "" {
		p.skipped = append(p.skipped, Skip{name, reason})
		return
	}
	p.named[p.addDisk(abs)] = true
	p.single = true
}

func (p *Project) excluded(name string) bool { return p.opt.Exclude != nil && p.opt.Exclude(name) }

// addWalked adds a file met in a folder.
func (p *Project) addWalked(abs string, vendored, named bool) {
	ext := fileKind(abs)
	if ext == otherFile || ext == goFile && (!named || vendored || !p.mayHaveC(abs)) {
		return
	}
	name := p.display(abs)
	if p.excluded(name) {
		return
	}
	if ext == cplusplusFile {
		if named && !vendored {
			p.skipped = append(p.skipped, Skip{name, notAnalysed(abs)})
		}
		return
	}
	if vendored && ext == unitFile {
		return
	}
	if p.byAbs[toSlash(abs)] != nil {
		return
	}
	if !named && ext == unitFile {
		if p.others++; p.others > maxOtherFiles {
			return
		}
	}
	f := p.addDisk(abs)
	p.named[f] = named && !vendored
	p.foreign[f] = vendored
}

// mayHaveC reports whether a Go file may have C code, which most do not.
func (p *Project) mayHaveC(abs string) bool {
	text, err := readBounded(abs, p.opt.MaxFileBytes)
	return err == nil && maybeCgo.Match(text)
}

// addProject adds the rest of a project: files that nobody named but that named
// ones include or call.
func (p *Project) addProject(ctx context.Context, root string) error {
	limit := maxLoose
	if hasMarker(root) {
		limit = maxEntries
	}
	w := &walker{ctx: ctx, limit: limit, visit: func(f string, vendored bool) { p.addWalked(f, vendored, false) }}
	if err := w.walk(root, root, nil, false, 0); err != nil && ctx.Err() != nil {
		return err
	}
	return nil
}

// addIncludeDir adds the headers of a folder given with -I.
func (p *Project) addIncludeDir(ctx context.Context, dir string) {
	p.shared.dirs = append(p.shared.dirs, toSlash(dir))
	w := &walker{ctx: ctx, limit: maxEntries, visit: func(abs string, _ bool) {
		if p.byAbs[toSlash(abs)] != nil || fileKind(abs) != headerFile {
			return
		}
		p.foreign[p.addDisk(abs)] = true
	}}
	_ = w.walk(dir, dir, nil, false, 0) // a missing -I folder is no error for compilers either
}

// addMemory adds a file that exists only as text.
func (p *Project) addMemory(name string, text []byte) *file {
	f := &file{id: len(p.files), name: name, mem: text}
	p.files = append(p.files, f)
	p.byPath[name] = f
	p.named[f] = true
	return f
}

// addDisk adds a file by its absolute path. A template is also found by the name
// of the file it makes.
func (p *Project) addDisk(abs string) *file {
	key := toSlash(abs)
	if f := p.byAbs[key]; f != nil {
		return f
	}
	f := &file{id: len(p.files), abs: abs, name: p.display(abs)}
	if text, ok := p.opt.Overlay[abs]; ok {
		f.mem = append([]byte{}, text...)
	}
	p.files = append(p.files, f)
	p.byAbs[key] = f
	p.byPath[f.name] = f
	p.addBase(key, f)
	if made, ok := strings.CutSuffix(key, templateSuffix); ok && p.byAbs[made] == nil {
		p.byAbs[made] = f
		p.addBase(made, f)
	}
	return f
}

func (p *Project) addBase(key string, f *file) {
	p.byBase[path.Base(key)] = append(p.byBase[path.Base(key)], f)
}

func toSlash(s string) string { return filepath.ToSlash(s) }

// findUnits loads the C files and decides which are units of their own: those
// that no other file includes. Files that cannot be read become skips.
func (p *Project) findUnits(ctx context.Context) error {
	var candidates []*file
	for _, f := range p.files {
		kind := fileKind(f.name)
		if !p.foreign[f] && (kind == unitFile || p.named[f] && (kind == otherFile || kind == goFile) || f.mem != nil) {
			candidates = append(candidates, f)
		}
	}
	useful, err := p.related(ctx, candidates)
	if err != nil {
		return err
	}
	candidates = slices.DeleteFunc(candidates, func(f *file) bool { return !p.named[f] && f.mem == nil && !useful[f] })
	targets := make([][]*file, len(candidates))
	if err := parallel(ctx, len(candidates), func(i int) {
		f := candidates[i]
		if f.load(p.opt.MaxFileBytes) == nil {
			targets[i] = p.includedBy(f)
		}
	}); err != nil {
		return err
	}
	included := map[*file]bool{}
	for i, f := range candidates {
		for _, t := range targets[i] {
			included[t] = included[t] || t != f
			if first := p.firstOf[t]; first == nil || f.name < first.name {
				p.firstOf[t] = f
			}
		}
	}
	for _, f := range candidates {
		switch {
		case f.err != nil:
			if p.named[f] && !errors.Is(f.err, errNoPreamble) {
				p.skipped = append(p.skipped, Skip{f.name, f.err.Error()})
			}
		case !included[f]:
			p.units = append(p.units, f.name)
		}
	}
	slices.Sort(p.units)
	return nil
}

// includedBy returns the files that f includes, directly or not.
func (p *Project) includedBy(f *file) []*file {
	u := &unitParse{proj: p, paths: p.pathsFor(f)}
	u.visit(f, map[*file]bool{})
	return u.reach[1:]
}

// parallel calls do for 0..n-1 on all cores. A panic of one of the calls becomes
// one of the caller, who may recover from it, once the others are done.
func parallel(ctx context.Context, n int, do func(i int)) error {
	next := make(chan int)
	var wg sync.WaitGroup
	var failed atomic.Pointer[string]
	one := func(i int) {
		defer func() {
			if p := recover(); p != nil {
				text := fmt.Sprintf("%v\n%s", p, debug.Stack())
				failed.CompareAndSwap(nil, &text)
			}
		}()
		do(i)
	}
	for range min(n, workers()) {
		wg.Go(func() {
			for i := range next {
				one(i)
			}
		})
	}
	for i := 0; i < n && ctx.Err() == nil; i++ {
		next <- i
	}
	close(next)
	wg.Wait()
	if text := failed.Load(); text != nil {
		panic(*text)
	}
	return ctx.Err()
}
