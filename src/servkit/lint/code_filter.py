"""Which rules are wanted, by the beginnings of their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.book.problems import UnknownNameError
from servkit.lint.rule import all_rules

if TYPE_CHECKING:
    from collections.abc import Sequence


class CodeFilter(NamedTuple):
    """``select`` empty means all rules. Where both name a rule, the longer beginning wins, and ``ignore`` a tie."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def accepts(self, code: str) -> bool:
        """Whether the rule with this code is wanted."""
        selected = max((len(start) for start in self.select if code.startswith(start)), default=-1)
        ignored = max((len(start) for start in self.ignore if code.startswith(start)), default=-1)
        return (selected >= 0 or not self.select) and ignored < max(selected, 0)


def code_filter(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> CodeFilter:
    """The filter for these beginnings of codes. Raises UnknownNameError for one that no rule begins with."""
    for start in (*select, *ignore):
        if not any(code.startswith(start) for code in all_rules()):
            raise UnknownNameError("rule", start, tuple(all_rules()), "servkit rule lists them")
    return CodeFilter(tuple(select), tuple(ignore))
