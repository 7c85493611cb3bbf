package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/contract/probe"
)

// statistics is what `refcheck api --statistics --output-format json` prints.
type statistics struct {
	Functions int            `json:"functions"`
	Contracts int            `json:"contracts"`
	CPython   int            `json:"cpython"`
	Private   int            `json:"private"`
	NumPy     int            `json:"numpy"`
	Other     int            `json:"other"`
	Versions  map[string]int `json:"versions"` // by CPython version
	Families  map[string]int `json:"families"` // by file of contracts
	Effects   map[string]int `json:"effects"`
	Runs      map[string]int `json:"mayRunPython"`
	// Success and Failure are the functions that the tests call on real interpreters so
	// that they succeed, and fail; NotCallable those that they cannot call.
	Success     int `json:"exercisedOnSuccess"`
	Failure     int `json:"exercisedOnFailure"`
	NotCallable int `json:"notCallable"`
	// Reasons says why.
	Reasons map[string]int `json:"notCallableReasons"`
}

func countAll() (*statistics, error) {
	recipes, err := probe.Load()
	if err != nil {
		return nil, err
	}
	c := contract.Count()
	s := &statistics{Functions: c.Functions, Contracts: c.Contracts, CPython: c.CPython, Private: c.Private, NumPy: c.NumPy,
		Other: c.Other, Versions: map[string]int{}, Families: c.Families, Effects: c.Effects, Runs: c.Runs,
		Success: len(recipes.Funcs(false)), Failure: len(recipes.Funcs(true)), NotCallable: len(recipes.Skipped), Reasons: map[string]int{}}
	for v, n := range c.Versions {
		s.Versions[v.String()] = n
	}
	for _, reason := range recipes.Skipped {
		s.Reasons[reason]++
	}
	return s, nil
}

func printFigures(w io.Writer, format string) error {
	s, err := countAll()
	if err != nil {
		return err
	}
	if format == "json" {
		out := json.NewEncoder(w)
		out.SetIndent("", "  ")
		return out.Encode(s)
	}
	fmt.Fprintf(w, "%d functions, %d contracts\n", s.Functions, s.Contracts)
	fmt.Fprintf(w, "  %5d  CPython\n  %5d  CPython, private\n  %5d  NumPy\n  %5d  others\n", s.CPython, s.Private, s.NumPy, s.Other)
	fmt.Fprintf(w, "tried out on real interpreters by the tests\n")
	fmt.Fprintf(w, "  %5d  when they succeed\n  %5d  when they fail\n", s.Success, s.Failure)
	if s.NotCallable > 0 {
		fmt.Fprintf(w, "cannot be called\n")
		printCounts(w, s.Reasons)
	}
	fmt.Fprintf(w, "contracts by effect\n")
	printCounts(w, s.Effects)
	fmt.Fprintf(w, "may run Python code\n")
	printCounts(w, s.Runs)
	fmt.Fprintf(w, "functions by version\n")
	for v := contract.Version(contract.OldestMinor); v <= contract.NewestMinor+1; v++ {
		fmt.Fprintf(w, "  %5d  %s\n", s.Versions[v.String()], v)
	}
	fmt.Fprintf(w, "functions by family\n")
	printCounts(w, s.Families)
	return nil
}

// printCounts prints counts, the highest first.
func printCounts(w io.Writer, counts map[string]int) {
	names := slices.Sorted(maps.Keys(counts))
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(counts[b], counts[a]) })
	for _, name := range names {
		fmt.Fprintf(w, "  %5d  %s\n", counts[name], name)
	}
}
