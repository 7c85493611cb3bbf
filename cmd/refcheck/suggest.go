package main

import "strings"

// closest returns the word that name is most likely a misspelling of, or "".
func closest(name string, words []string) string {
	name = strings.ToLower(name)
	best, bestDist := "", max(1, len(name)/3)+1
	for _, w := range words {
		lower := strings.ToLower(w)
		dist := distance(name, lower)
		if len(name) >= 3 && strings.HasPrefix(lower, name) {
			dist = min(dist, 1)
		}
		if dist < bestDist {
			best, bestDist = w, dist
		}
	}
	return best
}

// didYouMean is the end of an error message about an unknown name.
func didYouMean(name string, words []string) string {
	if best := closest(name, words); best != "" {
		return ": did you mean " + best + "?"
	}
	return ""
}

// distance counts the insertions, deletions, substitutions and swaps of
// neighbours that turn a into b (optimal string alignment).
func distance(a, b string) int {
	var before, prev []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, prev, row = prev, row, make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return row[len(b)]
}
