package unusedignore_test

import (
	"testing"

	"github.com/refcheck/refcheck/analyzer/ruletest"
	"github.com/refcheck/refcheck/rules"
)

// A comment can only be unused if the rules it names run as well.
func TestRule(t *testing.T) { ruletest.RunDir(t, "testdata", "RC001", rules.All) }
