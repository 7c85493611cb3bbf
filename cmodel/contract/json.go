package contract

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
}

// A JSONParam is one parameter. A variadic function may have a last one named
// "...", which describes each variadic argument.
type JSONParam struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Ref    string `json:"ref"`
	NullOK bool   `json:"nullOk"`
}

// A JSONReturns is the result; From is the parameter a borrowed one belongs to.
type JSONReturns struct {
	Type     string  `json:"type"`
	Ref      string  `json:"ref"`
	From     *string `json:"from"`
	Nullable bool    `json:"nullable"`
}

var jsonRuns = []string{RunsNothing: "no", RunsDecref: "decref", RunsPython: "yes"}

// JSON returns f in the form other programs read.
func (f *Func) JSON() JSONFunc {
	params := make([]JSONParam, len(f.Params))
	for i, p := range f.Params {
		params[i] = JSONParam{p.Name, p.Type, p.Ref.String(), p.NullOK}
	}
	return JSONFunc{
		Name:         f.Name,
		Params:       params,
		Returns:      JSONReturns{f.Result.Type, f.Result.Ref.String(), orNull(f.Result.From), f.Result.Nullable},
		Errors:       f.Fail.String(),
		MayRunPython: jsonRuns[f.Runs],
		Since:        orNull(f.Since.String()),
		Until:        orNull(f.Until.String()),
		Deprecated:   orNull(f.Deprecated.String()),
		Source:       f.Source,
		Replacement:  f.Replacement,
		Note:         f.Note,
	}
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
