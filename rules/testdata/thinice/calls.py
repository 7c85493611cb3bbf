"""Attacks on the fixtures of thin-ice-call."""

import gc
import sys

from run import attack, strike


class Item:
    """Something that must not be freed while it is used."""

    def __init__(self, name="item"):
        self.name = name

    def __eq__(self, other):
        return NotImplemented

    __lt__ = __le__ = __gt__ = __add__ = __radd__ = __eq__
    __hash__ = object.__hash__


class Grim(Item):
    """Does something when it is compared, and leaves the answer to the other."""

    def __init__(self, action):
        self.action = action

    def __eq__(self, other):
        strike()
        self.action()
        return NotImplemented

    __lt__ = __eq__
    __hash__ = object.__hash__


class Killer:
    """Runs an action, once, in whichever hook is reached first."""

    def __init__(self, action, hooks, result=NotImplemented):
        self.action = action
        self.hooks = hooks
        self.result = result

    def act(self):
        action, self.action = self.action, None
        if action is not None:
            strike()
            action()

    def hook(name, default):
        def method(self, *args):
            if name not in self.hooks:
                return default(self, *args)
            self.act()
            return self.result

        return method

    def nothing(self, *args):
        return NotImplemented

    __eq__ = hook("eq", nothing)
    __lt__ = hook("lt", nothing)
    __le__ = hook("le", nothing)
    __gt__ = hook("gt", nothing)
    __ge__ = hook("ge", nothing)
    __add__ = hook("add", nothing)
    __radd__ = hook("radd", nothing)
    __hash__ = hook("hash", object.__hash__)
    __repr__ = hook("repr", object.__repr__)
    __str__ = hook("str", object.__str__)

    def __del__(self):
        if "del" in self.hooks:
            self.act()


def call(f, *args):
    """The call may fail: the objects of an attack compare with nothing."""
    try:
        return f(*args)
    except (TypeError, ValueError, RuntimeError, LookupError):
        return None


# The example of the manual and its kin: __del__ of a replaced object.


@attack("manual", "replace_second")
def _(m, name):
    items = [Item()]
    items.append(Killer(lambda: items.__setitem__(0, None), {"del"}))
    call(getattr(m, name), items)


@attack("manual", "replace_same")
def _(m, name):
    strike()
    call(getattr(m, name), [Item()])


@attack("manual", "delete_slice")
def _(m, name):
    items = [Item()]
    items.append(Killer(items.clear, {"del"}))
    call(getattr(m, name), items)


class Limit:
    def __int__(self):
        return 3


@attack("manual", "replace_value")
def _(m, name):
    strike()
    call(getattr(m, name), {"limit": Limit()})


@attack("manual", "delete_other")
def _(m, name):
    d = {"name": Item()}
    d["cache"] = Killer(lambda: d.__delitem__("name"), {"del"})
    call(getattr(m, name), d)


@attack("manual", "clear_all")
def _(m, name):
    strike()
    call(getattr(m, name), {"last": Item()})


# Comparison and arithmetic.


@attack("compare", "contains")
@attack("compare", "count")
def _(m, name):
    items = []
    items.append(Grim(items.clear))
    call(getattr(m, name), items, Item())




@attack("compare", "order")
def _(m, name):
    left = []
    left.append(Grim(left.clear))
    call(getattr(m, name), left, [Item()])


@attack("compare", "smaller")
def _(m, name):
    heap = []
    heap.append(Grim(heap.clear))
    call(getattr(m, name), heap, Killer(None, {"gt"}, True))


@attack("compare", "largest")
def _(m, name):
    items = [Item()]
    items.append(Killer(items.clear, {"gt"}, NotImplemented))
    call(getattr(m, name), items)


@attack("compare", "add_to")
def _(m, name):
    items = []

    class Addend(Item):
        def __add__(self, other):
            strike()
            items.clear()
            return NotImplemented

    items.append(Addend())
    call(getattr(m, name), items, Killer(None, {"radd"}, 1))


@attack("compare", "same_value")
def _(m, name):
    d = {}
    d["value"] = Grim(d.clear)
    call(getattr(m, name), d, Item())


@attack("compare", "between")
def _(m, name):
    limits = [Item(), Item()]
    call(getattr(m, name), limits, Killer(limits.clear, {"ge"}, True))


# Fields of self.


@attack("field", "Stream_same_key")
def _(m, name):
    s = m.Stream()
    s.__init__(None, Grim(s.__init__))
    call(getattr(s, name[7:]), Item())


class Source:
    """An iterator that changes the stream that reads it."""

    def __iter__(self):
        return self

    def __next__(self):
        strike()
        self.action()
        if self.last:
            raise StopIteration
        return "line"

    last = True


@attack("field", "Stream_read")
def _(m, name):
    s = m.Stream(Source())
    Source.action = s.__init__
    call(getattr(s, name[7:]))


@attack("field", "Stream_next_line", shows="null")
def _(m, name):
    source = Source()
    source.last = False
    s = m.Stream(source)
    source.action = s.close
    call(getattr(s, name[7:]))


@attack("field", "Stream_fire")
def _(m, name):
    s = m.Stream(None, None, Item())

    class Loop:
        def __getattribute__(self, attribute):
            strike()
            s.__init__()
            return lambda handler: None

    call(getattr(s, name[7:]), Loop())


@attack("field", "Stream_describe")
def _(m, name):
    class Arg:
        def __repr__(self):
            strike()
            s.__init__()
            return "arg"

    s = m.Stream(Arg(), Arg(), Arg())
    call(getattr(s, name[7:]))


@attack("field", "Stream_tagged")
def _(m, name):
    s = m.Stream(None, Item())
    call(getattr(s, name[7:]), Killer(s.__init__, {"str"}, "text"))


@attack("field", "Stream_either")
def _(m, name):
    s = m.Stream(None, Item())
    call(getattr(s, name[7:]), Killer(s.__init__, {"eq"}), 1)


# Slots.


@attack("slots", "Bag_has")
def _(m, name):
    bag = m.Bag()
    bag.add(Grim(bag.empty))
    call(getattr(bag, name[4:]), Item())


@attack("slots", "Bag_fold")
def _(m, name):
    bag = m.Bag()

    class Addend(Item):
        def __add__(self, other):
            strike()
            bag.empty()
            return NotImplemented

    bag.add(Addend())
    call(getattr(bag, name[4:]), Killer(None, {"radd"}, 1))


@attack("slots", "Bag_measure")
def _(m, name):
    bag = m.Bag()

    class Measured:
        def measure(self):
            strike()
            bag.empty()
            return "no number"

    bag.add(Measured())
    call(getattr(bag, name[4:]))


# What was looked up.


class File:
    def __init__(self, action=lambda: None):
        self.action = action

    def write(self, text):
        return len(text)

    def fileno(self):
        strike()
        self.action()
        return 2

    def flush(self):
        pass


@attack("lookup", "write_all")
def _(m, name):
    sys.stdout = File()
    call(getattr(m, name), Killer(lambda: setattr(sys, "stdout", None), {"str"}, "text"))


@attack("lookup", "flush_number")
def _(m, name):
    keep, sys.stderr = sys.stderr, File(lambda: setattr(sys, "stderr", keep))
    call(getattr(m, name))


class Hook:
    def __call__(self, arg):
        return arg


@attack("lookup", "run_hook")
def _(m, name):
    m.hook = Hook()
    call(getattr(m, name), Killer(lambda: setattr(m, "hook", None), {"repr"}, "text"))


@attack("lookup", "cached")
def _(m, name):
    class Meta(type):
        @property
        def _cache(cls):
            strike()
            return Fresh()

    class Fresh:
        def __getitem__(self, key):
            return key

    class Zone(metaclass=Meta):
        pass

    call(getattr(m, name), Zone, 1)


@attack("lookup", "two_values")
def _(m, name):
    d = {"a": Item(), 7: Item()}

    class Seven:
        def __hash__(self):
            return hash(7)

        def __eq__(self, other):
            strike()
            d["a"] = None
            return True

    call(getattr(m, name), d, "a", Seven())


@attack("lookup", "call_referent")
def _(m, name):
    import weakref

    targets = [Hook()]
    call(getattr(m, name), weakref.ref(targets[0]), Killer(targets.clear, {"str"}, "text"))


@attack("lookup", "cell")
def _(m, name):
    value = Item()

    def forget():
        nonlocal value
        value = None

    cell = forget.__closure__[0]
    call(getattr(m, name), cell, Killer(forget, {"str"}, "text"))


# Arguments that the caller does not hold.


class Sized:
    """Leaves its list when it is asked for its size, and gives no number."""

    def __init__(self, action):
        self.action = action

    def size(self):
        strike()
        self.action()
        return "no number"

    __float__ = __str__ = size


@attack("caller", "first_size")
@attack("caller", "last_label")
def _(m, name):
    items = []
    items.append(Sized(items.clear))
    call(getattr(m, name), items)


@attack("caller", "value_float")
def _(m, name):
    d = {}
    d["value"] = Sized(d.clear)
    call(getattr(m, name), d)


# C memory of an object.


@attack("node", "Chain_find")
def _(m, name):
    chain = m.Chain()
    chain.add(Grim(chain.empty), 1)
    call(getattr(chain, name[6:]), Item())


@attack("node", "Chain_get")
def _(m, name):
    chain = m.Chain()
    chain.add(Item(), Item())
    call(getattr(chain, name[6:]), Killer(chain.empty, {"eq"}, True))


class HashOnce:
    def __init__(self, action):
        self.action = action

    def __hash__(self):
        strike()
        self.action()
        return 1


@attack("node", "Chain_as_dict")
def _(m, name):
    chain = m.Chain()
    chain.add(HashOnce(chain.empty), 1)
    call(getattr(chain, name[6:]))


@attack("handle", "Connection_execute")
def _(m, name):
    def on_row(row):
        strike()
        c.close()

    c = m.Connection(on_row)
    call(getattr(c, name[11:]))


@attack("handle", "Connection_execute_many", shows="null")
def _(m, name):
    def rows():
        strike()
        c.close()
        yield 1

    c = m.Connection(None)
    call(getattr(c, name[11:]), rows())


# A collection, started by an allocation. From 3.12 on it waits for the next bytecode.


@attack("sequence", "tail", shows="null", until=11)
@attack("collect", "pair_up", until=11)
def _(m, name):
    class Cycle:
        def __del__(self):
            strike()
            items.clear()

    items = [Item() for _ in range(3)]
    f = getattr(m, name)
    gc.disable()
    spent = [([], {}) for _ in range(200)]  # what is left on the free lists
    cycle = Cycle()
    cycle.self = cycle
    del cycle
    gc.set_threshold(1)
    gc.enable()
    f(items)
    spent.clear()


@attack("dying", "dealloc")
def _(m, name):
    kept = []

    def on_close(job):
        strike()
        kept.append(job)

    getattr(m, name)(on_close)
    assert type(kept.pop()) is getattr(m, name)


# Who can reach the owner.


@attack("reach", "position")
def _(m, name):
    items = [Item()]
    call(getattr(m, name), items, Grim(items.clear))


class Wrong(Item):
    """An item that is asked for a number, or a path, and gives none: the text of the
    error names its type."""

    def __init__(self, action):
        self.action = action

    def __index__(self):
        strike()
        self.action()
        return "no number"


    __fspath__ = lambda self: self.__index__() and 1


@attack("reach", "first")
def _(m, name):
    items = []
    items.append(Wrong(items.clear))
    call(getattr(m, name), items)


@attack("reach", "path")
def _(m, name):
    items = []
    items.append(Wrong(items.clear))
    call(getattr(m, name), items)


@attack("reach", "Registry_find")
def _(m, name):
    registry = m.Registry(Item())
    call(getattr(registry, name[9:]), Grim(lambda: registry.set(None)))


# Owners that let go without a release.


class Once:
    """Does something when it is first added to, or asked for an item."""

    action = None

    def act(self):
        action, self.action = self.action, None
        if action is not None:
            strike()
            try:
                action()
            except SystemError:  # __next__ may end without an exception, a method may not
                pass

    def __add__(self, other):
        self.act()
        return 1

    def __iter__(self):
        return self

    def __next__(self):
        self.act()
        raise StopIteration


@attack("moved", "Counter_next")
def _(m, name):
    counter = m.Counter(Once(), 1)
    method = getattr(counter, name[8:])
    own(counter, method)


# The slot is cleared twice, too.
@attack("moved", "Counter_part", mends=False)
def _(m, name):
    counter = m.Counter(0, 0, Once())
    method = getattr(counter, name[8:])
    own(counter, method)


def own(counter, method):
    """Has the only Once, which nothing but the counter owns, call the method again."""
    for x in gc.get_objects():
        if type(x) is Once and not x.__dict__:
            x.action = method
    x = None
    try:
        call(method)
    except SystemError:  # as in act
        pass


class Out:
    """A file that lets go of itself."""

    def write(self, text):
        strike()
        sys.stdout = sys.__stdout__


@attack("moved", "show")
def _(m, name):
    sys.stdout = Out()
    call(getattr(m, name), ("a", "b"))


# Fields that were looked at before.


@attack("stale", "Reader_next", shows="null")
def _(m, name):
    class Parts:
        left = 2

        def __iter__(self):
            return self

        def __next__(self):
            self.left -= 1
            if self.left == 1:
                strike()
                reader.next_bad()
                return 1
            raise StopIteration

    reader = m.Reader(Parts())
    call(getattr(reader, name[7:]))


@attack("stale", "Reader_put", shows="null")
def _(m, name):
    reader = m.Reader(())

    class Long:
        def __int__(self):
            strike()
            call(reader.next_bad)
            return 1

    call(getattr(reader, name[7:]), Long())
