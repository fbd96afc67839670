"""An operator doesn't fit the type of the attribute or fact.

Numbers have `at_least` and `less_than`, for example, and dates have `before` and `on_or_after`.

Why: A comparison that makes no sense decides nothing.

Fix: Use an operator of the type. The message lists them.

Bad:

    kind: segment
    id: long-term
    when: {since: {at_most: 2020-01-01}}  # here

Good:

    kind: segment
    id: long-term
    when: {since: {on_or_before: 2020-01-01}}
"""

CODE = "SK311"
SEVERITY = "error"
