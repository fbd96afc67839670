"""A term does not say what it is: no value, an unknown type, or a choice without its choices.

Why: a segment that sets the term, and a scenario that expects it, have to know what fits.

Bad:

    kind: policy
    id: returns
    rule: fixed
    terms:
      window: {title: Return window}  # here

Good:

    kind: policy
    id: returns
    rule: fixed
    terms:
      window: {title: Return window, value: 30 days}
"""

CODE = "SK304"
SEVERITY = "error"
