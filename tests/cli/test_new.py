"""``servkit new``: a document that lints clean but for what only a person can say."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from jsonschema import Draft202012Validator

from schema.editors import Core, as_read
from servkit import lint_book
from servkit.book import kinds
from servkit.book.reader import read_settings_file
from servkit.clocks.today import today_in
from servkit.scaffold import TEMPLATES, new_document, next_year
from servkit.scaffold.new_book import starting_book, write_book
from servkit.scaffold.new_document import document_text, place_of
from servkit.schema import schema_of

if TYPE_CHECKING:
    from .conftest import Servkit

#: What is found in a new document of each kind: what is empty, and who leads to it.
LEFT = {
    "customer": set(),
    "philosophy": {"SK601", "SK602", "SK207"},
    "policy": {"SK110"},
    "procedure": {"SK601", "SK602"},
    "recovery": {"SK601", "SK602", "SK207"},
    "scenario": {"SK601"},
    "script": {"SK110"},
    "segment": {"SK110"},
    "standard": {"SK601", "SK602"},
}


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The starting book, in a repository whose author is known."""
    folder = tmp_path / "shop"
    write_book(folder, starting_book(today_in("America/New_York")))
    config = tmp_path / "gitconfig"
    config.write_text('[user]\n  name = "Ana: the \\"Boss\\""\n', "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("kind", kinds.names())
def test_clean_but_for_what_only_a_person_can_say(kind: str, servkit: Servkit, shop: Path) -> None:
    ran = servkit("new", kind, "a-new-one")
    assert (ran.code, ran.err) == (0, "")
    path = Path(ran.out.rstrip("\n"))
    assert path.is_file()
    assert path.name == "a-new-one.yaml"
    found = lint_book(shop).findings
    assert {finding.code for finding in found} == LEFT[kind]
    assert {finding.path for finding in found} <= {path.as_posix()}


@pytest.mark.parametrize(
    ("kind", "id_", "told"),
    [
        ("segment", "true", "YAML reads 'true' as yes or no, not as a name; choose another one"),
        ("standard", "and", "'and' means something else in the placeholder of a script; choose another name"),
    ],
)
def test_a_name_that_means_something_else_is_refused(
    kind: str, id_: str, told: str, servkit: Servkit, shop: Path
) -> None:
    ran = servkit("new", kind, id_)
    assert (ran.code, ran.err) == (2, f"servkit: {told}\n")
    assert servkit("new", "customer", "1042").code == 0


@pytest.mark.parametrize("kind", kinds.names())
def test_a_review_a_year_from_today_and_an_owner(kind: str, servkit: Servkit, shop: Path) -> None:
    data = yaml.safe_load(Path(servkit("new", kind, "a-new-one").out.rstrip("\n")).read_text("utf-8"))
    assert (data["kind"], data["id"]) == (kind, "a-new-one")
    if kind not in ("customer", "scenario"):
        assert data["review_by"] == next_year(today_in("America/New_York"))
        assert data["owner"] == 'Ana: the "Boss"'


def test_nobody_is_known_to_git(servkit: Servkit, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    text = Path(servkit("new", "standard", "one").out.rstrip("\n")).read_text("utf-8")
    assert "\nowner:\n" in text
    monkeypatch.setenv("PATH", "")
    assert servkit("new", "standard", "two").code == 0


@pytest.mark.parametrize("kind", kinds.names())
def test_every_kind_has_its_text_and_every_hint_is_true(kind: str, shop: Path) -> None:
    """With the marks of the hints taken away and the empty places filled, an editor and the reader find nothing."""
    assert (TEMPLATES / "documents" / f"{kind}.yaml").is_file()
    text = document_text(kind, "a-new-one", read_settings_file(shop), date(2028, 2, 29), "Ana")
    for empty, filling in (("rule", "flexible"), ("when", "{commutes: no}"), ("say", "Hello."), ("title", "New")):
        text = re.sub(rf"^({empty}:) +#", rf"\1 {filling} #", text, flags=re.MULTILINE)
    full = "".join(
        f"{line.removeprefix('# ')}\n" if re.match(r"# +(?:[a-z_]+:|- )|#   ", line) else f"{line}\n"
        for line in text.splitlines()
        if "# basis" not in line and "# instead" not in line
    )
    assert full != text or kind == "philosophy"
    data = as_read(full, Core)
    assert [error.message for error in Draft202012Validator(schema_of(kind)).iter_errors(data)] == []
    assert "@" not in full
    (shop / "new.yaml").write_text(full, "utf-8")
    assert [finding for finding in lint_book(shop, select=["SK1", "SK3"]).findings if finding.path == "new.yaml"] == []


def test_a_kind_without_a_text_of_its_own(shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_document, "TEMPLATES", tmp_path)
    text = document_text("standard", "one", read_settings_file(shop), date(2026, 3, 1), None)
    assert yaml.safe_load(text)["kind"] == "standard"


def test_a_script_in_every_language(servkit: Servkit, tmp_path: Path) -> None:
    (tmp_path / "servkit.yaml").write_text("servkit: 1\nname: Small\nlanguages: [en, pt-BR]\n", "utf-8")
    path = tmp_path / servkit("new", "script", "hello", book=tmp_path).out.rstrip("\n")
    text = path.read_text("utf-8")
    assert yaml.safe_load(text)["say"] == {"en": None, "pt-BR": None}
    assert "area" not in text, "the book has none"


@pytest.mark.parametrize(
    ("kin", "others", "place"),
    [
        ([], [], "policies/x.yaml"),
        ([], ["standards/a.yaml"], "policies/x.yaml"),
        ([], ["a.yaml", "b.yaml"], "x.yaml"),
        (["rules/a.yaml", "rules/b.yaml", "c.yaml"], ["rules/a.yaml"], "rules/x.yaml"),
        (["rules/a.yml"], ["rules/a.yml"], "rules/x.yml"),
    ],
)
def test_where_its_siblings_are(kin: list[str], others: list[str], place: str) -> None:
    assert place_of("policy", "x", kin, others) == place


def test_a_customer_may_be_called_anything(servkit: Servkit, shop: Path) -> None:
    ran = servkit("new", "customer", "Ä/#17:x")
    assert ran.out == "customers/a-17-x.yaml\n"
    assert yaml.safe_load(Path("customers/a-17-x.yaml").read_text("utf-8"))["id"] == "Ä/#17:x"
    assert servkit("show", "Ä/#17:x").code == 0
    assert servkit("new", "customer", "..").out == "customers/document.yaml\n"


def test_from_another_folder(servkit: Servkit, shop: Path, tmp_path: Path) -> None:
    ran = servkit("new", "policy", "late-fee", "--book", "shop", book=tmp_path)
    assert ran.out == "shop/policies/late-fee.yaml\n"
    assert (shop / "policies" / "late-fee.yaml").is_file()


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["polcy", "x"], "no kind 'polcy'; did you mean policy?"),
        (["policy", "Late Fee!"], "'Late Fee!' is not an id; "),
        (["policy", "Late Fee!"], "such as late-fee"),
        (["policy", "../x"], "'../x' is not an id; "),
        (["customer", "two words"], "'two words' is not a customer's id: "),
        (["policy", "late-credit"], "the id 'late-credit' is taken by a policy: policies/late-credit.yaml:2"),
        (["standard", "late-credit"], "the id 'late-credit' is taken by a policy: policies/late-credit.yaml:2"),
        (["customer", "Q-17"], "the id 'Q-17' is taken by a customer: customers/q-17.yaml:2"),
        (["policy", "x", "--book", "nowhere"], "no book in nowhere"),
    ],
)
def test_one_line_and_nothing_written(args: list[str], told: str, servkit: Servkit, shop: Path) -> None:
    before = sorted(shop.rglob("*"))
    ran = servkit("new", *args)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert ran.err.count("\n") == 1
    assert sorted(shop.rglob("*")) == before


def test_twice(servkit: Servkit, shop: Path) -> None:
    """A document that was begun a moment ago cannot be read yet, and has its id all the same."""
    path = Path(servkit("new", "policy", "late-fee").out.rstrip("\n"))
    text = path.read_text("utf-8")
    for kind in ("policy", "standard"):
        ran = servkit("new", kind, "late-fee")
        assert (ran.code, ran.out) == (2, "")
        assert "is taken by a policy: policies/late-fee.yaml:1" in ran.err
    assert path.read_text("utf-8") == text


def test_a_file_that_is_there_is_kept(servkit: Servkit, shop: Path) -> None:
    (shop / "policies" / "late-fee.yaml").write_text("kind: policy\nid: another\nrule: fixed\n", "utf-8")
    ran = servkit("new", "policy", "late-fee")
    assert (ran.code, ran.err) == (2, "servkit: policies/late-fee.yaml already exists; nothing was written\n")


def test_a_customer_of_a_file(servkit: Servkit, shop: Path) -> None:
    (shop / "more.csv").write_text("id,name\nQ-18,Ben\n", "utf-8")
    with (shop / "servkit.yaml").open("a", encoding="utf-8") as file:
        file.write("customers: more.csv\n")
    ran = servkit("new", "customer", "Q-18")
    assert ran.code == 2
    assert "taken by a customer: more.csv:2" in ran.err
