"""The headings of a spreadsheet: what each column seems to hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.problems import UnknownNameError
from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: What people call the columns of saved replies, folded; the first that fits is taken.
SCRIPTS = {
    "say": ("say", "text", "content", "reply", "response", "message", "body", "answer", "comment", "snippet",
            "canned response", "template", "script", "antwort", "nachricht", "inhalt", "textbaustein", "respuesta",
            "mensaje", "texto", "reponse", "texte"),
    "title": ("title", "name", "subject", "topic", "label", "question", "titel", "bezeichnung", "betreff", "titulo",
              "nombre", "asunto", "titre", "nom", "sujet"),
    "id": ("id", "key", "number", "no", "nr", "nummer"),
    "short": ("short", "short code", "shortcode", "shortcut", "code", "trigger", "abbreviation", "kurzel", "atajo"),
    "tags": ("tags", "tag", "keywords", "labels", "folder", "group", "stichworte", "etiquetas"),
    "area": ("area", "category", "section", "department", "bereich", "kategorie", "categoria", "categorie"),
    "channels": ("channels", "channel", "kanal", "kanale", "canal"),
    "roles": ("roles", "role", "rolle", "rollen", "rol"),
    "segments": ("segments", "segment"),
    "level": ("level", "stufe", "nivel"),
    "ask": ("ask", "questions to ask", "fragen"),
    "why": ("why", "reason", "purpose", "warum", "zweck", "motivo"),
    "owner": ("owner", "responsible", "author", "verantwortlich", "responsable"),
    "review_by": ("review by", "review", "review date", "prufen bis"),
}  # fmt: skip
#: What people call the columns of customers; every other column is an attribute.
CUSTOMERS = {
    "id": ("id", "customer id", "customer no", "customer number", "account", "account no", "account number",
           "customer", "kundennummer", "kunden nr", "kundennr", "numero de cliente", "no", "nr", "number"),
    "name": ("name", "full name", "customer name", "company", "company name", "client", "kunde", "kundenname", "firma",
             "nombre", "nom", "cliente"),
}  # fmt: skip


class Columns(NamedTuple):
    """The columns of a table: what is in each of them, by its heading. ``unused`` are those that nothing is read
    from."""

    by_heading: Mapping[str, str]
    unused: Sequence[str]

    def heading(self, key: str) -> str | None:
        """The column that holds something."""
        return next((heading for heading, found in self.by_heading.items() if found == key), None)


def recognise(
    header: Sequence[str], known: Mapping[str, Sequence[str]], chosen: Mapping[str, str] | None = None
) -> Columns:
    """The columns of a table as their headings say, or as somebody has chosen: heading to key, `-` for none. Raises
    UnknownNameError for a heading or a key that there is not."""
    chosen = chosen or {}
    by_heading: dict[str, str] = {}
    for heading, key in chosen.items():
        if heading not in header:
            raise UnknownNameError("column", heading, tuple(header), f"the columns are {', '.join(header)}")
        if key != "-" and key not in known:
            raise UnknownNameError("field", key, tuple(known), f"choose from {', '.join(known)}, or - for none")
        if key != "-":
            by_heading[heading] = key
    words = {heading: _words(heading) for heading in header if heading and heading not in chosen}
    for key, names in known.items():
        if key in by_heading.values():
            continue
        exact = ((heading, names.index(text)) for heading, text in words.items() if text in names)
        found = min(exact, key=lambda pair: pair[1], default=None)
        if found is None:
            longer = (heading for heading, text in words.items() if _ends_so(text, names) and heading not in by_heading)
            first = next(longer, None)
            found = (first, 0) if first is not None else None
        if found is not None and found[0] not in by_heading:
            by_heading[found[0]] = key
    ordered = {heading: by_heading[heading] for heading in header if heading in by_heading}
    return Columns(ordered, [heading for heading in header if heading and heading not in ordered])


def _ends_so(text: str, names: Sequence[str]) -> bool:
    """`Reply text` ends like `text`."""
    return any(text.endswith(f" {name}") for name in names)


def _words(heading: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading))))
