"""A page: a path, and the function that answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from servkit.web.visit import Visit


class Page(NamedTuple):
    """What answers a path, such as ``/documents/{id}``.

    ``is_open``: also to somebody who is not signed in. ``is_slow``: it may take seconds, such as a handout, and must
    not keep those waiting who look something up. ``takes_json``: what is sent is JSON, not a form."""

    path: str
    handler: Callable[[Visit], Response]
    methods: tuple[str, ...] = ("GET",)
    is_open: bool = False
    is_slow: bool = False
    takes_json: bool = False
