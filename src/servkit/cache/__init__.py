"""The compiled book: one SQLite file that lets lookups and checks begin without reading the book again.

:class:`servkit.cache.compiled_book.CompiledBook` is what others use. :mod:`servkit.cache.database` finds out whether
the file is current; :mod:`servkit.cache.compiler` reads again what changed; :mod:`servkit.cache.stored_database` proves
that the file is whole.
"""
