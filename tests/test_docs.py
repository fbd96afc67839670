"""What the documentation says is so: its transcripts hold, its examples read, its links lead somewhere."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from docs_runner import COMMANDS, ROOT, blocks, commands_page, faults, matches, renewed, steps
from servkit import lint_book
from servkit.book import kinds
from servkit.book.condition_parser import OPERATORS
from servkit.book.reader import read_book
from servkit.cli.shared.commands import PANELS, command_names
from servkit.cli.shared.program import command, program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
RUN = [page for page in PAGES if page.name != COMMANDS and "```console" in page.read_text("utf-8")]
EVERYWHERE = [*PAGES, *sorted((ROOT / "examples").glob("*/README.md"))]
LANGUAGE = DOCS / "language.md"
_LINK = re.compile(r"(?<!!)\[[^\]\[]*\]\(([^)\s]+)\)")


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


# --- transcripts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", RUN, ids=_name)
def test_every_transcript_shows_what_is_printed(page: Path) -> None:
    found = faults(page.read_text("utf-8"))
    renew = f"python tests/docs_runner.py --write {_name(page)}"
    assert not found, "\n\n".join([*found, f"Read the difference; if it is meant: {renew}"])


@pytest.mark.parametrize("page", RUN, ids=_name)
def test_no_transcript_changes_with_the_calendar(page: Path) -> None:
    """An answer depends on the day, and so do the review dates of a book that is not begun on the page itself."""
    text = page.read_text("utf-8")
    dated = "lookup" if "$ servkit init" in text else "(lookup|lint)"
    asked = [step for step in steps(text) if re.search(rf"\bservkit {dated}\b", step.command)]
    answered = [step.command for step in asked if not any(line.startswith("(exit") for line in step.expected)]
    assert [command for command in answered if not re.search(r"--on|--from \d{4}-|--help", command)] == []


def test_the_page_of_commands_is_up_to_date() -> None:
    again = f"python tests/docs_runner.py --commands > docs/{COMMANDS}"
    assert (DOCS / COMMANDS).read_text("utf-8") == commands_page(), f"write it anew: {again}"


@cache
def _options(name: str) -> tuple[str, ...]:
    built = command(name) if name else program()
    return tuple(flag for option in built.params if option.param_type_name == "option" for flag in option.opts)


@pytest.mark.parametrize("name", ["", *command_names()])
def test_every_command_and_option_is_on_the_page_of_commands(name: str) -> None:
    text = (DOCS / COMMANDS).read_text("utf-8")
    title = f"## servkit {name}".rstrip()
    assert f"\n{title}\n" in text
    section = text.partition(f"\n{title}\n")[2].partition("\n## ")[0]
    assert [option for option in _options(name) if not re.search(rf"{re.escape(option)}(?![\w-])", section)] == []


def test_the_page_for_the_desk_names_every_option_there_is_at_the_desk() -> None:
    text = (DOCS / "desk.md").read_text("utf-8")
    wanted = {option for name in PANELS["At the desk"] for option in _options(name) if option.startswith("--")}
    assert sorted(option for option in wanted if not re.search(rf"{option}(?![\w-])", text)) == []


# --- the language ------------------------------------------------------------------------------------------------


def _whole_documents() -> Iterator[tuple[int, str]]:
    """The documents of the page: yaml that begins with `kind:` or `servkit: 1`, and the line where it stands."""
    for block in blocks(LANGUAGE.read_text("utf-8")):
        first = next((line for line in block.lines if line.strip() and not line.startswith("#")), "")
        if block.info == "yaml" and (first.startswith("kind:") or first == "servkit: 1"):
            yield block.start, "\n".join(block.lines) + "\n"


@pytest.fixture(scope="module")
def example_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents of the page as one book; ``csv`` blocks are files by the name behind the word."""
    root: Path = tmp_path_factory.mktemp("language")
    for line, text in _whole_documents():
        name = "servkit.yaml" if text.startswith("servkit:") else f"line-{line}.yaml"
        assert not (root / name).exists(), "the page has one servkit.yaml; parts of it are no whole documents"
        (root / name).write_text(text, "utf-8")
    for block in blocks(LANGUAGE.read_text("utf-8")):
        word, _, name = block.info.partition(" ")
        if word == "csv":
            (root / name).write_text("\n".join(block.lines) + "\n", "utf-8")
    return root


def test_the_documents_of_the_language_page_read_without_problems(example_book: Path) -> None:
    book = read_book(example_book)
    remarks = [remark for path in {entry.path for entry in book.entries} for remark in book.remarks(path)]
    assert [*book.problems, *remarks] == []
    assert {entry.kind for entry in book.entries} == set(kinds.names()), "an example of every kind"


def test_the_documents_of_the_language_page_make_a_sound_book(example_book: Path) -> None:
    """All names lead somewhere and no rule contradicts another: no finding of the first four hundred, none of style."""
    findings = lint_book(example_book, select=["SK1", "SK2", "SK3", "SK4", "SK5"], on=date(2026, 3, 1)).findings
    assert [finding for finding in findings if finding.severity == "error"] == []


def test_every_key_of_every_kind_is_on_the_language_page() -> None:
    text = LANGUAGE.read_text("utf-8")
    for kind in kinds.names():
        fields = {field.alias or name for name, field in kinds.model(kind).model_fields.items()}
        section = re.search(rf"^### `?{kind}`?$(.*?)(?=^##+ )", text, re.DOTALL | re.MULTILINE | re.IGNORECASE)
        assert section, f"a section on {kind}"
        shared = text.partition("## What every document says")[2].partition("\n### ")[0]
        missing = [key for key in sorted(fields) if f"`{key}`" not in section[1] and f"`{key}`" not in shared]
        assert missing == [], kind


def test_every_key_of_servkit_yaml_is_on_the_language_page() -> None:
    from servkit.book import settings_file

    text = LANGUAGE.read_text("utf-8").partition("## `servkit.yaml`")[2].partition("\n## What every document")[0]
    models = (settings_file.SettingsFile, settings_file.ClockFile, settings_file.AreaFile, settings_file.AttributeFile,
              settings_file.SourceFile, settings_file.ColumnFile, settings_file.WordingFile)  # fmt: skip
    keys = {field.alias or name for model in models for name, field in model.model_fields.items()}
    assert sorted(key for key in keys if f"`{key}`" not in text and f"`{key}:" not in text) == []


def test_every_operator_is_on_the_language_page() -> None:
    text = LANGUAGE.read_text("utf-8")
    operators = sorted({name for names in OPERATORS.values() for name in names})
    assert [name for name in operators if not re.search(rf"`{name}[`:]", text)] == []


# --- links -------------------------------------------------------------------------------------------------------


def _links(page: Path) -> list[str]:
    prose = "\n".join(re.sub(r"`[^`]*`", "`…`", line) for line in _unfenced(page))
    return [found[1] for found in _LINK.finditer(prose) if not re.match(r"[a-z]+:", found[1])]


def _unfenced(page: Path) -> Iterator[str]:
    """The lines of a page that stand in no block."""
    text = page.read_text("utf-8")
    fenced = {block.start + number for block in blocks(text) for number in range(len(block.lines))}
    return (line for number, line in enumerate(text.splitlines()) if number not in fenced)


@cache
def _anchors(page: Path) -> frozenset[str]:
    """The headings of a page as GitHub names them."""
    found: dict[str, int] = {}
    for line in _unfenced(page):
        if heading := re.match(r"#{1,6} +(.*)", line):
            plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading[1]).strip().lower()
            slug = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
            found[slug] = found.get(slug, 0) + 1
    return frozenset(f"{slug}-{time}" if time else slug for slug, times in found.items() for time in range(times))


@pytest.mark.parametrize("page", EVERYWHERE, ids=_name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    lost = []
    for link in _links(page):
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in _anchors(target)):
            lost.append(link)
    assert lost == []


# --- the runner itself -------------------------------------------------------------------------------------------


def test_an_elision_stands_for_any_number_of_lines() -> None:
    assert matches(["a", "…", "z", ""], ["a", "z"])
    assert matches(["a", "…", "z"], ["a", "b", "c", "z"])
    assert matches(["…"], [])
    assert not matches(["a", "…", "z"], ["a", "b"])
    assert not matches(["a.c"], ["abc"])


def test_revisions_compare_as_one() -> None:
    assert matches(["Book · 451d80c · 2026-03-01"], ["Book · 0a1b2c3+changes · 2026-03-01"])
    assert matches(["Book · 451d80c · 2026-03-01"], ["Book · no revision · 2026-03-01"])
    assert not matches(["sha256:33442d2fcabc"], ["sha256:33442d2fcabd"])


@pytest.mark.parametrize(
    ("expected", "printed", "written"),
    [
        (["a", "b"], ["a", "c"], ["a", "c"]),
        (["a", "…", "z"], ["b", "x", "y"], ["b", "…", "y"]),
        (["a", "b", "…"], ["a", "new", "b", "c"], ["a", "new", "b", "…"]),
        (["…", "m", "n", "…", "z"], ["a", "m", "new", "n", "y", "q", "Z"], ["…", "m", "new", "n", "…", "Z"]),
        (["…", "gone", "…"], ["a", "b"], ["a", "b"]),
        (["…"], ["a", "b"], ["a", "b"]),
        (["kept · 451d80c", "…"], ["kept · 0a1b2c3", "b"], ["kept · 451d80c", "…"]),
    ],
)
def test_writing_anew_keeps_the_elisions_of_the_author(
    expected: list[str], printed: list[str], written: list[str]
) -> None:
    assert renewed(expected, printed) == written


def test_the_commands_of_a_page_share_a_shell() -> None:
    page = """
```console
$ cd examples && export A=1
$ ls -d \\
> telco; echo $A; echo late >&2; exit 3
telco
1
late
(exit 3)
```
"""
    assert faults(page) == []
    assert len(faults(page.replace("late\n", "soon\n"))) == 1
