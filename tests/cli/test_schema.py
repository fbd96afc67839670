"""``servkit schema``: JSON Schema on stdout."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from servkit.book import kinds
from servkit.cli import run

if TYPE_CHECKING:
    from .conftest import Servkit


@pytest.mark.parametrize("kind", [*kinds.names(), "settings"])
def test_one_kind(kind: str, servkit: Servkit) -> None:
    ran = servkit("schema", kind)
    assert (ran.code, ran.err) == (0, "")
    schema = json.loads(ran.out)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:servkit:schema:1:{kind}"
    assert schema["description"]


def test_any_document(servkit: Servkit) -> None:
    schema = json.loads(servkit("schema").out)
    assert schema["properties"]["kind"]["enum"] == list(kinds.names())
    judge = Draft202012Validator(schema)
    assert judge.is_valid({"kind": "policy", "id": "returns", "rule": "fixed"})
    assert [error.message for error in judge.iter_errors({"kind": "policy", "id": "returns"})] == [
        "'rule' is a required property"
    ]


def test_the_same_bytes_every_time(servkit: Servkit) -> None:
    assert servkit("schema").out == servkit("schema").out


def test_no_book_is_needed(servkit: Servkit, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert servkit("schema", "script", book=tmp_path_factory.mktemp("empty")).code == 0


@pytest.mark.parametrize(
    ("name", "told"),
    [("polcy", "did you mean policy?"), ("setting", "did you mean settings?"), ("xyzzy", "choose from customer, ")],
)
def test_no_such_kind(name: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", name]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"servkit: no kind {name!r}; {told}")
    assert captured.err.count("\n") == 1
