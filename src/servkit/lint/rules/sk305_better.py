"""``better`` is neither more nor less, or stands on a text or list, which have no order.

Why: ``better`` settles which of two values is kinder to the customer. Where there is no order it would settle nothing.

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
