"""A file is not valid YAML.

The file can't be read from the place of the finding on, and none of its documents is in the book.

Why: Nobody can look up what can't be read. Every lookup shows a warning until the file is corrected.

Fix: Correct the line. Most often a text that contains a colon or a `#` needs quotes.

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
