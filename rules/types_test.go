package rules

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/analyzer/ruletest"
)

// typesPage lists what is known about types and the collector, with a fixture for each fact.
const typesPage = "../docs/types.md"

var (
	pageRow = regexp.MustCompile(`(?m)^\| (.+?) \| (RC\d{3}) \| ?(.*?) ?\| ?(.*?) ?\|$`)
	pageRef = regexp.MustCompile("`([a-z]+)/([\\w.]+):(\\w+)`")
)

// TestTypesPage checks that every fixture which docs/types.md names is there, and that the rule of its
// row reports it or not, as the page says.
func TestTypesPage(t *testing.T) {
	page, err := os.ReadFile(typesPage)
	if err != nil {
		t.Fatal(err)
	}
	rows := pageRow.FindAllStringSubmatch(string(page), -1)
	if tables := strings.Count(string(page), "| RC"); len(rows) != tables {
		t.Fatalf("%d rows of %d can be read", len(rows), tables)
	}
	named, folders := map[string]bool{}, folderFuncs{}
	for _, row := range rows {
		fact, code, fires, silent := row[1], row[2], row[3], row[4]
		named[code] = true
		folders.check(t, fact, fires, func(fn fixtureFunc) bool { return slices.Contains(fn.wants, code) != fn.known })
		folders.check(t, fact, silent, func(fn fixtureFunc) bool { return !slices.Contains(fn.wants, code) && !fn.known })
	}
	for _, r := range All {
		if (r.Types != nil || r.Modules != nil) && !named[r.Code] {
			t.Errorf("%s is about types or modules, and no row of %s is about it", r.Code, typesPage)
		}
	}
}

// folderFuncs are the functions of fixtures by folder, as far as they were asked for.
type folderFuncs map[string]map[string]fixtureFunc

// check checks the fixtures in one cell of the page.
func (x folderFuncs) check(t *testing.T, fact, cell string, holds func(fixtureFunc) bool) {
	t.Helper()
	refs := pageRef.FindAllStringSubmatch(cell, -1)
	if strings.TrimSpace(pageRef.ReplaceAllString(cell, "")) != "" {
		t.Errorf("%s: %q is not a list of fixtures", fact, cell)
	}
	for _, ref := range refs {
		if x[ref[1]] == nil {
			x[ref[1]] = fixtureFuncs(t, ref[1])
		}
		if fn, ok := x[ref[1]][ref[2]+":"+ref[3]]; !ok {
			t.Errorf("%s: there is no %s", fact, ref[0])
		} else if !holds(fn) {
			t.Errorf("%s: %s wants %v", fact, ref[0], fn.wants)
		}
	}
}

// A fixtureFunc is a function or table of a fixture.
type fixtureFunc struct {
	wants []string // the rules that report it
	known bool     // its name says that refcheck is mistaken
}

// fixtureFuncs are the functions and tables of the fixtures in a folder: "compare.c:contains_bad". Where those of
// several files of an archive share a name, it is all of them, under the name of the archive.
func fixtureFuncs(t *testing.T, folder string) map[string]fixtureFunc {
	t.Helper()
	fixtures, err := ruletest.Load(filepath.Join(folder, "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	funcs := map[string]fixtureFunc{}
	for _, fx := range fixtures {
		for i := range fx.Files {
			wants, err := fx.Files[i].Wants()
			if err != nil {
				t.Fatal(err)
			}
			for _, fn := range fx.Files[i].Funcs() {
				at := fx.Name + ":" + fn.Name
				funcs[at] = fixtureFunc{append(funcs[at].wants, wants[fn]...), fn.Known()}
			}
		}
	}
	return funcs
}
