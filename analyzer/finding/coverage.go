package finding

import (
	"cmp"
	"slices"
)

// Coverage says how much of what was asked for has been looked at. Whatever is
// not analysed is named here, so that silence never passes for a clean bill.
type Coverage struct {
	Files        int // C files read
	Functions    int // functions found in them
	Analysed     int // functions followed to the end
	Incomplete   []Incomplete
	SkippedFiles []SkippedFile
}

// Incomplete is a function, or with an empty Function a piece of a file, that
// was not analysed to the end.
type Incomplete struct {
	File     string
	Line     int
	Function string
	Reason   string // "budget: 4096 states"
}

// SkippedFile is a file that was asked for and not analysed at all.
type SkippedFile struct {
	File   string
	Reason string // "C++ is not analysed"
}

// Sort orders the lists of c by file and line.
func (c *Coverage) Sort() {
	slices.SortStableFunc(c.Incomplete, func(a, b Incomplete) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Function, b.Function), cmp.Compare(a.Reason, b.Reason))
	})
	slices.SortStableFunc(c.SkippedFiles, func(a, b SkippedFile) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Reason, b.Reason))
	})
}
