"""A document lacks a required key.

Why: Without it, nobody can tell what the document means.

Fix: Add the key.

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
