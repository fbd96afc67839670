"""Keeping the findings of a whole run, so that nothing is worked out twice while nothing has changed.

Kept in the user's cache folder, never in the book, under a key of all that the findings depend on: every byte of the
book and of its files of customers, the day in the book's time zone, the codes asked for, and servkit itself.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from servkit.book.files import walk
from servkit.lint.engine import Report, today_in
from servkit.lint.finding import Edit, Finding, Fix
from servkit.store.cache import cache_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_LAYOUT = "1"


class Memory:
    """The place for one book's last report."""

    def __init__(self, root: Path, today: date | None, *asked: object) -> None:
        self.root, self.dated = root, today is not None
        self.key = _key(root, (today, *asked))
        name = blake2b(str(root.resolve()).encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()
        self.file = cache_folder() / "lint" / f"{name}.json"

    def recall(self) -> Report | None:
        """The report, where nothing has changed since."""
        try:
            data = json.loads(self.file.read_bytes())
            report = data["report"]
            if data["key"] != self.key or data["sources"] != _files_key(self.root, report["sources"]):
                return None
            if not self.dated and report["today"] != today_in(report["timezone"]).isoformat():
                return None
            return _report(self.root, report)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, report: Report) -> None:
        """Remember a report; where that cannot be, nothing is lost."""
        data = asdict(report)
        data.pop("root")
        data["findings"] = [_row(finding) for finding in report.findings]
        kept = {"key": self.key, "sources": _files_key(self.root, report.sources), "report": data}
        temporary = self.file.with_suffix(f".{os.getpid()}")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps(kept), "utf-8", "surrogatepass")
            temporary.replace(self.file)
        except (OSError, ValueError):
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _key(root: Path, asked: Sequence[object]) -> str:
    """What the findings depend on."""
    total = blake2b(repr((_LAYOUT, _self(), *asked)).encode(), digest_size=20)
    paths = sorted(file[0] for file in walk(str(root)))
    base = str(root)
    for path in paths:
        total.update(path.encode("utf-8", "surrogateescape"))
        _add(total, os.path.join(base, path))  # noqa: PTH118 - strings all the way, for thousands of files
    return total.hexdigest()


def _add(total: Any, path: str) -> None:
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            raw = file.read((1 << 20) + 1)
            total.update(b"%d " % len(raw))
            total.update(raw)
    except (OSError, ValueError) as fault:
        total.update(repr(fault).encode())


def _files_key(root: Path, names: Sequence[str]) -> str:
    """The contents of the files of customers, however large."""
    total = blake2b(digest_size=20)
    for name in names:
        total.update(f"{len(name)} {name} ".encode("utf-8", "surrogateescape"))
        try:
            with (root / name).open("rb") as file:
                while raw := file.read(1 << 20):
                    total.update(raw)
        except (OSError, ValueError) as fault:
            total.update(repr(fault).encode())
    return total.hexdigest()


def _self() -> tuple[object, ...]:
    """The servkit that looked: its version and, where it is being worked on, its files."""
    import servkit

    package = Path(servkit.__file__).parent
    total = blake2b(digest_size=8)
    for folder in ("book", "answer", "analysis", "lint", "lint/rules", "lint/needs", "clocks", "customers"):
        try:
            with os.scandir(package / folder) as entries:
                stamps = sorted(
                    (entry.name, entry.stat().st_mtime_ns) for entry in entries if entry.name.endswith(".py")
                )
        except OSError:
            continue
        total.update(repr((folder, stamps)).encode())
    return servkit.__version__, total.hexdigest()


def _row(finding: Finding) -> list[Any]:
    fix = finding.fix
    edits = [[edit.line, edit.column, edit.old, edit.new] for edit in fix.edits] if fix is not None else None
    return [
        finding.path, finding.line, finding.column, finding.message, finding.document, finding.witness,
        [fix.label, edits] if fix is not None else None, finding.code, finding.severity, finding.fingerprint,
    ]  # fmt: skip


def _report(root: Path, data: dict[str, Any]) -> Report:
    findings = []
    for row in data.pop("findings"):
        fix = row[6]
        row[6] = Fix(fix[0], tuple(Edit(*edit) for edit in fix[1])) if fix is not None else None
        findings.append(Finding(*row))
    for key in ("skipped", "paths", "sources"):
        data[key] = tuple(data[key])
    return Report(root=root, findings=tuple(findings), **data)
