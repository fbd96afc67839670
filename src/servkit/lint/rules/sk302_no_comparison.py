"""Values stand side by side that do not compare with each other.

Seconds to weeks compare, months and years compare, a clock's hours compare with each other and its days with each other,
money in one currency, and things counted by one noun.

Why: is 3 weeks more or less than a month? The desk must not guess, and neither must the book.

Bad:

    kind: segment
    id: late
    when: {hours_late: {between: [2 hours, 1 month]}}  # here

Good:

    kind: segment
    id: late
    when: {hours_late: {between: [2 hours, 30 days]}}
"""

CODE = "SK302"
SEVERITY = "error"
