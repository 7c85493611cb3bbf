package refmodel_test

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/refcheck/refcheck/cmodel/refmodel"
)

// Programs as text: one operation a line, its name and its operands. "self" is
// the object that an action is called for, "-" is no object. A type of instances
// is written as what is special about it: "static", or "heap" and what a type
// without defects has and this one lacks ("-visit0") or the other way round
// ("+finalize").
//
//	thresholds 700 10 10
//	action
//	  setfield self 0 -
//	program
//	new instance static+finalize 0
//	collect 2

var opNames = [numOps]string{
	"new", "incref", "decref", "append", "listset", "tupleset", "dictset", "remove", "add", "setfield",
	"clear", "item", "getfield", "dictget", "modadd", "setcontext", "deref", "collect", "count", "eval",
	"emptygarbage", "noneincref", "nonedecref",
}

// operandCount of each operation but new.
var operandCount = [numOps]int{
	opIncref: 1, opDecref: 1, opAppend: 2, opListSet: 3, opTupleSet: 3, opDictSet: 3, opRemove: 2, opAdd: 2,
	opSetField: 3, opClear: 1, opItem: 2, opGetField: 2, opDictGet: 2, opModAdd: 3, opSetContext: 2, opDeref: 1,
	opCollect: 1,
}

var shapeBits = []struct {
	bit  shape
	name string
}{
	{hasGC, "gc"}, {hasClear, "clear"}, {visitsType, "visittype"}, {releasesType, "releasetype"},
	{hasWeakrefs, "weakrefs"}, {hasFinalize, "finalize"}, {hasDel, "del"},
	{visits, "visit0"}, {visits << 1, "visit1"}, {visits << 2, "visit2"},
	{clears, "clear0"}, {clears << 1, "clear1"}, {clears << 2, "clear2"},
	{releases, "release0"}, {releases << 1, "release1"}, {releases << 2, "release2"},
}

func (s shape) String() string {
	text := "static"
	if s&isHeap != 0 {
		text = "heap"
	}
	for _, b := range shapeBits {
		if s&b.bit != goodShape&b.bit {
			text += map[bool]string{true: "+", false: "-"}[s&b.bit != 0] + b.name
		}
	}
	return text
}

func parseShape(text string) (shape, error) {
	s := goodShape
	at := strings.IndexAny(text+"+", "+-")
	switch text[:at] {
	case "heap":
		s |= isHeap
	case "static":
	default:
		return 0, fmt.Errorf("type %q", text)
	}
	for text = text[at:]; text != ""; text = text[at:] {
		at = 1 + strings.IndexAny(text[1:]+"+", "+-")
		bit := shape(0)
		for _, b := range shapeBits {
			if b.name == text[1:at] {
				bit = b.bit
			}
		}
		if bit == 0 {
			return 0, fmt.Errorf("property %q", text[:at])
		}
		s ^= bit
	}
	return s, nil
}

// operands returns those operands that are objects.
func (o *op) operands() []*int {
	switch o.code {
	case opNew:
		switch refmodel.Kind(o.a) {
		case refmodel.Weakref:
			return []*int{&o.b, &o.c}
		case refmodel.Exception:
			return []*int{&o.b}
		}
		return nil
	case opCollect:
		return nil
	case opListSet, opTupleSet, opSetField, opModAdd:
		return []*int{&o.a, &o.c}
	case opItem, opGetField:
		return []*int{&o.a}
	}
	return []*int{&o.a, &o.b, &o.c}[:operandCount[o.code]]
}

func word(n int) string {
	switch n {
	case none:
		return "-"
	case self:
		return "self"
	}
	return strconv.Itoa(n)
}

func (o op) String() string {
	if o.code != opNew {
		text := opNames[o.code]
		for _, n := range []int{o.a, o.b, o.c}[:operandCount[o.code]] {
			text += " " + word(n)
		}
		return text
	}
	kind := refmodel.Kind(o.a)
	text := "new " + kind.String()
	switch kind {
	case refmodel.Instance:
		text += " " + shape(o.b).String() + " " + word(o.c)
	case refmodel.Weakref:
		text += " " + word(o.b) + " " + word(o.c)
	case refmodel.Capsule:
		text += " " + word(o.c)
	case refmodel.Tuple, refmodel.Int, refmodel.Str, refmodel.Bytes, refmodel.Exception:
		text += " " + word(o.b)
	}
	return text
}

func (p *program) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "thresholds %d %d %d\n", p.thresholds[0], p.thresholds[1], p.thresholds[2])
	if p.many {
		b.WriteString("manyelements\n")
	}
	for _, ops := range p.actions {
		b.WriteString("action\n")
		for _, o := range ops {
			fmt.Fprintf(&b, "  %s\n", o)
		}
	}
	b.WriteString("program\n")
	for _, o := range p.ops {
		fmt.Fprintf(&b, "%s\n", o)
	}
	return b.String()
}

// opText returns an operation as text, also the two lines after the last.
func (p *program) opText(i int) string {
	if i < len(p.ops) {
		return p.ops[i].String()
	}
	return "the end"
}

func parseProgram(text string) (*program, error) {
	p := &program{}
	ops := &p.ops
	for n, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		var err error
		switch words[0] {
		case "thresholds":
			_, err = fmt.Sscan(strings.Join(words[1:], " "), &p.thresholds[0], &p.thresholds[1], &p.thresholds[2])
		case "manyelements":
			p.many = true
		case "action":
			p.actions = append(p.actions, nil)
			ops = &p.actions[len(p.actions)-1]
		case "program":
			ops = &p.ops
		default:
			var o op
			o, err = parseOp(words)
			*ops = append(*ops, o)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %v", n+1, err)
		}
	}
	return p, nil
}

func parseOp(words []string) (op, error) {
	o := op{code: -1, c: none}
	for i, name := range opNames {
		if name == words[0] {
			o.code = i
		}
	}
	if o.code < 0 {
		return o, fmt.Errorf("operation %q", words[0])
	}
	args := []*int{&o.a, &o.b, &o.c}[:operandCount[o.code]]
	words = words[1:]
	if o.code == opNew {
		kind := refmodel.Kind(0)
		for kind.String() != words[0] {
			if kind++; kind > refmodel.Exception {
				return o, fmt.Errorf("kind %q", words[0])
			}
		}
		o.a, words = int(kind), words[1:]
		switch kind {
		case refmodel.Instance:
			s, err := parseShape(words[0])
			if err != nil {
				return o, err
			}
			o.b, words, args = int(s), words[1:], []*int{&o.c}
		case refmodel.Weakref:
			args = []*int{&o.b, &o.c}
		case refmodel.Capsule:
			args = []*int{&o.c}
		case refmodel.Tuple, refmodel.Int, refmodel.Str, refmodel.Bytes, refmodel.Exception:
			args = []*int{&o.b}
		}
	}
	if len(words) != len(args) {
		return o, fmt.Errorf("%d operands, want %d", len(words), len(args))
	}
	for i, w := range words {
		var err error
		switch w {
		case "-":
			*args[i] = none
		case "self":
			*args[i] = self
		default:
			*args[i], err = strconv.Atoi(w)
		}
		if err != nil {
			return o, err
		}
	}
	return o, nil
}
