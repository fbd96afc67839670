"""A fixed policy has a limit or grants.

Fixed means no discretion. If there is room, the policy is flexible; if there is none, the limit says nothing.

Why: two readers would take it two ways, and the customer would hear both.

Bad:

    kind: policy
    id: late-fee
    rule: fixed
    terms:
      amount:
        value: 25 USD
        better: less
        limit: 0 USD  # here

Good:

    kind: policy
    id: late-fee
    rule: flexible
    terms:
      amount:
        value: 25 USD
        better: less
        limit: 0 USD
"""

CODE = "SK306"
SEVERITY = "error"
