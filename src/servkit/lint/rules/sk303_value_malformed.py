"""A dated or counted value is not put together as it should be.

A dated value maps days to values; a counted one has ``of`` and ``start``, ``each`` or both, and every part of it has
the type that the sum needs.

Why: an amount that cannot be worked out cannot be promised.

Bad:

    kind: policy
    id: late-visit
    rule: fixed
    terms:
      credit: {value: {start: 20 USD, each: 10 USD, of: hours_late}}  # here

Good:

    kind: policy
    id: late-visit
    rule: fixed
    terms:
      credit: {value: {start: 20 USD, each: 10 USD, per: 1 hour, of: hours_late}}
"""

CODE = "SK303"
SEVERITY = "error"
