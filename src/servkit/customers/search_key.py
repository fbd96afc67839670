"""What a customer is found by, beside id and name: a phone number or a company, without its spaces and signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.customers.customer_source import Closeness
from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servkit.answer.case import Customer

#: A key that short is in too many others.
SHORTEST_BEGINNING = 3
SHORTEST_END = 5


def search_key(text: str) -> str:
    """The letters and digits of a text, without case or accents. A number loses its leading zeros: people write
    +49 89 12, 0049 89 12 and 089 12."""
    key = "".join(char for char in fold(text) if char.isalnum())
    return key.lstrip("0") if key.isdigit() else key


def plain_name(name: str | None) -> str:
    """The words of a name without case and accents, one space between them."""
    return " ".join(fold(name or "").split())


def has_words(name: str, text: str) -> bool:
    """Whether a name has every word of a text, or a word that holds it."""
    called = fold(name)
    return all(word in called for word in fold(text).split())


def found_by(customer: Customer, findable: Iterable[str], text: str) -> tuple[str, str]:
    """Why a text means a customer: the field (name, phone, id) and what it says."""
    key = search_key(text)
    if customer.name and has_words(customer.name, text):
        return "name", customer.name
    for attribute in findable:
        value = customer.attributes.get(attribute)
        if value is not None and key and key in search_key(str(value)):
            return attribute, str(value)
    return "id", customer.name or customer.id


def closeness(id_: str, name: str | None, texts: Iterable[str], folded: str) -> Closeness | None:
    """How closely a folded text means somebody; None where it does not. ``texts`` is what they are found by."""
    called, words, key = plain_name(name), folded.split(), search_key(folded)
    keys = [search_key(text) for text in texts]
    if fold(id_) == folded:
        return Closeness.SAME_ID
    if called == " ".join(words) or (key and key in keys):
        return Closeness.SAME
    begins = all(any(part.startswith(word) for part in called.split()) for word in words)
    if begins or (len(key) >= SHORTEST_BEGINNING and any(known.startswith(key) for known in keys)):
        return Closeness.BEGINNING
    if all(word in called for word in words):
        return Closeness.PART
    return Closeness.PART if len(key) >= SHORTEST_END and any(known.endswith(key) for known in keys) else None
