"""`better` is not `more` or `less`, or the value has no order.

Texts and lists have no order.

Why: `better` says which of two values is kinder to the customer. Without an order it says nothing.

Fix: Write `more` or `less`. If the value was meant to be an amount, write it as one: `25 EUR`, not `€25`.

Bad:

    kind: policy
    id: returns
    rule: fixed
    terms:
      refund-to: {value: original payment method, better: more}  # here

Good:

    kind: policy
    id: returns
    rule: fixed
    terms:
      refund-to: {value: original payment method}
"""

CODE = "SK305"
SEVERITY = "error"
