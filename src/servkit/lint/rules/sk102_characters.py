"""A file holds bytes that are not UTF-8, or characters that may not stand in YAML.

Why: names and accents would reach the desk as question marks, or the whole file not at all.
"""

CODE = "SK102"
SEVERITY = "error"
#: Bytes that are no text cannot stand on a page.
EXAMPLE = False
