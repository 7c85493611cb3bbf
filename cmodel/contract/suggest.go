package contract

import (
	"cmp"
	"slices"
	"strings"
)

// Suggest returns up to three names of functions that somebody who wrote name
// may have meant, the likeliest first.
func Suggest(name string) []string {
	type guess struct {
		name  string
		edits int
	}
	var guesses []guess
	lower := strings.ToLower(name)
	for _, f := range builtin() {
		other := strings.ToLower(f.Name)
		n := editDistance(lower, other, 1+len(name)/5)
		if n < 0 && len(name) >= 4 && (strings.Contains(other, "_"+lower) || strings.HasPrefix(other, lower)) {
			n = len(other) // a part of the name: any real near miss is better
		}
		if n >= 0 && f.Name != name && (len(guesses) == 0 || guesses[len(guesses)-1].name != f.Name) {
			guesses = append(guesses, guess{f.Name, n})
		}
	}
	slices.SortStableFunc(guesses, func(a, b guess) int { return cmp.Compare(a.edits, b.edits) })
	var names []string
	for _, g := range guesses[:min(3, len(guesses))] {
		names = append(names, g.name)
	}
	return names
}

// editDistance returns how many letters must be inserted, removed or replaced to
// make b from a, or -1 if that is more than limit.
func editDistance(a, b string, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit {
		return -1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replace := diagonal
			if a[i] != b[j] {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j]+1, row[j+1]+1)
		}
	}
	if n := row[len(b)]; n <= limit {
		return n
	}
	return -1
}
