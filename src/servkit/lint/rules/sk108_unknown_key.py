"""A document has an unknown key.

Each kind of document has its own keys.

Why: A mistyped key has no effect, and nobody notices.

Fix: Correct the key.

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
