"""A problem as RFC 9457 has it, for the description of the API; :mod:`servkit.web.errors` writes them."""

from __future__ import annotations

from servkit.web.api.operation import Given


class Problem(Given):
    """What went wrong."""

    type: str
    title: str
    status: int
    detail: str
