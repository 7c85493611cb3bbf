package refmodel_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/cmodel/refmodel"
)

// TestPictures: the pictures of docs/model.md show what the model does. -update
// writes them.
func TestPictures(t *testing.T) {
	for _, s := range scenes {
		frames, result, _ := s.play(t)
		var shown []frame
		again := false // after the finalizers the first phases are repeated
		for _, f := range frames {
			again = again || f.Phase == refmodel.PhaseFinalized
			if slices.Contains(s.show, f.Phase) && !(again && f.Phase < refmodel.PhaseFinalized) {
				shown = append(shown, f)
			}
		}
		golden(t, filepath.Join("..", "..", "docs", "model", s.name+".svg"), picture(s, shown, result))
	}
}

// Sizes in pixels.
const (
	boxW, boxH   = 96, 58
	gap          = 22
	pad          = 14
	captionW     = 300
	rowH         = 150
	titleH       = 56
	listLabelH   = 20
	pictureWidth = 960
)

// style has one colour a list, in a light and a dark variant.
const style = `
text{font:13px ui-sans-serif,system-ui,"Segoe UI",Helvetica,Arial,sans-serif;fill:#1f2328}
.title{font-size:16px;font-weight:600}.phase{font-weight:600;font-family:ui-monospace,Menlo,Consolas,monospace}
.note,.small{fill:#59636e}.small{font-size:11px}.name{font-weight:600;text-anchor:middle}.num{text-anchor:middle;font-size:12px}
.page{fill:#ffffff}.rule{stroke:#d1d9e0}.box{fill:#ffffff;stroke:#59636e;stroke-width:1.2}
.at{stroke:#bc4c00;stroke-width:3}.zero{font-weight:700;fill:#cf222e}.ref{fill:none;stroke:#818b98;stroke-width:1.3}.tip{fill:#818b98}
.l-generation{fill:#ddf4ff;stroke:#54aeff}.l-unreachable,.l-still{fill:#ffebe9;stroke:#ff8182}.l-finalizers,.l-callbacks,.l-seen{fill:#fff8c5;stroke:#d4a72c}
@media (prefers-color-scheme:dark){
text{fill:#f0f6fc}.note,.small{fill:#9198a1}.page{fill:#0d1117}.rule{stroke:#3d444d}.box{fill:#151b23;stroke:#9198a1}
.at{stroke:#f0883e}.zero{fill:#ff7b72}.ref{stroke:#9198a1}.tip{fill:#9198a1}
.l-generation{fill:#0c2d4f;stroke:#1f6feb}.l-unreachable,.l-still{fill:#4a1518;stroke:#da3633}.l-finalizers,.l-callbacks,.l-seen{fill:#3b2e05;stroke:#bb8009}}
`

// captions says what each phase has done.
var captions = map[refmodel.Phase]string{
	refmodel.PhaseMerge:           "younger generations are joined|to the one that is collected",
	refmodel.PhaseUpdateRefs:      "gc_refs is a copy of the count",
	refmodel.PhaseSubtractRefs:    "minus 1 for each reference that|tp_traverse finds inside the list",
	refmodel.PhaseStep:            "",
	refmodel.PhaseMoveUnreachable: "what nothing outside reaches",
	refmodel.PhaseSurvivors:       "the reachable ones move to the older|generation, if there is one",
	refmodel.PhaseFinalize:        "tp_finalize of %s has run",
	refmodel.PhaseResurrected:     "what came back is told apart by|doing all of it again",
	refmodel.PhaseClear:           "tp_clear of %s has run",
	refmodel.PhaseDone:            "gc.collect() returns %d",
}

func picture(s scene, frames []frame, result int) string {
	var b strings.Builder
	h := titleH + rowH*len(frames)
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">`+"\n",
		pictureWidth, h, pictureWidth, h)
	fmt.Fprintf(&b, "<title>%s</title>\n<style>%s</style>\n", s.title, style)
	fmt.Fprintf(&b, `<rect class="page" width="%d" height="%d" rx="8"/>`+"\n", pictureWidth, h)
	label(&b, pad+6, 34, "title", s.title)
	for i, f := range frames {
		y := titleH + rowH*i
		fmt.Fprintf(&b, `<line class="rule" x1="%d" y1="%d" x2="%d" y2="%d"/>`+"\n", pad, y, pictureWidth-pad, y)
		label(&b, pad+6, y+34, "phase", f.Phase.String())
		for n, line := range strings.Split(caption(f, result), "|") {
			label(&b, pad+6, y+58+18*n, "note", line)
		}
		f.draw(&b, captionW, y+12)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func caption(f frame, result int) string {
	text := captions[f.Phase]
	switch f.Phase {
	case refmodel.PhaseClear, refmodel.PhaseFinalize:
		return fmt.Sprintf(text, f.name)
	case refmodel.PhaseDone:
		return fmt.Sprintf(text, result)
	case refmodel.PhaseStep:
		for _, o := range f.objects() {
			if o.ID == f.Object && !o.Collecting {
				return f.name + " is referenced from outside:|it stays, and so does what it refers to"
			}
		}
		return f.name + " has gc_refs 0:|set aside, for now"
	}
	return text
}

func (f frame) objects() []refmodel.ObjectState {
	var all []refmodel.ObjectState
	for _, l := range f.Lists {
		all = append(all, l.Objects...)
	}
	return all
}

// draw shows the lists side by side, and arrows for references below them.
func (f frame) draw(b *strings.Builder, x, y int) {
	if len(f.Lists) == 0 {
		label(b, x, y+60, "note", "all lists are empty")
	}
	at := map[refmodel.ID]int{}
	for _, l := range f.Lists {
		w := 2*pad + len(l.Objects)*(boxW+gap) - gap
		class, _, _ := strings.Cut(l.List.String(), " ")
		fmt.Fprintf(b, `<rect class="l-%s" x="%d" y="%d" width="%d" height="%d" rx="8"/>`+"\n", class, x, y, w, rowH-24)
		label(b, x+pad, y+15, "small", l.List.String())
		for i, o := range l.Objects {
			bx := x + pad + i*(boxW+gap)
			at[o.ID] = bx + boxW/2
			f.box(b, o, bx, y+listLabelH)
		}
		x += w + gap
	}
	for _, r := range f.refs {
		from, ok1 := at[r[0]]
		to, ok2 := at[r[1]]
		if ok1 && ok2 {
			arrow(b, from, to, y+listLabelH+boxH)
		}
	}
}

func (f frame) box(b *strings.Builder, o refmodel.ObjectState, x, y int) {
	class := "box"
	if o.ID == f.Object {
		class += " at"
	}
	fmt.Fprintf(b, `<rect class="%s" x="%d" y="%d" width="%d" height="%d" rx="6"/>`+"\n", class, x, y, boxW, boxH)
	label(b, x+boxW/2, y+18, "name", o.Name)
	label(b, x+boxW/2, y+34, "num", fmt.Sprintf("count %d", o.Count))
	if o.Collecting {
		class = "num"
		if o.Refs == 0 {
			class += " zero"
		}
		label(b, x+boxW/2, y+50, class, fmt.Sprintf("gc_refs %d", o.Refs))
	}
}

// arrow is an arc below the boxes, deeper the further it goes; those to the left
// go deeper than those to the right, so that a pair can be told apart.
func arrow(b *strings.Builder, from, to, y int) {
	depth := 16 + abs(to-from)/16
	start, end := from+30, to-8
	switch {
	case to < from:
		start, end, depth = from-30, to+8, depth+10
	case to == from:
		start, end, depth = from+26, to-26, 24
	}
	fmt.Fprintf(b, `<path class="ref" d="M%d %d C%d %d %d %d %d %d"/>`, start, y, start, y+depth, end, y+depth, end, y+5)
	fmt.Fprintf(b, `<path class="tip" d="M%d %d l-4 8 h8 z"/>`+"\n", end, y)
}

func abs(n int) int { return max(n, -n) }

func label(b *strings.Builder, x, y int, class, text string) {
	fmt.Fprintf(b, `<text class="%s" x="%d" y="%d">%s</text>`+"\n", class, x, y, text)
}
