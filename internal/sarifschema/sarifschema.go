// Package sarifschema has the JSON schema of SARIF 2.1.0 as OASIS published it, for
// tests.
package sarifschema

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// carrier is a package, required for tests only, whose source has the schema as a
// constant.
const carrier = "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

// Published compiles the schema, checking of formats included.
func Published() (*jsonschema.Schema, error) {
	text, err := read()
	if err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	const url = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(url, doc); err != nil {
		return nil, err
	}
	return c.Compile(url)
}

// read finds the longest string constant in the carrier's schema.go.
func read() (string, error) {
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", carrier).Output()
	if err != nil {
		return "", fmt.Errorf("go list %s: %w", carrier, err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(dir)), "schema.go"), nil, 0)
	if err != nil {
		return "", err
	}
	longest := ""
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && len(lit.Value) > len(longest) {
			longest = lit.Value
		}
		return true
	})
	if longest == "" {
		return "", errors.New("no schema in " + carrier)
	}
	return strconv.Unquote(longest)
}
