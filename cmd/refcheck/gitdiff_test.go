package main

import (
	"reflect"
	"testing"
)

func TestParseDiff(t *testing.T) {
	diff := `diff --git a/a.c b/a.c
--- a/a.c
+++ b/a.c
@@ -3,2 +3 @@ f(void)
-a
--- b
+++ c;
@@ -9 +9,3 @@
-x
+x
\ No newline at end of file
+y
+z
@@ -20,2 +21,0 @@
-p
-q
diff --git "a/t\tb.c" "b/t\tb\303\244.c"
--- "a/t\tb.c"
+++ "b/t\tb\303\244.c"
@@ -0,0 +1 @@
+new
diff --git a/gone.c b/gone.c
--- a/gone.c
+++ /dev/null
@@ -1 +0,0 @@
-x
diff --git a/with space.c b/with space.c
--- a/with space.c	
+++ b/with space.c	
@@ -1 +1 @@
-x
+y
`
	want := map[string]*fileChanges{
		"a.c":          {ranges: [][2]int{{3, 3}, {9, 11}}, removed: []int{21}},
		"t\tbä.c":      {ranges: [][2]int{{1, 1}}},
		"/dev/null":    {removed: []int{0}},
		"with space.c": {ranges: [][2]int{{1, 1}}},
	}
	got := parseDiff(diff)
	for name, f := range want {
		if !reflect.DeepEqual(got[name], f) {
			t.Errorf("%q: got %+v, want %+v", name, got[name], f)
		}
	}
	if len(got) != len(want) {
		t.Errorf("got %d files, want %d: %v", len(got), len(want), got)
	}
}
