"""A term has no value, an unknown type, or a choice without its options.

Why: Segments that set the term and scenarios that expect it need to know which values fit.

Fix: Give the term a `value`, or a `type` with whatever the type needs.

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
