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
	named := map[string]bool{}
	for _, row := range rows {
		fact, code, fires, silent := row[1], row[2], row[3], row[4]
		named[code] = true
		checkEntries(t, fact, fires, func(fn fixtureFunc) bool { return slices.Contains(fn.wants, code) != fn.known })
		checkEntries(t, fact, silent, func(fn fixtureFunc) bool { return !slices.Contains(fn.wants, code) && !fn.known })
	}
	for _, r := range All {
		if (r.Types != nil || r.Modules != nil) && !named[r.Code] {
			t.Errorf("%s is about types or modules, and no row of %s is about it", r.Code, typesPage)
		}
	}
}

// checkEntries checks the fixtures in one cell of the page.
func checkEntries(t *testing.T, fact, cell string, holds func(fixtureFunc) bool) {
	t.Helper()
	refs := pageRef.FindAllStringSubmatch(cell, -1)
	if strings.TrimSpace(pageRef.ReplaceAllString(cell, "")) != "" {
		t.Errorf("%s: %q is not a list of fixtures", fact, cell)
	}
	for _, ref := range refs {
		fn, ok := findFixture(t, ref[1], ref[2], ref[3])
		if !ok {
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

// findFixture looks a function of a fixture up. Where functions of several files of an archive share a name,
// it is all of them.
func findFixture(t *testing.T, folder, name, function string) (fixtureFunc, bool) {
	t.Helper()
	fixtures, err := ruletest.Load(filepath.Join(folder, "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	var found fixtureFunc
	there := false
	for _, fx := range fixtures {
		if fx.Name != name {
			continue
		}
		for i := range fx.Files {
			wants, err := fx.Files[i].Wants()
			if err != nil {
				t.Fatal(err)
			}
			for _, fn := range fx.Files[i].Funcs() {
				if fn.Name == function {
					there = true
					found.wants = append(found.wants, wants[fn]...)
					found.known = fn.Known()
				}
			}
		}
	}
	return found, there
}
