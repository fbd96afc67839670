"""A comment ignores a finding that is no longer there.

``--fix`` takes it away.

Why: the comment would hide the next finding of the kind, which nobody has looked at.

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
