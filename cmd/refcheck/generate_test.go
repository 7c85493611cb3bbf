package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
	"github.com/spf13/pflag"

	"github.com/refcheck/refcheck/rules"
)

//go:generate go test -run "^TestGenerated$" -update .

var update = flag.Bool("update", false, "rewrite the files in docs that are made from the commands")

const schemaFile = "refcheck.schema.json"

// TestGenerated: the JSON schema of the configuration and the man pages in docs are
// what the flags and commands say.
func TestGenerated(t *testing.T) {
	files := map[string][]byte{schemaFile: configSchema(t)}
	for name, text := range manPages(t) {
		files["man/"+name] = text
	}
	old, err := filepath.Glob("../../docs/man/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range old {
		if rel := "man/" + filepath.Base(name); files[rel] == nil {
			files[rel] = nil // of a command that is gone
		}
	}
	for name, want := range files {
		path := filepath.Join("../../docs", name)
		if *update {
			write := os.WriteFile(path, want, 0o666)
			if want == nil {
				write = os.Remove(path)
			}
			if write != nil {
				t.Fatal(write)
			}
			continue
		}
		got, err := os.ReadFile(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		if want == nil || !bytes.Equal(got, want) {
			t.Errorf("docs/%s is out of date: run go generate ./cmd/refcheck", name)
		}
	}
}

// configSchema is the JSON schema of refcheck.toml and of [tool.refcheck]. It is of
// draft 7, which editors of TOML understand.
func configSchema(t *testing.T) []byte {
	t.Helper()
	fs := pflag.NewFlagSet("", pflag.ContinueOnError)
	(&options{}).register(fs)
	properties := map[string]any{}
	for _, key := range configKeys {
		properties[key.name] = schemaOf(fs.Lookup(key.name), key)
	}
	text, err := json.MarshalIndent(map[string]any{
		"$schema":              "http://json-schema.org/draft-07/schema#",
		"$id":                  home + "/raw/main/docs/" + schemaFile,
		"title":                "refcheck.toml, or [tool.refcheck] in pyproject.toml",
		"type":                 "object",
		"additionalProperties": false,
		"properties":           properties,
	}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(text, '\n')
}

func schemaOf(f *pflag.Flag, key configKey) map[string]any {
	value := map[string]any{}
	switch f.Value.Type() {
	case "bool":
		value["type"] = "boolean"
	case "int":
		value["type"], value["minimum"] = "integer", 1
	default:
		value["type"] = "string"
	}
	if key.enum != nil {
		value["enum"] = key.enum()
	}
	if key.form != "" {
		value["pattern"] = key.form
	}
	if _, list := f.Value.(pflag.SliceValue); list {
		value = map[string]any{"type": "array", "items": value}
	} else if f.DefValue != "" && f.Name != "jobs" {
		var def any = f.DefValue
		if f.Value.Type() == "bool" {
			def = f.DefValue == "true"
		}
		value["default"] = def
	}
	_, usage := pflag.UnquoteUsage(f)
	value["description"] = strings.ReplaceAll(usage, "`", "")
	return value
}

// manPages are the pages of section 1, one for each command.
func manPages(t *testing.T) map[string][]byte {
	t.Helper()
	root := newRoot(&app{rules: rules.All})
	root.InitDefaultHelpCmd()
	root.DisableAutoGenTag = true
	// The date of the page is that of the release, and man needs some.
	date := time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)
	pages := map[string][]byte{}
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		if c.Hidden || c.Name() == "help" || c.Name() == "completion" {
			return
		}
		var out bytes.Buffer
		name := strings.ReplaceAll(c.CommandPath(), " ", "-")
		header := doc.GenManHeader{Title: strings.ToUpper(name), Section: "1", Date: &date, Source: "refcheck", Manual: "refcheck manual"}
		if err := doc.GenMan(c, &header, &out); err != nil {
			t.Fatal(err)
		}
		pages[name+".1"] = out.Bytes()
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(root)
	return pages
}

// TestConfigSchema: the schema and the program agree about configurations.
func TestConfigSchema(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("../../docs", schemaFile))
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", parsed); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for config, good := range map[string]bool{
		"":                                     true,
		`select = ["RC1", "ALL", "rc203"]`:     true,
		`select = ["F401"]`:                    false,
		`select = "RC1"`:                       false,
		`ignore = ["RC205"]`:                   true,
		`jobs = 2`:                             true,
		`jobs = 0`:                             false,
		`jobs = "2"`:                           false,
		`generated = true`:                     true,
		`generated = "yes"`:                    false,
		`target-python = "3.13t"`:              true,
		`target-python = "2.7"`:                false,
		`target-python = 3.13`:                 false,
		`min-severity = "warning"`:             true,
		`min-severity = "fatal"`:               false,
		`min-confidence = "high"`:              true,
		`min-confidence = "sure"`:              false,
		`output-format = "concise"`:            true,
		`output-format = "yaml"`:               false,
		`define = ["A=1"]` + "\nundefine=[]":   true,
		`exclude = ["build", 1]`:               false,
		`include-dir = ["inc"]`:                true,
		`exit-zero = true`:                     false,
		`nonsense = 1`:                         false,
		"[select]\nx = 1":                      false,
		`force-exclude = true` + "\nb = false": false,
	} {
		code, out := runIn(t, map[string]string{"refcheck.toml": config, "a.c": "int x;\n"}, nil)
		if accepted := code == exitClean; accepted != good {
			t.Errorf("%s: accepted by the program: %v, want %v\n%s", config, accepted, good, out)
		}
		var value map[string]any
		if err := toml.Unmarshal([]byte(config), &value); err != nil {
			t.Fatal(err)
		}
		// As JSON, which is what the schema is about.
		asJSON, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
		if err != nil {
			t.Fatal(err)
		}
		if instance == nil {
			instance = map[string]any{}
		}
		if accepted := schema.Validate(instance) == nil; accepted != good {
			t.Errorf("%s: accepted by the schema: %v, want %v", config, accepted, good)
		}
	}
}

// TestConfigKeys: each key is a flag, and each flag is a key or belongs to one run.
func TestConfigKeys(t *testing.T) {
	fs := pflag.NewFlagSet("", pflag.ContinueOnError)
	(&options{}).register(fs)
	var oneRun []string
	fs.VisitAll(func(f *pflag.Flag) {
		if !slices.ContainsFunc(configKeys, func(k configKey) bool { return k.name == f.Name }) {
			oneRun = append(oneRun, f.Name)
		}
	})
	for _, k := range configKeys {
		if fs.Lookup(k.name) == nil {
			t.Errorf("there is no flag --%s", k.name)
		}
	}
	slices.Sort(oneRun)
	want := "cache-dir color config diff diff-base exit-zero fix isolated no-cache output-file quiet statistics stdin-filename unsafe-fixes verbose write-baseline"
	if got := strings.Join(oneRun, " "); got != want {
		t.Errorf("these flags are no keys: %s\nwant: %s\n(if that is meant, change the test)", got, want)
	}
}

// TestCommandNames keeps the names that hints know in step with the commands.
func TestCommandNames(t *testing.T) {
	names := []string{"help"} // which cobra adds when it runs
	for _, c := range newRoot(&app{}).Commands() {
		names = append(names, c.Name())
	}
	slices.Sort(names)
	if !slices.Equal(names, commandNames) {
		t.Errorf("commandNames is %q, want %q", commandNames, names)
	}
}
