package contract

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// refcountsFile is CPython's own table of reference count changes. It is not
// part of the repository.
const refcountsFile = "../../../shared/data/refcounts-3.11.dat"

// TestRefcounts compares the contracts with CPython's table. That table knows
// only changes of counts (0, +1, -1), not stealing, and has mistakes; every
// difference is listed in testdata/refcounts.txt with its reason.
func TestRefcounts(t *testing.T) {
	blocks, err := readRefcounts(refcountsFile)
	if err != nil {
		t.Skipf("CPython's refcounts.dat is not beside the checkout: %v", err)
	}
	explained := readExplained(t, "testdata/refcounts.txt")
	table := Load(Target{Minor: 11})
	for _, block := range blocks {
		for _, d := range compareRefcounts(table, block) {
			if !explained[d] {
				t.Errorf("not explained in testdata/refcounts.txt: %s", d)
			}
			delete(explained, d)
		}
	}
	for d := range explained {
		t.Errorf("testdata/refcounts.txt explains what is no difference: %s", d)
	}
	t.Logf("%d functions compared", len(blocks))
	if len(blocks) < 700 {
		t.Errorf("only %d functions read from %s", len(blocks), refcountsFile)
	}
}

// A refcount is one line of the table: a result (no name) or a parameter.
type refcount struct{ fn, typ, name, effect string }

// readRefcounts returns the table by function: the result, then the parameters.
func readRefcounts(name string) ([][]refcount, error) {
	f, err := os.Open(filepath.FromSlash(name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var blocks [][]refcount
	for in := bufio.NewScanner(f); in.Scan(); {
		field := strings.SplitN(in.Text(), ":", 5)
		if strings.HasPrefix(in.Text(), "#") || len(field) < 4 {
			continue
		}
		for i := range field {
			field[i] = strings.TrimSpace(field[i])
		}
		r := refcount{field[0], field[1], field[2], field[3]}
		switch last := len(blocks) - 1; {
		case last < 0 || blocks[last][0].fn != r.fn:
			blocks = append(blocks, []refcount{r})
		case r.name != "..." && r.typ != "..." && r.typ != "void" && r.name+r.typ != "void" && r.name+r.typ != "":
			blocks[last] = append(blocks[last], r)
		}
	}
	return blocks, nil
}

// readExplained reads "difference -- reason" lines.
func readExplained(t *testing.T, name string) map[string]bool {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	explained := map[string]bool{}
	for i, line := range strings.Split(string(data), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		difference, reason, ok := strings.Cut(line, " -- ")
		if !ok || reason == "" {
			t.Errorf("%s:%d: no reason", name, i+1)
		}
		explained[strings.TrimSpace(difference)] = true
	}
	return explained
}

// compareRefcounts describes where the contract of one function differs.
func compareRefcounts(table *Table, block []refcount) []string {
	result, params := block[0], block[1:]
	f := table.Lookup(result.fn)
	if f == nil {
		return []string{result.fn + ": no contract"}
	}
	var diffs []string
	want := map[string]Ref{"+1": New, "0": Borrowed, "null": Null, "": None}[result.effect]
	if f.Result.Ref != want {
		diffs = append(diffs, fmt.Sprintf("%s returns %q: %s", f.Name, result.effect, f.Result.Ref))
	}
	ours := f.Params
	if n := len(ours); n > 0 && ours[n-1].Name == "..." {
		ours = ours[:n-1]
	}
	if len(ours) != len(params) {
		return append(diffs, fmt.Sprintf("%s has %d parameters: %d", f.Name, len(params), len(ours)))
	}
	for i, p := range params {
		if !agrees(p.effect, &ours[i]) {
			diffs = append(diffs, fmt.Sprintf("%s %s %q: %s", f.Name, p.name, p.effect, ours[i].Ref))
		}
	}
	return diffs
}

// agrees reports whether the effect of the table is what p does to the count.
func agrees(effect string, p *Param) bool {
	switch effect {
	case "-1":
		return p.Ref == Stolen || p.Ref == StolenOnSuccess || p.Ref == InOut
	case "+1":
		return p.Keeps && p.Ref == Borrowed || p.Ref == OutNew || p.Ref == StolenOnSuccess
	case "0":
		return p.Ref == Borrowed || p.Ref == OutBorrowed
	}
	return p.Ref == None
}
