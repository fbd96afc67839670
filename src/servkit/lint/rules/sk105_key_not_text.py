"""A key is a list or a mapping instead of text.

Usually it is a text that begins with a bracket or a brace and has no quotes.

Why: Nothing can be looked up under such a key.

Fix: Put the key in quotes.

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
