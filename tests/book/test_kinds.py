"""Adding a kind is adding one file: everything that works on documents works on it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from servkit.book import kinds
from servkit.book.reader import read_book
from servkit.book.references import find_references
from servkit.cli import run
from servkit.schema import schema_of

from .authoring import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PLEDGE = '''
"""A pledge: what we promise everybody in writing."""

from typing import Annotated, ClassVar

from servkit.book.shape import Applicable, Condition, Ids, Prose, RefersTo, Terms


class Pledge(Applicable):
    """What we promise everybody in writing."""

    expected: ClassVar[tuple[str, ...]] = ("title",)

    statement: Prose
    """The promise."""
    terms: Terms = {}
    """Its named values."""
    copies: int = 1
    """How many copies hang on the wall."""
    framed: bool = False
    """Whether it hangs in a frame."""
    weight: float | None = None
    """What the frame weighs."""
    keepers: Annotated[Ids, RefersTo("segment")] = []
    """Ids of the segments that keep it."""
    void_when: Condition | None = None
    """When it does not hold."""
'''
BOOK = {
    "servkit.yaml": "servkit: 1\nname: B\nareas: {door: {title: Door}}\nattributes: {plan: {type: text}}\n",
    "pledge.yaml": (
        "kind: pledge\nid: p\ntitle: Our pledge\nstatement: We answer.\narea: door\ncopies: 3\nframed: yes\n"
        "terms: {within: 3 rings}\nkeepers: [vip, gone]\nvoid_when: {segment: vip}\n"
    ),
    "segment.yaml": (
        "kind: segment\nid: vip\ntitle: VIP\nwhy: W\nowner: o\nreview_by: 2999-01-01\nwhen: {plan: gold}\n"
        "sets: {p.within: 1 ring}\ndo: Smile.\n"
    ),
}


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A book with a document of a kind that is one more file."""
    package, folder = tmp_path / "kinds", tmp_path / "book"
    package.mkdir()
    folder.mkdir()
    (package / "pledge.py").write_text(PLEDGE, "utf-8")
    for name, text in BOOK.items():
        (folder / name).write_text(text, "utf-8")
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(package)])
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(folder)
    caches = (kinds.names, kinds.model, kinds.kind)
    for cached in caches:
        cached.cache_clear()
    yield folder
    for cached in caches:
        cached.cache_clear()


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What a command prints."""

    def call(*arguments: str) -> str:
        run(list(arguments))
        return capsys.readouterr().out

    return call


def test_a_kind_is_one_file(book: Path) -> None:
    made = read_book(book)
    assert not made.problems
    assert made.settings.owners == ("standard", "policy", "pledge")
    assert "pledge" in made.settings.applicable
    (pledge,) = made.versions("pledge", "p")
    assert pledge.terms["within"].type == "number"
    assert [(found.kinds[0], found.id, found.where) for found in find_references([pledge], made.settings).all] == [
        ("area", "door", ("area",)),
        ("segment", "vip", ("keepers", 0)),
        ("segment", "gone", ("keepers", 1)),
        ("segment", "vip", ("void_when", "segment")),
    ]


def test_the_checks_know_its_references_and_its_terms(book: Path, printed: Callable[..., str]) -> None:
    report = json.loads(printed("lint", "--format", "json", "--select", "SK2"))
    assert [(found["code"], found["path"], found["line"]) for found in report["findings"]] == [
        ("SK205", "pledge.yaml", 9)
    ]


def test_it_is_listed_shown_looked_up_and_begun(book: Path, printed: Callable[..., str]) -> None:
    assert "Our pledge" in printed("list", "pledge")
    shown = json.loads(printed("show", "p", "--format", "json"))
    assert [found["id"] for found in shown["referred_to_by"]] == ["vip"]
    assert "We answer." in printed("show", "p")
    answer = json.loads(printed("lookup", "--about", "door", "--format", "json"))
    assert answer["terms"]["p.within"]["may_be"] == ["1 ring", "3 rings"]
    assert answer["uncovered"] == []
    printed("new", "pledge", "second")
    assert (book / "second.yaml").is_file()


def test_plain_types_of_python_are_read_and_in_the_schema(book: Path) -> None:
    validator = Draft202012Validator(schema_of("pledge"))
    good = {"kind": "pledge", "id": "a", "statement": "S", "copies": 2, "framed": "yes", "weight": 1.5}
    assert validator.is_valid(good)
    for key, wrong, message in (
        ("copies", "two", "`two` is not a whole number."),
        ("framed", "wood", "`wood` is not yes or no."),
        ("weight", "heavy", "`heavy` is not a number such as 1500 or 1.5."),
    ):
        assert not validator.is_valid(good | {key: wrong})
        assert read(f"kind: pledge\nid: a\nstatement: S\n{key}: {wrong}\n")[1] == [f"4:{len(key) + 3} SK110 {message}"]


def test_it_is_a_section_of_the_handbook(book: Path) -> None:
    assert run(["render", "handbook", "--to", "handbook.md"]) == 0
    page = (book / "handbook.md").read_text("utf-8")
    assert "### Our pledge (Pledge)\n\nWe answer." in page
    assert "| **Within** | 3 rings |" in page
