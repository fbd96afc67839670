"""``between`` has its ends the wrong way round.

Why: nothing lies between the greater and the lesser, so the condition would hold for nobody.

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
