"""A dated or counted value is not written correctly.

A dated value gives a value for each first day. A counted value has `of` and `start`, `each` or both, and each part has
the type that the calculation needs.

Why: Nobody can promise an amount that can't be calculated.

Fix: Write the part that the message names.

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
