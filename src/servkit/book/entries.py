"""Entries: documents as resolution uses them, made from plain data, so that a compiled book loads without models."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from servkit.book.amounts import Expression, decode_amount
from servkit.book.condition_atoms import decode_condition
from servkit.book.terms import Term, decode_term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servkit.book.conditions import Condition
    from servkit.book.source import Source


class Entry:
    """One document. ``logic`` is what resolution needs, ``prose`` all that the author wrote.

    Both are plain data; what costs time to build is built when it is first asked for.
    """

    def __init__(
        self, path: str, logic: Mapping[str, Any], prose: Mapping[str, Any], source: Source | None = None
    ) -> None:
        self.path = path
        self.logic = logic
        self.prose = prose
        if source is not None:
            self.source = source
        self.kind: str = logic["kind"]
        self.id: str = logic["id"]
        self.line: int = logic["line"]
        # most documents have none of these, and need not find out one by one
        if "when" not in logic:
            self.when = None
        if "terms" not in logic:
            self.terms = {}
        if "overrides" not in logic:
            self.overrides = {}

    def __repr__(self) -> str:
        return f"<{self.kind} {self.id} {self.path}:{self.line}>"

    @property
    def name(self) -> str:
        """``kind:id``, as ``decides`` and scenarios write it."""
        return f"{self.kind}:{self.id}"

    @property
    def period(self) -> tuple[int | None, int | None]:
        """First and last day in force, as ordinals; None where open."""
        first, last = self.logic.get("period", (None, None))
        return first, last

    def in_force(self, day: int) -> bool:
        """Whether the document is in force on a day (an ordinal); both ends are included."""
        first, last = self.period
        return (first is None or first <= day) and (last is None or day <= last)

    def list(self, key: str) -> tuple[str, ...]:
        """Ids or names under a key: areas, channels, roles, segments, say, philosophies, carries_out, may_offer."""
        return tuple(self.logic.get(key, ()))

    @cached_property
    def source(self) -> Source | None:
        """The places of every part; None where there is no file to compose again (see ``StoredEntry``)."""
        return None

    @cached_property
    def when(self) -> Condition | None:
        data = self.logic.get("when")
        return None if data is None else decode_condition(data)

    @cached_property
    def terms(self) -> dict[str, Term]:
        """The terms by name."""
        return {name: decode_term(f"{self.id}.{name}", data) for name, data in self.logic.get("terms", {}).items()}

    @cached_property
    def overrides(self) -> dict[str, Expression]:
        """``sets`` of a segment or ``promised`` of a customer, by term reference; plain texts are untyped yet."""
        return {ref: decode_amount(data) for ref, data in self.logic.get("overrides", {}).items()}

    @property
    def owns_terms(self) -> bool:
        """Whether documents of its kind own terms, and so cover their areas."""
        return bool(self.logic.get("owns_terms", False))

    @property
    def fixed(self) -> bool:
        return self.logic.get("rule") == "fixed"
