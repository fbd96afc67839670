"""Tools that the tests need and Python packages cannot bring; ``.ci/tools`` installs them."""

from __future__ import annotations

import os

import pytest


def absent(why: str) -> str:
    """A tool that is not there: that fails in CI, and passes over the test elsewhere."""
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)
