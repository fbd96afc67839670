"""A term has a limit or grants, but does not say which way is kinder.

Why: without ``better`` nobody knows on which side of the limit the room lies.

Bad:

    kind: policy
    id: returns
    rule: flexible
    terms:
      window: {value: 30 days, limit: 90 days}  # here

Good:

    kind: policy
    id: returns
    rule: flexible
    terms:
      window: {value: 30 days, better: more, limit: 90 days}
"""

CODE = "SK307"
SEVERITY = "error"
