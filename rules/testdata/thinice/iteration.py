"""Attacks on the fixtures of thin-ice-iter."""

from calls import Grim, Item, Killer, call
from run import attack, strike


@attack("walk", "each_pair")
def _(m, name):
    d = {1: Item()}

    def visit(arg):
        strike()
        d.clear()

    call(getattr(m, name), d, visit)


@attack("walk", "by_name")
def _(m, name):
    d = {}
    d[Killer(d.clear, {"str"}, "name")] = Item()
    call(getattr(m, name), d)


class Index:
    """A number that does something when it is asked for."""

    def __init__(self, action, number=None):
        self.action = action
        self.number = number

    def __index__(self):
        strike()
        self.action()
        if self.number is None:
            raise TypeError("no number")
        return self.number

    __len__ = __int__ = __index__

    def __float__(self):
        return float(self.__index__())


@attack("walk", "total")
def _(m, name):
    d = {}
    d[Item()] = Index(d.clear)
    call(getattr(m, name), d)


class Key:
    """A key whose comparison does something."""

    action = None

    def __hash__(self):
        return 7

    def __eq__(self, other):
        if Key.action is not None:
            strike()
            Key.action()
        return False


@attack("walk", "missing")
def _(m, name):
    d, other = {Key(): 1}, {Key(): 1}
    Key.action = d.clear
    call(getattr(m, name), d, other)


@attack("walk", "equal")
def _(m, name):
    d = {}
    d["key"] = Grim(d.clear)
    call(getattr(m, name), d, {"key": Item()})


@attack("walk", "apply")
def _(m, name):
    d = {Key(): 1}

    class Target:
        def __setitem__(self, key, value):
            strike()
            d.clear()

    call(getattr(m, name), Target(), d)


def shrinking():
    items = []
    items.extend([Index(items.clear, 1), Index(items.clear, 1)])
    return items


@attack("sequence", "mean", shows="null")  # list.clear leaves no array
@attack("sequence", "header", shows="null")
@attack("sequence", "shortest")
def _(m, name):
    call(getattr(m, name), shrinking())


@attack("items", "checked")
def _(m, name):
    items = []
    items.append(Index(items.clear, 256))
    call(getattr(m, name), items)


@attack("sequence", "names", shows="null")
def _(m, name):
    items = []
    items.extend([Killer(items.clear, {"str"}, "name"), 1])
    call(getattr(m, name), items)


@attack("items", "environment")
def _(m, name):
    values = [Item()]

    class Path:
        def __fspath__(self):
            strike()
            values.clear()
            return "path"

    call(getattr(m, name), [Path()], values)


@attack("sequence", "encode", shows="null")
def _(m, name):
    items = [1, 2]

    def convert(obj):
        strike()
        items.clear()
        return str(obj)

    call(getattr(m, name), items, convert)


class Mapping:
    """What the C API takes as it comes: lists that somebody else has as well."""

    def __init__(self, items):
        self.all = items

    def items(self):
        return self.all

    keys = values = items


@attack("mapping", "flatten")
def _(m, name):
    items = []
    items.append((Killer(items.clear, {"str"}, "text"), Item()))
    call(getattr(m, name), Mapping(items))


@attack("mapping", "add_values", shows="null")
def _(m, name):
    items = []
    items.extend([Killer(items.clear, {"radd"}, 1), 2])
    call(getattr(m, name), Mapping(items))


@attack("mapping", "fill", shows="null")
def _(m, name):
    items = [1, 2, 3]

    def values():
        strike()
        items.clear()
        yield 1

    call(getattr(m, name), items, values())


@attack("mapping", "run_callbacks", shows="null")
def _(m, name):
    def callback(arg):
        strike()
        m.callbacks.clear()

    m.callbacks = [callback, callback]
    call(getattr(m, name), 1)
