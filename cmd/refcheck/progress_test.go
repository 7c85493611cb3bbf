package main

import (
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

// TestMeter: progress is for terminals only, not too often, and leaves no trace.
func TestMeter(t *testing.T) {
	var out strings.Builder
	m := &meter{w: &out}
	m.show(1, 9)
	m.last = time.Now().Add(time.Hour)
	m.show(2, 9) // too soon
	m.clear()
	if got, want := out.String(), "\r\x1b[Kread 1 of 9 files\r\x1b[K"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	out.Reset()
	early := &meter{w: &out, last: time.Now().Add(time.Hour)}
	early.show(1, 9)
	early.clear()
	if out.Len() > 0 {
		t.Errorf("a short run prints %q", &out)
	}
	pipe, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer pipe.Close()
	for _, w := range []io.Writer{pipe, &out} {
		n := newMeter(w, &options{})
		n.last = time.Time{}
		n.show(1, 9)
		n.clear()
	}
	if st, err := pipe.Stat(); err != nil || st.Size() > 0 || out.Len() > 0 {
		t.Errorf("progress without a terminal: %v, %q, %v", st.Size(), &out, err)
	}
}
