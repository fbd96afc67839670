"""What the filters of a script take."""

from __future__ import annotations

import re
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

#: What a form of a date can't have: what depends on the time of day, or on today.
UNFIT_FOR_A_DATE = re.compile(r"%[^aAbBdeHIjmMpuyY%-]|%-[^deHIjmM]|%-?$|\0")


def wrong_arguments(name: str, each: Callable[..., Any], args: list[Any]) -> str | None:
    """What is wrong with the number of a filter's arguments."""
    known = [p for p in signature(each).parameters.values() if p.name not in ("context", "environment")][1:]
    places = [p for p in known if p.kind is not Parameter.KEYWORD_ONLY]
    given = [arg for arg in args if type(arg).__name__ == "PositionalArgument"]
    words = [arg.name for arg in args if type(arg).__name__ != "PositionalArgument"]
    least = sum(p.default is Parameter.empty for p in places)
    if unknown := next((word for word in words if word not in {p.name for p in known if p not in places}), None):
        return f"`{name}` takes nothing called `{unknown}`."
    if least <= len(given) <= len(places):
        return None
    if not places:
        return f"`{name}` takes nothing after it."
    wanted = str(least) if least == len(places) else f"{least} to {len(places)}"
    return f"`{name}` takes {wanted} value{'' if wanted == '1' else 's'} after a colon, not {len(given)}."
