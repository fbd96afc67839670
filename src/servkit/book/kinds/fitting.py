"""Holding documents against outlines (see :mod:`servkit.book.kinds.outlines`): an outline becomes a function, once.

What fits comes back with its lists, days and numbers as what they are; a part in which nothing is to be changed is
that part itself, so that most of a document is never copied. What does not fit raises ShapeFault, without a word of
what is wrong: that is for the model of the kind to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.shape_fields import FORMS, LEAVES, ShapeFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from servkit.book.kinds.outlines import Outline

    Fit = Callable[[Any], Any]

#: Leaves of which any text is one, as it stands.
_TEXTS = ("text", "prose")


def fit_of(outline: Outline) -> Fit:
    """The function that fits data to an outline."""
    if isinstance(outline, str):
        return _as_it_is if outline == "any" else LEAVES[outline]
    sort, *rest = outline
    if sort == "optional":
        return _optional(fit_of(rest[0]))
    if sort == "form":
        return _form(FORMS[rest[0]], fit_of(rest[1]))
    if sort == "list":
        return _list(rest[0])
    if sort == "one":
        return _one(rest[0])
    if sort == "map":
        return _map(*rest)
    return _model(*rest)


def _misfit() -> ShapeFault:
    return ShapeFault("does not fit")


def _as_it_is(data: Any) -> Any:
    return data


def _unknown(_: Any) -> Any:
    raise _misfit()


def _optional(part: Fit) -> Fit:
    return lambda data: None if data is None else part(data)


def _form(form: Fit, part: Fit) -> Fit:
    return lambda data: part(form(data))


def _one(allowed: list[str]) -> Fit:
    def fit(data: Any) -> Any:
        if data not in allowed:
            raise _misfit()
        return data

    return fit


def _list(outline: Outline) -> Fit:
    texts, part = _takes_texts(outline), fit_of(outline)

    def fit(data: Any) -> Any:
        if not isinstance(data, list):
            raise _misfit()
        out = data
        for index, item in enumerate(data):
            if texts and type(item) is str:
                continue
            fitted = part(item)
            if fitted is not item:
                if out is data:
                    out = list(data)
                out[index] = fitted
        return out

    return fit


def _map(of_key: Outline, of_item: Outline) -> Fit:
    key, item = fit_of(of_key), fit_of(of_item)

    def fit(data: Any) -> Any:
        if not isinstance(data, dict):
            raise _misfit()
        return {key(name): item(found) for name, found in data.items()}

    return fit if (of_key, of_item) != ("any", "any") else _mapping


def _mapping(data: Any) -> Any:
    if not isinstance(data, dict):
        raise _misfit()
    return data


def _model(fields: dict[str, list[Any]]) -> Fit:
    required = [key for key, (is_required, _) in fields.items() if is_required]
    parts = {key: fit_of(part) if part != "any" else None for key, (_, part) in fields.items()}
    texts = frozenset(key for key, (_, part) in fields.items() if _takes_texts(part))

    def fit(data: Any) -> Any:
        if not isinstance(data, dict):
            raise _misfit()
        for key in required:
            if key not in data:
                raise _misfit()
        out = data
        for key, item in data.items():
            if type(item) is str and key in texts:
                continue
            part = parts.get(key, _unknown)
            if part is not None and (fitted := part(item)) is not item:
                if out is data:
                    out = dict(data)
                out[key] = fitted
        return out

    return fit


def _takes_texts(outline: Outline) -> bool:
    """Whether any text fits, and comes back as it is."""
    return outline == "any" or outline in _TEXTS or (outline[0] == "optional" and _takes_texts(outline[1]))
