"""A value has a YAML tag.

Why: The type of a value follows from its place in the book. A tag could only contradict that.

Fix: Remove the tag. If the text itself begins with `!`, put it in quotes.

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
