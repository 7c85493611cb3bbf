// Command refcheck finds reference-counting bugs in C extensions for CPython.
//
//	refcheck [flags] [PATH...]
//
// It exits with 0 if there is nothing to report, 1 if there are findings, and 2
// if it could not do its work.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"

	"github.com/refcheck/refcheck/analyzer"
	"github.com/refcheck/refcheck/analyzer/report"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/rules"
)

// Exit codes.
const (
	exitClean    = 0
	exitFindings = 1
	exitFailed   = 2
)

func main() {
	tuneGC()
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// tuneGC trades memory for time, as suits a process that lives for seconds: most
// of what the analysis allocates lives until the end anyway, and with the default
// of 100 the collector would walk it again and again. The limit makes the
// collector careful again before the machine suffers. What the user set in the
// environment wins.
func tuneGC() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(250)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(2 << 30)
	}
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	a := &app{
		stdin: stdin, stdout: stdout, stderr: stderr,
		analyze: analyzer.Analyze,
		rules:   rules.All,
	}
	return a.run(ctx, args)
}

// An app is one run of the program with what it needs from outside, so that tests
// can run it in-process and without the engine.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	analyze        func(context.Context, analyzer.Config) (*analyzer.Result, error)
	rules          []*rule.Rule

	code int // exit code of a command that did its work
}

// run executes a command line and returns the exit code.
func (a *app) run(ctx context.Context, args []string) (code int) {
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprintf(a.stderr, "%s\nrefcheck: internal error: %v\n", debug.Stack(), p)
			fmt.Fprintf(a.stderr, "This is a bug in refcheck; please report it with the text above at %s/issues\n", home)
			code = exitFailed
		}
	}()
	if err := rule.Validate(a.rules); err != nil {
		return a.fail(fmt.Errorf("the rule set is broken: %w", err))
	}
	root := newRoot(a)
	root.SetArgs(args)
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	if err := root.ExecuteContext(ctx); err != nil {
		return a.fail(err)
	}
	return a.code
}

// fail prints an error and returns the exit code for it.
func (a *app) fail(err error) int {
	a.say("refcheck: error: " + err.Error())
	return exitFailed
}

// say prints lines to standard error. They may quote file names, so that control
// characters are escaped.
func (a *app) say(text string) {
	for line := range strings.SplitSeq(text, "\n") {
		fmt.Fprintln(a.stderr, report.Visible(line))
	}
}
