"""The hours of clocks: told where they cannot be read, and where a part of them does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from servkit import lint_book

from .books import TODAY, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("clock", "told"),
    [
        ('{hours: "Mon-Fri 9am-5pm", country: US}', "18 error `Mon-Fri` in the hours"),
        ('{hours: "Mo-Fr 09:00-17:00; PH off"}', "37 error `PH` does nothing without a country"),
        ('{hours: "Mo-Fr 09:00-17:00; PH off", country: }', "37 error `PH` does nothing without a country"),
        ('{hours: "Mo-Fr 09:00-17:00; SH off", country: DE}', "37 error `SH` does nothing"),
        ('{hours: "PH off; Mo-Fr 09:00-17:00", country: US}', "18 error `PH off` does nothing: what comes after it"),
        ('{hours: "Mo-Su 09:00-17:00", country: US}', ""),
        ('{hours: "Mo-Fr 09:00-17:00; PH off", country: Germany}', "55 error No public holidays"),
        ('{hours: "Mo-Fr 09:00-17:00; PH off", country: US}', ""),
        ("{hours: 'Mo-Fr 09:00-17:00 \"PH by appointment\"'}", ""),
    ],
)
def test_hours_are_told_at_their_place(tmp_path: Path, clock: str, told: str) -> None:
    settings = f"servkit: 1\nname: A\nclocks:\n  desk: {clock}\n"
    found = lint_book(write(tmp_path, {"servkit.yaml": settings}), on=TODAY, select=["SK309"]).findings
    shown = [f"{finding.column} {finding.severity} {finding.message}"[: len(told)] for finding in found]
    assert shown == ([told] if told else [])
    assert all(finding.line == 4 for finding in found)
