"""A file contains bytes that are not UTF-8, or characters that YAML doesn't allow.

Why: Names and accents would appear as question marks, or the file could not be read at all.

Fix: Save the file as UTF-8 and delete control characters.
"""

CODE = "SK102"
SEVERITY = "error"
