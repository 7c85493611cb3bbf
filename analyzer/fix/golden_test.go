package fix_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/ruletest"
)

var update = flag.Bool("update", false, "rewrite the files in testdata")

// TestGolden applies all fixes to in.c of each archive in testdata, in which out.c is the result and fixes.txt says
// what was fixed how.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d archives: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			in := ar.Files[0]
			dir := write(t, &ruletest.Fixture{Files: []ruletest.File{{Name: in.Name, Text: string(in.Data)}}})
			m := mend(t, dir, run(t, dir))
			out, err := os.ReadFile(filepath.Join(dir, in.Name))
			if err != nil {
				t.Fatal(err)
			}
			got := &txtar.Archive{Comment: ar.Comment, Files: []txtar.File{in, {Name: "out.c", Data: out}, {Name: "fixes.txt", Data: []byte(told(m.Fixed))}}}
			if text := compile(t, filepath.Join(dir, in.Name), out); text != "" {
				t.Errorf("does not compile: %s", text)
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(got), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want := txtar.Format(ar); string(txtar.Format(got)) != string(want) {
				t.Errorf("got:\n%s\nIf that is right: go test ./analyzer/fix -update", txtar.Format(got))
			}
		})
	}
}

// told lists fixes, a line each.
func told(fixed []*finding.Finding) string {
	var lines []string
	for _, f := range fixed {
		sort := "unsafe"
		if f.Fix.Safe {
			sort = "safe"
		}
		lines = append(lines, fmt.Sprintf("%s %s in %s: %s\n", f.Rule, sort, f.Function, f.Fix.Message))
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}
