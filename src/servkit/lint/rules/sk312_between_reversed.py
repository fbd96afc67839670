"""`between` has its ends in the wrong order.

Why: No value lies between them, so the condition holds for nobody.

Fix: Write the lower end first.

Bad:

    kind: segment
    id: frequent
    when: {visits_a_year: {between: [12, 4]}}  # here

Good:

    kind: segment
    id: frequent
    when: {visits_a_year: {between: [4, 12]}}
"""

CODE = "SK312"
SEVERITY = "error"
