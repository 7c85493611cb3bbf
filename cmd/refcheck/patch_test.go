package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestUnified(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"a\nb\n", "a\nb\n", ""},
		{"", "a\n", "--- x\n+++ y\n@@ -0,0 +1 @@\n+a\n"},
		{"a\nb\nc\n", "a\nc\n", "--- x\n+++ y\n@@ -1,3 +1,2 @@\n a\n-b\n c\n"},
		{"a\r\nb", "a\r\nx\r\nb", "--- x\n+++ y\n@@ -1,2 +1,3 @@\n a\r\n+x\r\n b\n\\ No newline at end of file\n"},
		{"1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n3\n4\n5\n6\n7\n8\n9\n0\n",
			"--- x\n+++ y\n@@ -1,5 +1,4 @@\n 1\n-2\n 3\n 4\n 5\n@@ -7,3 +6,4 @@\n 7\n 8\n 9\n+0\n"},
	} {
		if got := string(unified("x", "y", []byte(c.before), []byte(c.after))); got != c.want {
			t.Errorf("%q to %q:\n%s\nwant:\n%s", c.before, c.after, got, c.want)
		}
	}
}

// TestUnifiedApplies makes random texts and lets git apply the patches between them.
func TestUnifiedApplies(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git")
	}
	dir := t.TempDir()
	text := rapid.Custom(func(t *rapid.T) string {
		lines := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "{", "}"}), 1, 30).Draw(t, "lines")
		return strings.Join(lines, "\n") + rapid.SampledFrom([]string{"", "\n"}).Draw(t, "end")
	})
	for i := range 12 {
		before, after := text.Example(2*i), text.Example(2*i+1)
		patch := unified("a/f", "b/f", []byte(before), []byte(after))
		if len(patch) == 0 {
			continue
		}
		file := filepath.Join(dir, "f")
		if err := os.WriteFile(file, []byte(before), 0o666); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("git", "apply", "--unidiff-zero", "-")
		cmd.Dir, cmd.Stdin = dir, strings.NewReader(string(patch))
		out, err := cmd.CombinedOutput()
		got, _ := os.ReadFile(file)
		if err != nil || string(got) != after {
			t.Fatal(fmt.Sprintf("%v %s\nfrom %q to %q, got %q\n%s", err, out, before, after, got, patch))
		}
	}
}
