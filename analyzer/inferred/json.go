package inferred

import (
	"github.com/refcheck/refcheck/analyzer/engine"
	"github.com/refcheck/refcheck/cmodel/contract"
)

// A JSONFunc is a function of the project as `refcheck api --project` prints it:
// its contract in the form of contract.JSONFunc, where it is, and the reasons.
type JSONFunc struct {
	Kind string `json:"kind"` // function
	contract.JSONFunc
	File    string     `json:"file"`
	Line    int        `json:"line"`
	Static  bool       `json:"static,omitempty"`
	Unknown string     `json:"unknown,omitempty"` // why nothing is known
	Partly  string     `json:"partly,omitempty"`  // why some of it is not known
	Said    []JSONSaid `json:"said,omitempty"`
	Why     JSONWhy    `json:"why"`
}

// JSONSaid is what a comment, an attribute or a contract file says.
type JSONSaid struct {
	Text string `json:"text"`
	File string `json:"file"`
	Line int    `json:"line"`
}

// JSONWhy is the reasons for the parts of a contract; parameters by name.
type JSONWhy struct {
	Params  map[string][]JSONReason `json:"params"`
	Returns []JSONReason            `json:"returns"`
	Errors  []JSONReason            `json:"errors"`
}

// A JSONReason is a Reason. Exits are the lines of the returns it holds for.
type JSONReason struct {
	Outcome string `json:"outcome"` // success, failure
	Text    string `json:"text"`
	Unknown bool   `json:"unknown,omitempty"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Exits   []int  `json:"exits"`
}

// A JSONOwner is a field or global variable that owns what it holds.
type JSONOwner struct {
	Kind     string `json:"kind"` // field, global
	Name     string `json:"name"` // of a field with its struct: Struct.field
	Owns     bool   `json:"owns"`
	File     string `json:"file"` // the place that shows it
	Line     int    `json:"line"`
	Function string `json:"function"`
	Call     string `json:"call"`
}

// JSON returns f in the form other programs read.
func (f *Func) JSON() JSONFunc {
	j := JSONFunc{
		Kind: "function", JSONFunc: f.Contract.JSON(), File: f.At.File, Line: f.At.Line, Static: f.Static, Unknown: f.Unknown, Partly: f.Partly,
		Why: JSONWhy{Params: map[string][]JSONReason{}, Returns: jsonReasons(f.Result), Errors: jsonReasons(f.Fails)},
	}
	for _, s := range f.Said {
		j.Said = append(j.Said, JSONSaid{s.String(), s.At.File, s.At.Line})
	}
	for i, p := range f.Contract.Params {
		j.JSONFunc.Params[i].Null = "" // not inferred
		if len(f.Params[i]) > 0 {
			j.Why.Params[p.Name] = jsonReasons(f.Params[i])
		}
	}
	return j
}

func jsonReasons(rs []Reason) []JSONReason {
	out := []JSONReason{}
	for _, r := range rs {
		j := JSONReason{Outcome: "success", Text: r.Text, Unknown: r.Unknown, File: r.At.File, Line: r.At.Line, Exits: []int{}}
		if r.Failed {
			j.Outcome = "failure"
		}
		for _, x := range r.Exits {
			j.Exits = append(j.Exits, x.Line)
		}
		out = append(out, j)
	}
	return out
}

// OwnerJSON returns o in the form other programs read.
func OwnerJSON(o engine.Owner) JSONOwner {
	kind := "global"
	if o.Struct != "" {
		kind = "field"
	}
	return JSONOwner{Kind: kind, Name: OwnerName(o), Owns: true, File: o.At.File, Line: o.At.Line, Function: o.In, Call: o.Call}
}
