# Runs every case of the generated extension, in child processes, and prints one
# JSON object per case. A case that crashes ends its child; the next one starts
# after it.
import datetime, gc, json, mmap, os, signal, sys

sys.setdlopenflags(os.RTLD_LAZY)
import probe

CASES = json.loads(sys.stdin.read())  # [name, alone, allocation failures to try]
RESULTS = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # for what the functions print
progress = mmap.mmap(-1, 16)


class Empty:
    "Has no methods of its own."


class Bad:
    "Raises ValueError whatever is asked of it."

    def _bad(self, *args):
        probe.ran()
        raise ValueError("of the probe")

    for _name in """call len getitem setitem delitem contains iter next bool int float complex index
        add radd sub mul truediv floordiv mod divmod pow lshift rshift and or xor matmul neg pos abs
        invert iadd isub imul itruediv ifloordiv imod ipow ilshift irshift iand ior ixor imatmul
        eq ne lt le gt ge hash repr str bytes format dir fspath getattr setattr delattr
        length_hint instancecheck subclasscheck enter exit await aiter anext reversed sizeof""".split():
        locals()["__%s__" % _name] = _bad
    fileno = write = readline = _bad


class Kept:
    attr = [1]


class Modular:
    __module__ = ["module"]


class Matrix:
    def __matmul__(self, other):
        return [self]
    __imatmul__ = __matmul__


class Holder:
    "An object with one attribute, one item and one method."

    def __init__(self, value):
        self.attr = value

    def __getitem__(self, key):
        if key == "key":
            return self.attr
        raise KeyError(key)

    def method(self, *args, **kwargs):
        return [self, args, kwargs]

    def fileno(self):
        return 2


class File:
    def __init__(self):
        self.parts = []

    def write(self, text):
        self.parts.append(text)

    def readline(self, size=-1):
        return "line of text\n"

    def flush(self):
        pass


def function(*args, **kwargs):
    return [args, kwargs]


def raises(*args, **kwargs):
    raise ValueError("of the probe")


def generator():
    yield [1]


def traceback():
    try:
        raise ValueError
    except ValueError as e:
        return e.__traceback__


def framed(value):
    return sys._getframe()


class Slotted:
    __slots__ = ()


tz = datetime.timezone(datetime.timedelta(0, 7200))
driver = sys.argv[0]


def frame():
    return sys._getframe()


EXTRA = {name: globals()[name] for name in dir() if name[0] != "_"}
sys.unraisablehook = lambda *args: None
probe.setup(dict(EXTRA, __builtins__=__builtins__), gc.get_referrers)


def measure(index):
    name, _, limit = CASES[index]
    out = {"case": index, "problems": []}

    def once(n=0, careful=1):
        signal.setitimer(signal.ITIMER_REAL, 20)
        failed, injected, immortal, ran, problems, left = probe.run(index, n, careful)
        signal.setitimer(signal.ITIMER_REAL, 0)
        when = "allocation %d fails: " % n if n else ""
        out["problems"] += [when + p for p in problems.splitlines()]
        return failed, injected, immortal, ran, left

    out["failed"], _, out["immortal"], out["ran"], left = once()
    for _ in "ab":
        before = left
        if not left or out["problems"]:
            break
        left = once()[-1]
        if left == before:
            break
    else:
        out["problems"].append("the count of a shared object changes with each call:%s,%s" % (before, left))
    out["denied"] = 0
    for n in range(1, limit + 1):
        if out["problems"]:
            break
        failed, injected, _, ran, _ = once(n, 0)
        if not injected:
            break
        out["denied"] += failed
        out["ran"] |= ran
    return out


def say(out):
    os.write(RESULTS, (json.dumps(out) + "\n").encode())


def child(start):
    for index in range(start, len(CASES)):
        progress[:8] = index.to_bytes(8, "little")
        say(measure(index))
        after = index + 1
        if CASES[index][1] or after < len(CASES) and CASES[after][1]:
            break
    progress[:8] = (index + 1).to_bytes(8, "little")


start = 0
while start < len(CASES):
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        try:
            child(start)
        except BaseException:
            import traceback
            traceback.print_exc()
            os._exit(3)
        os._exit(0)
    status = os.waitpid(pid, 0)[1]
    start = int.from_bytes(progress[:8], "little")
    if status:
        how = "signal %d" % os.WTERMSIG(status) if os.WIFSIGNALED(status) else "exit status %d" % os.WEXITSTATUS(status)
        say({"case": start, "problems": ["crashes: " + how]})
        start += 1
