"""A part of a document has the wrong shape.

For example, it is a list where a text belongs, an id with capital letters, or a date that doesn't exist.

Why: What can't be read is left out of every answer, and staff see a warning instead.

Fix: Write it in the form that the message shows.

Bad:

    kind: philosophy
    id: Own It  # here
    review_by: next spring  # here

Good:

    kind: philosophy
    id: own-it
    review_by: 2027-03-01
"""

CODE = "SK110"
SEVERITY = "error"
