"""A file is not YAML.

The rest of the file cannot be read, and none of its documents is in the book.

Why: what cannot be read cannot be looked up. The desk is told so at every lookup until it is mended.

Bad:

    kind: philosophy
    id: own-it
    title: Own it: always  # here

Good:

    kind: philosophy
    id: own-it
    title: "Own it: always"
"""

CODE = "SK100"
SEVERITY = "error"
