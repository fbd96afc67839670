"""A comment ignores a finding without a code or a reason.

Why: Whoever reads the comment next year has to know whether its reason still holds.

Fix: Write the code in brackets and the reason after it.

Bad:

    kind: customer
    id: C-1
    name: Dorothy Bell
    review_by: 2026-01-01  # servkit: ignore[SK606] # here

Good:

    kind: customer
    id: C-1
    name: Dorothy Bell
    # servkit: ignore[SK606] she moves in May; we visit her then
    review_by: 2026-01-01
"""

CODE = "SK690"
SEVERITY = "warning"
