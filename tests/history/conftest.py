"""Running servkit in this process, as the tests of the commands do."""

from __future__ import annotations

from cli.conftest import servkit

__all__ = ["servkit"]
