"""The formats of a report, one module each, found by being there.

A module ``concise.py`` holds a function ``concise(report, out)`` that writes the report to a text stream. A format
whose name is a word of Python's or of the standard library ends its module in an underscore (``json_.py``).
"""
