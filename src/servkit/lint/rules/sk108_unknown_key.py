"""A document has a key that its kind does not know.

Why: a mistyped key is a rule that nobody will ever see.

Bad:

    kind: philosophy
    id: own-it
    titel: Own it  # here

Good:

    kind: philosophy
    id: own-it
    title: Own it
"""

CODE = "SK108"
SEVERITY = "error"
