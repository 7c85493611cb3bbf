package confirm

import (
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/refmodel"
)

// Experiment asks the model what a defect of a type costs. A nil experiment is one
// that the model cannot make: it knows nothing of the defect.
func Experiment(e *refmodel.Experiment) finding.Model {
	if e == nil {
		return beyond("the model does not know this part of a type")
	}
	v := e.Run()
	if v.OK() {
		return finding.Model{Verdict: Refuted, Detail: v.String()}
	}
	return finding.Model{Verdict: Confirmed, Detail: v.String()}
}
