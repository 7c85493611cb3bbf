package cpython_test

import (
	"path/filepath"
	"testing"

	"github.com/refcheck/refcheck/internal/cpython"
)

// exercise uses every function of the demo extension, on good and bad input,
// and checks that it neither keeps references nor loses any: the counts of the
// objects it was given stay put, and the number of allocated blocks does not
// grow with the number of rounds.
const exercise = `
import gc, sys
import spool

class Job:
    def __init__(self, title): self.title = title
    def __str__(self): return self.title

class Angry:
    def __str__(self): raise ValueError("no")
    __repr__ = __str__

def raises(kind, f, *args):
    try:
        f(*args)
    except kind:
        return
    raise AssertionError("%s not raised" % kind)

name, owner, job, option = "na" + "me%d" % 0, object(), Job("report"), 10 ** 9 + 7
objects = [name, owner, job, option, spool.Error, spool.Spool]

def ticket():
    assert spool.parse("title=Report; copies=2; duplex") == {"title": "Report", "copies": 2, "duplex": True}
    assert spool.parse_many(["a=1", "b"]) == [{"a": 1}, {"b": True}]
    raises(TypeError, spool.parse, 3)
    raises(TypeError, spool.parse_many, ["a=1", 3])
    raises(TypeError, spool.parse_many, 3)
    raises(ZeroDivisionError, spool.parse_many, (1 // 0 for _ in "x"))

def queue():
    s = spool.Spool(name, owner=owner, limit=3)
    raises(spool.Error, s.peek)
    raises(spool.Error, s.take)
    s.submit("low"); s.submit(job, 5); s.submit("mid", 3)
    raises(spool.Error, s.submit, "one too many")
    raises(TypeError, s.submit)
    assert len(s) == 3 and s.peek() is job
    assert list(s) == ["low", job, "mid"] and s.titles() == ["low", "report", "mid"]
    assert s.stats() == {"pending": 3, "limit": 3}
    assert s.summary()[:2] == (name, 3) and len(s.summary()[2]) == 3
    assert s.label() == "spool 'name0' (up to 3 jobs)" and spool.Spool("x").label() == "spool 'x'"
    assert repr(s).startswith("<Spool 'name0' of <object object")
    assert [s.take() for _ in range(3)] == [job, "mid", "low"]
    it = iter(s); s.submit(job); assert next(it) is job
    raises(StopIteration, next, it); raises(StopIteration, next, it)

def settings():
    s = spool.Spool(name)
    assert s.owner is None
    s.owner = owner
    assert s.owner is owner
    raises(AttributeError, delattr, s, "owner")
    s.configure({"limit": option}); s.configure({})
    assert s.stats()["limit"] == option
    raises(TypeError, s.configure, 3)
    raises(TypeError, s.configure, {"limit": "x"})
    s.__init__(name, job); s.__init__(name)
    raises(TypeError, s.__init__, 3)

def failures():
    s = spool.Spool(name, owner=Angry())
    raises(ValueError, repr, s)
    s.submit(Angry())
    raises(ValueError, s.titles)

def cycles():
    s = spool.Spool(name)
    s.owner = s
    s.submit(s); s.submit(iter(s))

class Sub(spool.Spool):
    pass

def subclass():
    s = Sub(name, owner)
    s.extra = s

def measure(rounds):
    for _ in range(rounds):
        for f in ticket, queue, settings, failures, cycles, subclass:
            f()
    gc.collect()
    return [sys.getrefcount(x) for x in objects], sys.getallocatedblocks()

measure(20)
counts, blocks = measure(20)
counts2, blocks2 = measure(200)
assert counts == counts2, (counts, counts2)
assert blocks2 - blocks < 100, (blocks, blocks2)
print("balanced")
`

func sources(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", "testdata", dir, "*.c"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no sources in %s: %v", dir, err)
	}
	return files
}

// TestDemo: the demo compiles without a warning; its defects are not the kind a
// compiler sees.
func TestDemo(t *testing.T) {
	cpython.Each(t, func(t *testing.T, py *cpython.Python) {
		py.Build(t, "spool", sources(t, "demo")...)
	})
}

// TestDemoFixed: the corrected twin has no defect that running it would show.
func TestDemoFixed(t *testing.T) {
	cpython.Each(t, func(t *testing.T, py *cpython.Python) {
		dir := py.Build(t, "spool", sources(t, "demo_fixed")...)
		if out := py.Run(t, dir, exercise); out != "balanced\n" {
			t.Errorf("got %q", out)
		}
	})
}
