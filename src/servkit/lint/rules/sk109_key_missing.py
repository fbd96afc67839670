"""A document lacks a key that it cannot do without.

Why: without it nobody can tell what the document means.

Bad:

    kind: segment  # here
    id: key-account
    title: Key accounts

Good:

    kind: segment
    id: key-account
    title: Key accounts
    when: {plan: commercial}
"""

CODE = "SK109"
SEVERITY = "error"
