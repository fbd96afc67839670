"""A text has a blank of another program, or a note of what is still to be written.

Helpdesks and word processors have blanks such as `#{ticket.customer.firstname}`, `{first_name}`, `[NAME]`,
`<<First Name>>` or `%FIRSTNAME%`. Nothing fills them here. `XXX`, `____` and `TODO:` are found as well.

Why: `servkit say` refuses a script with such a blank. In any other text a customer would hear or read the blank.

Fix: Write a placeholder, such as `{{ customer.first_name | default: "there" }}` or `{{ order_number }}`.

Bad:

    kind: script
    id: hello
    say: |
      Hello [NAME],  # here
      your order #{order.number} is on its way.  # here

Good:

    kind: script
    id: hello
    say: |
      Hello {{ customer.first_name | default: "there" }},
      your order {{ order_number }} is on its way.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from servkit.scripts.foreign_blanks import foreign_blanks
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.settings import Settings
    from servkit.lint.finding import Finding
    from servkit.lint.fixtures.places import Places
    from servkit.lint.fixtures.texts import Text

CODE = "SK514"
SEVERITY = "warning"
SCOPE = "document"


def check(texts: Sequence[Text], settings: Settings, places: Places) -> Iterator[Finding]:
    for text in texts:
        seen: Counter[str] = Counter()
        for blank in foreign_blanks(text.text, text.language or settings.language):
            message = f"Nothing fills {quoted(blank.text)}, so a customer would hear it. Write {_shown(blank.advice)}."
            yield places.within(text.entry, text.where, blank.text, message, nth=seen[blank.text], exact=True)
            seen[blank.text] += 1


def _shown(advice: str) -> str:
    return quoted(advice) if advice.startswith("{{") else advice
