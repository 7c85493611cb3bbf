package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/BurntSushi/toml"
	"github.com/spf13/pflag"
)

// configKeys are the flags that a configuration file may set, under their long
// names. The others belong to one run.
var configKeys = []string{
	"baseline", "build-dir", "contracts", "define", "exclude", "extend-select", "force-exclude", "generated", "ignore",
	"include-dir", "jobs", "min-confidence", "min-severity", "output-format", "select", "target-python", "undefine",
}

// configPaths are the keys whose values are paths, relative to the file's folder.
var configPaths = []string{"baseline", "build-dir", "contracts", "include-dir"}

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
	for _, key := range slices.Sorted(maps.Keys(table)) {
		if err := o.setKey(flags, filepath.Dir(name), key, table[key]); err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
	}
	return name, nil
}

// findConfig returns the file that --config names, or the nearest one from the
// current folder upwards, and its settings.
func (o *options) findConfig() (string, map[string]any, error) {
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
func readConfig(name string) (map[string]any, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("cannot read the configuration: %w", err)
	}
	table := map[string]any{}
	if err := toml.Unmarshal(text, &table); err != nil {
		var syntax toml.ParseError
		if errors.As(err, &syntax) {
			return nil, fmt.Errorf("%s:%d: %s", name, syntax.Position.Line, syntax.Message)
		}
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if filepath.Base(name) != "pyproject.toml" {
		return table, nil
	}
	tool, _ := table["tool"].(map[string]any)
	own, _ := tool["refcheck"].(map[string]any)
	return own, nil
}

// setKey sets the flag called key unless the command line did.
func (o *options) setKey(flags *pflag.FlagSet, dir, key string, value any) error {
	if !slices.Contains(configKeys, key) {
		return fmt.Errorf("unknown key %q%s", key, didYouMean(key, configKeys))
	}
	flag := flags.Lookup(key)
	if flag == nil || flag.Changed { // some commands have some flags only
		return nil
	}
	if key == "exclude" {
		abs, err := filepath.Abs(dir)
		if err != nil {
			return err
		}
		o.excludeBase = abs
	}
	words, err := configWords(flag, key, value)
	if err != nil {
		return err
	}
	if slices.Contains(configPaths, key) {
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
		return fmt.Errorf("key %q: bad value %q", key, words[0])
	}
	return nil
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
