"""What a person sees, word by word. ``GOLDEN=write`` writes the files anew; read them before committing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Servkit

_ASKED = {
    "pest-returns": (
        "pest-control",
        0,
        "lookup C-1042 --about returns --role technician --on 2026-03-01 --from 2026-03-01T09:30",
    ),
    "pest-why": ("pest-control", 0, "lookup C-1042 --about returns --on 2026-03-01 --why"),
    "pest-nobody": ("pest-control", 0, "lookup --about returns --about billing --on 2026-03-01"),
    "pest-matches": ("pest-control", 1, "lookup o"),
    "pest-show": ("pest-control", 0, "show returns"),
    "pest-find": ("pest-control", 0, "find recepit"),
    "pest-list": ("pest-control", 0, "list standard"),
    "standards-everything": ("standards", 0, "lookup AS-1063 --role office --channel phone --on 2026-03-01"),
    "standards-complaint": ("standards", 0, "lookup AS-1078 --about complaints --level genuine --on 2026-03-01"),
    "standards-say": ("standards", 0, "say hi AS-1020 --agent Bo --lang es"),
    "standards-choices": ("standards", 1, "say h"),
    "compensation-open": (
        "compensation",
        0,
        "lookup C-2001 --about repairs --set reported_on=2026-02-20 --on 2026-03-01",
    ),
    "telco-customer": ("telco", 0, "lookup 7590-VHVEG --about retention --on 2026-03-01"),
}


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize("name", _ASKED)
@pytest.mark.usefixtures("one_revision")
def test_a_screen_is_as_it_was_read_and_agreed(
    name: str, columns: int, servkit: Servkit, golden: Callable[[str, str], None]
) -> None:
    book, code, line = _ASKED[name]
    ran = servkit(*line.split(), book=book, columns=columns)
    assert ran.code == code, ran.err
    golden(f"{name}-{columns}", re.sub(r"sha256:\w{12}", "sha256:000000000000", ran.out))
