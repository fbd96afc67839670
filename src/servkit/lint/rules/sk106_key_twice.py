"""A key is written twice in one mapping.

Why: Some YAML readers use the first one and some the last. Two people would disagree as well.

Fix: Keep the one you mean, or rename the other.

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
