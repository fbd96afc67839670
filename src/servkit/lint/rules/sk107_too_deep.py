"""Lists and mappings are nested more than a hundred levels deep.

Why: No book needs that. It is a mistake, or an attempt to make the file slow to read.

Fix: Check the brackets and the indentation.
"""

CODE = "SK107"
SEVERITY = "error"
