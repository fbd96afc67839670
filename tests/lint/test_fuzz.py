"""Whatever stands in the files, the checks give findings and never fall over."""

from __future__ import annotations

import contextlib
import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from servkit import lint_book, look_up, open_book
from servkit.book.problems import ServkitError
from servkit.lint.destination import Destination
from servkit.lint.fixes import apply
from servkit.lint.formats import format_names, formatter

BOOK = Path(__file__).parent / "broken_book"
FILES = sorted(path for path in BOOK.glob("*.yaml") if path.name != "servkit.yaml")
SETTINGS = (BOOK / "servkit.yaml").read_bytes()
SLIPS = (
    """[ ] { } :  - ' " {{ }} {%if%} null ~ 2026-02-30 30dayz when: terms: say: id: é \u2028 \u0085 & * !!x <<: ? |"""
)
PIECES = st.one_of(
    st.binary(max_size=6),
    st.sampled_from([piece.encode() for piece in SLIPS.split(" ")]),
    st.sampled_from(
        [b"\n", b"  ", b"---\n", b"\xff", b"\x00", b"\t", b"# servkit: ignore[SK602] why", b"{{ a | b }}", b": "]
    ),
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """One of the files of the broken book with some of it cut out, put in, or put elsewhere."""
    raw = draw(st.sampled_from(FILES)).read_bytes()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(raw)))
        end = min(len(raw), start + draw(st.integers(0, 40)))
        raw = raw[:start] + draw(PIECES) + raw[end:]
    return raw


def _lint(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, raw in files.items():
            (root / path).write_bytes(raw)
        report = lint_book(root, on=date(2026, 3, 1))
        for finding in report.findings:
            assert finding.code
            assert finding.severity in ("error", "warning", "info")
            assert finding.path in files
        for name in format_names():
            formatter(name)(report, Destination())
        for path, raw in files.items():
            text = raw.decode("utf-8", "replace")
            apply(text, [found for found in report.findings if found.path == path and found.fix is not None])
        with contextlib.suppress(ServkitError):
            book = open_book(root)
            for day in (date.min, date(2026, 3, 1), date.max):
                look_up(book, on=day)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_a_mutated_file(raw: bytes) -> None:
    _lint({"servkit.yaml": SETTINGS, "clean.yaml": (BOOK / "clean.yaml").read_bytes(), "mutated.yaml": raw})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(SETTINGS)), PIECES, st.integers(0, 30))
def test_mutated_settings(start: int, piece: bytes, cut: int) -> None:
    raw = SETTINGS[:start] + piece + SETTINGS[start + cut :]
    _lint({"servkit.yaml": raw, "values.yaml": (BOOK / "values.yaml").read_bytes()})


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200))
@example(b"kind: script\nid: a\nsay: Your order #4711\nwhy: \x01\n")
def test_any_bytes(raw: bytes) -> None:
    _lint({"servkit.yaml": SETTINGS, "any.yaml": raw})
