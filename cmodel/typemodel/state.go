package typemodel

import (
	"slices"

	"github.com/refcheck/refcheck/cmodel/source"
)

// State is what has happened to the instance when the function gets to some place.
type State struct {
	Untracked bool // on some path: who untracks on a condition has a reason
	Saved     bool // the exception was put aside, on every path
	Finalizes bool // inside the finalizer, for which the instance is alive again
	Freed     bool // on some path
	Tracked   bool // on some path
	Typed     bool // its type was put aside, on every path
	Trash     bool // inside Py_TRASHCAN, on every path
	Ended     bool // after it, on some path
	// Touched holds the fields that were read, assigned or released on some path.
	Touched []Path
	// Visited holds the visits made on some path.
	Visited []visited
}

// visited is a visit, and where the slot function makes it.
type visited struct {
	path Path
	top  source.Pos
}

// Again reports whether a visits what another part of the function has visited.
func (a *Action) Again() bool {
	return slices.ContainsFunc(a.Before.Visited, func(v visited) bool { return v.path == a.Path && v.top != a.Top.Pos })
}

func (s State) join(t State) State {
	for _, p := range t.Touched {
		s = s.touch(p)
	}
	for _, v := range t.Visited {
		s = s.visit(v)
	}
	return State{Untracked: s.Untracked || t.Untracked, Saved: s.Saved && t.Saved, Finalizes: s.Finalizes, Freed: s.Freed || t.Freed,
		Tracked: s.Tracked || t.Tracked, Typed: s.Typed && t.Typed, Trash: s.Trash && t.Trash, Ended: s.Ended || t.Ended, Touched: s.Touched, Visited: s.Visited}
}

func (s State) equal(t State) bool {
	return s.Untracked == t.Untracked && s.Saved == t.Saved && s.Freed == t.Freed && s.Tracked == t.Tracked &&
		s.Typed == t.Typed && s.Trash == t.Trash && s.Ended == t.Ended && len(s.Touched) == len(t.Touched) && len(s.Visited) == len(t.Visited)
}

func (s State) touch(p Path) State {
	if !slices.Contains(s.Touched, p) {
		s.Touched = append(slices.Clone(s.Touched), p)
	}
	return s
}

func (s State) visit(v visited) State {
	if !slices.Contains(s.Visited, v) {
		s.Visited = append(slices.Clone(s.Visited), v)
	}
	return s
}

// after is the state after an action.
func (s State) after(a *Action) State {
	switch a.Kind {
	case Untrack:
		s.Untracked = true
	case Track:
		s.Untracked, s.Tracked = false, true
	case SaveError:
		s.Saved = true
	case RestoreError:
		s.Saved = false
	case FreeSelf:
		s.Freed = true
	case ReadType, TakeType:
		s.Typed = true
	case BeginTrashcan:
		s.Trash = true
	case EndTrashcan:
		s.Trash, s.Ended = false, true
	case Read, Release, Store:
		s = s.touch(a.Path)
	case Visit:
		s = s.visit(visited{a.Path, a.Top.Pos})
	}
	return s
}
