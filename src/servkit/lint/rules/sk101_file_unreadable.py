"""A file can't be read.

It is larger than 1 MiB, it is not a regular file, or its name is not valid text.

Why: Staff look things up while a customer waits, so a book has to load quickly. A file that large is usually an export
that belongs elsewhere, or many documents that are easier to find one by one.

Fix: Split the file, move it out of the book, or rename it.
"""

CODE = "SK101"
SEVERITY = "error"
