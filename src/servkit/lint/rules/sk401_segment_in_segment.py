"""The condition of a segment refers to a segment.

Why: Two segments that refer to each other would have no answer.

Fix: Repeat what makes somebody part of the other segment.

Bad:

    kind: segment
    id: key-account
    when: {segment: growth}  # here

Good:

    kind: segment
    id: key-account
    when: {plan: commercial}
"""

CODE = "SK401"
SEVERITY = "error"
