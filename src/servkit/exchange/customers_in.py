"""Customers from a spreadsheet: a file of the book that lookups read, with an attribute for every column."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.discovery import SETTINGS
from servkit.book.literals import read_as
from servkit.book.problems import ServkitError, ValueProblem
from servkit.book.written_amounts import read_written_money
from servkit.exchange.headings import CUSTOMERS, Columns, recognise
from servkit.exchange.names import slug
from servkit.exchange.replies_table import unmarked
from servkit.exchange.settings_text import with_customers
from servkit.exchange.snapshot import FOLDER
from servkit.exchange.yaml_text import scalar
from servkit.files import is_file, read_file
from servkit.text import fold, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from servkit.book.settings import Settings
    from servkit.exchange.source_file import SourceFile

_LARGEST = 1 << 30
_TAKEN = frozenset({"any", "all", "not", "today", "channel", "role", "office", "segment", "id", "name"})
_FOUND_BY = frozenset({"phone", "mobile", "telephone", "telefon", "telefono", "handy", "email", "mail"})
_FLAGS = frozenset({"yes", "no", "true", "false", "y", "n"})


class CustomersPlan(NamedTuple):
    """What an import of customers does. ``verb`` is ``new``, ``update``, ``same`` or ``conflict``; ``columns`` says
    what each column is, ``attributes`` are new ones with their types; ``by_hand`` is what somebody has to add to
    ``servkit.yaml``, where servkit can't."""

    verb: str
    path: str
    columns: Columns
    attributes: Mapping[str, str]
    rows: int
    added: int
    changed: int
    gone: int
    left_out: Sequence[str]
    files: Mapping[str, bytes]
    by_hand: str = ""


def is_customers(header: Sequence[str]) -> bool:
    """Whether a table seems to be of customers, and not of texts."""
    columns = recognise(header, CUSTOMERS)
    return columns.heading("id") is not None and columns.heading("name") is not None


def plan_customers(
    root: Path, settings: Settings, module: Any, file: SourceFile, folder: str, keep: str | None,
    chosen: Mapping[str, str],
) -> CustomersPlan:  # fmt: skip
    """What an import of one file of customers does. Raises ServkitError."""
    header, rows = module.read_table(file)
    attributes = [name for name, variable in settings.names.items() if not variable.fact]
    known: dict[str, Sequence[str]] = {**CUSTOMERS, **{name: _names(name, settings) for name in attributes}}
    chosen = {heading: _key(key) for heading, key in chosen.items()}
    known |= {key: () for key in chosen.values() if key != "-" and key not in known}
    columns = recognise(header, known, chosen)
    if columns.heading("id") is None:
        shown = ", ".join(quoted(name, 30) for name in header if name)
        message = (
            f"No column seems to hold the ids. Say which one does, such as --column Account=id. There are {shown}."
        )
        raise file.fault(message, 1)
    columns = _with_attributes(columns, header, {heading for heading, key in chosen.items() if key == "-"})
    places = [(key, header.index(heading)) for heading, key in columns.by_heading.items()]
    places.sort(key=lambda place: (place[0] != "id", place[0] != "name"))
    records, left_out = _records(places, rows)
    new = {
        key: _type([record[number] for record in records], settings)
        for number, (key, _) in enumerate(places)
        if key not in attributes and key not in CUSTOMERS
    }
    data = _csv([[key for key, _ in places], *records])
    path = f"{folder}/{slug(file.name.rpartition('.')[0]) or 'customers'}.csv".lstrip("/")
    listed = any(str(spec.get("file")).endswith(path) for spec in settings.sources)
    return _compared(root, path, data, records, columns, new, left_out, keep, listed=listed)


def _compared(
    root: Path, path: str, data: bytes, records: list[list[str]], columns: Columns, new: Mapping[str, str],
    left_out: Sequence[str], keep: str | None, *, listed: bool,
) -> CustomersPlan:  # fmt: skip
    """The plan, by what the book has already."""
    note = f"{FOLDER}/customers.{path.rpartition('/')[2]}.json"
    files: dict[str, bytes] = {}
    here = _read(root / path)
    verb = "new" if here is None else "same" if here == data else "update"
    if verb == "update" and keep != "theirs" and _digest(here or b"") != _seen(root / note):
        verb = "conflict"
    before = _by_id(here) if here is not None else {}
    now = {record[0]: record for record in records}
    by_hand = ""
    if verb in ("new", "update"):
        files[path] = data
        types = {
            name: f"{{type: {kind}{', find: yes' if _is_found_by(name, kind) else ''}}}" for name, kind in new.items()
        }
        settings = with_customers(_read(root / SETTINGS) or b"", None if listed else scalar(path), types)
        if settings is not None:
            files |= {SETTINGS: settings} if types or not listed else {}
        else:
            lines = [f"attributes: {name}: {written}" for name, written in types.items()]
            by_hand = "; ".join([*lines, *([] if listed else [f"customers: [{path}]"])])
        files[note] = (json.dumps({"digest": _digest(data)}) + "\n").encode()
    changed = sum(id_ in before and before[id_] != dict_of(columns, record) for id_, record in now.items())
    return CustomersPlan(
        verb, path, columns, new, len(now), sum(id_ not in before for id_ in now), changed,
        sum(id_ not in now for id_ in before), left_out, files, by_hand,
    )  # fmt: skip


def dict_of(columns: Columns, record: Sequence[str]) -> dict[str, str]:
    """A record by its keys, the id first and then the name."""
    keys = sorted(columns.by_heading.values(), key=lambda key: (key != "id", key != "name"))
    return dict(zip(keys, record, strict=True))


def _with_attributes(columns: Columns, header: Sequence[str], left: set[str]) -> Columns:
    """The columns, with an attribute of its own for each that is not known."""
    found = dict(columns.by_heading)
    for heading in columns.unused:
        key = _key(heading)
        if heading not in left and key and key not in found.values():
            found[heading] = key
    ordered = {heading: found[heading] for heading in header if heading in found}
    return Columns(ordered, [heading for heading in header if heading and heading not in ordered])


def _names(name: str, settings: Settings) -> list[str]:
    variable = settings.names[name]
    titles = [settings.pick(getattr(variable, "title", None))]
    return [fold(text.replace("_", " ")) for text in (name, *titles) if text]


def _key(heading: str) -> str:
    """A name for an attribute from a heading."""
    if heading in ("id", "name", "-"):
        return heading
    words = re.findall(r"[a-z0-9]+", fold(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)))
    key = "_".join(words)
    return f"the_{key}" if key in _TAKEN or key[:1].isdigit() else key


def _records(
    places: Sequence[tuple[str, int]], rows: Sequence[tuple[int, Sequence[str]]]
) -> tuple[list[list[str]], list[str]]:
    records: dict[str, list[str]] = {}
    left_out = []
    for line, row in rows:
        record = [" ".join(unmarked(row[place]).split()) for _, place in places]
        id_ = record[0]
        if not id_ or not id_.isprintable():
            left_out.append(f"row {line} has no id")
        elif id_ in records:
            left_out.append(f"row {line} has the id {quoted(id_, 30)} again")
        else:
            records[id_] = record
    if not records:
        raise ServkitError("There is no row with an id.")
    return list(records.values()), left_out


def _type(cells: Sequence[str], settings: Settings) -> str:
    """The type that fits every cell of a column."""
    texts = [cell for cell in dict.fromkeys(cells) if cell][:2000]
    tests: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("flag", lambda text: _is(text.lower() in _FLAGS)),
        ("number", lambda text: read_as("number", text)),
        ("date", lambda text: read_as("date", text)),
        ("percent", lambda text: read_as("percent", text)),
        ("duration", lambda text: read_as("duration", text)),
        ("money", lambda text: read_written_money(text, settings.currency)),
    )
    for name, test in tests:
        if texts and all(_passes(test, text) for text in texts):
            return name
    return "list" if any(";" in text for text in texts) else "text"


def _is_found_by(name: str, kind: str) -> bool:
    """Whether the desk will look for people by it."""
    return kind == "text" and bool(_FOUND_BY & set(name.split("_")))


def _is(fits: bool) -> None:
    if not fits:
        raise ValueProblem("it does not fit")


def _passes(test: Callable[[str], object], text: str) -> bool:
    try:
        test(text)
    except ValueProblem:
        return False
    return True


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


def _by_id(data: bytes) -> dict[str, dict[str, str]]:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8", "replace"), newline="")))
    header = rows[0] if rows else []
    return {row[0]: dict(zip(header, row, strict=False)) for row in rows[1:] if row}


def _read(path: Path) -> bytes | None:
    try:
        return read_file(path, _LARGEST) if is_file(path) else None
    except OSError:
        return None


def _seen(path: Path) -> str:
    try:
        return str(json.loads(_read(path) or b"{}")["digest"])
    except (ValueError, KeyError, TypeError):
        return ""


def _digest(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()
