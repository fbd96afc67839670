"""Reading YAML with places (BOOK.md 1)."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from servkit.book.amounts import decode_amount
from servkit.book.condition_atoms import decode_condition
from servkit.book.reader import read_documents, read_settings_file
from servkit.book.settings_file import read_settings
from servkit.book.source import Mark, Source
from servkit.book.yaml_reader import _ANCHOR, _BANG, _Composer, compose

from . import authoring

if TYPE_CHECKING:
    from servkit.book.problems import Problem


def parsed(text: str | bytes) -> tuple[list[Source], list[str]]:
    problems: list[Problem] = []
    sources = compose("a.yaml", text if isinstance(text, bytes) else text.encode(), problems)
    return sources, [authoring.shown(problem) for problem in problems]


def data(text: str | bytes) -> Any:
    (source,), problems = parsed(text)
    assert not problems
    return source.data


@pytest.mark.parametrize(
    "scalar", ["NO", "010", "1.10", "22:30", "1_000", "yes", "~", "null", "2026-03-01", "0x1F", "1e3"]
)
def test_scalars_stay_what_the_author_typed(scalar: str) -> None:
    assert data(f"a: {scalar}") == {"a": scalar}
    assert data(f'a: "{scalar}"') == {"a": scalar}
    assert data(f"{scalar}: a") == {scalar: "a"}


def test_an_empty_plain_scalar_is_nothing_and_a_quoted_one_an_empty_text() -> None:
    assert data("a:\nb: ''\nc: []\nd: {}\n") == {"a": None, "b": "", "c": [], "d": {}}


def test_a_byte_order_mark_and_crlf_are_tolerated() -> None:
    (source,), problems = parsed(b"\xef\xbb\xbfa: 1\r\nb:\r\n  - x\r\n")
    assert (source.data, problems) == ({"a": "1", "b": ["x"]}, [])
    assert source.place(("b", 0)) == Mark(3, 5)
    assert source.place() == Mark(1, 1)


def test_several_documents_are_parted_by_dashes() -> None:
    sources, problems = parsed("a: 1\n---\n---\nb: 2\n")
    assert [source.data for source in sources] == [{"a": "1"}, {"b": "2"}]
    assert sources[1].place(("b",)) == Mark(4, 4)
    assert not problems


def test_a_broken_document_does_not_take_away_those_before_it() -> None:
    sources, problems = parsed("a: 1\n---\nb: [\n")
    assert [source.data for source in sources] == [{"a": "1"}]
    assert problems == ["3:4 SK100 This `[` isn't closed. Write `]` where it ends."]


@pytest.mark.parametrize("text", ["a: b\nt: [", "a: b\nt: [\n", "a: b\nt: [\r\n\n \n", 'a: b\nt: "x'])
def test_what_is_not_closed_is_told_where_it_is_opened(text: str) -> None:
    _, problems = parsed(text)
    assert [problem[:9] for problem in problems] == ["2:4 SK100"]


NO_TAG = "can't be used here. Write the plain value; put text that starts with ! in quotes."
FAULTS = {
    "a: 1\nb: &x 2\nc: *x": [
        "2:4 SK103 Anchors (&x) can't be used here. Write the value out; put text that starts with & in quotes.",
        "3:4 SK103 Aliases (*x) can't be used here. Write the value out; put text that starts with * in quotes.",
    ],
    "a:\n  <<: {b: c}": ["2:3 SK103 Merge keys (`<<`) can't be used here. Write the entries out."],
    "a: !money 3": [f"1:4 SK104 The tag !money {NO_TAG}"],
    "a: [1, !!str 3]": [f"1:8 SK104 The tag tag:yaml.org,2002:str {NO_TAG}"],
    "!k a: 3": [f"1:1 SK104 The tag !k {NO_TAG}"],
    "a: ! b\nc: [!, Achtung !]": [f"{place} SK104 The tag ! {NO_TAG}" for place in ("1:4", "2:5")],
    "say: {{ name }}": [
        "1:7 SK105 A key must be text, not a list or a mapping. Put text that starts with { or [ in quotes."
    ],
    "a: 1\nb: 2\na: 3": ["3:1 SK106 The key `a` appears twice. Keep one of them."],
    "é: [1, {a: 1, a: 2}]": ["1:15 SK106 The key `a` appears twice. Keep one of them."],
    "é\u0001": ["1:2 SK102 The character U+0001 isn't allowed in YAML. Delete it."],
    "a: b\n# éé\nc: \x07": ["3:4 SK102 The character U+0007 isn't allowed in YAML. Delete it."],
    "a: b: c": ['1:5 SK100 This text has a colon in it. Put the text in quotes: `a: "b: c"`.'],
    "a:\n\tb: 1": ["2:1 SK100 There is a tab here. Indent with spaces."],
    'a: "x': ["1:4 SK100 This quotation mark isn't closed. Write \" at the end of the text."],
}


@pytest.mark.parametrize("text", FAULTS)
def test_faults_are_told_at_their_place_with_a_mending(text: str) -> None:
    sources, problems = parsed(text)
    assert problems == FAULTS[text]
    assert not sources


def test_undecodable_bytes_are_told_at_their_place() -> None:
    for start in (b"", b"\xef\xbb\xbf"):
        assert parsed(start + b"a: 1\r\nb: \xc3\xa9\xff")[1] == [
            "2:5 SK102 The byte 0xff isn't UTF-8. In Windows-1252 it is `ÿ`. Save the file as UTF-8."
        ]
    assert parsed("a: 1".encode("utf-16"))[1] == ["1:1 SK102 The file is in UTF-16. Save it as UTF-8."]


def test_a_file_over_a_mebibyte_is_told() -> None:
    assert parsed(b"#" * (1 << 20))[1] == []
    assert parsed(b"#" * ((1 << 20) + 1))[1] == [
        "0:0 SK101 The file has 1,048,577 bytes, and 1,048,576 is the limit. Split it into several files."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 500_000,
        "{a: " * 200_000,
        "? a\n: " + "- ? " * 200_000,
        "- " * 400_000,
        "".join(" " * depth + "a:\n" for depth in range(1000)),
        "".join(" " * depth + "a:\n" + " " * depth + "- b:\n" for depth in range(0, 400, 3)),
    ],
)
def test_what_is_nested_too_deep_is_told_and_quickly(text: str) -> None:
    started = time.process_time()
    sources, problems = parsed(text)
    assert not sources
    assert [problem.partition(" ")[2][:5] for problem in problems] == ["SK107"]
    assert time.process_time() - started < 5


def test_a_hundred_levels_are_not_too_deep() -> None:
    assert parsed("[" * 100 + "]" * 100)[1] == []
    assert parsed("[" * 101 + "]" * 101)[1] == ["1:101 SK107 Nested more than 100 levels deep. Split it up."]


def test_prose_with_stars_and_ampersands_is_not_taken_for_anchors() -> None:
    assert data("a: |\n  **bold** *slant* R&D, Q & A &c.\n")["a"] == "**bold** *slant* R&D, Q & A &c.\n"


def test_places_in_a_table_of_many_rows_are_found_quickly() -> None:
    rows = "".join(f"  - {{when: {{plan: x}}, value: {n}}}\n" for n in range(12_000))
    source = authoring.source_of("cases:\n" + rows)
    started = time.process_time()
    for row in range(12_000):
        assert source.place(("cases", row, "value")).line == row + 2
    assert time.process_time() - started < 3


def test_a_place_that_is_not_there_is_that_of_the_nearest_part_above() -> None:
    source = authoring.source_of("a:\n  b: [x, y]\nc: one\n")
    assert source.place(("a", "b", 1)) == (2, 10)
    assert source.place(("a", "z")) == (2, 3)
    assert source.place(("a", "b", 7)) == (2, 6)
    assert source.place(("a", "b"), key=True) == (2, 3)
    assert source.place(("c", 0)) == (3, 4)
    assert source.place(("c", 0, "z")) == (3, 4)


# --- properties ---------------------------------------------------------------------------------------------------

WORDS = st.text("ab é日𝄞-:#'\"{[*&!|>%@`\n", max_size=8)
TREES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=12
)


def parts(tree: Any, where: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    """Every part of a tree with the steps that lead to it."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [(where, tree), *(found for step, item in pairs for found in parts(item, (*where, step)))]


def node_at(node: Any, where: tuple[str | int, ...]) -> tuple[Any, Any]:
    """PyYAML's own node for the same part, and that of its key."""
    key = node
    for step in where:
        if isinstance(node, yaml.MappingNode):
            key, node = next((k, v) for k, v in node.value if k.value == step)
        else:
            key = node = node.value[step]
    return key, node


@given(TREES, st.booleans())
def test_the_place_of_every_part_is_the_line_and_column_where_it_stands(tree: Any, flow: bool) -> None:
    text = yaml.dump(tree, default_flow_style=flow, allow_unicode=True, default_style='"', sort_keys=False)
    if "!!" in text or re.search(r"(^|[\s\[{,])[&*]", text):
        return  # an alias the writer made of one object
    (source,), problems = parsed(text)
    assert not problems
    assert source.data == tree
    composed = yaml.compose(text, Loader=yaml.BaseLoader)
    for where, _ in parts(tree):
        key, node = node_at(composed, where)
        assert source.place(where) == (node.start_mark.line + 1, node.start_mark.column + 1)
        assert source.place(where, key=True) == (key.start_mark.line + 1, key.start_mark.column + 1)


@given(st.binary(max_size=200) | st.text(" \n-?:[]{}&*!|>'\"#%,ab\t\r\x85\u2028\ufeff", max_size=60).map(str.encode))
def test_any_bytes_are_read_without_an_exception(raw: bytes) -> None:
    problems: list[Problem] = []
    for source in compose("a.yaml", raw, problems):
        for where, _ in parts(source.data):
            source.place(where)
    content = read_documents("a.yaml", raw, authoring.settings())
    assert all(problem.path == "a.yaml" for problem in content.problems)


@given(st.text(" \n-?:[]{}&*!'\",ab\t\ufeff", max_size=40))
def test_no_anchor_alias_or_empty_tag_goes_unnoticed(text: str) -> None:
    try:
        events = list(_Composer(text).events())
    except yaml.YAMLError:
        return
    assert _ANCHOR.search(text) or not [event for event in events if getattr(event, "anchor", None)]
    assert _BANG.search(text) or not [event for event in events if getattr(event, "tag", None) == "!"]


ROOT = Path(__file__).parents[2]
BOOKS = {
    file.parent: read_settings_file(file.parent)
    for folder in ("standards", "examples")
    for file in (ROOT / folder).rglob("servkit.yaml")
}
REAL = sorted((book, path) for book in BOOKS for path in book.rglob("*.yaml"))
SLIPS = st.binary(max_size=3) | st.sampled_from([b": ", b"\n", b" ", b"- ", b"{}", b"[]", b"-1", b"yes", b" days"])


@settings(deadline=None)
@given(st.data())
def test_real_documents_with_bytes_flipped_taken_or_put_in_never_raise(draw: st.DataObject) -> None:
    book, path = draw.draw(st.sampled_from(REAL))
    raw = bytearray(path.read_bytes())
    for _ in range(draw.draw(st.integers(1, 6))):
        place = draw.draw(st.integers(0, max(len(raw) - 1, 0)))
        raw[place : place + draw.draw(st.integers(0, 3))] = draw.draw(SLIPS)
    content = read_documents(path.name, bytes(raw), BOOKS[book])
    for problem in [*content.problems, *content.remarks]:
        assert problem.line >= 0
        assert problem.message
    for entry in content.entries:
        assert entry.when is None or decode_condition(entry.when.encode()).encode() == entry.when.encode()
        for term in entry.terms.values():
            assert [decode_amount(amount.encode()) for amount in term.amounts()] == list(term.amounts())
        assert list(entry.overrides) == list(entry.logic.get("overrides", ()))


@settings(deadline=None)
@given(st.data())
def test_settings_with_bytes_flipped_taken_or_put_in_never_raise(draw: st.DataObject) -> None:
    raw = bytearray((draw.draw(st.sampled_from(sorted(BOOKS))) / "servkit.yaml").read_bytes())
    place = draw.draw(st.integers(0, len(raw) - 1))
    raw[place : place + draw.draw(st.integers(0, 3))] = draw.draw(SLIPS)
    problems: list[Problem] = []
    for source in compose("servkit.yaml", bytes(raw), problems):
        assert (read_settings(source, problems) is None) == bool(problems)
