"""Liquid in a sandbox: no files, no other templates, no clock, and limits on what a script may cost.

Only :mod:`servkit.scripts.fill` and :mod:`servkit.scripts.placeholders` import it, and only for scripts that need
Liquid.
"""

from __future__ import annotations

import re
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any

from liquid import Environment, FalsyStrictUndefined, is_undefined
from liquid.exceptions import FilterArgumentError, UndefinedError

from servkit.scripts.filled_script import (
    MATH_FILTERS,
    MAX_DEPTH,
    MAX_LOOPS,
    MAX_OUTPUT,
    MAX_VARIABLES,
    Filled,
    ScriptError,
    error_at,
)
from servkit.scripts.filter_arguments import UNFIT_FOR_A_DATE
from servkit.scripts.liquid_slips import in_plain_words
from servkit.scripts.localization import ScriptValue
from servkit.scripts.script_values import with_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: Loops times the length of the script, and characters that filters may handle. Together they limit the time.
MAX_ROUNDS = 4_000_000
MAX_WORK = 4_000_000
#: How often a script is filled again because a filter met a name that is missing.
MAX_TRIES = 10

_UNDEFINED = re.compile(r"(.*) is undefined", re.DOTALL)
_MULTIPLYING_FILTERS = frozenset({"replace", "join"})
#: Filters that take whole numbers after their first value.
_WHOLE_FILTERS = frozenset({"slice", "truncate", "truncatewords"})
#: Filters of Liquid for lists of objects. A script has lists of texts.
_KEYED_FILTERS = frozenset({"where", "reject", "find", "find_index", "has", "map", "sort", "sort_natural"})
#: What a script has no use for, and what fails for some texts.
_LEFT_OUT = ("base64_decode", "base64_encode", "base64_url_safe_decode", "base64_url_safe_encode")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def liquid_names(text: str) -> tuple[str, ...]:
    """Every name that a script may ask for, sorted. Raises ScriptError with line and column within the script."""
    try:
        return tuple(sorted({".".join(path) for path in _paths(engine(text, []).from_string(text))}))
    except Exception as fault:  # noqa: BLE001 - Liquid's errors have many bases
        raise _error(fault, text) from None


def _paths(template: Any) -> list[list[str]]:
    """The names that the template takes from outside, in their parts."""
    found = template.analyze().globals.values()
    return [list(map(str, place.segments)) for places in found for place in places]


def fill_with_liquid(text: str, values: Mapping[str, Any]) -> Filled:
    """Fill a script. Raises ScriptError with line and column within the script."""
    missing: list[str] = []
    try:
        template = engine(text, missing).from_string(text)
        known: Mapping[str, Any] = values
        for path in _paths(template):
            known = _with_parents(known, path[:-1])
        for _ in range(MAX_TRIES):
            try:
                filled = template.render(_for_liquid(known, (), missing))
            except UndefinedError as fault:
                name = _undefined_name(fault)
                if name not in missing:
                    missing.append(name)
                    known = with_value(known, name, _Blank(name))
                    continue
                filled = ""
            except Exception:
                if not missing:  # what a missing name brings about is no fault of the script
                    raise
                filled = ""
            break
        else:
            filled = ""
    except Exception as fault:  # noqa: BLE001 - Liquid's errors have many bases
        raise _error(fault, text) from None
    return Filled(filled, tuple(dict.fromkeys(missing)))


def _undefined_name(fault: UndefinedError) -> str:
    message = str(fault.message or fault)
    found = _UNDEFINED.match(message)
    return (found[1] if found else message).strip("'")


def _with_parents(values: Mapping[str, Any], path: list[str]) -> Mapping[str, Any]:
    """The values with a mapping for every name that has names under it, so that Liquid reports the whole name."""
    if not path:
        return values
    inner = values.get(path[0])
    if inner is not None and not hasattr(inner, "get"):
        return values
    return {**values, path[0]: _with_parents(inner or {}, path[1:])}


def _for_liquid(value: Any, path: tuple[str, ...], missing: list[str]) -> Any:
    """The values as Liquid sees them. Empty ones are left out."""
    if hasattr(value, "get"):
        inner = ((name, _for_liquid(item, (*path, name), missing)) for name, item in value.items())
        return _Names({name: item for name, item in inner if item is not None}, ".".join(path), missing)
    if value is None or not str(value).strip():
        return None
    if isinstance(value, ScriptValue) and value.value.type in ("text", "choice", "time"):
        return value.text
    return _ListText(value.value.amount) if isinstance(value, ScriptValue) and value.value.type == "list" else value


class _Names(dict[str, Any]):
    """Names under a name (``customer``). The name itself has no text; where it is printed, it is missing."""

    def __init__(self, inner: Mapping[str, Any], path: str, missing: list[str]) -> None:
        super().__init__(inner)
        self._path, self._missing = path, missing

    def __liquid__(self) -> Any:
        return self or None

    def __str__(self) -> str:
        self._missing.append(self._path)
        return self._path


class _Blank(str):
    """A placeholder's text where its name is missing."""

    __slots__ = ()


class _ListText(tuple[str, ...]):
    """A list: printed as one text, and looped over by ``for``."""

    __slots__ = ()

    def __str__(self) -> str:
        return ", ".join(self)


def engine(text: str, missing: list[str]) -> Any:
    class Missing(FalsyStrictUndefined):
        """A name without a value. A script may ask whether it has one; where it is printed, it is reported."""

        def __init__(self, name: str, *, token: Any, obj: object = None, hint: str | None = None) -> None:
            super().__init__(name, token=token, obj=obj, hint=None if hint == "index out of range" else hint)

        def __str__(self) -> str:
            name = _undefined_name(UndefinedError(self.msg, token=self.token))
            missing.append(name)
            return name

    class Sandbox(Environment):
        output_stream_limit = MAX_OUTPUT
        loop_iteration_limit = max(min(MAX_LOOPS, MAX_ROUNDS // (len(text) + 1)), 10)
        local_namespace_limit = MAX_VARIABLES
        context_depth_limit = MAX_DEPTH

        def setup_tags_and_filters(self, *, extra: bool = False) -> None:
            super().setup_tags_and_filters(extra=extra)
            for tag in ("include", "render"):
                self.tags.pop(tag, None)
            spent = [0]
            for name in _LEFT_OUT:
                self.filters.pop(name)
            for name, each in (("concat", _concat), ("compact", _compact), ("uniq", _uniq), ("sum", _sum)):
                self.filters[name] = each
            self.filters = {name: _guarded(name, each, spent) for name, each in self.filters.items()}
            self.filters["default"] = _default
            self.filters["date"] = _guarded("date", _date, spent)

    return Sandbox(undefined=Missing, strict_filters=True)


def _guarded(name: str, each: Callable[..., Any], spent: list[int]) -> Callable[..., Any]:
    """A filter that reports missing names and counts what it costs, up to ``MAX_WORK``."""

    @wraps(each)
    def guarded(left: Any, *args: Any, **options: Any) -> Any:
        values = [_plain(value, name, place) for place, value in enumerate((left, *args))]
        sizes = [_size(value) for value in values]
        spent[0] += 100 + sum(sizes)
        if name in _MULTIPLYING_FILTERS:
            spent[0] += (sizes[0] + 1) * max(sizes[1:], default=1)
        if spent[0] > MAX_WORK:
            raise FilterArgumentError("the script does too much work", token=None)
        if name in _KEYED_FILTERS and not isinstance(values[0], _Names):
            values[0] = [item if isinstance(item, (dict, str)) else str(item) for item in _items(values[0])]
        try:
            return each(*values, **options)
        except UndefinedError:
            raise
        except Exception as fault:  # whatever a number or a text is that a customer's record has
            raise FilterArgumentError(f"the script can't use `{name}` with this", token=None) from fault

    return guarded


def _plain(value: Any, name: str, place: int) -> Any:
    if is_undefined(value):
        raise UndefinedError(value.msg, token=value.token)
    whole = name in _WHOLE_FILTERS and place > 0
    if isinstance(value, ScriptValue) and name != "date":
        amount = value.value.amount if value.value.type == "number" else None
        if not (name in MATH_FILTERS or whole) or amount is None:
            value = value.text
        else:
            value = int(amount) if amount == amount.to_integral_value() else float(amount)
    if name in MATH_FILTERS and isinstance(value, str):
        if isinstance(value, _Blank):
            return 1
        try:
            float(value)
        except ValueError:
            raise FilterArgumentError(
                f"{value!r} is not a plain number, so the filter {name!r} cannot use it", token=None
            ) from None
    return int(value) if whole and isinstance(value, float) else value


def _concat(left: Any, right: Any) -> list[Any]:
    """Two lists, one after the other; a single item stands for a list of one."""
    return [*_items(left), *_items(right)]


def _compact(left: Any) -> list[Any]:
    return [item for item in _items(left) if item is not None]


def _uniq(left: Any) -> list[Any]:
    return list(dict.fromkeys(_items(left)))


def _sum(left: Any) -> float:
    """The sum of the numbers in a list."""
    return sum(item for item in _items(left) if isinstance(item, (int, float)) and not isinstance(item, bool))


def _items(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple, range)) else [] if value is None else [value]


def _size(value: Any) -> int:
    if isinstance(value, range):
        return min(value.stop - value.start, MAX_WORK)
    if isinstance(value, str):
        return min(len(value), MAX_WORK)
    if isinstance(value, (list, tuple)):
        return sum(len(item) if isinstance(item, str) else 10 for item in value)
    return value.bit_length() if isinstance(value, int) else 10


def _default(left: Any, fallback: Any = "", *, allow_false: bool = False) -> Any:
    """The value, or the fallback where there is none. A known ``no`` is a value."""
    unknown = is_undefined(left) or isinstance(left, _Names) or left is None or left in ("", [])
    if isinstance(left, ScriptValue) or not (unknown or left is False) or (allow_false and left is False):
        return left
    return fallback


def _date(left: Any, style: Any) -> str:
    """A date in figures and English names. Words that depend on today (``now``) are refused."""
    text = str(left.__liquid__() if isinstance(left, ScriptValue) else left)
    if not _DAY.fullmatch(text):
        raise FilterArgumentError(f"{text[:30]!r} is not a date. Write it like 2026-03-01", token=None)
    if UNFIT_FOR_A_DATE.search(str(style)):
        raise FilterArgumentError(f"{str(style)[:30]!r} is not a date format. Write it like %d.%m.%Y", token=None)
    try:
        return date.fromisoformat(text).strftime(str(style))
    except ValueError as bad:
        raise FilterArgumentError(str(bad), token=None) from None


def _error(fault: Exception, text: str) -> ScriptError:
    """Liquid's message, with its place in the script."""
    deep: BaseException | None = fault
    while deep is not None and not isinstance(deep, RecursionError):
        deep = deep.__cause__ or deep.__context__
    token = getattr(fault, "token", None)
    start = getattr(token, "start_index", None)
    message = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
    said = (getattr(fault, "message", None) or message).strip()
    reason = "the script is nested too deeply" if deep else in_plain_words(said, said)
    if not isinstance(start, int) or not 0 <= start <= len(text):
        longest = max(re.finditer(r"\{[{%].*?[}%]\}", text, re.DOTALL), key=lambda tag: len(tag[0]), default=None)
        start = longest.start() if longest else 0
    return error_at(text, start, reason)
