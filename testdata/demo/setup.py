from setuptools import Extension, setup

sources = ["spooliter.c", "spoolmodule.c", "spoolobject.c", "ticket.c"]
setup(name="spool", version="1.0", ext_modules=[Extension("spool", sources)])
