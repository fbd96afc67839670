"""A policy: fixed (no discretion, and the reason known to all) or flexible (room to move, and how much)."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from servkit.book.kinds.shape import Applicable, Ids, Prose, Terms, fault


def _one_of(*allowed: str) -> BeforeValidator:
    def check(value: Any) -> str:
        if value not in allowed:
            raise fault(f"{value!r} is none of {', '.join(allowed)}")
        return str(value)

    return BeforeValidator(check)


class Policy(Applicable):
    """``basis`` and ``instead`` are for fixed policies: where the rule comes from, and what to offer instead."""

    rule: Annotated[str, _one_of("fixed", "flexible")]
    statement: Prose | None = None
    terms: Terms = Field(default_factory=dict)
    say: Ids = Field(default_factory=list)
    expectation: Prose | None = None
    basis: Annotated[str, _one_of("law", "safety", "contract", "company")] | None = None
    instead: Prose | None = None
