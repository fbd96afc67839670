"""A new book that begins with what other programs exported."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.problems import UnknownNameError
from servkit.book.reader import read_book, read_settings_file
from servkit.exchange.all_files import write_all
from servkit.exchange.book_scripts import BookScripts
from servkit.exchange.contradictions import Text, contradictions
from servkit.exchange.customers_in import is_customers, plan_customers
from servkit.exchange.file_kind import kind_of
from servkit.exchange.import_plan import ImportRequest, plan_import
from servkit.exchange.snapshot import Snapshot
from servkit.exchange.source_file import read_source
from servkit.exchange.tools import tool, tool_names
from servkit.files import is_file
from servkit.scaffold.new_book import write_book

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from servkit.exchange.contradictions import Contradiction
    from servkit.exchange.customers_in import CustomersPlan
    from servkit.exchange.import_steps import Plan
    from servkit.exchange.reply import ToolFile
    from servkit.exchange.source_file import SourceFile


class Begun(NamedTuple):
    """What came in, in the order of the files: plans of replies (with the tool's title), or of customers."""

    plans: Sequence[tuple[str, Plan]]
    customers: Sequence[CustomersPlan]
    contradictions: Sequence[Contradiction]


class _Given(NamedTuple):
    kind: str
    module: Any
    source: SourceFile
    #: None for customers.
    replies: ToolFile | None


def begin_book(root: Path, files: Mapping[str, str], given: Sequence[str], today: date) -> Begun:
    """Write a new book and what some files bring into it, all of it or nothing. ``given`` are files, or a kind and a
    file: ``zendesk:macros.json``. Raises ServkitError."""
    found = [_read(one) for one in given]
    with TemporaryDirectory(prefix="servkit-") as temporary:
        draft = Path(temporary) / "book"
        write_book(draft, files)
        begun = _bring(draft, found, today)
        paths = sorted(path for path in draft.rglob("*") if path.is_file())
        texts = {path.relative_to(draft).as_posix(): path.read_bytes().decode("utf-8", "replace") for path in paths}
        write_book(root, texts)
    return begun


def _read(given: str) -> _Given:
    kind, sign, rest = given.partition(":")
    if sign and kind not in tool_names() and kind.isalpha() and len(kind) > 1 and not is_file(Path(given)):
        raise UnknownNameError("kind", kind, tool_names(), f"choose from {', '.join(tool_names())}")
    source = read_source(Path(rest if sign and kind in tool_names() else given))
    name = kind if sign and kind in tool_names() else kind_of(source)
    module = tool(name)
    if getattr(module, "IS_TABLE", False) and is_customers(module.read_table(source)[0]):
        return _Given(name, module, source, None)
    return _Given(name, module, source, module.read(source))


def _bring(root: Path, found: Sequence[_Given], today: date) -> Begun:
    customers: list[CustomersPlan] = []
    for one in found:
        if one.replies is None:
            settings = read_settings_file(root)
            people = plan_customers(root, settings, one.module, one.source, "customers", "theirs", {})
            write_all(root, people.files)
            customers.append(people)
    by_kind: dict[str, list[_Given]] = {}
    for one in found:
        if one.replies is not None:
            by_kind.setdefault(one.kind, []).append(one)
    plans: list[tuple[str, Plan]] = []
    for kind, several in by_kind.items():
        replies = [one.replies for one in several if one.replies is not None]
        plan = plan_import(
            _scripts(root, today), several[0].module, replies, Snapshot(), ImportRequest(kind, "scripts")
        )
        write_all(root, plan.files)
        plans.append((several[0].module.TITLE, plan))
    book = _scripts(root, today)
    texts = (Text(entry.path, text) for entry in book.scripts if (text := book.text(entry)) is not None)
    return Begun(plans, customers, contradictions(texts, (), book.settings, today.toordinal()))


def _scripts(root: Path, today: date) -> BookScripts:
    book = read_book(root)
    return BookScripts(root, book.settings, book.entries, book.settings.language, today.toordinal())
