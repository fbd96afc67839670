"""A scenario written by the analysis reads back as it was meant, whatever texts are in it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servkit.analysis.scenario_text import as_read, scenario_text
from servkit.book.yamltext import parse

from .brute import scalar

_ASCII = "".join(map(chr, range(0x20, 0x7F)))
#: What UTF-8 YAML can hold, by its number where it cannot be printed.
_TEXTS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12) | st.sampled_from(
    [
        "",
        "yes",
        "no",
        "010",
        "1_000",
        "~",
        "null",
        "- a",
        "a: b",
        "#x",
        "a #b",
        "{x}",
        "[",
        "'",
        '"',
        "\\",
        "\t",
        "\n",
        "\x85",
    ]
)
_TEXTS |= st.text(_ASCII, max_size=12)
_KEYS = st.sampled_from(["plan", "returns.window", "a", "b-c", "x_y"])


_PARTS = st.recursive(
    _TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3), max_leaves=8
)


@given(st.dictionaries(_KEYS, _PARTS, min_size=1))
def test_it_reads_back(data: dict[str, Any]) -> None:
    problems: list[Any] = []
    (source,) = parse("scenario.yaml", scenario_text(data).encode(), problems)
    assert not problems
    assert source.data == scalar(data)
    known = as_read("scenario.yaml", data)
    assert known is None or (known.path, known.data, len(known.places)) == (
        source.path,
        source.data,
        len(source.places),
    )


@pytest.mark.parametrize("text", ["", "north", 'so: "called" #1', "a\\b", "{x: [y]}", "- a", "yes", "~", "%{"])
def test_what_is_sure_to_be_read_need_not_be(text: str) -> None:
    data: dict[str, Any] = {"id": text, "given": {"x_y": text, text or "a": [text, text]}}
    known = as_read("scenario.yaml", data)
    assert known is not None
    problems: list[Any] = []
    (source,) = parse("scenario.yaml", scenario_text(data).encode(), problems)
    assert not problems
    assert (source.data, len(source.places)) == (known.data, len(known.places))


@pytest.mark.parametrize("text", ["é", "\n", "\t", "*a", "x &b", "x" * 201, "\x7f", "<<"])
def test_what_may_be_read_otherwise_is_read(text: str) -> None:
    assert as_read("scenario.yaml", {"id": text}) is None
    assert as_read("scenario.yaml", {"given": {text: "a"}}) is None
