"""A file uses anchors, aliases or merge keys.

Write the value out at each place.

Why: an alias makes one document's meaning depend on a line far away, and a reviewer sees only half of a change.

Bad:

    kind: philosophy
    id: own-it
    title: &name Own it  # here
    why: *name  # here

Good:

    kind: philosophy
    id: own-it
    title: Own it
    why: Own it
"""

CODE = "SK103"
SEVERITY = "error"
