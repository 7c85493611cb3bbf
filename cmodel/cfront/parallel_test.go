package cfront

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
)

// TestParallelPanic: a panic of one call reaches the caller, after all others ran.
func TestParallelPanic(t *testing.T) {
	var ran atomic.Int32
	defer func() {
		text, _ := recover().(string)
		if !strings.HasPrefix(text, "boom\n") || !strings.Contains(text, "parallel_test.go") || ran.Load() != 9 {
			t.Errorf("%d calls ran; recovered %q", ran.Load(), text)
		}
	}()
	parallel(context.Background(), 10, func(i int) {
		if i == 3 {
			panic("boom")
		}
		ran.Add(1)
	})
	t.Error("no panic")
}
