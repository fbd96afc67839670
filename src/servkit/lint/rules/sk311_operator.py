"""An operator is asked of an attribute or fact whose type does not have it.

Why: what would it mean for a plan to come before another, or for a date to contain something?

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
