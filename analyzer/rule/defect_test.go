package rule

import "testing"

// Python 3.12 has the functions for managed dicts under private names only.
func TestManagedDict(t *testing.T) {
	for minor, want := range map[int]string{12: "_PyObject_ClearManagedDict", 13: "PyObject_ClearManagedDict", 14: "PyObject_ClearManagedDict"} {
		if got := ManagedDict(minor, "Clear"); got != want {
			t.Errorf("3.%d: %s, want %s", minor, got, want)
		}
	}
}
