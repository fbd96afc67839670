"""The book at a revision, and the change in meaning between two books: what, for whom, and how many they are.

:mod:`servkit.history.revision` reads a book from git's object store.
"""
