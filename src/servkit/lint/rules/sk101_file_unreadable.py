"""A file cannot be read: too large, no plain file, or its name is no text.

A file of a book has 1 MiB at most.

Why: a book is read at every lookup; what makes it slow or unreadable makes the desk slow or silent. A file that large
is an export that belongs elsewhere, or many documents that would be easier to find one by one.
"""

CODE = "SK101"
SEVERITY = "error"
#: A file of more than a mebibyte, or a name that is no text, does not fit on a page.
EXAMPLE = False
