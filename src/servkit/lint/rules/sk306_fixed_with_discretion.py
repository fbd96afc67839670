"""A fixed policy has a limit or a grant.

A fixed policy is the same for everybody. Staff may not give more.

Why: One reader sees a fixed rule, another sees room, and the customer hears both.

Fix: Make the policy `flexible` if staff may give more. Otherwise delete the limit and the grants.

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
