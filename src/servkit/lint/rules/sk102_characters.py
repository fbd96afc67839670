"""A file contains bytes that are not UTF-8, or characters that YAML does not allow.

Why: Names and accents would appear as question marks, or the file could not be read at all.

Fix: Save the file as UTF-8 and delete control characters.
"""

CODE = "SK102"
SEVERITY = "error"
#: Bytes that are no text cannot stand on a page.
EXAMPLE = False
