"""The checks: what a book says against itself, its readers and the calendar.

``lint(root)`` of :mod:`servkit.lint.engine` gives a report of findings, which are values; :mod:`servkit.lint.formats`
are views of it. A rule is a module of :mod:`servkit.lint.rules` (see :mod:`servkit.lint.rule`); what several rules work
on is a module of :mod:`servkit.lint.fixtures`.
"""
