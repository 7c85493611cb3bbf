package contract

import (
	"errors"
	"fmt"
	"strings"
)

// splitWord splits "borrowed(list)?" into its parts.
func splitWord(s string) (word, arg string, nullable bool) {
	word, nullable = strings.CutSuffix(s, "?")
	if i := strings.IndexByte(word, '('); i > 0 && word[len(word)-1] == ')' {
		word, arg = word[:i], word[i+1:len(word)-1]
	}
	return word, arg, nullable
}

// parseResultWords takes the words before the result type off s, each perhaps
// followed by "?".
func parseResultWords(f *Func, s string) (string, error) {
	r := &f.Result
	for {
		word, rest, ok := strings.Cut(s, " ")
		if !ok {
			return s, nil
		}
		bare, arg, nullable := splitWord(word)
		switch bare {
		case "new":
			r.Ref = New
		case "borrowed":
			r.Ref, r.From = Borrowed, arg
		case "null":
			r.Ref = Null
		case "shared":
			r.Shared, r.From = true, arg
		case "item":
			r.Shared, r.Item, r.From = true, true, arg
		case "held":
			r.Held = true
		case "same":
			r.Same = arg
		case "inside":
			r.Inside = arg
		case "mutable":
			r.Mutable = true
		case "static":
			r.Static = true
		default:
			if nullable {
				return "", fmt.Errorf("unknown word %q before the result", word)
			}
			return s, nil
		}
		if nullable {
			r.Nullable = true
		}
		s = strings.TrimLeft(rest, " ")
	}
}

// parseParams parses what is between the parentheses.
func parseParams(f *Func, s string) error {
	s = strings.TrimSpace(s)
	if s == "void" || s == "" {
		return nil
	}
	f.Params = make([]Param, 0, strings.Count(s, ",")+1)
	for s != "" {
		var one string
		one, s, _ = strings.Cut(s, ",")
		p, err := parseParam(strings.TrimSpace(one))
		switch {
		case err != nil:
			return err
		case f.Variadic:
			return errors.New("a parameter after ...")
		case p.Type == "...":
			f.Variadic = true
			if p.Ref != None || p.Keeps {
				f.Params = append(f.Params, p)
			}
		default:
			f.Params = append(f.Params, p)
		}
	}
	return nil
}

// parseParam parses "stolen nullok PyObject *item".
func parseParam(s string) (Param, error) {
	var p Param
	given := false
	for {
		word, rest, ok := strings.Cut(s, " ")
		if !ok {
			break
		}
		bare, arg, nullable := splitWord(word)
		ref, isRef := paramRef(bare)
		change := index(changeNames, word)
		switch {
		case isRef && given:
			return p, fmt.Errorf("a second effect %q in one parameter", word)
		case isRef:
			p.Ref, p.From, p.Nullable, given = ref, arg, nullable, true
		case change > 0:
			p.Changes = Change(change)
		case bare == "inside":
			p.Inside = arg
		case word == "mutable":
			p.Mutable = true
		case word == "none":
			given = true
		case word == "nullok":
			p.NullOK = true
		case word == "nullfails":
			p.NullFails = true
		case word == "survives":
			p.Survives = true
		case word == "keeps":
			p.Keeps = true
		default:
			rest = ""
		}
		if rest == "" {
			break
		}
		s = strings.TrimLeft(rest, " ")
	}
	if s == "..." {
		p.Name, p.Type = "...", "..."
		return p, nil
	}
	var err error
	p.Type, p.Name, err = splitDecl(s)
	if err == nil && !given && IsObjectType(p.Type) {
		p.Ref = Borrowed
	}
	return p, err
}
