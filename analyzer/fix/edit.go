package fix

import (
	"cmp"
	"regexp"
	"slices"
)

// An Edit replaces the bytes between two offsets of one file.
type Edit struct {
	Off, End int
	Text     string
}

// Join sorts edits, drops repeated ones and joins those at one place, in the order in which they
// were made. ok is false if they overlap.
func Join(edits []Edit) (out []Edit, ok bool) {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int { return cmp.Or(cmp.Compare(a.Off, b.Off), cmp.Compare(a.End, b.End)) })
	for _, e := range edits {
		n := len(out)
		switch {
		case n > 0 && out[n-1] == e:
		case n > 0 && out[n-1].Off == e.Off && out[n-1].End == e.Off: // after what is inserted there
			out[n-1].End, out[n-1].Text = e.End, out[n-1].Text+e.Text
		case n > 0 && out[n-1].End > e.Off:
			return nil, false
		default:
			out = append(out, e)
		}
	}
	return out, true
}

// Covers reports whether edits a begin before edits b and end after them.
func Covers(a, b []Edit) bool {
	return a[0].Off <= b[0].Off && b[len(b)-1].End <= a[len(a)-1].End
}

// Apply returns src with edits that Join has accepted.
func Apply(src []byte, edits []Edit) []byte {
	var out []byte
	at := 0
	for _, e := range edits {
		out = append(append(out, src[at:e.Off]...), e.Text...)
		at = e.End
	}
	return append(out, src[at:]...)
}

// Behind is the number of the edit that put the byte at an offset into the result of Apply, and the offset in
// its text; -1 if none did.
func Behind(edits []Edit, o int) (edit, at int) {
	shift := 0
	for i, e := range edits {
		start := e.Off + shift
		if o < start {
			break
		}
		if o < start+len(e.Text) {
			return i, o - start
		}
		shift += len(e.Text) - (e.End - e.Off)
	}
	return -1, 0
}

// careless are the macros that do not stand NULL.
var careless = regexp.MustCompile(`^Py_(DECREF|INCREF|SETREF|NewRef)\b`)

// Careful is the edit with a macro that stands NULL for the one at an offset of its text.
func (e Edit) Careful(at int) Edit {
	if at <= len(e.Text) {
		e.Text = e.Text[:at] + careless.ReplaceAllString(e.Text[at:], "Py_X$1")
	}
	return e
}
