"""A file uses YAML anchors, aliases or merge keys.

Why: An alias makes a document depend on a line far away, so a reviewer sees only half of a change.

Fix: Write the value out in each place.

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
