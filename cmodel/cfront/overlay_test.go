package cfront_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/cmodel/cfront"
)

func TestOverlay(t *testing.T) {
	dir := t.TempDir()
	a, fresh := filepath.Join(dir, "a.c"), filepath.Join(dir, "new.c")
	if err := os.WriteFile(a, []byte("int on_disk(void) { return 0; }\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	p, err := cfront.Open(context.Background(), cfront.Options{
		Roots:   []string{a, fresh},
		Overlay: map[string][]byte{a: []byte("int in_editor(void) { return 0; }\nint two(void) { return 0; }\n"), fresh: {}},
	})
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(p.Units(), " ")
	for name, functions := range map[string]int{a: 2, fresh: 0} {
		path := filepath.ToSlash(name)
		if !strings.Contains(got, path) {
			t.Errorf("%s is not among %s", path, got)
			continue
		}
		u, err := p.Load(context.Background(), path)
		if err != nil || u.Functions != functions {
			t.Errorf("%s: got %v, %v; want %d functions", path, u, err, functions)
		}
	}
	if text := string(p.Source(filepath.ToSlash(a))); !strings.HasPrefix(text, "int in_editor") {
		t.Errorf("source of a.c: %s", text)
	}
}
