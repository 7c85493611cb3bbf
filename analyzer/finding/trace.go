package finding

import "github.com/refcheck/refcheck/cmodel/source"

// A Trace is a replayed path: what the heap looked like after each step, and
// the verdict.
type Trace struct {
	Rows  []Row
	Model Model
}

// A Row is the state of the objects of a path after one of its steps.
type Row struct {
	Step    int // index into Finding.Steps
	Objects []Object
	Fault   string // what the step did that C does not survive
}

// An Object is one object of a path at one time.
type Object struct {
	Number  int         // as in Step.Object
	Name    string      // "'list'", "the container"
	Born    source.Span // where the path first met it
	Count   int
	Freed   bool
	Owned   int      // references of the function that the path is in
	Holders []string // "this function", "the caller": once per reference
}
