"""A part of a document has the wrong shape: a list where a text is wanted, an id with capitals, a day that is none.

Why: what cannot be read as it was meant is left out of every answer, and the desk is told so.

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
