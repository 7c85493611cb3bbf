package contract

import "strings"

// A JSONFunc is a contract as `refcheck api --output-format json` prints it.
type JSONFunc struct {
	Name         string      `json:"name"`
	Params       []JSONParam `json:"params"`
	Returns      JSONReturns `json:"returns"`
	Errors       string      `json:"errors"`
	MayRunPython string      `json:"mayRunPython"`
	Since        *string     `json:"since"`
	Until        *string     `json:"until"`
	Deprecated   *string     `json:"deprecated"`
	Source       string      `json:"source"`
	Replacement  string      `json:"replacement,omitempty"`
	Note         string      `json:"note,omitempty"`
	// What follows is left out where it does not apply.
	Success        string        `json:"success,omitempty"` // 0, 1, bool
	Silent         bool          `json:"silent,omitempty"`  // a failure leaves no exception
	Special        string        `json:"special,omitempty"`
	Format         string        `json:"format,omitempty"` // build, parse, printf
	Found          bool          `json:"found,omitempty"`
	NoReturn       bool          `json:"noReturn,omitempty"`
	ReleasesGIL    bool          `json:"releasesGil,omitempty"`
	NeedsNoGIL     bool          `json:"needsNoGil,omitempty"`
	Macro          bool          `json:"macro,omitempty"`
	Python2        bool          `json:"python2,omitempty"`
	Acquires       *JSONResource `json:"acquires,omitempty"`
	Releases       *JSONResource `json:"releases,omitempty"`
	SoftDeprecated bool          `json:"softDeprecated,omitempty"` // Deprecated only means: not for new code
	Strong         string        `json:"strong,omitempty"`
	Size           bool          `json:"size,omitempty"`      // the result is the number of items in the first argument
	Unchecked      bool          `json:"unchecked,omitempty"` // the index of an item is not checked
	Slice          bool          `json:"slice,omitempty"`     // the result holds items of the first argument
	Iterates       bool          `json:"iterates,omitempty"`  // hands out one item after the other
	Shows          string        `json:"shows,omitempty"`     // exact, number
}

// A JSONResource is something a call leaves to be given back, or gives back. The
// handle is a parameter, "return", or nothing.
type JSONResource struct {
	Kind      string `json:"kind"`
	Handle    string `json:"handle,omitempty"`
	OnSuccess bool   `json:"onSuccess,omitempty"`
}

// A JSONParam is one parameter. A variadic function may have a last one named
// "...", which describes each variadic argument.
type JSONParam struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Ref    string `json:"ref"`
	NullOK bool   `json:"nullOk"`
	// Null is what a NULL argument does: "ok", "fails", or "crash".
	Null     string `json:"null,omitempty"`
	Nullable bool   `json:"nullable,omitempty"` // out: NULL may be received
	Keeps    bool   `json:"keeps,omitempty"`
	Survives bool   `json:"survives,omitempty"` // in-out: still there when the call fails
	From     string `json:"from,omitempty"`
	Inside   string `json:"inside,omitempty"`
	Mutable  bool   `json:"mutable,omitempty"`
	Changes  string `json:"changes,omitempty"` // adds, replaces, removes
}

// A JSONReturns is the result; From is the parameter a borrowed one belongs to,
// SharedWith the one in which a new one was looked up.
type JSONReturns struct {
	Type       string  `json:"type"`
	Ref        string  `json:"ref"`
	From       *string `json:"from"`
	Nullable   bool    `json:"nullable"`
	Shared     bool    `json:"shared,omitempty"`
	SharedWith string  `json:"sharedWith,omitempty"`
	Held       bool    `json:"held,omitempty"`
	Same       string  `json:"same,omitempty"`
	Inside     string  `json:"inside,omitempty"`
	Mutable    bool    `json:"mutable,omitempty"`
	Static     bool    `json:"static,omitempty"`
	Makes      string  `json:"makes,omitempty"`
	Melts      string  `json:"melts,omitempty"` // never, rare, odd, plain: how easily its owner lets go of it
	Items      string  `json:"items,omitempty"` // the same of the items of the container that is returned
}

var jsonRuns = []string{RunsNothing: "no", RunsDecref: "decref", RunsPython: "yes"}

// JSON returns f in the form other programs read.
func (f *Func) JSON() JSONFunc {
	params := make([]JSONParam, len(f.Params))
	for i := range f.Params {
		params[i] = f.Params[i].json()
	}
	return JSONFunc{
		Name:         f.Name,
		Params:       params,
		Returns:      f.Result.json(),
		Errors:       f.Fail.String(),
		MayRunPython: jsonRuns[f.Runs],
		Since:        orNull(f.Since.String()),
		Until:        orNull(f.Until.String()),
		Deprecated:   orNull(max(f.Deprecated, f.SoftDeprecated).String()),
		Source:       f.Source,
		Replacement:  f.Replacement,
		Note:         f.Note,

		Success: word(f.Success), Silent: f.Silent, Special: f.Special, Format: f.FormatKind, Found: f.Found, NoReturn: f.NoReturn,
		ReleasesGIL: f.GIL, NeedsNoGIL: f.NoGIL, Macro: f.Macro, Python2: f.Python2,
		Acquires: f.Acquire.json(), Releases: f.Release.json(),
		SoftDeprecated: f.SoftDeprecated != 0, Strong: f.Strong,
		Size: f.Size, Unchecked: f.Unchecked, Slice: f.Slice, Iterates: f.Iterates, Shows: word(f.Shows),
	}
}

func (p *Param) json() JSONParam {
	null := ""
	switch {
	case p.NullOK:
		null = "ok"
	case p.NullFails:
		null = "fails"
	case p.Ref != None || strings.HasSuffix(p.Type, "*"):
		null = "crash"
	}
	return JSONParam{Name: p.Name, Type: p.Type, Ref: p.Ref.String(), NullOK: p.NullOK, Null: null, Nullable: p.Nullable,
		Keeps: p.Keeps, Survives: p.Survives, From: p.From, Inside: p.Inside, Mutable: p.Mutable, Changes: word(p.Changes)}
}

func (r *Result) json() JSONReturns {
	j := JSONReturns{Type: r.Type, Ref: r.Ref.String(), Nullable: r.Nullable, Shared: r.Shared, Held: r.Held, Same: r.Same,
		Inside: r.Inside, Mutable: r.Mutable, Static: r.Static, Makes: r.Makes, Melts: word(r.Melts), Items: word(r.Items)}
	if r.Ref == Borrowed {
		j.From = orNull(r.From)
	} else {
		j.SharedWith = r.From
	}
	return j
}

func (x *Resource) json() *JSONResource {
	if x.Kind == "" {
		return nil
	}
	return &JSONResource{x.Kind, x.Handle, x.OnSuccess}
}

// word returns the name of an effect, "" for the one that says nothing.
func word[T interface {
	comparable
	String() string
}](effect T) string {
	var nothing T
	if effect == nothing {
		return ""
	}
	return effect.String()
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
