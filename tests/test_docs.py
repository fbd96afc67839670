"""The documentation is true: its commands print what the pages show, its examples are valid, its links work."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

import servkit
from docs_runner import COMMANDS, ROOT, blocks, commands_page, differences, matches, pages, renewed, steps
from servkit.book import kinds, settings_shape
from servkit.book.condition_parser import OPERATORS
from servkit.cli import run
from servkit.cli.shared.commands import command_names
from servkit.cli.shared.program import command, program
from servkit.lint.formats import format_names
from servkit.lint.rule import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from servkit.lint.finding import Finding

PAGES = pages()
WITH_COMMANDS = [page for page in PAGES if page != COMMANDS and "```console" in page.read_text("utf-8")]
DOCS = ROOT / "docs"
LANGUAGE = DOCS / "language.md"
ON = date(2026, 3, 1)
_LINK = re.compile(r"(?<!!)\[[^\]\[]*\]\(([^)\s]+)\)")


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


# --- commands ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=_name)
def test_commands_print_what_the_page_shows(page: Path) -> None:
    found = differences(page.read_text("utf-8"))
    update = f"python tests/docs_runner.py --update {_name(page)}"
    assert not found, "\n\n".join([*found, f"Read the difference. If it is right, run: {update}"])


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=_name)
def test_no_output_changes_with_the_calendar(page: Path) -> None:
    """An answer depends on the day. So do the review dates of a book, but for a book that the page itself starts."""
    text = page.read_text("utf-8")
    dated = "lookup" if "$ servkit init" in text else "(lookup|lint)"
    commands = [step for step in steps(text) if re.search(rf"\bservkit {dated}\b", step.command)]
    answered = [step.command for step in commands if not any(line.startswith("(exit") for line in step.expected)]
    assert [command for command in answered if not re.search(r"--on|--from \d{4}-|--help", command)] == []


def test_the_page_of_commands_is_up_to_date() -> None:
    assert COMMANDS.read_text("utf-8") == commands_page(), "run: python tests/docs_runner.py --update docs/commands.md"


@cache
def _options(name: str) -> tuple[str, ...]:
    built = command(name) if name else program()
    return tuple(flag for option in built.params if option.param_type_name == "option" for flag in option.opts)


@pytest.mark.parametrize("name", ["", *command_names()])
def test_every_command_and_option_is_on_the_page_of_commands(name: str) -> None:
    text = COMMANDS.read_text("utf-8")
    title = f"## servkit {name}".rstrip()
    assert f"\n{title}\n" in text
    section = text.partition(f"\n{title}\n")[2].partition("\n## ")[0]
    assert [option for option in _options(name) if not re.search(rf"{re.escape(option)}(?![\w-])", section)] == []


_PAGES = {
    "desk.md": ("lookup", "say", "find", "show", "list"),
    "check.md": ("lint", "rule", "test", "schema"),
    "trainers.md": ("render",),
    "customers.md": ("assign",),
    "team.md": ("serve", "serve add-user", "serve add-token"),
    "journal.md": ("note", "promise", "grant", "recover", "praise", "signoff", "due", "journal", "report"),
}


@pytest.mark.parametrize("page", _PAGES)
def test_a_page_for_users_has_every_option_of_its_commands(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    options = sorted({option for name in _PAGES[page] for option in _options(name)})
    assert [name for name in options if name.startswith("--") and not re.search(rf"{name}(?![\w-])", text)] == []


def test_the_page_about_checks_has_every_report_format_and_no_unknown_rule() -> None:
    text = (DOCS / "check.md").read_text("utf-8")
    assert all(any(code.startswith(found) for code in all_rules()) for found in re.findall(r"SK\d+", text))
    assert [name for name in format_names() if f"`{name}`" not in text] == []


# --- the language ------------------------------------------------------------------------------------------------

#: The page has two books: the cheat sheet, and the reference from this heading on.
_REFERENCE = "\n## The book and its files"


def _example_book(root: Path, text: str) -> Path:
    """Write the example documents of a text into a folder; ``csv NAME`` blocks are customer files."""
    for block in blocks(text):
        document = "\n".join(block.lines) + "\n"
        first = next((line for line in block.lines if line.strip() and not line.startswith("#")), "")
        kind, _, name = block.info.partition(" ")
        if kind == "yaml" and first == "servkit: 1":
            name = "servkit.yaml"
        elif kind == "yaml" and first.startswith("kind:"):
            name = f"line-{block.start}.yaml"
        if name:
            assert not (root / name).exists(), f"two examples of {name}"
            (root / name).write_text(document, "utf-8")
    return root


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The two example books of the language page."""
    sheet, _, reference = LANGUAGE.read_text("utf-8").partition(_REFERENCE)
    texts = {"cheat sheet": sheet, "reference": reference}
    return {name: _example_book(tmp_path_factory.mktemp("book"), text) for name, text in texts.items()}


@pytest.mark.parametrize("name", ["cheat sheet", "reference"])
def test_the_examples_of_the_language_page_have_no_errors(name: str, books: dict[str, Path]) -> None:
    found = servkit.lint_book(books[name], select=("SK1", "SK2", "SK3", "SK4", "SK5"), on=ON).findings
    assert [finding for finding in found if finding.severity == "error"] == []


def test_the_scenario_of_the_cheat_sheet_holds(books: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["test", "--book", str(books["cheat sheet"])]) == 0, capsys.readouterr().out


def test_the_reference_has_an_example_of_every_kind(books: dict[str, Path]) -> None:
    assert {entry.kind for entry in servkit.open_book(books["reference"]).entries} == set(kinds.names())


def test_every_key_of_every_kind_is_on_the_language_page() -> None:
    text = LANGUAGE.read_text("utf-8")
    shared = text.partition("## Keys that every document has")[2].partition("\n### ")[0]
    for kind in kinds.names():
        fields = {field.alias or name for name, field in kinds.model(kind).model_fields.items()}
        section = re.search(rf"^### `?{kind}`?$(.*?)(?=^##+ )", text, re.DOTALL | re.MULTILINE | re.IGNORECASE)
        assert section, f"a section about {kind}"
        assert [key for key in sorted(fields) if f"`{key}`" not in section[1] and f"`{key}`" not in shared] == [], kind


def test_every_key_of_servkit_yaml_is_on_the_language_page() -> None:
    text = LANGUAGE.read_text("utf-8").partition("\n## `servkit.yaml`")[2].partition("\n## ")[0]
    parts = ("SettingsFile", "ClockFile", "AreaFile", "AttributeFile", "SourceFile", "ColumnFile", "WordingFile")
    models = [getattr(settings_shape, name) for name in parts]
    keys = {field.alias or name for model in models for name, field in model.model_fields.items()}
    assert sorted(key for key in keys if f"`{key}`" not in text and f"`{key}:" not in text) == []


def test_every_operator_is_on_the_language_page() -> None:
    text = LANGUAGE.read_text("utf-8").partition("\n## Conditions")[2]
    operators = sorted({name for names in OPERATORS.values() for name in names})
    assert [name for name in operators if not re.search(rf"`{name}[`:]", text)] == []


# --- what people type, and what to write ---------------------------------------------------------------------------

_SETTINGS = """servkit: 1
name: Harbour Inn
clocks:
  desk: {%s}
attributes:
  stays: {type: number}
  since: {type: date}
  vip: {type: flag}
  tier: {type: choice, of: [guest, silver, gold]}
"""
_HOURS = 'hours: "Mo-Fr 09:00-17:00"'
_TERM = "kind: policy\nid: p\ntitle: P\nwhy: W.\nrule: flexible\nterms:\n  t:\n    "
_SEGMENT = "kind: segment\nid: g\ntitle: G\nwhy: W.\ndo: [Say hello.]\n"
_STANDARD = "kind: standard\nid: s\nwhy: W.\nstatement: S.\n"
_DOCUMENTS = {"value": _TERM, "when": _SEGMENT, "Title": _STANDARD, "title": _STANDARD}
#: The third column begins with one of these; and whether `lint` has a finding.
_REPORTS = {"reports an error": "error", "warns": "warning", "reads": None, "drops": None, "is right": None}


def _rows() -> list[tuple[str, str, str]]:
    """The table: typed, right, what servkit does; rows without code in both columns are prose."""
    text = LANGUAGE.read_text("utf-8").partition("## What people type")[2].partition("\n## ")[0]
    return re.findall(r"^\| `(.+?)` \| `(.+?)`.*? \| (.+) \|$", text, re.MULTILINE)


def _findings(folder: Path, line: str) -> list[Finding]:
    """The findings in a small book about one line, but for those about names, use and dates."""
    folder.mkdir()
    key = line.partition(":")[0]
    (folder / "servkit.yaml").write_text(_SETTINGS % (line if key == "hours" else _HOURS), "utf-8")
    if key != "hours":
        title = "" if key.lower() == "title" else "title: S\n"
        document = _DOCUMENTS.get(key, _STANDARD + title) + line + "\n"
        (folder / "document.yaml").write_text(document, "utf-8")
    return list(servkit.lint_book(folder, select=("SK1", "SK20", "SK3"), ignore=("SK316", "SK209"), on=ON).findings)


@pytest.mark.parametrize(("typed", "right", "reaction"), _rows(), ids=lambda text: text[:40])
def test_what_people_type_and_what_to_write(typed: str, right: str, reaction: str, tmp_path: Path) -> None:
    assert _findings(tmp_path / "right", right) == []
    expected = next(severity for word, severity in _REPORTS.items() if reaction.startswith(word))
    severities = {finding.severity for finding in _findings(tmp_path / "typed", typed)}
    assert severities == ({expected} if expected else set()), "update the table"


# --- links -------------------------------------------------------------------------------------------------------


def _links(page: Path) -> list[str]:
    prose = "\n".join(re.sub(r"`[^`]*`", "`…`", line) for line in _unfenced(page))
    return [found[1] for found in _LINK.finditer(prose) if not re.match(r"[a-z]+:", found[1])]


def _unfenced(page: Path) -> Iterator[str]:
    """The lines of a page outside its blocks."""
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


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_between_pages_work(page: Path) -> None:
    broken = []
    for link in _links(page):
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in _anchors(target)):
            broken.append(link)
    assert broken == []


# --- the runner -------------------------------------------------------------------------------------------


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
        (["…"], ["a", "b"], ["…"]),
        (["Book · 451d80c", "…"], ["Book · 0a1b2c3", "b"], ["Book · 451d80c", "…"]),
    ],
)
def test_an_update_keeps_the_elisions_of_the_author(
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
    assert differences(page) == []
    assert len(differences(page.replace("late\n", "soon\n"))) == 1
