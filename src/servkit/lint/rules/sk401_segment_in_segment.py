"""A segment's condition asks for segments.

Why: two segments that ask for each other have no answer. Say again what makes the customer one of them.

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
