"""A scenario written by the analysis reads back as it was meant, whatever texts are in it."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from servkit.analysis.scenario_text import scenario_text
from servkit.book.yaml_reader import compose

from .brute import scalar

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
_KEYS = st.sampled_from(["plan", "returns.window", "a", "b-c", "x_y"])


_PARTS = st.recursive(
    _TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3), max_leaves=8
)


@given(st.dictionaries(_KEYS, _PARTS, min_size=1))
def test_it_reads_back(data: dict[str, Any]) -> None:
    problems: list[Any] = []
    (source,) = compose("scenario.yaml", scenario_text(data).encode(), problems)
    assert not problems
    assert source.data == scalar(data)
