package cfront

import "testing"

func TestWrapsItself(t *testing.T) {
	for def, want := range map[string]bool{
		` PyTuple_New(...) ({ __auto_type r = 0 ? PyTuple_New(__VA_ARGS__) : 0; r = PyTuple_New(__VA_ARGS__); r; })`: true,
		" PyDict_SetItem(d, k, v) \\\n    (calls++, PyDict_SetItem(d, k, v))":                                        true,
		` now() (count(), now())`:               true,
		` free(p) (free(p), p = NULL)`:          false, // it does something else as well
		` add(x) add(context, x)`:               false,
		` read(s) (s)->read(s)`:                 false,
		` check(x) if (!check(x)) return -1`:    false,
		` PyInt_FromLong(x) PyLong_FromLong(x)`: false,
		` twice(x) (x, x)`:                      false,
		` again again`:                          false,
		` callback(f) f(callback)`:              false,
	} {
		if got := wrapsItself([]byte(def)); got != want {
			t.Errorf("%s: %v, want %v", def, got, want)
		}
	}
}
