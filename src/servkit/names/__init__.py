"""The names of a book: where each is declared and used, what it stands for, and giving something another name.

:mod:`servkit.names.occurrences` finds the names in a document, :mod:`servkit.names.symbols` says what each stands for,
and :mod:`servkit.names.renaming` changes one wherever it is used.
"""
