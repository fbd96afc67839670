"""What the kinds of things in a book are called, in the language of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.languages.catalogue import Message

if TYPE_CHECKING:
    from servkit.languages.catalogue import Catalogue

_KINDS = {
    "philosophy": Message("philosophy"),
    "standard": Message("standard"),
    "procedure": Message("procedure"),
    "policy": Message("policy"),
    "segment": Message("segment"),
    "script": Message("script"),
    "recovery": Message("recovery"),
    "customer": Message("customer"),
    "scenario": Message("scenario"),
    "area": Message("area"),
    "attribute": Message("attribute"),
    "fact": Message("fact"),
    "role": Message("role"),
    "channel": Message("channel"),
}


def kind_name(kind: str, words: Catalogue) -> str:
    """A kind as people call it; as the book calls it where it is a kind of somebody's own."""
    return words.gettext(_KINDS[kind].text) if kind in _KINDS else kind
