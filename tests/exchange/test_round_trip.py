"""What came in goes back as it was, and what goes out comes back as nothing new."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from cli.conftest import ROOT
from exchange.samples import FILES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Servkit


@pytest.mark.parametrize("sample", FILES)
def test_in_and_out_again_byte_for_byte(
    sample: str, book: Path, servkit: Servkit, state: Callable[[], dict[str, bytes]]
) -> None:
    name, text = FILES[sample]
    kind = sample.partition("-")[0]
    (book.parent / name).write_bytes(text.encode())
    ran = servkit("import", kind, f"../{name}")
    assert ran.code == 0, ran
    before = state()
    again = servkit("import", kind, f"../{name}")
    assert (again.code, state() == before) == (0, True), again
    assert " new" not in again.err
    assert servkit("export", kind, "--to", f"../back-{name}").code == 0
    assert (book.parent / f"back-{name}").read_bytes() == text.encode()


@pytest.mark.parametrize("kind", ["zendesk", "chatwoot", "zammad", "espanso", "csv", "xlsx"])
@pytest.mark.parametrize("source", ["standards", "examples/hotel", "examples/pest-control"])
def test_out_and_in_again_changes_nothing(
    kind: str, source: str, tmp_path: Path, servkit: Servkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / source, tmp_path / "book")
    monkeypatch.chdir(tmp_path / "book")
    ran = servkit("export", kind, "--to", "../out.x")
    assert ran.code == 0, ran
    again = servkit("import", kind, "../out.x", "--dry-run")
    assert "nothing was written" in again.err
    assert " new" not in again.err
    assert "conflict" not in again.err


@pytest.mark.parametrize("kind", ["zendesk", "chatwoot", "zammad", "espanso", "csv", "xlsx"])
def test_into_another_book_and_out_again(kind: str, tmp_path: Path, servkit: Servkit, book: Path) -> None:
    assert servkit("export", kind, "--to", str(tmp_path / "out.x"), "--book", str(ROOT / "standards")).code == 0
    assert servkit("import", kind, str(tmp_path / "out.x")).code in (0, 1)
    assert servkit("export", kind, "--to", str(tmp_path / "back.x")).code == 0
    assert (tmp_path / "back.x").read_bytes() == (tmp_path / "out.x").read_bytes()


def test_pages_go_back_to_their_files(book: Path, servkit: Servkit) -> None:
    pages = {f"page-{number}.json": f'{{"macros":[{_macro(number)}],"next_page":{number}}}\n' for number in (1, 2)}
    for name, text in pages.items():
        (book.parent / name).write_text(text, "utf-8")
    assert servkit("import", "zendesk", *(f"../{name}" for name in pages)).code == 0
    assert servkit("export", "zendesk", "--to", "../back/").code == 0
    assert {path.name: path.read_text("utf-8") for path in (book.parent / "back").iterdir()} == pages
    (book.parent / "page-2.json").write_text(pages["page-2.json"].replace("Words 2", "Other words"), "utf-8")
    ran = servkit("import", "zendesk", "../page-2.json")
    assert (ran.code, ran.err) == (0, "1 updated.\n")
    assert servkit("export", "zendesk", "--to", "../back/").code == 0
    assert (book.parent / "back" / "page-2.json").read_bytes() == (book.parent / "page-2.json").read_bytes()
    assert (book.parent / "back" / "page-1.json").read_text("utf-8") == pages["page-1.json"]


def _macro(number: int) -> str:
    comment = f'{{"field":"comment_value","value":"Words {number}"}}'
    return f'{{"id":{number},"title":"Macro {number}","actions":[{comment}]}}'
