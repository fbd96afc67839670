"""An area lacks a document that it requires.

An area requires a standard and a script unless `servkit.yaml` says otherwise. It can require a procedure and a recovery
as well. It needs each of them on all of its channels. `servkit lint --matrix` shows which area has what.

Why: A customer who writes deserves the same care as one who calls. Where the book says nothing, everybody improvises.

Fix: Write the document, make it `optional` for the area, or list the channels of the area.

Bad:

    # file: servkit.yaml
    servkit: 1
    name: Example
    channels: [phone, email]
    areas:
      returns: {title: Returns, script: optional}  # here

    # file: returns.yaml
    kind: standard
    id: glad-return
    area: returns
    channels: [phone]

Good:

    # file: servkit.yaml
    servkit: 1
    name: Example
    channels: [phone, email]
    areas:
      returns: {title: Returns, script: optional, channels: [phone]}

    # file: returns.yaml
    kind: standard
    id: glad-return
    area: returns
    channels: [phone]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.discovery import SETTINGS
from servkit.lint.finding import Finding
from servkit.text import enumeration, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.source import Source
    from servkit.lint.fixtures.broken_documents import BrokenDocuments
    from servkit.lint.fixtures.matrix import Matrix

CODE = "SK404"
SEVERITY = "warning"


def check(matrix: Matrix, settings_source: Source, broken_documents: BrokenDocuments) -> Iterator[Finding]:
    for area, kind, channels in matrix.gaps():
        if broken_documents.mentions(area) or matrix.is_empty(area):
            continue
        where = (
            f" on {enumeration(map(str, channels))}"
            if channels != (None,) and len(channels) < len(matrix.channels)
            else ""
        )
        message = f"The area {quoted(area)} has no {kind}{where}. Write one, or give the area `{kind}: optional`."
        yield Finding(SETTINGS, *settings_source.place(("areas", area), key=True), message)
