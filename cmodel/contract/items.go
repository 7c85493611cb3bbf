package contract

import "fmt"

// An Ease says how easily Python code makes an owner let go of an object, or
// changes a container, where the kind of owner does not say it.
type Ease uint8

// How easily, the more harmful to borrowed references the later.
const (
	EaseUnsaid Ease = iota
	EaseNever       // nothing does it
	EaseRare        // it takes code that hardly any program has
	EaseOdd         // it takes code that can be written, but is odd
	EasePlain       // ordinary code does it
)

var easeNames = []string{EaseUnsaid: "", EaseNever: "never", EaseRare: "rare", EaseOdd: "odd", EasePlain: "plain"}

// String returns the word for e in the text format and in JSON.
func (e Ease) String() string { return easeNames[e] }

// A Shows says what a test has shown of its argument when it is true.
type Shows uint8

// What tests show. That an object is a str or a list shows nothing here: a subclass
// has methods of its own.
const (
	ShowsNothing Shows = iota
	ShowsExact         // the type is a built-in one whose methods run no Python code
	ShowsNumber        // it is an int or a float: taking its value runs no Python code
)

var showsNames = []string{ShowsNothing: "", ShowsExact: "exact", ShowsNumber: "number"}

// String returns the word for s in the text format and in JSON.
func (s Shows) String() string { return showsNames[s] }

var easeWords = []string{
	EaseUnsaid: "",
	EaseNever:  "never",
	EaseRare:   "by code that hardly any program has",
	EaseOdd:    "by odd code",
	EasePlain:  "by ordinary code",
}

var showsWords = []string{
	ShowsNothing: "",
	ShowsExact:   "if it is true, no method of the object is Python code",
	ShowsNumber:  "if it is true, taking the value of the object runs no Python code",
}

// parseWord finds the value among names, of which the first stands for nothing.
func parseWord(names []string, key, value string) (int, error) {
	if i := index(names, value); i > 0 {
		return i, nil
	}
	return 0, fmt.Errorf("unknown %s=%s", key, value)
}

// checkItems reports contradictions in what is said about containers.
func checkItems(f *Func) error {
	r := &f.Result
	switch {
	case r.Melts != EaseUnsaid && r.Ref != Borrowed:
		return fmt.Errorf("%s: melts= goes with borrowed only", f.Name)
	case r.Items != EaseUnsaid && r.Ref != Borrowed && r.Ref != New:
		return fmt.Errorf("%s: items= needs an object as result", f.Name)
	case f.Shows != ShowsNothing && f.Result.Type != "int":
		return fmt.Errorf("%s: shows= needs a test", f.Name)
	case (f.Size || f.Unchecked || f.Slice || f.Iterates || f.Shows != ShowsNothing) && len(f.Params) == 0:
		return fmt.Errorf("%s: size, unchecked, slice, iterates and shows= need an argument", f.Name)
	}
	return nil
}

// itemWords describes what the call has to do with the items of a container.
func (f *Func) itemWords() string {
	switch {
	case f.Size:
		return "the result is how many there are"
	case f.Unchecked && f.Iterates:
		return "one after the other; the index is not checked"
	case f.Unchecked:
		return "the index is not checked"
	case f.Slice:
		return "those of the first argument, or some"
	case f.Iterates:
		return "one after the other"
	case f.Result.Items != EaseUnsaid:
		return "they can be taken out " + easeWords[f.Result.Items]
	}
	return ""
}
