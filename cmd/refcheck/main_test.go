package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/analyzer/rule"
)

func TestSelectRules(t *testing.T) {
	all := []*rule.Rule{{Code: "RC101", Name: "leak"}, {Code: "RC102"}, {Code: "RC201"}}
	for _, test := range []struct {
		selected, extended, ignored []string
		want                        string
	}{
		{[]string{"ALL"}, nil, nil, "RC101 RC102 RC201"},
		{[]string{"RC1"}, nil, nil, "RC101 RC102"},
		{[]string{"rc1"}, []string{"RC201"}, []string{"RC101"}, "RC102 RC201"},
		{[]string{"ALL"}, nil, []string{"RC1"}, "RC201"},
		{[]string{"RC101"}, nil, []string{"RC1"}, "RC101"},
		{[]string{"RC1", "RC102"}, nil, []string{"RC1"}, "RC102"},
	} {
		got, err := selectRules(all, test.selected, test.extended, test.ignored)
		if err != nil || codes(got) != test.want {
			t.Errorf("%v %v %v: got %s, %v; want %s", test.selected, test.extended, test.ignored, codes(got), err, test.want)
		}
	}
	for _, bad := range []string{"RC9", "", "leak", "XX"} {
		if got, err := selectRules(all, []string{bad}, nil, nil); err == nil {
			t.Errorf("--select %q: got %s, want an error", bad, codes(got))
		}
	}
	if _, err := selectRules(all, []string{"RC1"}, nil, []string{"RC101", "RC102"}); err == nil {
		t.Error("no rule left: want an error")
	}
}

func TestExclude(t *testing.T) {
	base := t.TempDir()
	for _, test := range []struct {
		pattern, path string
		want          bool
	}{
		{"build", "build/a.c", true},
		{"build", "x/build/y/a.c", true},
		{"build/", "build", true},
		{"build", "rebuild/a.c", false},
		{"*_gen.c", "src/x_gen.c", true},
		{"src/*.c", "src/a.c", true},
		{"src/*.c", "src/sub/a.c", false},
		{"src/**", "src/sub/a.c", true},
		{"./src/sub", "src/sub/deep/a.c", true},
		{"third_party/**/{a,b}.c", "third_party/x/y/b.c", true},
	} {
		e, err := newExcluder(base, []string{test.pattern})
		if err != nil {
			t.Fatal(err)
		}
		if got := e.match(filepath.Join(base, test.path)); got != test.want {
			t.Errorf("%s on %s: got %v, want %v", test.pattern, test.path, got, test.want)
		}
	}
	if _, err := newExcluder(base, []string{"[a"}); err == nil {
		t.Error("bad pattern: want an error")
	}
}

func TestParseOutputs(t *testing.T) {
	dir := filepath.ToSlash(t.TempDir())
	out, err := parseOutputs("full", []string{"sarif:" + dir + "/a.sarif", dir + "/b.txt"})
	if err != nil || len(out) != 2 || out[0] != (output{"full", dir + "/b.txt"}) || out[1] != (output{"sarif", dir + "/a.sarif"}) {
		t.Errorf("got %v, %v", out, err)
	}
	for _, bad := range [][]string{{"a", "b"}, {"xhtml:" + dir + "/x"}, {"json:"}, {""}, {dir + "/none/x"}} {
		if out, err := parseOutputs("full", bad); err == nil {
			t.Errorf("%v: got %v, want an error", bad, out)
		}
	}
}

func TestClosest(t *testing.T) {
	words := []string{"output-format", "output-file", "select", "extend-select", "jobs"}
	for name, want := range map[string]string{
		"outptu-format": "output-format", "selct": "select", "format": "", "job": "jobs", "xyz": "", "SELECT": "select",
	} {
		if got := closest(name, words); got != want {
			t.Errorf("closest(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestUseColor(t *testing.T) {
	for _, test := range []struct {
		when, no, force string
		want            bool
	}{
		{"auto", "", "", false}, // not a terminal
		{"always", "1", "", true},
		{"never", "", "1", false},
		{"auto", "", "1", true},
		{"auto", "", "0", false},
		{"auto", "1", "1", false},
	} {
		t.Setenv("NO_COLOR", test.no)
		t.Setenv("FORCE_COLOR", test.force)
		if got := useColor(test.when, &strings.Builder{}); got != test.want {
			t.Errorf("%+v: got %v", test, got)
		}
	}
}
