"""A condition is not written correctly.

For example, a list is empty, an operator has no value, or a list stands where one value belongs.

Why: A condition that can't be read decides nothing, and an empty list never matches.

Fix: Write it in the form that the message shows.

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
