"""A term has a limit or a grant, but doesn't say what is better.

Why: Without `better`, nobody knows on which side of the limit staff may move.

Fix: Add `better: more` or `better: less`, as the customer sees it.

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
