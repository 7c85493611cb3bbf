"""Attacks on the fixtures of thin-ice-gil, release-then-set and use-after-release."""

import os
import sys
import threading

from calls import Item, Killer, call
from run import attack, strike


def after_read(action):
    """The end of a pipe that can be read once another thread has acted.

    The thread acts when this one gives up the GIL by itself, not before: it waits
    for the gate without the GIL, and then for the GIL."""
    out, into = os.pipe()
    gate = threading.Lock()

    def act():
        gate.acquire()
        strike()
        action()
        os.write(into, b"x")

    gate.acquire()
    threading.Thread(target=act).start()
    sys.setswitchinterval(1000)  # seconds until a thread asks for the GIL
    gate.release()
    return out


@attack("window", "first_item")
@attack("window", "announced")
def _(m, name):
    items = [Item()]
    call(getattr(m, name), items, after_read(items.clear))


@attack("window", "option")
def _(m, name):
    d = {"option": Item()}
    call(getattr(m, name), d, after_read(d.clear))


@attack("window", "Channel_receive")
def _(m, name):
    channel = m.Channel(Item(), 0)
    action = lambda: channel.__init__(None, 0)
    channel.__init__(Item(), after_read(action))
    call(getattr(channel, name[8:]))


# The setter is called again by __del__ of what it replaces.


@attack("reenter", "Element_text")
def _(m, name):
    e = m.Element()
    attribute = name[8:]
    setattr(e, attribute, Killer(lambda: setattr(e, attribute, None), {"del"}))
    setattr(e, attribute, 1)


@attack("reenter", "Element_replace_tail")
def _(m, name):
    e = m.Element()
    replace = getattr(e, name[8:])
    replace(Killer(lambda: replace(None), {"del"}))
    replace(1)


@attack("reenter", "Element_reset")
def _(m, name):
    e = m.Element()
    reset = getattr(e, name[8:])
    e.text_ok = Killer(reset, {"del"})
    reset()


@attack("reenter", "Element_pop")
def _(m, name):
    e = m.Element()
    pop = getattr(e, name[8:])
    e.push(Killer(pop, {"del"}))
    pop()


@attack("reenter", "set_hook")
def _(m, name):
    set_hook = getattr(m, name)
    set_hook(Killer(lambda: set_hook(None), {"del"}))
    set_hook(1)


# Without any Python code in between.


@attack("owner", "first_base")
def _(m, name):
    class Base:
        __name__ = "base"

        def __init__(self):
            strike()

    class Class:
        @property
        def __bases__(self):
            return (Base(),)

    call(getattr(m, name), Class())


@attack("owner", "all_numbers")
def _(m, name):
    def one():
        strike()
        yield Item()

    call(getattr(m, name), one())


@attack("owner", "setting")
def _(m, name):
    class Settings:
        def settings(self):
            strike()
            return {"value": Item()}

    call(getattr(m, name), Settings())


class Text:
    def __repr__(self):
        strike()
        return "".join(["a", "text", "of", "its", "own"])


@attack("owner", "joined")
@attack("owner", "tagged")
def _(m, name):
    call(getattr(m, name), Text())
