package contract

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// parseAttrs parses the words after the parameter list.
func parseAttrs(f *Func, s string) error {
	attrs := strings.Fields(s)
	for i, attr := range attrs {
		key, value, valued := strings.Cut(attr, "=")
		for _, before := range attrs[:i] {
			if k, _, _ := strings.Cut(before, "="); k == key {
				return fmt.Errorf("attribute %s twice", key)
			}
		}
		var err error
		if valued {
			err = setAttr(f, key, value)
		} else {
			err = setFlag(f, key)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// setFlag sets an attribute without a value.
func setFlag(f *Func, key string) error {
	switch key {
	case "macro":
		f.Macro = true
	case "found":
		f.Found = true
	case "noreturn":
		f.NoReturn = true
	case "gil":
		f.GIL = true
	case "nogil":
		f.NoGIL = true
	case "python2":
		f.Python2 = true
	case "pure":
		f.Pure = true
	case "silent":
		f.Silent = true
	case "onlynull":
		f.OnlyNull = true
	case "size":
		f.Size = true
	case "unchecked":
		f.Unchecked = true
	case "slice":
		f.Slice = true
	case "iterates":
		f.Iterates = true
	case "copies":
		f.Copies = true
	default:
		return fmt.Errorf("unknown attribute %q", key)
	}
	return nil
}

// setAttr sets an attribute with a value.
func setAttr(f *Func, key, value string) (err error) {
	switch key {
	case "fails":
		i := index(failNames, value)
		if i < 0 {
			return fmt.Errorf("unknown failure fails=%s", value)
		}
		f.Fail = Fail(i)
	case "success":
		i := index(successNames, value)
		if i < 0 {
			return fmt.Errorf("unknown success=%s", value)
		}
		f.Success = Success(i)
	case "acquire":
		f.Acquire, err = parseResource(value)
	case "release":
		f.Release, err = parseResource(value)
	case "release-on-success":
		f.Release, err = parseResource(value)
		f.Release.OnSuccess = true
	case "makes":
		f.Result.Makes = value
	case "melts", "items":
		var i int
		i, err = parseWord(easeNames, key, value)
		if key == "melts" {
			f.Result.Melts = Ease(i)
		} else {
			f.Result.Items = Ease(i)
		}
	case "shows":
		var i int
		i, err = parseWord(showsNames, key, value)
		f.Shows = Shows(i)
	case "runs":
		if value == "format" {
			f.Runs, f.RunsByFormat = RunsPython, true
			return nil
		}
		i := index(runsNames, value)
		if i < 0 {
			return fmt.Errorf("unknown runs=%s", value)
		}
		f.Runs = Runs(i)
	case "special":
		if Specials[value] == "" {
			return fmt.Errorf("unknown special=%s", value)
		}
		f.Special = value
	case "format":
		f.FormatKind = value
		return setFormat(f)
	case "since":
		f.Since, err = parseVersion(value)
	case "until":
		f.Until, err = parseVersion(value)
	case "deprecated":
		f.Deprecated, err = parseVersion(value)
	case "soft-deprecated":
		f.SoftDeprecated, err = parseVersion(value)
	case "strong":
		f.Strong = value
	case "use":
		f.Replacement = strings.ReplaceAll(value, ",", ", ")
	case "source":
		f.Source = value
	default:
		return fmt.Errorf("unknown attribute %q", key)
	}
	return err
}

// setFormat finds the format parameter: the one whose name begins with "format".
func setFormat(f *Func) error {
	if f.FormatKind != "build" && f.FormatKind != "parse" && f.FormatKind != "printf" {
		return fmt.Errorf("unknown format=%s (build, parse or printf)", f.FormatKind)
	}
	for i, p := range f.Params {
		if strings.HasPrefix(p.Name, "format") {
			f.Format = i + 1
			return nil
		}
	}
	return errors.New("format= without a parameter named format")
}

// parseResource reads "buffer(view)" or, without a handle, "recursion".
func parseResource(s string) (Resource, error) {
	kind, handle, _ := splitWord(s)
	if Resources[kind] == "" {
		return Resource{}, fmt.Errorf("unknown resource %q", kind)
	}
	return Resource{Kind: kind, Handle: handle}, nil
}

func parseVersion(s string) (Version, error) {
	minor, ok := strings.CutPrefix(s, "3.")
	n, err := strconv.Atoi(minor)
	if !ok || err != nil || n < 0 || n > 99 {
		return 0, fmt.Errorf("bad version %q: want 3.N", s)
	}
	return Version(n), nil
}
