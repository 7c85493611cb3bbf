package contract

import "strconv"

// The names of effects are the words of the text format, indexed by value.
var (
	refNames = []string{
		None:            "none",
		Borrowed:        "borrowed",
		New:             "new",
		Null:            "null",
		Stolen:          "stolen",
		StolenOnSuccess: "stolen-on-success",
		StolenOnFailure: "stolen-on-failure",
		InOut:           "in-out",
		OutNew:          "out-new",
		OutBorrowed:     "out-borrowed",
		Unknown:         "unknown",
	}
	runsNames    = []string{RunsNothing: "nothing", RunsDecref: "decref", RunsPython: "python"}
	successNames = []string{SuccessAny: "any", SuccessZero: "0", SuccessOne: "1", SuccessBool: "bool"}
	changeNames  = []string{Unchanged: "unchanged", Adds: "adds", Replaces: "replaces", Removes: "removes"}
	failNames    = []string{
		FailNone:      "none",
		FailNull:      "null",
		FailMinus1:    "-1",
		FailNegative:  "negative",
		FailZero:      "0",
		FailNonzero:   "nonzero",
		FailAmbiguous: "ambiguous",
		FailSilent:    "silent",
		FailMaybe:     "maybe",
	}
)

// String returns the word for r in the text format and in JSON.
func (r Ref) String() string { return refNames[r] }

// String returns the word for r in the text format.
func (r Runs) String() string { return runsNames[r] }

// String returns the word for f in the text format and in JSON.
func (f Fail) String() string { return failNames[f] }

// String returns the word for s in the text format and in JSON.
func (s Success) String() string { return successNames[s] }

// String returns the word for c in the text format and in JSON.
func (c Change) String() string { return changeNames[c] }

// String returns "3.13" for 13 and "" for an open version.
func (v Version) String() string {
	if v == 0 {
		return ""
	}
	return "3." + strconv.Itoa(int(v))
}

// index returns the position of name in names, or -1.
func index(names []string, name string) int {
	for i, n := range names {
		if n == name {
			return i
		}
	}
	return -1
}

// paramRef returns the effect a parameter can have by its word; results have
// their own words.
func paramRef(word string) (Ref, bool) {
	switch i := index(refNames, word); Ref(i) {
	case Borrowed, Stolen, StolenOnSuccess, StolenOnFailure, InOut, OutNew, OutBorrowed:
		return Ref(i), true
	}
	return None, false
}
