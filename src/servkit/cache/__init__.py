"""The compiled book: one SQLite file that lets lookups and checks begin without reading the book again.

:class:`servkit.cache.compiled_book.CompiledBook` is what others use. :mod:`servkit.cache.database` connects to the file
and finds out whether it is current; :mod:`servkit.cache.compiler` reads again what changed.
"""
