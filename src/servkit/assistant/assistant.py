"""What an assistant may do, and where its answers come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from servkit.desk.session import Desk


class Assistant(NamedTuple):
    """``open_desk`` opens a desk for one request, so that every answer is of the book as it is then; it is given what
    to do with a notice. ``allowed`` names the tools that record, as far as whoever starts the server allows them."""

    open_desk: Callable[[Callable[[str], None]], Desk]
    allowed: frozenset[str] = frozenset()
