"""Editor and CI agree: every document in ``positive`` and ``negative`` is judged alike by the schema and the reader.

A file dropped into one of the folders is a test at once, and so is every document of it, parted by ``---``. What only
the reader can judge lies in ``negative-reader-only``; files of ``settings`` are a servkit.yaml each.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from servkit import lint_book
from servkit.book import kinds
from servkit.schema import names, schema_of

from .editors import Core, Old, as_read

if TYPE_CHECKING:
    import yaml

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
#: The rules that say whether a document can be read at all; what else is found is a matter of the whole book.
READING = (
    "SK1",
    "SK201",
    "SK202",
    "SK301",
    "SK302",
    "SK303",
    "SK304",
    "SK305",
    "SK306",
    "SK307",
    "SK31",
    "SK401",
    "SK507",
)
LOADERS = [pytest.param(Core, id="yaml-1.2"), pytest.param(Old, id="yaml-1.1")]
NO_READING_MATTER = ("SK315", "SK316", "SK317", "SK318", "SK319")


@cache
def validator(name: str | None) -> Draft202012Validator:
    return Draft202012Validator(schema_of(name))


def documents(folder: str) -> list[Any]:
    """Every document of every file in a folder of examples."""
    return [
        pytest.param(text, path.parent.name == "settings", id=f"{path.relative_to(HERE / folder)}:{number}")
        for path in sorted((HERE / folder).rglob("*.yaml"))
        for number, text in enumerate(path.read_text("utf-8").split("\n---\n"), 1)
    ]


def faults(text: str, loader: type[yaml.CSafeLoader], *, settings: bool) -> list[str]:
    """What an editor would mark."""
    data = as_read(text, loader)
    found = [error.message for error in validator("settings" if settings else None).iter_errors(data)]
    kind = data.get("kind") if isinstance(data, dict) else None
    if not settings and kind in kinds.names():  # the schema of the one kind says the same
        assert bool(found) is not validator(kind).is_valid(data)
    return found


def findings(text: str, root: Path, *, settings: bool) -> list[str]:
    """What CI would tell."""
    (root / "servkit.yaml").write_text(text if settings else (HERE / "book.yaml").read_text("utf-8"), "utf-8")
    if not settings:
        (root / "example.yaml").write_text(text, "utf-8")
    for name in ("customers.csv", "crm.csv"):
        (root / name).write_text("id,name\n", "utf-8")
    found = lint_book(root, select=READING).findings
    return [str(finding) for finding in found if finding.code not in NO_READING_MATTER]


@pytest.mark.parametrize("name", [None, *names()])
def test_the_schema_is_one(name: str | None) -> None:
    schema = schema_of(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"].startswith("urn:servkit:schema:1:")
    assert schema["title"]


@pytest.mark.parametrize("name", [None, *names()])
def test_every_key_is_explained(name: str | None) -> None:
    schema = schema_of(name)
    for part in (schema, *schema["$defs"].values()):
        for key, place in part.get("properties", {}).items():
            assert place.get("description"), f"{name}: {key}"


@pytest.mark.parametrize(("text", "settings"), documents("positive"))
def test_the_reader_accepts(text: str, settings: bool, tmp_path: Path) -> None:
    assert findings(text, tmp_path, settings=settings) == []


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(("text", "settings"), documents("positive"))
def test_the_schema_accepts(text: str, settings: bool, loader: type[yaml.CSafeLoader]) -> None:
    assert faults(text, loader, settings=settings) == []


@pytest.mark.parametrize(("text", "settings"), [*documents("negative"), *documents("negative-reader-only")])
def test_the_reader_rejects(text: str, settings: bool, tmp_path: Path) -> None:
    assert findings(text, tmp_path, settings=settings)


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(("text", "settings"), documents("negative"))
def test_the_schema_rejects(text: str, settings: bool, loader: type[yaml.CSafeLoader]) -> None:
    assert faults(text, loader, settings=settings)


@pytest.mark.parametrize(("text", "settings"), documents("negative-reader-only"))
def test_only_the_reader_rejects(text: str, settings: bool) -> None:
    assert not faults(text, Core, settings=settings), "the schema can judge this; move it to `negative`"


@pytest.mark.parametrize(
    "book",
    [ROOT / "standards", *sorted(path.parent for path in (ROOT / "examples").glob("*/servkit.yaml"))],
    ids=lambda book: book.name,
)
def test_shipped_books(book: Path) -> None:
    for path in sorted(book.rglob("*.yaml")):
        for text in path.read_text("utf-8").split("\n---\n"):
            assert faults(text, Core, settings=path.name == "servkit.yaml") == [], path
