"""A key is a list or a mapping, not a text.

Mostly a text that begins with a bracket or a brace and lacks its quotes.

Why: nothing can be looked up under such a key.

Bad:

    kind: standard
    id: hold
    wording:
      [one sec]: may I take a minute?  # here

Good:

    kind: standard
    id: hold
    wording:
      "[one sec]": may I take a minute?
"""

CODE = "SK105"
SEVERITY = "error"
