package cfront

import (
	"context"
	"os"
	"testing"
	"time"
)

// TestCorpus reports how much of a folder of C extensions is parsed. It runs
// only when REFCHECK_CORPUS names one.
func TestCorpus(t *testing.T) {
	root := os.Getenv("REFCHECK_CORPUS")
	if root == "" {
		t.Skip("REFCHECK_CORPUS is not set")
	}
	start := time.Now()
	p, err := Open(context.Background(), Options{Roots: []string{root}, PyMinor: 13})
	if err != nil {
		t.Fatal(err)
	}
	opened := time.Since(start)
	total, gaps, inactive, views := 0, 0, 0, 0
	for _, name := range p.Units() {
		began := time.Now()
		u, err := p.Load(context.Background(), name)
		if err != nil {
			t.Logf("FAIL %v", err)
			continue
		}
		total += u.Functions
		gaps += len(u.Gaps)
		inactive += len(u.Inactive)
		views += len(u.Parses)
		if d := time.Since(began); d > 400*time.Millisecond {
			t.Logf("SLOW %s %v", name, d.Round(time.Millisecond))
		}
		for _, g := range u.Gaps {
			t.Logf("GAP %s %s: %s", g.Pos, g.Func, g.Reason)
		}
		if testing.Verbose() && os.Getenv("REFCHECK_INACTIVE") != "" {
			for _, g := range u.Inactive {
				t.Logf("INACTIVE %s %s: %s", g.Pos, g.Func, g.Reason)
			}
			t.Logf("MISSING %s %v", name, u.Missing)
		}
	}
	n := max(1, len(p.Units()))
	t.Logf("%d units, %d views, %d skipped; %d of %d functions, %d inactive; open %v, load %v, %v per unit",
		len(p.Units()), views, len(p.Skipped()), total-gaps, total, inactive, opened.Round(time.Millisecond), (time.Since(start) - opened).Round(time.Millisecond), ((time.Since(start) - opened) / time.Duration(n)).Round(100*time.Microsecond))
}
