"""What a tool's placeholders mean, as its module says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What a script here calls somebody or something that every tool knows.
FIRST_NAME, NAME, LAST_NAME = "customer.first_name", "customer.name", "customer.last_name"
AGENT, BOOK = "agent.name", "book.name"


class Vocabulary(NamedTuple):
    """How a tool writes placeholders.

    ``notation`` is ``liquid`` (``{{ name }}`` and tags), ``hash`` (``#{name}``), ``form`` (``[[name]]``) or ``own``
    (scripts as they are written here). ``meanings`` has the tool's names with what a script calls them: a name such as
    ``customer.name``, or a blank. ``own_fields`` is how the tool names a field of the customer that a company has made.
    """

    notation: str
    meanings: Mapping[str, str] = {}
    #: The first words of the tool's names, so that they are told from blanks of the book.
    roots: frozenset[str] = frozenset()
    own_fields: str = ""
    has_fallback: bool = False
    has_blanks: bool = False

    def foreign(self, name: str) -> str | None:
        """What the tool calls something that a script names; None where it has no word for it."""
        found = next((theirs for theirs, ours in self.meanings.items() if ours == name), None)
        if found is None and self.own_fields and name.startswith("customer."):
            return self.own_fields + name.removeprefix("customer.")
        return found

    def written(self, name: str, fallback: str | None) -> str:
        """A placeholder of the tool."""
        if self.notation == "hash":
            return f"#{{{name}}}"
        if self.notation == "form":
            return f"[[{name}]]"
        rest = f' | default: "{fallback}"' if fallback and self.has_fallback else ""
        return f"{{{{{name}{rest}}}}}"
