"""Runs attacks: each in a process of its own, once on the defective function and
once on its corrected twin, with the allocator of fence.c. Prints one line of JSON per
run: module, function, what happened."""

import gc
import importlib
import importlib.machinery
import importlib.util
import json
import os
import signal
import sys

LIMIT = 20  # seconds that one run may take

SUITES = ["calls", "iteration", "buffers", "others"]  # modules with attacks

# Defects that no attack can show, and why.
UNSHOWN = {
    ("walk", "prune"): "what PyDict_Next finds after a deletion is undefined, but is memory of the dict",
    ("text", "checksum"): "wants an exporter that frees its memory when the buffer is released",
}

HAPPENED = {0: "survived", 77: "freed", 78: "null", 79: "other"}

_library = None  # path of the extension that holds the fixtures and fence
_attacks = []


def load(name):
    loader = importlib.machinery.ExtensionFileLoader(name, _library)
    spec = importlib.util.spec_from_file_location(name, _library, loader=loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def attack(module, stem, shows="freed", until=None, mends=True):
    """Registers an attack on the functions stem_bad and stem_ok of a fixture.

    It is called with the fixture module and the name of one of the two. On the
    defective one the process must end with what shows says; until is the last
    minor version of Python 3 that has the hazard; mends is false if a reference that is
    held during the call mends only a part of the defect."""

    def register(f):
        _attacks.append((module, stem, shows, until, mends, f))
        return f

    return register


def strike():
    """Called by an attack at the moment it pulls the rug away."""
    fence.strike()


def run(module, name, f):
    """Runs one attack in a child process and says what happened."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            signal.alarm(LIMIT)
            m = load(module)
            fence.on()
            f(m, name)
            gc.collect()
            status = 0 if fence.struck() else 3
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            sys.stderr.flush()
            os._exit(status)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return "signal %d" % os.WTERMSIG(status)
    code = os.WEXITSTATUS(status)
    return HAPPENED.get(code, {1: "exception", 3: "never struck"}.get(code, code))


def defects(module):
    """The stems of all functions *_bad that a fixture shows to Python."""
    for name, x in vars(load(module)).items():
        if name.endswith("_bad"):
            yield name[:-4]
        elif isinstance(x, type):
            for attribute in vars(x):
                if attribute.endswith("_bad"):
                    yield name + "_" + attribute[:-4]


def main(library, suite, *mended):
    """Runs the attacks of one suite, or without a suite looks for defects that none attacks.
    Where functions are named, only those are attacked, and have to survive."""
    global fence, _library
    _library = library
    fence = load("fence")
    for name in SUITES:
        importlib.import_module(name)
    if suite == "":
        return unattacked()
    gc.freeze()  # children look at their own objects only
    for module, stem, shows, until, mends, f in _attacks:
        if f.__module__ != suite:
            continue
        hazard = until is None or sys.version_info[1] <= until
        for twin, want in (("bad", shows if hazard and not mended else "survived"), ("ok", "survived")):
            name = stem + "_" + twin
            if mended and not (mends and module + "." + name in mended):
                continue
            report(module, name, want, run(module, name, f))


def unattacked():
    known = {(module, stem) for module, stem, *_ in _attacks} | UNSHOWN.keys()
    for module in sorted({module for module, _ in known}):
        for stem in defects(module):
            if (module, stem) not in known:
                report(module, stem + "_bad", "attacked", "not attacked")


def report(module, name, want, got):
    print(json.dumps({"Module": module, "Function": name, "Want": want, "Got": got}))
