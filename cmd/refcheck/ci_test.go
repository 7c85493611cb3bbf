package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// readYAML decodes a file at the top of the repository.
func readYAML(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../..", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// command runs a program in a folder and returns what it prints, and its exit code.
func command(t *testing.T, dir string, env []string, name string, args ...string) (string, int) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if exit, ok := err.(*exec.ExitError); ok {
		return string(out), exit.ExitCode()
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(out), 0
}

// plainGit keeps the user's settings for git out of a test.
var plainGit = []string{
	"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@b.c",
	"GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@b.c",
}

// TestPreCommit runs the hooks of .pre-commit-hooks.yaml under the real pre-commit.
// Only the language is another one: instead of installing refcheck from a clone of
// the repository, which takes half a minute, the hook is the program under test.
func TestPreCommit(t *testing.T) {
	if _, err := exec.LookPath("pre-commit"); err != nil {
		if os.Getenv("REFCHECK_REQUIRE_PYTHON") != "" {
			t.Fatal("pre-commit is not installed")
		}
		t.Skip("pre-commit is not installed")
	}
	var hooks []map[string]any
	readYAML(t, ".pre-commit-hooks.yaml", &hooks)
	for _, h := range hooks {
		if h["language"] != "golang" {
			t.Errorf("the language of hook %v is %v", h["id"], h["language"])
		}
		h["language"] = "system"
	}
	config, err := yaml.Marshal(map[string]any{"repos": []any{map[string]any{"repo": "local", "hooks": hooks}}})
	if err != nil {
		t.Fatal(err)
	}
	repo := newRepo(t, map[string]string{
		".pre-commit-config.yaml": string(config),
		"src/leak.c":              leakyFile,
		"src/helper.c":            "#include <Python.h>\nPyObject *made(void) { return PyList_New(0); }\n",
		"src/user.c":              "#include <Python.h>\nPyObject *made(void);\nint use(void)\n{\n    PyObject *x = made();\n    return x != NULL;\n}\n",
		"src/cgo.go":              "package p\n\n/*\n" + leakyFile + "*/\nimport \"C\"\n",
		"src/plain.go":            "package p\n",
		"README.md":               "text\n",
		"third_party/x.c":         leakyFile,
		"refcheck.toml":           "exclude = [\"third_party\"]\noutput-format = \"concise\"\n",
	})
	env := append([]string{"PRE_COMMIT_HOME=" + t.TempDir()}, plainGit...)
	run := func(code int, args ...string) string {
		t.Helper()
		out, got := command(t, repo, env, "pre-commit", append([]string{"run", "--color", "never"}, args...)...)
		if got != code {
			t.Errorf("pre-commit run %v: exit code %d, want %d:\n%s", args, got, code, out)
		}
		return out
	}
	wantIn := func(out string, wants ...string) {
		t.Helper()
		for _, want := range wants {
			if no, ok := strings.CutPrefix(want, "!"); ok == strings.Contains(out, strings.TrimPrefix(no, "!")) {
				t.Errorf("want %q in\n%s", want, out)
			}
		}
	}
	// Only the staged file is reported, with what its neighbours do.
	command(t, repo, env, "git", "add", "src/user.c")
	wantIn(run(1, "refcheck"), "src/user.c:6:5: RC101", "!leak.c", "'x' (new reference from made")
	// What is staged counts, not what is in the folder.
	command(t, repo, env, "git", "add", "src/leak.c")
	fixed := strings.Replace(leakyFile, "    return PyLong", "    Py_DECREF(x);\n    return PyLong", 1)
	if err := os.WriteFile(filepath.Join(repo, "src/leak.c"), []byte(fixed), 0o666); err != nil {
		t.Fatal(err)
	}
	wantIn(run(1, "refcheck"), "src/leak.c:9:5: RC101")
	command(t, repo, env, "git", "add", "-A")
	wantIn(run(1, "refcheck"), "!leak.c", "src/user.c:6:5", "!third_party")
	// Nothing to do: excluded files only, no C at all.
	wantIn(run(0, "refcheck", "--files", "third_party/x.c"), "Passed")
	wantIn(run(0, "refcheck", "--files", "README.md"), "Skipped")
	// The C code of Go files.
	wantIn(run(1, "refcheck-cgo", "--files", "src/cgo.go", "src/plain.go"), "src/cgo.go:12:5: RC101", "!leak.c", "!user.c")
	wantIn(run(0, "refcheck-cgo", "--files", "src/plain.go"), "Passed")
	wantIn(run(0, "refcheck-cgo", "--files", "src/user.c"), "Skipped")
	// The other hook reads all.
	wantIn(run(1, "refcheck-full", "--files", "src/helper.c"), "src/user.c:6:5", "!leak.c")
}

// newRepo makes a git repository with files in it, none of them added but the
// configuration.
func newRepo(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"init", "-q"}, {"add", ".pre-commit-config.yaml", "refcheck.toml"}} {
		if out, code := command(t, dir, plainGit, "git", args...); code != 0 {
			t.Fatalf("git %v: %s", args, out)
		}
	}
	return dir
}

// TestAction runs the steps of action.yml as a runner does, but for the one that
// installs Go. What the second step would build is the program under test.
func TestAction(t *testing.T) {
	for _, tool := range []string{"bash", "jq"} {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("REFCHECK_REQUIRE_PYTHON") != "" {
				t.Fatal(err)
			}
			t.Skip(err)
		}
	}
	var action struct {
		Inputs map[string]struct{ Default string }
		Runs   struct {
			Steps []struct {
				Name, Uses, Run, Shell string
				Env                    map[string]string
			}
		}
	}
	readYAML(t, "action.yml", &action)
	pinned := regexp.MustCompile(`@[0-9a-f]{40}$`)
	script := action.Runs.Steps[len(action.Runs.Steps)-1]
	for _, s := range action.Runs.Steps {
		if s.Uses != "" && !pinned.MatchString(s.Uses) {
			t.Errorf("%s is not pinned", s.Uses)
		}
		if strings.Contains(s.Run, "${{") {
			t.Errorf("step %s has an expression in its script, where it is code", s.Name)
		}
	}
	for name, test := range map[string]struct {
		inputs map[string]string
		code   int
		want   string
	}{
		"defaults":  {nil, 1, "::error file=bug.c,line=9,col=5,"},
		"never":     {map[string]string{"fail-on": "never"}, 0, "::error file=bug.c"},
		"bad input": {map[string]string{"fail-on": "sometimes"}, 2, "want findings or never, got sometimes"},
		"sarif":     {map[string]string{"sarif-file": "out dir/x.sarif", "args": "bug.c silent.c"}, 1, "::error file=bug.c"},
		"no code":   {map[string]string{"args": "$(touch oops) `touch oops`; touch oops"}, 2, "does not exist"},
		"no work":   {map[string]string{"args": "none.c", "fail-on": "never"}, 2, "none.c does not exist"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			program, err := exec.LookPath("refcheck")
			if err != nil {
				t.Fatal(err)
			}
			write := func(name, text string) {
				t.Helper()
				path := filepath.Join(dir, name)
				if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			write("bug.c", leakyFile)
			write("silent.c", "/* refcheck: ignore-file[RC101] an example */\n"+leakyFile)
			write("out dir/.keep", "")
			write(".git/HEAD", "")
			write("temp/refcheck-bin/.keep", "")
			if err := os.Symlink(program, filepath.Join(dir, "temp/refcheck-bin/refcheck")); err != nil {
				t.Fatal(err)
			}
			env := []string{"RUNNER_TEMP=" + filepath.Join(dir, "temp")}
			for key, value := range script.Env {
				input := strings.TrimSuffix(strings.TrimPrefix(value, "${{ inputs."), " }}")
				value, ok := test.inputs[input]
				if !ok {
					value = action.Inputs[input].Default
				}
				env = append(env, key+"="+value)
			}
			// As GitHub runs "shell: bash".
			out, code := command(t, dir, env, "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script.Run)
			if code != test.code || !strings.Contains(out, test.want) {
				t.Errorf("exit code %d, want %d with %q:\n%s", code, test.code, test.want, out)
			}
			if _, err := os.Stat(filepath.Join(dir, "oops")); err == nil {
				t.Error("an input was executed")
			}
			if name != "sarif" {
				return
			}
			text, err := os.ReadFile(filepath.Join(dir, "out dir/x.sarif"))
			if err != nil || !strings.Contains(string(text), "bug.c") || strings.Contains(string(text), "an example") {
				t.Errorf("the report lacks the finding or has the suppressed one: %v", err)
			}
		})
	}
}

// TestProblemMatcher: .github/refcheck.json reads the concise format.
func TestProblemMatcher(t *testing.T) {
	text, err := os.ReadFile("../../.github/refcheck.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		ProblemMatcher []struct {
			Pattern []struct {
				Regexp                            string
				File, Line, Column, Code, Message int
			}
		}
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	_, out := runIn(t, map[string]string{"a:1 b.c": leakyFile}, []string{"--output-format", "concise", "."})
	p := file.ProblemMatcher[0].Pattern[0]
	line, _, _ := strings.Cut(out, "\n")
	m := regexp.MustCompile(p.Regexp).FindStringSubmatch(line)
	if m == nil {
		t.Fatalf("%s does not match %s", p.Regexp, line)
	}
	if m[p.File] != "a:1 b.c" || m[p.Line] != "9" || m[p.Column] != "5" || m[p.Code] != "RC101" || !strings.HasPrefix(m[p.Message], "leak: 'x'") {
		t.Errorf("got %q of %s", m, line)
	}
}
