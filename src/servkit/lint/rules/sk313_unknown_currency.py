"""Three capitals stand where a currency is meant, and ISO 4217 has no such currency.

Why: an amount in a currency that does not exist compares with nothing and cannot be paid.

Bad:

    kind: policy
    id: late-fee
    rule: fixed
    terms:
      amount: 25 USS  # here

Good:

    kind: policy
    id: late-fee
    rule: fixed
    terms:
      amount: 25 USD
"""

CODE = "SK313"
SEVERITY = "error"
