package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// A meter shows progress on a terminal. The zero value shows nothing.
type meter struct {
	w    io.Writer
	mu   sync.Mutex
	last time.Time
	used bool
}

// newMeter returns a meter on w, which is silent unless w is a terminal and the
// user wants to see something.
func newMeter(w io.Writer, o *options) *meter {
	if o.quiet || o.verbose || !isTerminal(w) {
		return &meter{}
	}
	// The first half second needs no meter.
	return &meter{w: w, last: time.Now().Add(400 * time.Millisecond)}
}

// show is called by the analysis, from any goroutine.
func (m *meter) show(done, total int) {
	if m.w == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if time.Since(m.last) < 100*time.Millisecond {
		return
	}
	m.last, m.used = time.Now(), true
	fmt.Fprintf(m.w, "\r\x1b[Kread %d of %d files", done, total)
}

// clear removes the meter.
func (m *meter) clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.used {
		io.WriteString(m.w, "\r\x1b[K")
	}
}
