"""Attacks on the fixtures of dangling-buffer."""

from calls import Killer, call
from iteration import Index
from run import attack, strike


@attack("resize", "find_byte")
def _(m, name):
    array = bytearray(b"0123456789")
    call(getattr(m, name), array, Index(array.clear, 300))


@attack("resize", "set_byte")
def _(m, name):
    array = bytearray(b"0123456789")
    call(getattr(m, name), array, 1, Index(array.clear, 1))


@attack("resize", "prefix")
def _(m, name):
    array = bytearray(b"0123456789")
    call(getattr(m, name), array, Killer(array.clear, {"repr"}, "text"))


@attack("resize", "join")
def _(m, name):
    array = bytearray(b"0123456789")

    def parts():
        strike()
        array.clear()
        yield b"part"

    call(getattr(m, name), array, parts())


@attack("resize", "append_copy")
def _(m, name):
    strike()
    call(getattr(m, name), bytearray(b"0123456789"))


@attack("memory", "Store_item")
def _(m, name):
    store = m.Store()
    call(getattr(store, name[6:]), Index(store.close, 1))


class Truth:
    def __init__(self, action):
        self.action = action

    def __bool__(self):
        strike()
        self.action()
        return True

    def __bytes__(self):
        return b"bytes" if self.__bool__() else b""

    def write(self, data):
        return self.__bool__()


@attack("memory", "Store_put", shows="null")
def _(m, name):
    store = m.Store()
    call(getattr(store, name[6:]), 1, Truth(store.close))


@attack("memory", "Store_dump")
@attack("memory", "Store_load")
def _(m, name):
    store = m.Store()
    call(getattr(store, name[6:]), Truth(store.close))


@attack("memory", "Store_pack")
def _(m, name):
    store = m.Store()
    call(getattr(store, name[6:]), Truth(store.close), 1)


class Text:
    """Its texts are new objects each time."""

    def __fspath__(self):
        strike()
        return "".join(["a", "path", "that", "nobody", "else", "has"])

    __repr__ = __fspath__

    name = property(__fspath__)


@attack("text", "open_path")
@attack("text", "describe")
@attack("text", "greet")
def _(m, name):
    call(getattr(m, name), Text())


@attack("text", "set_prompt")
def _(m, name):
    getattr(m, name)(Text().__fspath__())
    m.get_prompt()


@attack("text", "last_word")
def _(m, name):
    strike()
    call(getattr(m, name), "one two three")


@attack("kept", "walk")
def _(m, name):
    cursor = getattr(m, name)(Text().__fspath__().encode())
    list(cursor)


@attack("helper", "byte")
def _(m, name):
    array = bytearray(b"0123456789")

    def clear():
        try:
            array.clear()
        except BufferError:  # somebody holds it
            pass

    call(getattr(m, name), array, Index(clear, 1))


@attack("helper", "numbered")
def _(m, name):
    array = bytearray(b"0#2#")

    class Number:
        def __str__(self):
            strike()
            try:
                array.clear()
            except BufferError:  # somebody holds it
                pass
            return "1"

    call(getattr(m, name), array, Number())


@attack("freed", "Bus_notify")
def _(m, name):
    bus = m.Bus()

    def watcher(arg):
        strike()
        bus.forget()

    bus.watch(watcher)
    call(getattr(bus, name[4:]), 1)
