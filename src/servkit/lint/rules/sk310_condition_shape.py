"""A condition is not put together as one.

An empty list, an operator without its value, or a list where one value is wanted.

Why: an empty list can never match, and a condition that cannot be read decides nothing.

Bad:

    kind: segment
    id: frequent
    when: {visits_a_year: {at_least: [4, 6]}}  # here

Good:

    kind: segment
    id: frequent
    when: {visits_a_year: {at_least: 4}}
"""

CODE = "SK310"
SEVERITY = "error"
