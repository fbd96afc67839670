"""An area lacks what it requires, on some of its channels.

An area requires a standard and a script unless ``servkit.yaml`` says otherwise, and a procedure and a recovery where it
says so; on each of its own ``channels``, or on all. ``servkit lint --matrix`` draws who has what.

Why: a customer who writes should be met as well as one who calls. Where the book is silent, everybody improvises.

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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.source import Source
    from servkit.lint.broken import Broken
    from servkit.lint.fixtures.matrix import Matrix

CODE = "SK404"
SEVERITY = "warning"


def check(matrix: Matrix, settings_source: Source, broken: Broken) -> Iterator[Finding]:
    for area, kind, channels in matrix.gaps():
        if broken.mentions(area) or matrix.is_empty(area):
            continue
        where = (
            f" on {' and '.join(map(str, channels))}"
            if channels != (None,) and len(channels) < len(matrix.channels)
            else ""
        )
        message = f"{area} has no {kind}{where}; write one, or say `{kind}: optional`"
        yield Finding(SETTINGS, *settings_source.place(("areas", area), key=True), message)
