"""How ids, references and names are written: regular expressions that Python, Pydantic and JSON Schema all read."""

from __future__ import annotations

import re

ID = "^[a-z0-9]+(?:-[a-z0-9]+)*$"
CUSTOMER_ID = r"^\S+$"
TERM = r"^[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*$"
LANGUAGE = "^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$"
#: An attribute or fact.
NAME = "^[a-z][a-z0-9_]*$"
DAY = "^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"
WHOLE = "^-?(?:0|[1-9][0-9]{0,8})$"
NUMBER = r"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$"

is_id = re.compile(ID).fullmatch
is_language = re.compile(LANGUAGE).fullmatch

#: What is wrong with a text that does not match, and what to write instead.
ADVICE = {
    ID: "is not an id. Use lowercase words and digits joined by hyphens, such as gift-returns.",
    CUSTOMER_ID: "is not a customer id. Use whatever the company uses, but without spaces.",
    TERM: "is not a term. Write the document's id, a dot and the term's name, such as returns.window.",
    LANGUAGE: "is not a language such as en or pt-BR. Text that contains a colon goes in quotes.",
    NAME: "is not a name. Use lowercase letters, digits and _, and start with a letter.",
    DAY: "is not a day. Write it as 2026-03-01.",
    WHOLE: "is not a whole number.",
    NUMBER: "is not a number. Write it as 1500 or 1.5.",
}
