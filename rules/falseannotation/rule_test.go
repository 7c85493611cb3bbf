package falseannotation_test

import (
	"testing"

	"github.com/refcheck/refcheck/analyzer/ruletest"
	"github.com/refcheck/refcheck/rules"
)

func TestRule(t *testing.T) { ruletest.RunDir(t, "testdata", "RC003", rules.All) }
