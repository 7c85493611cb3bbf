package cfront

import (
	"modernc.org/cc/v4"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// An initNode is an initializer with every value at its place: designators
// followed, left-out braces restored.
type initNode struct {
	field string
	index int
	typ   *ir.Type
	elems []*initNode
	list  bool              // a brace list, or what stands for one
	expr  cc.ExpressionNode // otherwise
	first cc.Token          // opening brace of a list
	last  cc.Token
}

// maxInits bounds the nodes of one initializer; long tables of numbers are cut.
const (
	maxInits   = 20000
	maxNumbers = 64
)

// An initReader places the items of brace lists.
type initReader struct {
	ty    *typer
	sc    *scope
	count int
}

// initTree arranges the initializer of a variable of type t.
func (ty *typer) initTree(t *ir.Type, x *cc.Initializer, sc *scope) *initNode {
	r := &initReader{ty: ty, sc: sc}
	return r.node(t, x)
}

// node arranges one initializer.
func (r *initReader) node(t *ir.Type, x *cc.Initializer) *initNode {
	r.count++
	n := &initNode{typ: t}
	if x == nil {
		return n
	}
	if x.Case == cc.InitializerExpr {
		n.expr = x.AssignmentExpression
		return n
	}
	n.first, n.last, n.list = x.Token, x.Token3, true
	if scalar(t) { // {0} around a scalar
		if l := x.InitializerList; l != nil && l.InitializerList == nil && l.Designation == nil {
			return r.node(t, l.Initializer)
		}
	}
	c := &initCursor{x.InitializerList}
	r.fill(n, c, true)
	return n
}

func scalar(t *ir.Type) bool {
	switch t.Kind {
	case ir.Int, ir.Float, ir.Pointer:
		return true
	}
	return false
}

// An initCursor walks a brace list. Aggregates without braces of their own
// share the cursor of the list they are in.
type initCursor struct{ l *cc.InitializerList }

// fill reads elements of n from c: all of them for a braced list, else as many
// as the type of n has room for.
func (r *initReader) fill(n *initNode, c *initCursor, braced bool) {
	in := r.ty.info(n.typ)
	if in != nil && in.st == nil {
		in = nil
	}
	limit := r.room(n.typ, in)
	for next := 0; c.l != nil && r.count < maxInits; next++ {
		d := c.l.Designation
		if !braced && (d != nil || limit >= 0 && next >= limit) {
			return
		}
		if d != nil && d.DesignatorList != nil {
			next = r.designated(n, in, c, next)
			continue
		}
		e := r.child(n, in, next)
		r.item(e, c)
		r.add(n, e)
	}
}

// room is the number of elements of a type, -1 if unknown or unlimited.
func (r *initReader) room(t *ir.Type, in *structInfo) int {
	if in != nil {
		if in.st.Union {
			return min(1, len(in.fields))
		}
		return len(in.fields)
	}
	if n, ok := r.ty.lens[t]; ok {
		return int(n)
	}
	return -1
}

// child makes the node of element i.
func (r *initReader) child(n *initNode, in *structInfo, i int) *initNode {
	e := &initNode{index: i, typ: unknownType}
	switch {
	case in != nil && i < len(in.fields):
		e.field, e.typ = in.fields[i].name, in.fields[i].typ
	case in == nil && n.typ.Kind == ir.Array:
		e.typ = elem(n.typ)
	}
	return e
}

// item reads the value of e, which may be an aggregate without braces.
func (r *initReader) item(e *initNode, c *initCursor) {
	x := c.l.Initializer
	if x != nil && x.Case == cc.InitializerExpr && r.elided(e.typ, x.AssignmentExpression) {
		e.list = true
		r.fill(e, c, false)
		return
	}
	c.l = c.l.InitializerList
	r.set(e, x)
}

// set gives e the value x.
func (r *initReader) set(e *initNode, x *cc.Initializer) {
	v := r.node(e.typ, x)
	v.field, v.index = e.field, e.index
	*e = *v
}

// elided reports whether an expression initializes the first member of an
// aggregate of type t rather than the whole.
func (r *initReader) elided(t *ir.Type, x cc.ExpressionNode) bool {
	switch t.Kind {
	case ir.Array:
		p, ok := unwrap(x).(*cc.PrimaryExpression)
		isString := ok && (p.Case == cc.PrimaryExpressionString || p.Case == cc.PrimaryExpressionLString)
		return !(isString && elem(t).Kind == ir.Int)
	case ir.StructType:
		in := r.ty.info(t)
		if in == nil || in.st == nil || len(in.fields) == 0 {
			return false
		}
		k := r.ty.typeOf(x, r.sc).Kind
		return k != ir.StructType
	}
	return false
}

// designated reads an item with a designation and returns its index.
func (r *initReader) designated(n *initNode, in *structInfo, c *initCursor, next int) int {
	item := c.l
	c.l = item.InitializerList
	d := item.Designation.DesignatorList
	first := next
	e := n
	for ; d != nil; d = d.DesignatorList {
		if d.Designator == nil {
			continue
		}
		i, name := r.designator(in, d.Designator, next)
		if e == n {
			first = i
		}
		e = r.descend(e, in, i, name)
		in = r.ty.info(e.typ)
		if in != nil && in.st == nil {
			in = nil
		}
	}
	r.set(e, item.Initializer)
	return first
}

// designator resolves one designator to an index and a field name.
func (r *initReader) designator(in *structInfo, d *cc.Designator, next int) (int, string) {
	switch d.Case {
	case cc.DesignatorIndex, cc.DesignatorIndex2:
		if i, ok := r.ty.constant(d.ConstantExpression, r.sc); ok {
			return int(i), ""
		}
		return next, ""
	}
	tok := d.Token2
	if d.Case == cc.DesignatorField2 {
		tok = d.Token
	}
	name := tok.SrcStr()
	if in == nil {
		return next, name
	}
	for i, f := range in.fields {
		if f.name == name || f.name == "" && r.ty.hasMember(f.typ, name) {
			return i, name
		}
	}
	return next, name
}

// hasMember reports whether the struct t has a member of that name.
func (ty *typer) hasMember(t *ir.Type, name string) bool {
	in := ty.info(t)
	if in == nil || in.st == nil {
		return false
	}
	for _, f := range in.st.Fields {
		if f.Name == name {
			return true
		}
	}
	return false
}

// descend returns the element of n at a designator, making it if needed.
func (r *initReader) descend(n *initNode, in *structInfo, i int, name string) *initNode {
	for _, e := range n.elems {
		if name != "" && e.field == name || name == "" && e.index == i {
			return e
		}
	}
	e := r.child(n, in, i)
	if name != "" {
		if e.field != name {
			e.typ = r.ty.member(n.typ, []byte(name))
		}
		e.field = name
	}
	n.list = true
	n.elems = append(n.elems, e)
	return e
}

// add appends e to n, unless it is one more number of a long table.
func (r *initReader) add(n, e *initNode) {
	if e.index >= maxNumbers && n.typ.Kind == ir.Array && !e.list && (e.typ.Kind == ir.Int || e.typ.Kind == ir.Float) {
		return
	}
	n.elems = append(n.elems, e)
}

// initializerEnd is the last token of an initializer.
func initializerEnd(x *cc.Initializer) cc.Token {
	if x.Case == cc.InitializerInitList {
		return x.Token3
	}
	return lastToken(x.AssignmentExpression)
}
