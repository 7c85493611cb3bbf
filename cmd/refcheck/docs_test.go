package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// consoleBlocks are the sessions that a page shows: commands after "$ ", each
// followed by what it prints.
var consoleBlocks = regexp.MustCompile("(?ms)^```console\n(.*?)^```$")

var duration = regexp.MustCompile(`in \d+(\.\d+)? s`)

// TestConsoleBlocks runs the sessions in the documentation, each page in a copy of
// the demo of its own that is committed to git. "..." stands for anything.
func TestConsoleBlocks(t *testing.T) {
	for _, page := range []string{"getting-started.md", "adopting.md"} {
		t.Run(page, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("../../docs", page))
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS("../../testdata/demo")); err != nil {
				t.Fatal(err)
			}
			for _, args := range [][]string{{"init", "-q"}, {"add", "-A"}, {"commit", "-q", "-m", "demo"}} {
				if out, code := command(t, dir, plainGit, "git", args...); code != 0 {
					t.Fatalf("git %v: %s", args, out)
				}
			}
			commands := 0
			for _, block := range consoleBlocks.FindAllStringSubmatch(string(text), -1) {
				for _, shown := range strings.Split("\n"+block[1], "\n$ ")[1:] {
					line, want, _ := strings.Cut(shown, "\n")
					got := session(t, dir, line)
					if commands++; !shows(want, got) {
						t.Errorf("$ %s\nprints\n%s\nwhere the page has\n%s", line, got, want)
					}
				}
			}
			if commands < 3 {
				t.Errorf("only %d commands found", commands)
			}
		})
	}
}

// session runs one command line and returns what a terminal shows.
func session(t *testing.T, dir, line string) string {
	t.Helper()
	cmd := exec.Command("bash", "-c", line)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), plainGit...)
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return stdout.String() + stderr.String()
}

// shows reports whether text is what a page has, with "..." for anything.
func shows(page, text string) bool {
	pattern := regexp.QuoteMeta(duration.ReplaceAllString(strings.TrimSpace(page), "in S"))
	pattern = strings.ReplaceAll(pattern, `\.\.\.`, `.*`)
	return regexp.MustCompile(`(?s)^` + pattern + `$`).MatchString(duration.ReplaceAllString(strings.TrimSpace(text), "in S"))
}

// TestYAMLBlocks: the YAML in the documentation is YAML, names hooks and inputs
// that exist, and the flags in it are flags.
func TestYAMLBlocks(t *testing.T) {
	var hooks []struct{ ID string }
	readYAML(t, ".pre-commit-hooks.yaml", &hooks)
	var action struct{ Inputs map[string]any }
	readYAML(t, "action.yml", &action)
	ids := map[string]bool{}
	for _, h := range hooks {
		ids[h.ID] = true
	}
	blocks := 0
	for _, page := range []string{"../../README.md", "../../docs/ci.md"} {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile("(?ms)^```yaml\n(.*?)^```$").FindAllStringSubmatch(string(text), -1) {
			blocks++
			var root yaml.Node
			if err := yaml.Unmarshal([]byte(m[1]), &root); err != nil {
				t.Errorf("%s: %v in\n%s", page, err, m[1])
				continue
			}
			eachMap(&root, func(values map[string]*yaml.Node) {
				if id := values["id"]; id != nil && !ids[id.Value] {
					t.Errorf("%s: there is no hook %s", page, id.Value)
				}
				uses, with := values["uses"], values["with"]
				if uses == nil || with == nil || !strings.HasPrefix(uses.Value, "refcheck/") {
					return
				}
				for i := 0; i < len(with.Content); i += 2 {
					if name := with.Content[i].Value; action.Inputs[name] == nil {
						t.Errorf("%s: the action has no input %s", page, name)
					}
				}
			})
		}
	}
	if blocks < 4 {
		t.Errorf("only %d blocks of YAML found", blocks)
	}
}

// eachMap calls visit for every mapping in a YAML tree.
func eachMap(n *yaml.Node, visit func(map[string]*yaml.Node)) {
	if n.Kind == yaml.MappingNode {
		values := map[string]*yaml.Node{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			values[n.Content[i].Value] = n.Content[i+1]
		}
		visit(values)
	}
	for _, c := range n.Content {
		eachMap(c, visit)
	}
}

// TestLinks: links between the pages lead somewhere.
func TestLinks(t *testing.T) {
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)
	for _, page := range append(pages, "../../README.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			target := filepath.Join(filepath.Dir(page), m[1])
			linked, err := os.Stat(target)
			if err != nil {
				t.Errorf("%s links to %s, which does not exist", page, m[1])
				continue
			}
			if m[2] == "" || linked.IsDir() {
				continue
			}
			text, err := os.ReadFile(target)
			if err != nil {
				t.Fatal(err)
			}
			if !hasHeading(string(text), m[2][1:]) {
				t.Errorf("%s links to %s%s: no such heading", page, m[1], m[2])
			}
		}
	}
}

// TestIndex: the index of the documentation has every page.
func TestIndex(t *testing.T) {
	index, err := os.ReadFile("../../docs/README.md")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(pages) < 10 {
		t.Fatal(pages, err)
	}
	for _, page := range pages {
		if name := filepath.Base(page); name != "README.md" && !strings.Contains(string(index), "]("+name+")") {
			t.Errorf("docs/README.md has no link to %s", name)
		}
	}
}

// hasHeading reports whether a page has a heading with an anchor, made as code
// hosts make it.
func hasHeading(text, anchor string) bool {
	for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(text, -1) {
		name := regexp.MustCompile(`[^a-z0-9 -]`).ReplaceAllString(strings.ToLower(m[1]), "")
		if strings.ReplaceAll(name, " ", "-") == anchor {
			return true
		}
	}
	return false
}
