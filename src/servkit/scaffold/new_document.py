"""A new document of a kind: its text, and where it belongs in a book."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from servkit.scaffold import TEMPLATES, next_year
from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from servkit.book.settings import Settings

#: For kinds that have no file.
_ANY = """\
kind: @kind@
id: @id@
title:                    # as staff will read it
why:                      # the reason, as staff should hear it
owner: @owner@
review_by: @review_by@
"""
_MARK = re.compile(r"@([a-z_]+)@")
#: A text that YAML reads as text, wherever it is.
_PLAIN = re.compile(r"[^\W_](?:[\w .'()/-]*[\w.)])?\Z")


def document_text(kind: str, id_: str, settings: Settings, today: date, owner: str | None) -> str:
    """The document, left empty where only a person knows what to say. Lines about things that the book does not have
    are left out."""
    file = TEMPLATES / "documents" / f"{kind}.yaml"
    template = file.read_text("utf-8") if file.is_file() else _ANY
    attributes = [name for name, variable in settings.names.items() if not variable.fact]
    values = {
        "kind": kind,
        "id": quoted_scalar(id_),
        "owner": quoted_scalar(owner) if owner else "",
        "today": today.isoformat(),
        "review_by": next_year(today).isoformat(),
        "area": next(iter(settings.areas), None),
        "areas": ", ".join(settings.areas) or None,
        "role": quoted_scalar(settings.roles[0]) if settings.roles else None,
        "attribute": attributes[0] if attributes else None,
        "say": _say(settings),
    }
    lines = (_filled(line, values) for line in template.splitlines())
    return "".join(f"{line}\n" for line in lines if line is not None)


def _filled(line: str, values: dict[str, str | None]) -> str | None:
    if any(values[name] is None for name in _MARK.findall(line)):
        return None
    return _MARK.sub(lambda mark: values[mark[1]] or "", line).rstrip()


def _say(settings: Settings) -> str:
    prompt = '# the words, such as: Hello {{ customer.first_name | default: "there" }}'
    if len(settings.languages) == 1:
        return " " * 21 + prompt
    return "".join(f"\n  {language}:{' ' * (23 - len(language))}{prompt}" for language in settings.languages)


def quoted_scalar(text: str) -> str:
    """The text as a YAML scalar, with quotes where it needs them."""
    return text if _PLAIN.match(text) else json.dumps(text, ensure_ascii=False)


def place_of(kind: str, id_: str, siblings: Iterable[str], others: Iterable[str]) -> str:
    """The path of a new document: where most of its kind are, else where all documents are, else in a new folder.

    ``siblings`` are the paths of documents of the kind, ``others`` of all documents.
    """
    kin = [PurePosixPath(path) for path in siblings]
    if kin:
        folder = Counter(path.parent for path in kin).most_common(1)[0][0]
    else:
        flat = {"/" in path for path in others} == {False}
        folder = PurePosixPath("." if flat else _plural(kind))
    endings = Counter(path.suffix for path in kin)
    return str(folder / f"{_file_name(id_)}{endings.most_common(1)[0][0] if endings else '.yaml'}")


def _plural(kind: str) -> str:
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"


def _file_name(id_: str) -> str:
    """An id as a file's name; a customer's may hold anything but spaces."""
    return re.sub(r"[^a-z0-9._-]+", "-", fold(id_)).strip(".-") or "document"
