package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/spf13/pflag"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/report"
)

// A configKey is a flag that a configuration file may set, under its long name.
// The other flags belong to one run.
type configKey struct {
	name string
	path bool            // values are paths, relative to the file's folder
	enum func() []string // values it may have; nil for any
	form string          // regular expression of values; "" for any
}

const (
	ruleForm   = `^([Rr][Cc][0-9]{0,3}|[Aa][Ll][Ll])$`
	pythonForm = `^3\.[0-9]+t?$`
)

// configKeys is the one table of the settings; the JSON schema is made from it and
// the flags, and completion of shells.
var configKeys = []configKey{
	{name: "baseline", path: true},
	{name: "build-dir", path: true},
	{name: "contracts", path: true},
	{name: "define"},
	{name: "exclude"},
	{name: "extend-select", form: ruleForm},
	{name: "force-exclude"},
	{name: "generated"},
	{name: "ignore", form: ruleForm},
	{name: "include-dir", path: true},
	{name: "jobs"},
	{name: "min-confidence", enum: finding.Confidences},
	{name: "min-severity", enum: finding.Severities},
	{name: "output-format", enum: report.Formats},
	{name: "select", form: ruleForm},
	{name: "target-python", form: pythonForm},
	{name: "undefine"},
}

// A setting is one value in a configuration file.
type setting struct {
	value any
	line  int
}

// loadConfig reads the configuration file into the flags that were not given and
// returns its name, "" if there is none.
func (o *options) loadConfig(flags *pflag.FlagSet) (string, error) {
	if o.isolated {
		if o.configFile != "" {
			return "", errors.New("--config and --isolated contradict each other: leave one out")
		}
		return "", nil
	}
	name, table, err := o.findConfig()
	if err != nil || table == nil {
		return "", err
	}
	o.origins = map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(table)) {
		place := fmt.Sprintf("%s:%d", name, table[key].line)
		if err := o.setKey(flags, filepath.Dir(name), key, place, table[key].value); err != nil {
			return "", fmt.Errorf("%s: %w", place, err)
		}
	}
	return name, nil
}

// blame makes an error about a flag's value one about the line of the configuration
// file that the value comes from.
func (o *options) blame(err error) error {
	if err == nil {
		return nil
	}
	for key, place := range o.origins {
		if rest, ok := strings.CutPrefix(err.Error(), "--"+key+": "); ok {
			return fmt.Errorf("%s: key %q: %s", place, key, rest)
		}
	}
	return err
}

// findConfig returns the file that --config names, or the nearest one from the
// current folder upwards, and its settings.
func (o *options) findConfig() (string, map[string]setting, error) {
	if o.configFile != "" {
		table, err := readConfig(o.configFile)
		if err == nil && table == nil {
			err = fmt.Errorf("%s has no table [tool.refcheck]", o.configFile)
		}
		return o.configFile, table, err
	}
	dir, err := os.Getwd()
	if err != nil {
		return "", nil, err
	}
	for {
		for _, base := range []string{"refcheck.toml", "pyproject.toml"} {
			name := filepath.Join(dir, base)
			table, err := readConfig(name)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil || table != nil {
				return name, table, err
			}
		}
		if dir == filepath.Dir(dir) {
			return "", nil, nil
		}
		dir = filepath.Dir(dir)
	}
}

// readConfig returns the settings in a file: all of it, or for a pyproject.toml
// the table [tool.refcheck], nil if that is missing.
func readConfig(name string) (map[string]setting, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("cannot read the configuration: %w", err)
	}
	var own map[string]toml.Primitive
	var md toml.MetaData
	if filepath.Base(name) == "pyproject.toml" {
		var project struct{ Tool map[string]toml.Primitive }
		if md, err = toml.Decode(string(text), &project); err == nil && md.IsDefined("tool", "refcheck") {
			if kind := md.Type("tool", "refcheck"); kind != "Hash" {
				return nil, fmt.Errorf("%s:%d: tool.refcheck is not a table", name, lineOf(md, project.Tool["refcheck"]))
			}
			own = map[string]toml.Primitive{}
			err = md.PrimitiveDecode(project.Tool["refcheck"], &own)
		}
	} else {
		own = map[string]toml.Primitive{}
		md, err = toml.Decode(string(text), &own)
	}
	if err != nil {
		return nil, tomlError(name, err)
	}
	if own == nil {
		return nil, nil
	}
	table := map[string]setting{}
	for key, value := range own {
		s := setting{line: lineOf(md, value)}
		if err := md.PrimitiveDecode(value, &s.value); err != nil {
			return nil, tomlError(name, err)
		}
		table[key] = s
	}
	return table, nil
}

func tomlError(name string, err error) error {
	var where toml.ParseError
	if errors.As(err, &where) {
		return fmt.Errorf("%s:%d: %s", name, where.Position.Line, where.Message)
	}
	return fmt.Errorf("%s: %w", name, err)
}

// nothing refuses every value.
type nothing struct{}

func (nothing) UnmarshalTOML(any) error { return errors.New("refused") }

// lineOf finds where a value is: the package tells it only in errors.
func lineOf(md toml.MetaData, value toml.Primitive) int {
	var where toml.ParseError
	errors.As(md.PrimitiveDecode(value, &nothing{}), &where)
	return where.Position.Line
}

// setKey sets the flag called name unless the command line did.
func (o *options) setKey(flags *pflag.FlagSet, dir, name, place string, value any) error {
	i := slices.IndexFunc(configKeys, func(k configKey) bool { return k.name == name })
	if i < 0 {
		return o.unknownKey(flags, name)
	}
	key, flag := configKeys[i], flags.Lookup(name)
	if flag == nil || flag.Changed { // some commands have some flags only
		return nil
	}
	o.origins[name] = place
	if name == "exclude" {
		abs, err := filepath.Abs(dir)
		if err != nil {
			return err
		}
		o.excludeBase = abs
	}
	words, err := configWords(flag, name, value)
	if err != nil {
		return err
	}
	if key.path {
		for i, w := range words {
			if !filepath.IsAbs(w) {
				words[i] = relativeToHere(filepath.Join(dir, w))
			}
		}
	}
	if list, ok := flag.Value.(pflag.SliceValue); ok {
		return list.Replace(words)
	}
	if err := flag.Value.Set(words[0]); err != nil {
		return fmt.Errorf("key %q: bad value %q", name, words[0])
	}
	return nil
}

// unknownKey says what may have been meant.
func (o *options) unknownKey(flags *pflag.FlagSet, name string) error {
	if flags.Lookup(name) != nil {
		return fmt.Errorf("key %q: --%s belongs on the command line", name, name)
	}
	var names []string
	for _, k := range configKeys {
		names = append(names, k.name)
	}
	return fmt.Errorf("unknown key %q%s", name, didYouMean(name, names))
}

// configWords turns a TOML value into the words of a flag, checking its type.
func configWords(flag *pflag.Flag, key string, value any) ([]string, error) {
	_, wantList := flag.Value.(pflag.SliceValue)
	if list, ok := value.([]any); ok && wantList {
		words := []string{}
		for _, v := range list {
			s, ok := v.(string)
			if !ok {
				return nil, fmt.Errorf("key %q: want a list of strings, got %v in it", key, v)
			}
			words = append(words, s)
		}
		return words, nil
	}
	want := map[string]string{"bool": "true or false", "int": "a number", "string": "a string"}[flag.Value.Type()]
	ok := false
	switch value.(type) {
	case bool:
		ok = flag.Value.Type() == "bool"
	case int64:
		ok = flag.Value.Type() == "int"
	case string:
		ok = flag.Value.Type() == "string"
	}
	if wantList {
		want = "a list of strings"
	}
	if !ok {
		return nil, fmt.Errorf("key %q: want %s, got %v", key, want, value)
	}
	return []string{fmt.Sprint(value)}, nil
}

// relativeToHere shortens an absolute path below the current folder.
func relativeToHere(name string) string {
	here, err := os.Getwd()
	if err != nil {
		return name
	}
	if rel, err := filepath.Rel(here, name); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return name
}
