"""A document ends before it begins.

Why: It would never be in force.

Fix: Correct the dates under `effective`.

Bad:

    kind: philosophy
    id: own-it
    effective: {from: 2026-06-01, until: 2026-05-31}  # here

Good:

    kind: philosophy
    id: own-it
    effective: {from: 2026-05-31, until: 2026-06-01}
"""

CODE = "SK603"
SEVERITY = "error"
