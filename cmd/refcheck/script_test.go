package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/refcheck/refcheck/analyzer"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/source"
	"github.com/refcheck/refcheck/rules"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"refcheck": main,
		"stubcheck": func() {
			a := &app{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, analyze: stubAnalyze, rules: rules.All}
			os.Exit(a.run(context.Background(), os.Args[1:]))
		},
	})
}

// TestScript runs the scripts in testdata/script. In them, refcheck is the whole
// program and stubcheck the program with stubAnalyze instead of the analysis. Run
// with -update to accept new output.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "../../testdata/script",
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			// A folder with .git ends the search for the repository.
			return os.Mkdir(filepath.Join(env.WorkDir, ".git"), 0o777)
		},
		Condition: func(cond string) (bool, error) {
			return cond == "root" && os.Getuid() == 0, nil
		},
	})
}

// stubAnalyze reports every line that says "BUG RCnnn" under the selected rule of
// that code, and obeys the words PANIC and FAIL.
func stubAnalyze(_ context.Context, cfg analyzer.Config) (*analyzer.Result, error) {
	s := &stub{cfg: cfg, texts: map[string][]byte{}}
	for _, root := range cfg.Front.Roots {
		if root == "-" {
			s.file(cfg.Front.StdinName, cfg.Front.Stdin)
			continue
		}
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || path != root && cfg.Front.Exclude(path) {
				return err
			}
			text, err := os.ReadFile(path)
			s.file(filepath.ToSlash(path), text)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	s.res.Source = func(path string) []byte { return s.texts[path] }
	finding.Sort(s.res.Findings)
	finding.SetFingerprints(s.res.Findings, filepath.Base)
	return &s.res, s.err
}

type stub struct {
	cfg   analyzer.Config
	res   analyzer.Result
	texts map[string][]byte
	err   error
}

func (s *stub) file(name string, text []byte) {
	switch filepath.Ext(name) {
	case ".c", ".h":
	case ".cpp":
		s.res.Coverage.SkippedFiles = append(s.res.Coverage.SkippedFiles,
			finding.SkippedFile{File: name, Reason: "C++ is not analysed"})
		return
	default:
		return
	}
	s.texts[name] = text
	s.res.Coverage.Files++
	s.res.Coverage.Functions++
	s.res.Coverage.Analysed++
	for i, line := range strings.Split(string(text), "\n") {
		switch {
		case strings.Contains(line, "PANIC"):
			panic("told to")
		case strings.Contains(line, "FAIL"):
			s.err = errors.New("told to fail")
		}
		_, code, ok := strings.Cut(line, "BUG ")
		if ok {
			s.bug(name, i+1, strings.Index(line, "BUG")+1, code)
		}
	}
}

// bug adds a finding of the rule called code, if that is selected.
func (s *stub) bug(file string, line, col int, code string) {
	for _, r := range s.cfg.Rules {
		if r.Code != code {
			continue
		}
		at := source.Span{Pos: source.Pos{File: file, Line: line, Column: col}, EndLine: line, EndColumn: col + len("BUG")}
		s.res.Findings = append(s.res.Findings, &finding.Finding{
			Rule: r.Code, Name: r.Name, Kind: r.Kind, Severity: r.Severity, Confidence: finding.High,
			Message: "the stub found something", Span: at, Function: "f",
			Steps: []finding.Step{{Kind: finding.Exit, Span: at, Message: "at the mark", Object: 1, Main: true}},
			Model: finding.Model{Verdict: "confirmed", Detail: "says the stub"},
		})
	}
}
