"""A script addresses nobody in particular.

Why: Somebody who is called "valued customer" feels like a number. The desk knows the name. If it doesn't, a warm word
is better than a cold title.

Fix: Use the customer's name, with a fallback in case it is unknown.

Options:

    phrases  more salutations to avoid

Bad:

    kind: script
    id: hello
    say: |
      Dear valued customer,  # here
      thank you for writing.

Good:

    kind: script
    id: hello
    say: |
      Dear {{ customer.first_name | default: "neighbor" }},
      thank you for writing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.lint.finding import Finding
    from servkit.lint.fixtures.places import Places
    from servkit.lint.fixtures.texts import Text

CODE = "SK503"
SEVERITY = "warning"
SCOPE = "document"
OPTIONS: dict[str, tuple[str, ...]] = {"phrases": ()}
_PHRASES = (
    "dear sir or madam", "dear sir/madam", "dear sir", "dear madam", "dear sirs", "to whom it may concern",
    "dear customer", "dear valued customer", "valued customer", "dear client", "dear user", "dear account holder",
    "estimado cliente", "estimada clienta", "estimado/a cliente", "a quien corresponda", "muy señor mío",
    "cher client", "chère cliente", "madame, monsieur", "à qui de droit",
    "sehr geehrte damen und herren", "sehr geehrter kunde", "lieber kunde",
    "prezado cliente", "caro cliente", "gentile cliente", "egregio cliente",
)  # fmt: skip


#: Greetings, and what somebody is to a company and not to a person; with the article or adjective between them.
_GREETINGS = "dear|hello|hi|hey|greetings|attention|good (?:morning|afternoon|evening|day)"
_NOBODY = (
    "customers?|clients?|guests?|users?|members?|patrons?|subscribers?|residents?|tenants?|occupants?|homeowners?|"
    "account ?holders?|card ?holders?|policy ?holders?|passengers?|patients?|shoppers?|buyers?|consumers?|"
    "sirs?|madam|all"
)
_GENERIC = rf"(?:{_GREETINGS}),? (?:(?:our|valued|esteemed|loyal|fellow) )*(?:{_NOBODY})"


def check(texts: Sequence[Text], options: Mapping[str, Any], places: Places) -> Iterator[Finding]:
    phrases = sorted({*_PHRASES, *map(str.casefold, options["phrases"])}, key=len, reverse=True)
    search = re.compile(
        r"^[^\w\n]{0,8}(" + "|".join([*map(re.escape, phrases), _GENERIC]) + r")(?![\w-])", re.MULTILINE
    )
    for text in texts:
        if text.entry.kind != "script" or text.key != "say":
            continue
        for phrase in dict.fromkeys(search.findall(text.text.casefold())):
            message = f"{quoted(phrase)} addresses nobody. Use the customer's name, with a fallback."
            yield places.within(text.entry, text.where, phrase, message)
