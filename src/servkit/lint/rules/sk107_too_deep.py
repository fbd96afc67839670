"""A file nests lists and mappings more than a hundred deep.

Why: no book means that; it is a slip, or an attempt to make reading it expensive.
"""

CODE = "SK107"
SEVERITY = "error"
#: Too deep for a page.
EXAMPLE = False
