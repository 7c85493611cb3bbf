package ir

import (
	"fmt"
	"io"
	"strings"
)

// Dot writes the control-flow graph of f for graphviz.
func (f *Func) Dot(w io.Writer) {
	fmt.Fprintf(w, "digraph %q {\n  node [shape=box fontname=monospace]\n", f.Name)
	for _, b := range f.Blocks {
		lines := []string{fmt.Sprintf("b%d:", b.ID)}
		for i := range b.Instrs {
			lines = append(lines, b.Instrs[i].String())
		}
		lines = append(lines, b.Term.String())
		fmt.Fprintf(w, "  b%d [label=\"%s\\l\"]\n", b.ID, dotEscape(strings.Join(lines, "\n")))
		for i, s := range b.Succs() {
			label := ""
			if b.Term.Kind == Branch {
				label = [...]string{" [label=T]", " [label=F]"}[i]
			}
			fmt.Fprintf(w, "  b%d -> b%d%s\n", b.ID, s.ID, label)
		}
	}
	fmt.Fprintln(w, "}")
}

func dotEscape(s string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\l`).Replace(s)
}
