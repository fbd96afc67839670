"""A key stands twice in one mapping.

Why: YAML readers disagree on which of the two counts, and so would two people.

Bad:

    kind: philosophy
    id: own-it
    title: Own it
    title: Own every call  # here

Good:

    kind: philosophy
    id: own-it
    title: Own every call
"""

CODE = "SK106"
SEVERITY = "error"
