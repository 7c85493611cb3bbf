package analyzer_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

const module = "github.com/refcheck/refcheck/"

// layers orders the packages; a package may import only packages of earlier
// layers. Test files are free.
var layers = []string{
	"cmodel/source",
	"cmodel/ir", "cmodel/contract", "analyzer/finding",
	"cmodel/contract/probe",
	"cmodel/cfront", "cmodel/refmodel", "cmodel/typemodel",
	"analyzer/rule",
	"analyzer/engine", "analyzer/confirm", "analyzer/report", "analyzer/suppress", "analyzer/fix",
	"analyzer/inferred",
	"analyzer",
	"analyzer/lsp",
	"analyzer/ruletest",
	"rules/*",
	"rules",
	"cmd/refcheck",
}

// sameLayer are neighbours in layers that may not see each other either.
var sameLayer = [][]string{
	{"cmodel/ir", "cmodel/contract", "analyzer/finding"},
	{"cmodel/cfront", "cmodel/refmodel", "cmodel/typemodel"},
	{"analyzer/engine", "analyzer/confirm", "analyzer/report", "analyzer/suppress", "analyzer/fix"},
}

// onlyIn names the one package that may import a third-party module.
var onlyIn = map[string]string{
	"modernc.org/cc/v4":               "cmodel/cfront",
	"github.com/spf13/cobra":          "cmd/refcheck",
	"github.com/sourcegraph/jsonrpc2": "analyzer/lsp",
}

func layer(pkg string) int {
	if strings.HasPrefix(pkg, "rules/") {
		pkg = "rules/*"
	}
	for i, l := range layers {
		if l == pkg {
			return i
		}
	}
	return -1
}

func siblings(a, b string) bool {
	for _, set := range sameLayer {
		in := 0
		for _, p := range set {
			if p == a || p == b {
				in++
			}
		}
		if in == 2 && a != b {
			return true
		}
	}
	return strings.HasPrefix(a, "rules/") && strings.HasPrefix(b, "rules/") && a != b
}

func TestImportsPointDownstream(t *testing.T) {
	seen := 0
	err := filepath.WalkDir("..", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return err
		}
		rel := filepath.ToSlash(strings.TrimPrefix(filepath.Dir(p), ".."+string(filepath.Separator)))
		if strings.HasPrefix(rel, "rules/gen") || strings.Contains(rel, "testdata") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		seen++
		for _, im := range f.Imports {
			checkImport(t, p, rel, strings.Trim(im.Path.Value, `"`))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 20 {
		t.Fatalf("only %d Go files found: the walk is broken", seen)
	}
}

func checkImport(t *testing.T, file, pkg, imported string) {
	t.Helper()
	if home, ok := onlyIn[imported]; ok && home != pkg {
		t.Errorf("%s: only %s may import %s", file, home, imported)
	}
	target, ok := strings.CutPrefix(imported, module)
	if !ok {
		return
	}
	switch {
	case layer(pkg) < 0:
		t.Errorf("%s: package %s has no place in the layers of this test", file, pkg)
	case layer(target) < 0:
		t.Errorf("%s: package %s has no place in the layers of this test", file, target)
	case siblings(pkg, target), layer(target) >= layer(pkg):
		t.Errorf("%s: %s must not import %s", file, pkg, target)
	}
}
