package rules

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// factRow is a row of a table of docs/types.md: what it says, the rule, and code between backquotes.
var factRow = regexp.MustCompile(`(?m)^\| (.+) \| (RC\d+) \| *([^|]*?) *\|(?: *([^|]*?) *\|)?$`)

// minFacts is how many rows the page has at least.
const minFacts = 75

// TestTypesPage: the fixtures that docs/types.md names are there, the first of a row is reported by the rule of the row
// (unless it is a known limit), the second by no rule.
func TestTypesPage(t *testing.T) {
	text, err := os.ReadFile("../docs/types.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := factRow.FindAllStringSubmatch(string(text), -1)
	if len(rows) < minFacts {
		t.Errorf("%d rows, want %d", len(rows), minFacts)
	}
	for _, row := range rows {
		fact, rule, bad, fine := row[1], row[2], strings.Trim(row[3], "`"), strings.Trim(row[4], "`")
		if bad == "" && fine == "" {
			t.Errorf("%s: no fixture", fact)
		}
		if bad != "" {
			wants := wantsOf(t, bad)
			if limit := strings.Contains(bad, ":FN_"); limit == strings.Contains(wants, `"`+rule) {
				t.Errorf("%s: %s in %s: %q", fact, rule, bad, wants)
			}
		}
		if fine != "" {
			if wants := wantsOf(t, fine); wants != "" {
				t.Errorf("%s: %s is reported: %q", fact, fine, wants)
			}
		}
	}
}

// wantsOf returns the want comments in the definition of what is called dir/file:name.
func wantsOf(t *testing.T, where string) string {
	t.Helper()
	file, name, _ := strings.Cut(where, ":")
	dir, base := filepath.Split(file)
	text, err := os.ReadFile(filepath.Join(dir, "testdata", base))
	if err != nil {
		t.Errorf("%s: %v", where, err)
		return ""
	}
	// A function begins its line, a variable stands before " = {".
	def := regexp.MustCompile(`(?ms)^` + name + `\(.*?^\}|^[^\n]*\b` + name + `(?:_Type|_spec)? = \{.*?\};[^\n]*$|^[A-Z_]+\([^\n]*\b` + name + `\b[^\n]*$`)
	m := def.FindString(string(text))
	if m == "" {
		t.Errorf("%s: not defined", where)
	}
	var wants []string
	for _, line := range strings.Split(m, "\n") {
		if _, want, ok := strings.Cut(line, "// want "); ok {
			wants = append(wants, want)
		}
	}
	return strings.Join(wants, "; ")
}
