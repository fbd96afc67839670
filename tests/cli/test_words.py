"""``servkit words``: everything that servkit says, to reword or to translate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.languages.catalogue import texts

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Servkit


def test_a_language_that_servkit_does_not_have_is_there_to_be_translated(servkit: Servkit) -> None:
    ran = servkit("words", "it")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("\nmsgid ") == len(texts())
    assert 'msgid "Handbook"\nmsgstr ""\n' in ran.out


def test_the_companys_words_are_printed_over_servkits(tmp_path: Path, servkit: Servkit) -> None:
    (tmp_path / "servkit.yaml").write_text(
        "servkit: 1\nname: Haus\nlanguage: de\ncurrency: EUR\ntimezone: Europe/Berlin\n"
    )
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages" / "de.po").write_text('msgid "Why"\nmsgstr "Wieso"\n', "utf-8")
    ran = servkit("words", "--book", str(tmp_path))
    assert 'msgid "Why"\nmsgstr "Wieso"\n' in ran.out
    assert 'msgid "Handbook"\nmsgstr "Handbuch"\n' in ran.out


def test_a_language_that_there_is_not_is_said(servkit: Servkit) -> None:
    ran = servkit("words", "deutsch")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "servkit: no language 'deutsch'; did you mean de?\n"
