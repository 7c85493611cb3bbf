package refcntunique

import (
	"testing"

	"github.com/refcheck/refcheck/analyzer/ruletest"
)

func TestRule(t *testing.T) { ruletest.Run(t, Rule) }
