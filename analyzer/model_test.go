package analyzer_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/analyzer/confirm"
	"github.com/refcheck/refcheck/analyzer/finding"
)

// TestReplayRate replays everything that is reported about the sources of the
// tests: nothing may be refuted, what is shown by default is confirmed, and so are
// 98 of 100 findings in all. Findings that no path can prove are left out: those of
// a kind that is not about counts, and those about immortal objects.
func TestReplayRate(t *testing.T) {
	dirs, err := filepath.Glob("../rules/*/testdata")
	if err != nil {
		t.Fatal(err)
	}
	yes, no, beyond := 0, 0, 0
	for _, dir := range append(dirs, "../testdata/demo", "../testdata/bench") {
		cfg := config(dir)
		cfg.MinConfidence = finding.Low
		for _, f := range analyze(t, cfg).Findings {
			switch {
			case f.Model.Beyond:
				beyond++
			case f.Model.Verdict == confirm.Confirmed:
				yes++
			default:
				no++
				t.Logf("not replayed: %s: %s", f, f.Model.Detail)
				if f.Confidence > finding.Low {
					t.Errorf("shown by default without a confirmation: %s", f)
				}
			}
		}
	}
	t.Logf("model: %d confirmed, %d not replayable, 0 refuted; %d not about counts", yes, no, beyond)
	if yes < 200 || yes*100 < (yes+no)*98 {
		t.Errorf("%d of %d findings are replayed, want at least 200 and 98 of 100", yes, yes+no)
	}
}

// TestManyWaysOfOwning: in a function with more ways of owning things than the
// engine keeps apart, objects that are held at different places on different paths
// are given up, not mixed up.
func TestManyWaysOfOwning(t *testing.T) {
	var b strings.Builder
	b.WriteString(`#include <Python.h>

typedef struct { PyObject *what; PyObject *items[16]; } node;
void node_free(node *n);

node *
collect(PyObject *from)
{
    int n = 0;
    PyObject *x;
    node *out = (node *)PyMem_Calloc(1, sizeof(node));

    if (out == NULL)
        return NULL;
`)
	for i := range 9 {
		fmt.Fprintf(&b, `    if (PyObject_HasAttrString(from, "a%d")) {
        x = PyObject_GetAttrString(from, "a%[1]d");
        if (x == NULL)
            goto error;
        out->items[n++] = x;
    }
`, i)
	}
	b.WriteString(`    return out;
error:
    node_free(out);
    return NULL;
}
`)
	dir := write(t, map[string]string{"node.c": b.String(), "free.c": `#include <Python.h>
typedef struct { PyObject *what; PyObject *items[16]; } node;
void
node_free(node *n)
{
    int i;
    for (i = 0; i < 16; i++)
        Py_XDECREF(n->items[i]);
    PyMem_Free(n);
}
`})
	cfg := config(dir)
	cfg.MinConfidence = finding.Low
	res := analyze(t, cfg)
	for _, f := range res.Findings {
		t.Errorf("unexpected: %s", f)
	}
	if len(res.Coverage.Incomplete) == 0 {
		t.Error("the function is not named as incomplete: the test does not reach the limit")
	}
}
