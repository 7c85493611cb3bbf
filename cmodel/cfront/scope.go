package cfront

import (
	"modernc.org/cc/v4"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// symKind classifies what an identifier means.
type symKind uint8

const (
	symVar symKind = iota
	symFunc
	symType
	symEnum
)

// A symbol is the meaning of an ordinary identifier in one scope.
type symbol struct {
	kind     symKind
	typ      *ir.Type
	v        *ir.Var // locals, parameters and function-scope statics; nil for globals
	val      int64   // symEnum
	known    bool    // symEnum: val is known
	noreturn bool    // symFunc
	model    bool    // declared by the model headers, not by the user
}

// A scope maps names to symbols and tags to types; lookups go outwards.
type scope struct {
	parent *scope
	names  map[string]*symbol
	tags   map[string]*ir.Type

	body     *cc.CompoundStatement // whose scope it is, or nil
	cleanups []cleanup
}

func newScope(parent *scope) *scope { return &scope{parent: parent} }

func (s *scope) declare(name string, sym *symbol) {
	if name == "" {
		return
	}
	if s.names == nil {
		s.names = map[string]*symbol{}
	}
	s.names[name] = sym
}

// lookup finds name in s or around it. It takes the bytes of a token, which a
// map of strings can be asked for without copying them.
func (s *scope) lookup(name []byte) *symbol {
	for ; s != nil; s = s.parent {
		if sym := s.names[string(name)]; sym != nil {
			return sym
		}
	}
	return nil
}

func (s *scope) declareTag(name string, t *ir.Type) {
	if s.tags == nil {
		s.tags = map[string]*ir.Type{}
	}
	s.tags[name] = t
}

func (s *scope) lookupTag(name []byte) *ir.Type {
	for ; s != nil; s = s.parent {
		if t := s.tags[string(name)]; t != nil {
			return t
		}
	}
	return nil
}
