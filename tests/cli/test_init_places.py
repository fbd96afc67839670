"""A new book for a company anywhere, and a run that was killed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Servkit


@pytest.mark.parametrize(
    ("args", "settings"),
    [
        ((), ["name: Quay Street Cycles", "currency: USD", "timezone: America/New_York"]),
        (("--name", "Adler: Haus", "--country", "Germany"), ['name: "Adler: Haus"', "currency: EUR", "country: DE"]),
        (("--country", "jp", "--language", "ja"), ["language: ja", "currency: JPY", "timezone: Asia/Tokyo"]),
        (("--empty",), ["name: Quay Street Cycles"]),
    ],
)
def test_what_is_written_lints_clean(
    args: tuple[str, ...], settings: list[str], tmp_path: Path, servkit: Servkit
) -> None:
    assert servkit("init", str(tmp_path / "book"), *args).code == 0
    written = (tmp_path / "book" / "servkit.yaml").read_text("utf-8")
    assert [line for line in settings if line not in written] == []
    ran = servkit("lint", book=tmp_path / "book")
    assert (ran.code, ran.out) == (0, ""), ran.out
    assert ran.err.startswith("All checks passed")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--country", "XQ"), "no country 'XQ'; write its code, such as US"),
        (("--language", "deutsch"), "no language 'deutsch'; did you mean de?"),
        (("--name", " "), "--name needs the name of your company"),
    ],
)
def test_what_there_is_not_is_said(args: tuple[str, ...], message: str, tmp_path: Path, servkit: Servkit) -> None:
    ran = servkit("init", str(tmp_path / "book"), *args)
    assert (ran.code, ran.err) == (2, f"servkit: {message}\n")
    assert not (tmp_path / "book").exists()


def test_a_run_that_was_killed_does_not_block_the_next(tmp_path: Path, servkit: Servkit) -> None:
    whole = tmp_path / "whole"
    assert servkit("init", str(whole)).code == 0
    book = tmp_path / "book"
    (book / ".servkit-x1").mkdir(parents=True)
    (book / "policies").mkdir()
    (book / "policies" / "late-credit.yaml").write_bytes((whole / "policies" / "late-credit.yaml").read_bytes())
    assert servkit("init", str(book)).code == 0
    names = [sorted(path.relative_to(root) for path in root.rglob("*")) for root in (whole, book)]
    assert names[0] == names[1]


def test_a_folder_with_somebodys_own_file_is_not_free(tmp_path: Path, servkit: Servkit) -> None:
    (tmp_path / "book" / ".servkit-x1").mkdir(parents=True)
    (tmp_path / "book" / "servkit.yaml").write_text("mine")
    ran = servkit("init", str(tmp_path / "book"))
    assert ran.code == 2
    assert (tmp_path / "book" / "servkit.yaml").read_text() == "mine"


def test_what_cannot_be_rendered_is_refused_with_the_formats(tmp_path: Path, servkit: Servkit) -> None:
    for name in ("q.xlsx", "h.doc"):
        ran = servkit("render", "card", "--to", str(tmp_path / name), book="pest-control")
        assert (ran.code, ran.out) == (2, "")
        assert ".docx" in ran.err
        assert ".pdf" in ran.err
        assert not (tmp_path / name).exists()


def test_everything_goes_into_a_new_folder(tmp_path: Path, servkit: Servkit, monkeypatch: pytest.MonkeyPatch) -> None:
    assert servkit("init", str(tmp_path / "book")).code == 0
    monkeypatch.chdir(tmp_path)
    for folder in ("servkit-handouts", "servkit-handouts-2"):
        ran = servkit("render", "all", "--book", str(tmp_path / "book"), "--format", "md")
        assert ran.code == 0
        assert f"{folder}/handbook.md" in ran.err
        assert (tmp_path / folder / "handbook.md").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book", "servkit-handouts", "servkit-handouts-2"]
