package rule

// A Class names the defect an event is. Every event has exactly one class and
// every class belongs to exactly one rule, so no defect is reported twice under
// different names.
type Class string

// Classes of events; the value is the name of the rule that claims it.
const (
	Leak              Class = "leak"
	LeakErrorPath     Class = "leak-error-path"
	LeakTemporary     Class = "leak-temporary"
	LeakOverwrite     Class = "leak-overwrite"
	InitLeak          Class = "init-leak"
	AddObject         Class = "addobject-unchecked"
	FormatOwnership   Class = "format-ownership"
	ReleaseBorrowed   Class = "release-borrowed"
	DoubleRelease     Class = "double-release"
	DecrefAfterSteal  Class = "decref-after-steal"
	UseAfterRelease   Class = "use-after-release"
	ReturnsBorrowed   Class = "return-borrowed"
	DanglingBuffer    Class = "dangling-buffer"
	APIWithoutGIL     Class = "api-without-gil"
	GILUnbalanced     Class = "gil-unbalanced"
	FTBorrowed        Class = "ft-borrowed"
	RefcntUnique      Class = "refcnt-unique"
	RemovedAPI        Class = "removed-api"
	LeakResource      Class = "leak-resource"
	StoresBorrowed    Class = "store-borrowed"
	StealsBorrowed    Class = "steal-borrowed"
	ReleasesThenSets  Class = "release-then-set"
	ThinIceCall       Class = "thin-ice-call"
	ThinIceGIL        Class = "thin-ice-gil"
	ThinIceIter       Class = "thin-ice-iter"
	WritesRefcnt      Class = "refcnt-write"
	IgnoresNothing    Class = "unused-ignore"
	UnclearComment    Class = "bad-comment"
	FalseAnnotation   Class = "false-annotation"
	UnclassifiedEvent Class = ""
)

// stealsOnSuccess are the API functions that take over an argument only when
// they succeed. People rely on the success and forget the other half.
var stealsOnSuccess = map[string]bool{"PyModule_AddObject": true}

// StealsOnSuccess reports whether the named API function takes over its object
// only when it succeeds.
func StealsOnSuccess(name string) bool { return stealsOnSuccess[name] }

// Class says which defect the event is.
func (e *Event) Class() Class {
	switch e.Kind {
	case Lost:
		return e.lostClass()
	case ReleaseUnowned:
		switch e.How {
		case Released:
			return DoubleRelease
		case GivenAway:
			return DecrefAfterSteal
		}
		return ReleaseBorrowed
	case UseReleased:
		return UseAfterRelease
	case WithoutGIL:
		return APIWithoutGIL
	case GILLeft:
		return GILUnbalanced
	case Racy:
		return FTBorrowed
	case UniqueByCount:
		return RefcntUnique
	case OldAPI:
		return RemovedAPI
	case ResourceLost:
		return LeakResource
	case Dangles:
		return DanglingBuffer
	case ReturnBorrowed:
		return ReturnsBorrowed
	case StoreBorrowed:
		return StoresBorrowed
	case StealBorrowed:
		if e.Format == 'N' {
			return FormatOwnership
		}
		return StealsBorrowed
	case ReleaseThenSet:
		return ReleasesThenSets
	case ThinIce:
		switch {
		case e.How == ByThreads:
			return ThinIceGIL
		case e.Loop || e.How == StaleSize:
			return ThinIceIter
		}
		return ThinIceCall
	case RefcntWrite:
		return WritesRefcnt
	case Unchecked:
		return AddObject
	case UnusedComment:
		return IgnoresNothing
	case WrongAnnotation:
		return FalseAnnotation
	case BadComment:
		return UnclearComment
	}
	return UnclassifiedEvent
}

// lostClass tells the leaks apart. The order matters: how a reference is lost
// says more about the remedy than where.
func (e *Event) lostClass() Class {
	switch {
	case e.addObjectFailed():
		return AddObject
	case e.How == Temporary && e.Format != 0:
		return FormatOwnership
	case e.How == Temporary:
		return LeakTemporary
	case e.How == Overwritten:
		return LeakOverwrite
	case e.How == Dropped:
		return Leak
	case e.ErrorPath && e.Role == ModuleInit:
		return InitLeak
	case e.ErrorPath:
		return LeakErrorPath
	}
	return Leak
}

// addObjectFailed reports whether the reference is lost because a function that
// takes it over only on success has failed. The module itself is what such a
// call adds to, not what it takes.
func (e *Event) addObjectFailed() bool {
	switch {
	case e.Object.Module, e.How == Overwritten:
		return false
	case e.How == Dropped: // a temporary, written into the call that failed
		return stealsOnSuccess[e.FailedCall] && e.FailedAt.Contains(e.At.Line)
	}
	return stealsOnSuccess[e.Call] || e.FailedTook && stealsOnSuccess[e.FailedCall]
}
