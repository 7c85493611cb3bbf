package probe

import (
	"strings"
	"testing"

	"github.com/refcheck/refcheck/cmodel/contract"
)

// Versions with an interpreter that the recipes were tried with.
const (
	oldestTried = 7
	newestTried = 13
)

// otherAPIs begin the sources of contracts that are not of CPython.
var otherAPIs = []string{"https://numpy.org/", "https://pythoncapi-compat", "libc", "C11", "POSIX"}

// TestEveryFunction: a function of CPython either has a recipe or a reason why not.
func TestEveryFunction(t *testing.T) {
	recipes := load(t)
	called := map[string]bool{}
	for _, name := range append(recipes.Funcs(false), recipes.Funcs(true)...) {
		called[name] = true
	}
	known := map[string]bool{}
	for _, f := range contract.All() {
		known[f.Name] = true
		if !called[f.Name] && recipes.Skipped[f.Name] == "" && callable(f) {
			t.Errorf("%s: neither a recipe nor a reason why not (skip)", f.Name)
		}
	}
	for name := range recipes.Skipped {
		if called[name] {
			t.Errorf("%s has a recipe, and a reason why not", name)
		}
		if !known[name] {
			t.Errorf("%s has no contract", name)
		}
	}
}

// callable reports whether f is of CPython's API, in a version that was tried.
func callable(f *contract.Func) bool {
	if f.Python2 || f.Since > newestTried || f.Until != 0 && f.Until <= oldestTried {
		return false
	}
	if !strings.HasPrefix(strings.TrimPrefix(f.Name, "_"), "Py") {
		return false
	}
	for _, s := range otherAPIs {
		if strings.HasPrefix(f.Source, s) {
			return false
		}
	}
	return !strings.HasPrefix(f.Name, "PyArray") && !strings.HasPrefix(f.Name, "PyUFunc")
}
