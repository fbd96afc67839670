"""A file uses a YAML tag.

Why: a text gets its type from its place in the book, so a tag could only contradict it.

Bad:

    kind: philosophy
    id: own-it
    title: !!str Own it  # here

Good:

    kind: philosophy
    id: own-it
    title: Own it
"""

CODE = "SK104"
SEVERITY = "error"
