package modulestate

import (
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

// shared finds static variables with objects, and static types, in a module that every
// interpreter makes for itself.
func shared(m *typemodel.Module) []*rule.Defect {
	if !m.Multi || m.Single || m.Sized && m.Size < 0 {
		return nil
	}
	var out []*rule.Defect
	if statics := m.Statics(); len(statics) > 0 {
		first := statics[0]
		out = append(out, note(m, first, "keeps objects in static variables, which all interpreters share: "+variables(statics),
			"keep them in the module's state, or say Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED"))
	}
	var types []*typemodel.Witness
	for _, t := range m.StaticTypes() {
		if t.Again {
			out = append(out, again(m, &t))
			continue
		}
		types = append(types, &t.Witness)
	}
	if len(types) > 0 {
		out = append(out, note(m, types[0], "has static types, which all interpreters share: "+variables(types),
			"make them with PyType_FromModuleAndSpec, or say Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED"))
	}
	return out
}

// note is a hazard: harmless as long as there is one interpreter.
func note(m *typemodel.Module, at *typemodel.Witness, what, help string) *rule.Defect {
	return &rule.Defect{
		Verdict: rule.Verdict{
			Message:    "multi-phase module '" + m.Var + "' " + what,
			Help:       help,
			Confidence: finding.Medium,
			Severity:   rule.Severity(finding.Note),
		},
		At: at.Span, Func: at.Func.Name, Object: at.Call,
	}
}

// again is a static struct sequence that each execution of the module initializes: the
// second time it is a SystemError (Objects/structseq.c).
func again(m *typemodel.Module, t *typemodel.StaticType) *rule.Defect {
	return &rule.Defect{
		Verdict: rule.Verdict{
			Message:    "struct sequence '" + t.Call + "' is static, and each import of multi-phase module '" + m.Var + "' initializes it: the second one fails",
			Help:       "use PyStructSequence_NewType and keep the type in the module's state",
			Confidence: finding.Medium,
		},
		At: t.Span, Func: t.Func.Name, Object: t.Call,
	}
}

// variables names static variables.
func variables(of []*typemodel.Witness) string {
	var out []string
	for _, w := range of {
		out = append(out, "'"+w.Call+"'")
	}
	return rule.List(out)
}
