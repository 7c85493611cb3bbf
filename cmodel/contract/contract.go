// Package contract describes what C functions do with references: which they
// return, borrow, steal or hand out, when they fail, and whether Python code may
// run meanwhile. The CPython API's contracts are text in capi/*.txt, one line
// per function and version range; summaries of project functions have the same
// type, so the engine knows one rule for calls.
package contract

// A Ref says what happens to the reference in a parameter or a result.
type Ref uint8

// Effects on references. The names in the text format and in JSON are those of
// String.
const (
	None            Ref = iota // not an object, or nothing happens
	Borrowed                   // parameter: used during the call only; result: belongs to somebody else
	New                        // result: the caller owns one reference
	Null                       // result: always NULL
	Stolen                     // parameter: the caller's reference is taken, whatever the outcome
	StolenOnSuccess            // parameter: taken unless the call fails
	StolenOnFailure            // parameter: released when the call fails
	InOut                      // parameter T **: the reference in it is consumed and replaced (NULL on failure)
	OutNew                     // parameter T **: receives a reference the caller owns
	OutBorrowed                // parameter T **: receives a borrowed reference
	Unknown                    // summaries only: nothing is known; the object may go anywhere
)

// A Runs says whether Python code can run during a call.
type Runs uint8

// How a call may run Python code.
const (
	RunsNothing Runs = iota
	RunsDecref       // only through releasing a reference whose object may have a finalizer
	RunsPython       // attribute access, comparison, hashing, calls, imports ...
)

// A Fail says how a call reports failure.
type Fail uint8

// Failure conventions. All but FailNone and FailSilent leave an exception set.
const (
	FailNone      Fail = iota // cannot fail
	FailNull                  // returns NULL
	FailMinus1                // returns -1
	FailNegative              // returns a negative value
	FailZero                  // returns 0 (PyArg_Parse*)
	FailNonzero               // returns anything but 0
	FailAmbiguous             // returns -1 (or -1.0, (T)-1), which may be a value: ask PyErr_Occurred
	FailSilent                // returns NULL without an exception
	FailMaybe                 // returns NULL with or without an exception: ask PyErr_Occurred
)

// A Success says what an int result is when the call succeeds.
type Success uint8

// Results of successful calls.
const (
	SuccessAny  Success = iota // any value that is no failure
	SuccessZero                // 0, never more
	SuccessOne                 // 1, never more
	SuccessBool                // 0 or 1, the answer to a question
)

// A Change says what a call does to the contents of a container it is given.
type Change uint8

// Changes of containers, the more harmful to borrowed references the later.
const (
	Unchanged Change = iota
	Adds             // items come in, none goes: iterations and item arrays may be upset
	Replaces         // items that were there may be replaced, and released
	Removes          // items that were there are released
)

// A Resource is something other than a reference that must be given back: a
// buffer, memory, a lock, the GIL.
type Resource struct {
	Kind string // which functions belong together; one of Resources; "" if none
	// Handle is the parameter that names the resource, "return" for the result, or ""
	// if a thread has it without a name.
	Handle string
	// OnSuccess: given back only by a call that does not fail (realloc).
	OnSuccess bool
}

// A Param is one parameter.
type Param struct {
	Name string
	Type string // C type as written: "PyObject *"
	Ref  Ref
	// NullOK: passing NULL is allowed and does nothing special.
	NullOK bool
	// NullFails: passing NULL is no crash: the call fails, with the exception that is
	// already set or a SystemError.
	NullFails bool
	// Nullable: the reference an out or in-out parameter receives may be NULL although
	// the call succeeded ("nothing there").
	Nullable bool
	// NullFound: summaries only: with Found, what is received may be NULL even where
	// the result is not 0.
	NullFound bool
	// Unset: summaries only: with Found, nothing is stored where the result is 0.
	Unset bool
	// IfNull: summaries only: the out-parameter receives something only where it holds
	// NULL; anything else is left there.
	IfNull bool
	// Keeps: a call that succeeds may leave a new reference to the object
	// somewhere that outlives the call (a container, an attribute, a closure), so the
	// object may live on after the caller released its own.
	Keeps bool
	// Survives: when the call fails, an in-out reference is still there, and owned.
	Survives bool
	// From is the parameter in which what an out parameter receives is held, "" if
	// none.
	From string
	// Inside is the parameter whose memory a pointer stored here points into.
	Inside string
	// Mutable: the owner From, or Inside, may let go of what was received while it lives.
	Mutable bool
	// Doubt: summaries only: what happens to the reference is concluded from what other
	// functions do with the slot it is stored in, or, of an out-parameter, a function that
	// nobody has seen was given the object.
	Doubt bool
	// Changes is what happens to the contents of this container.
	Changes Change
	// Writes says, in summaries, when what this pointer to something else than an object
	// points to may be written.
	Writes Writes
	// Null says, in summaries, what the result tells about whether the argument was NULL.
	Null NullTell
}

// A NullTell says which results of a function that returns a number show that an
// argument was NULL, or that it was not: `return x == NULL && PyErr_Occurred();`
type NullTell uint8

// What results tell about an argument.
const (
	TellsNothing NullTell = iota
	NonzeroNull           // anything but 0: it was NULL
	NonzeroSet            // anything but 0: it was not NULL
	ZeroNull              // 0: it was NULL
	ZeroSet               // 0: it was not NULL
)

// Writes says when a call may write what a pointer points to.
type Writes uint8

// When a pointer's target may be written.
const (
	WritesAnytime   Writes = iota
	WritesOnFailure        // only by a call that fails
	WritesNothing          // never
)

// A Result is what is returned.
type Result struct {
	Type string
	Ref  Ref
	// From is the parameter a borrowed result is borrowed from (its owner), or in
	// which a shared new one was looked up, so that there is another owner as a rule;
	// "" if none or the interpreter.
	From string
	// Inside is the parameter whose memory the result, no object, points into.
	Inside string
	// Mutable: what owns the result (From or Inside, or the interpreter) may let go of it
	// while it lives: a list, unlike a tuple.
	Mutable bool
	// Item: From is a container and the object one of its items.
	Item bool
	// Held: a new reference to an object that the interpreter holds too (sys.modules).
	Held bool
	// Static: the object is a static variable whose count does not matter.
	Static bool
	// Melts says how easily the owner of a borrowed object is made to let go of it.
	Melts Ease
	// Items says how easily others change the container that this is.
	Items Ease
	// Makes is the exact type of the object, as Python calls it, "" if it varies.
	Makes string
	// Nullable: NULL is possible (as failure or as "nothing there").
	Nullable bool
	// Shared: a new reference to an object that others may own too (an attribute, an
	// item), as opposed to one created by the call.
	Shared bool
	// Doubt: summaries only: a function that nobody has seen was given the object, and
	// may have taken its reference over.
	Doubt bool
	// Const: summaries only: whatever is returned, unless NULL, is this constant of the
	// interpreter (Py_None); "" if it is something else.
	Const string
	// OrSame: summaries only: on some paths the result is the named parameter, whose
	// reference the function takes over and passes on; otherwise nobody else has it.
	OrSame string
	// Same: the result is the named parameter itself (Py_NewRef, PyObject_SelfIter).
	Same string
}

// A Version is a CPython 3 minor version, 0 if open. 3.13 is 13.
type Version int

// A Func is the contract of one function in one range of versions.
type Func struct {
	Name string
	// Params are the parameters. A last one named "..." says what happens to each
	// variadic argument; without it the format says so, or nothing happens to them.
	Params   []Param
	Variadic bool
	Result   Result
	Fail     Fail
	Runs     Runs
	// Found: a success is 1, and the out parameters receive a reference, or 0, and
	// they are NULL (or, if borrowed, not set): PyDict_GetItemRef, PyDict_Next.
	Found    bool
	NoReturn bool
	Success  Success
	// Silent: a failure leaves no exception.
	Silent bool
	// RunsByFormat: whether Python code runs is up to the format alone; see RunsWith.
	RunsByFormat bool
	// Pure: nothing is written, and the same arguments give the same result until
	// somebody changes the objects.
	Pure bool
	// OnlyNull: fails only when it is given NULL (see Param.NullFails).
	OnlyNull bool
	// Size: the result is the number of items in the first argument.
	Size bool
	// Unchecked: an item is read at an index that nobody compares with the size.
	Unchecked bool
	// Slice: the result is a container with items of the first argument, which has them, too.
	Slice bool
	// Iterates: hands out one item of the first argument after the other.
	Iterates bool
	// Shows is what the test shows of its argument.
	Shows Shows
	// Copies: copies memory from the second argument to the first.
	Copies bool
	GIL    bool // may release the GIL while it runs
	NoGIL  bool // may be called without holding the GIL
	// Acquire is what a call that succeeds leaves to be given back, Release what it
	// gives back.
	Acquire, Release Resource
	// Format is the 1-based index of a Py_BuildValue- or PyArg_Parse-style format
	// parameter, 0 if there is none.
	Format     int
	FormatKind string // "build", "parse", "printf"
	// Special names what the engine does itself instead of reading effects from
	// the parameters: "incref", "decref", "clear" ...; see Specials.
	Special    string
	Since      Version // first version with this contract; 0: as far back as 3.0
	Until      Version // first version without it; 0: still there
	Deprecated Version // 0: not deprecated
	// SoftDeprecated: not for new code, but there is no plan to remove it.
	SoftDeprecated Version
	Python2        bool // only in Python 2; kept because much code still mentions it
	Replacement    string
	// Strong names the function that does the same and gives a new reference where
	// this one gives a borrowed one.
	Strong  string
	Private bool
	Macro   bool   // a function-like macro
	Source  string // documentation section or CPython file: "c-api/list.html#c.PyList_SetItem"
	Note    string // what surprises people, one sentence

	file string // where the contract was read, for messages
	line int
}

// Specials are the functions the engine interprets itself, with what they do.
var Specials = map[string]string{
	"incref":      "adds a reference to argument 1, which must not be NULL",
	"xincref":     "adds a reference to argument 1 unless it is NULL",
	"decref":      "releases a reference to argument 1, which must not be NULL",
	"xdecref":     "releases a reference to argument 1 unless it is NULL",
	"clear":       "sets the pointer argument 1 points to to NULL, then releases the object that was there",
	"setref":      "stores argument 2 (taking its reference) where argument 1 points, then releases the object that was there",
	"newref":      "adds a reference to argument 1 and returns it",
	"xnewref":     "adds a reference to argument 1 unless it is NULL and returns it",
	"erroccurred": "returns the exception type, borrowed, or NULL: the state of the error indicator",
	"errclear":    "clears the error indicator",
	"errset":      "sets the error indicator; the result, if any, is NULL",
	"errrestore":  "sets the error indicator to the first stolen argument; NULL clears it",
	"visit":       "passes argument 1 to the visit function of tp_traverse",
	"settype":     "a reference to the type may become the object's",
	"setrefcnt":   "writes the reference count itself",
	"revive":      "makes an object of the memory argument 1 points to; its one reference is the caller's",
	"isnull":      "identity: returns argument 1",
	"type":        "borrowed type of argument 1",
	"free":        "frees the object argument 1 points to, whatever its reference count",
}

// Resources are the kinds of resources, with what they are.
var Resources = map[string]string{
	"buffer":           "a view of an object's memory, which owns a reference to the object",
	"malloc":           "memory of malloc",
	"mem-raw":          "memory of PyMem_RawMalloc",
	"mem":              "memory of PyMem_Malloc",
	"mem-object":       "memory of PyObject_Malloc",
	"mem-data":         "memory of PyDataMem_NEW",
	"gil":              "the GIL, held by this thread",
	"thread":           "the thread state, detached: the GIL is not held",
	"thread-state":     "a thread state",
	"interpreter":      "a subinterpreter",
	"lock":             "a lock, held",
	"lock-object":      "a lock",
	"mutex":            "a PyMutex, held",
	"critical-section": "the locks of one or two objects, held",
	"recursion":        "one level of the recursion limit",
	"repr":             "the mark that the repr of an object is being made",
	"tracing":          "tracing, suspended",
	"tss":              "a thread specific storage key",
	"tss-memory":       "memory for a thread specific storage key",
	"unicode-writer":   "a str under construction",
	"bytes-writer":     "a bytes object under construction",
	"long-writer":      "an int under construction",
	"long-export":      "the digits of an int, which own a reference to it",
	"config":           "an interpreter configuration",
	"preconfig":        "fields of an interpreter configuration",
	"arena":            "an arena of the compiler",
	"iterator":         "a NumPy iterator",
	"char-arrays":      "an array of C strings",
	"c-array":          "an array of NumPy seen as a C array",
	"context":          "a context, entered",
	"monitoring-scope": "a scope of monitoring events, entered",
	"import-lock":      "the import lock, held",
	"string-allocator": "the lock on the memory of a NumPy string type, held",
	"file":             "an open file of the C library",
	"attached":         "the thread state that was attached before",
	"interp-guard":     "a guard that keeps an interpreter alive",
	"interp-view":      "a view of an interpreter",
	"trashcan":         "the trashcan, entered",
	"dims":             "memory of PyDimMem_NEW",
}
