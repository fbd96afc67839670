"""The formats of a report, one module each, found by being there.

A module ``concise.py`` holds a function ``concise(report, look)`` that gives the report as text; see
:class:`servkit.lint.look.Look`. A format whose name is a module of the standard library's ends in an underscore
(``json_.py``).
"""
