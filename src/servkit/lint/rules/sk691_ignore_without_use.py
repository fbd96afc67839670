"""A comment ignores a finding that no longer exists.

`--fix` deletes the comment.

Why: The comment would hide the next finding of the same rule, and nobody has looked at that one.

Fix: Delete the comment.

Bad:

    kind: customer
    id: C-1
    name: Dorothy Bell
    # servkit: ignore[SK606] she moves in May  # here
    review_by: 2027-01-01

Good:

    kind: customer
    id: C-1
    name: Dorothy Bell
    review_by: 2027-01-01
"""

CODE = "SK691"
SEVERITY = "warning"
