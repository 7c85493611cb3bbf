package main

import (
	"bytes"
	"fmt"
	"slices"
)

// A lineEdit says what becomes of lines from..to of a text, 0-based and exclusive: the lines put.
type lineEdit struct {
	from, to int
	put      [][]byte
}

// unified is a patch between two texts in the format of diff -u, empty if they are equal. It is a shortest
// one: the anchored diff of go-internal, which only matches lines that appear once, makes the patches for
// igraph almost twice as long, since C repeats its braces and "return NULL;".
func unified(oldName, newName string, before, after []byte) []byte {
	a, b := bytes.SplitAfter(before, []byte("\n")), bytes.SplitAfter(after, []byte("\n"))
	edits := lineEdits(a, b)
	if len(edits) == 0 {
		return nil
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "--- %s\n+++ %s\n", oldName, newName)
	const context = 3
	shift := 0
	for len(edits) > 0 {
		n := 1
		for n < len(edits) && edits[n].from-edits[n-1].to <= 2*context {
			n++
		}
		shift += hunk(&out, a, edits[:n], context, shift)
		edits = edits[n:]
	}
	return out.Bytes()
}

// hunk writes edits that are close to each other, and returns by how many lines the text grows.
func hunk(out *bytes.Buffer, a [][]byte, edits []lineEdit, context, shift int) int {
	lines := func(n int) int { // the last piece of a text that ends with a line break is no line
		if n == len(a) && len(a[n-1]) == 0 {
			return n - 1
		}
		return n
	}
	from, to := max(0, edits[0].from-context), lines(min(len(a), edits[len(edits)-1].to+context))
	grows := 0
	var body bytes.Buffer
	write := func(mark byte, line []byte) {
		if len(line) == 0 {
			return
		}
		body.WriteByte(mark)
		body.Write(line)
		if line[len(line)-1] != '\n' {
			body.WriteString("\n\\ No newline at end of file\n")
		}
	}
	at := from
	for _, e := range edits {
		for ; at < e.from; at++ {
			write(' ', a[at])
		}
		for ; at < e.to; at++ {
			write('-', a[at])
		}
		for _, l := range e.put {
			write('+', l)
		}
		grows += len(slices.DeleteFunc(slices.Clone(e.put), empty)) - len(slices.DeleteFunc(slices.Clone(a[e.from:e.to]), empty))
	}
	for ; at < to; at++ {
		write(' ', a[at])
	}
	fmt.Fprintf(out, "@@ -%s +%s @@\n", lineRange(from, to-from), lineRange(from+shift, to-from+grows))
	out.Write(body.Bytes())
	return grows
}

func empty(line []byte) bool { return len(line) == 0 }

// lineRange writes the range of n lines after line from as diff does.
func lineRange(from, n int) string {
	switch n {
	case 0:
		return fmt.Sprintf("%d,0", from)
	case 1:
		return fmt.Sprint(from + 1)
	}
	return fmt.Sprintf("%d,%d", from+1, n)
}

// A frontier says, for the paths of d changes, how far each gets: lines of a by diagonal, which are
// numbered from -d to d.
type frontier []int

func (f frontier) at(k int) int { return f[k+len(f)/2] }

// down reports whether the path on diagonal k comes from a line that b has in addition, rather than from one
// that a has.
func (f frontier) down(k int) bool {
	d := len(f)/2 + 1
	return k == -d || k != d && f.at(k-1) < f.at(k+1)
}

// lineEdits is a shortest way from a to b (Myers, An O(ND) Difference Algorithm, 1986).
func lineEdits(a, b [][]byte) []lineEdit {
	var trace []frontier
	for d := 0; ; d++ {
		f := make(frontier, 2*d+1)
		for k := -d; k <= d; k += 2 {
			x := 0
			if d > 0 {
				if last := trace[d-1]; last.down(k) {
					x = last.at(k + 1)
				} else {
					x = last.at(k-1) + 1
				}
			}
			for x < len(a) && x-k < len(b) && bytes.Equal(a[x], b[x-k]) {
				x++
			}
			f[k+d] = x
			if x >= len(a) && x-k >= len(b) {
				return walkBack(b, trace, k, x)
			}
		}
		trace = append(trace, f)
	}
}

// walkBack collects the changes of the path that ends on diagonal k at line x of a.
func walkBack(b [][]byte, trace []frontier, k, x int) []lineEdit {
	var out []lineEdit
	for d := len(trace); d > 0; d-- {
		last := trace[d-1]
		e := lineEdit{}
		if last.down(k) {
			k++
			x = last.at(k)
			e = lineEdit{from: x, to: x, put: [][]byte{b[x-k]}}
		} else {
			k--
			x = last.at(k)
			e = lineEdit{from: x, to: x + 1}
		}
		if n := len(out); n > 0 && e.to == out[n-1].from {
			out[n-1] = lineEdit{e.from, out[n-1].to, append(e.put, out[n-1].put...)}
		} else {
			out = append(out, e)
		}
	}
	slices.Reverse(out)
	return out
}
