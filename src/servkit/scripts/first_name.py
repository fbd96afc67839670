"""The first name in a name, where it plainly is a person's.

A wrong guess is read out to a customer ("Hello The," to The Corner Bakery). Where there is any doubt, there is none,
and the script says what it says to somebody whose name is not known.
"""

from __future__ import annotations

import re

#: What people put before a name.
_TITLES = {
    *("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "rev", "fr", "capt", "mag", "ing", "dipl-ing"),
    *("sr", "sra", "srta", "don", "doña", "d", "dña", "herr", "frau", "hr", "fräulein", "m", "mme", "mlle", "me"),
}
#: A name with one of these words is a company's, a family's, or several people's.
_NOT_ONE_PERSON = {
    *("the", "a", "an", "der", "die", "das", "le", "la", "les", "el", "los", "las", "il", "lo", "gli"),  # as first word
    *("and", "und", "et", "y", "e", "or", "of", "for", "at", "für", "family", "familie", "familia", "famille"),
    *("inc", "incorporated", "llc", "llp", "lp", "ltd", "limited", "plc", "corp", "corporation", "co", "company"),
    *(
        "gmbh",
        "mbh",
        "ag",
        "kg",
        "kgaa",
        "ohg",
        "gbr",
        "ug",
        "ek",
        "ev",
        "eg",
        "se",
        "sa",
        "sarl",
        "sas",
        "sasu",
        "eurl",
    ),
    *("srl", "spa", "sl", "slu", "slp", "scp", "bv", "nv", "cv", "vof", "ab", "oy", "oyj", "as", "aps", "asa", "pty"),
    *(
        "pte",
        "bhd",
        "sdn",
        "kk",
        "kft",
        "zrt",
        "doo",
        "sro",
        "spzoo",
        "group",
        "holding",
        "holdings",
        "gruppe",
        "grupo",
    ),
    *("bakery", "bank", "café", "cafe", "church", "clinic", "club", "college", "dental", "foundation", "hospital"),
    *("hotel", "inn", "institute", "partners", "restaurant", "school", "services", "shop", "society", "solutions"),
    *("sons", "store", "stores", "studio", "systems", "team", "trust", "university", "associates", "association"),
    *("apotheke", "bäckerei", "gasthof", "kanzlei", "praxis", "schule", "stadt", "stiftung", "verein", "werkstatt"),
    *("escuela", "farmacia", "hospital", "panadería", "boulangerie", "école", "pharmacie", "société", "cie"),
}
#: These open a company's name and stand within a person's (Vincent de la Cruz, Maria das Neves).
_ARTICLES = {*("the", "a", "an", "der", "die", "das", "le", "la", "les", "el", "los", "las", "il", "lo", "gli")}
_BEHIND = {"jr", "sr", "ii", "iii", "iv", "phd", "md", "esq"}


def first_name(name: str) -> str | None:
    """The name a person is called by: ``Bell, Mrs. Dorothy`` and ``Dr. Dorothy Bell`` are both Dorothy.

    None for a company, a family, several people, a title with one name behind it, or an initial.
    """
    if any(char.isdigit() or char in "&+/@()|:;_" or _is_family_first(char) for char in name) or name.count(",") > 1:
        return None
    words = [_plain(word) for word in re.sub(r"\b(\w)[. ]+(?=\w\b)", r"\1", name).replace(",", " ").split()]
    if not words or words[0] in _ARTICLES or any(word in _NOT_ONE_PERSON - _ARTICLES for word in words):
        return None
    family, comma, given = name.partition(",")
    if comma and _plain(given) in _BEHIND:
        given, comma = family, ""
    names = [word for word in (given if comma else name).split() if _plain(word) not in _TITLES]
    titled = len(names) < len((given if comma else name).split())
    if not names or (titled and not comma and len(names) == 1) or (len(names) == 1 and name.isupper() and not comma):
        return None
    return names[0] if len(_plain(names[0])) > 1 and not names[0].endswith(".") else None


def _is_family_first(char: str) -> bool:
    """Names in Chinese, Japanese and Korean letters begin with that of the family."""
    return "\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af"


def _plain(word: str) -> str:
    return word.replace(".", "").strip(" ,'’\"").casefold()
