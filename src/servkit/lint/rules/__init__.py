"""The rules, one module each (see :mod:`servkit.lint.rule`)."""
