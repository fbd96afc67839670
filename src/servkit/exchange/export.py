"""A book's scripts as a file of another tool. What nobody has changed since it came from there goes back as it was."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.exchange.import_steps import same_text
from servkit.exchange.placeholders_out import Loss
from servkit.exchange.reply import file_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.exchange.book_scripts import BookScripts
    from servkit.exchange.reply import Layout
    from servkit.exchange.snapshot import Known, Snapshot


class Export(NamedTuple):
    """The files of an export, each with its name; how many scripts are in them, and what goes back untouched.

    ``losses`` says what the tool can't express: by its sort, the scripts that it concerns with what it is about in
    each. ``left_out`` says which scripts don't go out, and why.
    """

    files: Sequence[tuple[str, bytes]]
    written: int
    untouched: int
    losses: Mapping[str, Sequence[tuple[str, str]]]
    left_out: Mapping[str, Sequence[str]]


class Filter(NamedTuple):
    """Which scripts go out: those for a role, on a channel."""

    role: str | None = None
    channel: str | None = None

    def accepts(self, entry: Entry) -> bool:
        """Whether a script is for this role and this channel; one that names none is for all."""
        asked = (("roles", self.role), ("channels", self.channel))
        return all(name is None or not entry.list(key) or name in entry.list(key) for key, name in asked)


def export_scripts(
    book: BookScripts, module: Any, tool: str, snapshot: Snapshot, which: Filter, name: str, *, several: bool
) -> Export:
    """The scripts for a tool. ``name`` is that of the file; with ``several``, replies go back to the files that they
    came from."""
    return _Exporter(book, module, tool, snapshot).export(which, name, several=several)


class _Exporter:
    def __init__(self, book: BookScripts, module: Any, tool: str, snapshot: Snapshot) -> None:
        self.book, self.module, self.tool, self.snapshot = book, module, tool, snapshot
        self.losses: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self.left_out: defaultdict[str, list[str]] = defaultdict(list)

    def export(self, which: Filter, name: str, *, several: bool) -> Export:
        layouts = [layout for _, layout in self.snapshot.files] or [self.module.new_layout(name)]
        names = [name for name, _ in self.snapshot.files] or [name]
        pieces: list[list[str]] = [[] for _ in layouts]
        scripts = {entry.id: entry for entry in self.book.in_force() if which.accepts(entry)}
        origins = {origin: entry for origin, entry in self.book.by_origin(self.tool).items() if entry.id in scripts}
        count = untouched = 0
        for known in self.snapshot.known.values():
            place = known.file if several else 0
            if not known.script and which == Filter():
                pieces[place].append(known.raw)
                untouched += 1
            elif (entry := origins.get(known.id)) is not None:
                piece = self._piece(scripts.pop(entry.id), layouts[place], known)
                pieces[place] += [piece] if piece is not None else []
                count += piece is not None
            elif known.script and known.id not in self.book.by_origin(self.tool):
                self.left_out["they were deleted from the book"].append(known.script)
        for entry in scripts.values():
            piece = self._piece(entry, layouts[0], None)
            pieces[0] += [piece] if piece is not None else []
            count += piece is not None
        if several:
            files = [
                (name, file_bytes(self.module, layout, some))
                for name, layout, some in zip(names, layouts, pieces, strict=True)
            ]
        else:
            files = [(name, file_bytes(self.module, layouts[0], pieces[0]))]
        return Export(files, count, untouched, self.losses, self.left_out)

    def _piece(self, entry: Entry, layout: Layout, known: Known | None) -> str | None:
        """A script's piece of the file; None where it can't go out."""
        text = self.book.text(entry)
        if text is None:
            self.left_out[f"they have no text in {self.book.language}"].append(entry.id)
            return None
        if known is not None and same_text(text, known.say) and known.title in (self.book.title(entry), ""):
            return known.raw
        written = self.book.written(text, self.module.VOCABULARY)
        if written.text is None or not written.text.strip():
            self.left_out[written.because or "they have no text"].append(entry.id)
            return None
        for loss in (*written.losses, *self._unsaid(entry)):
            self.losses[loss.sort].append((entry.id, loss.detail))
        old = known.raw if known is not None else None
        piece: str = self.module.write(self.book.outgoing(entry, written), layout, old)
        return piece

    def _unsaid(self, entry: Entry) -> list[Loss]:
        """What a saved reply has no place for."""
        told: frozenset[str] = getattr(self.module, "TELLS", frozenset())
        keys = {"when": "when a script applies (`when`)", "segments": "for which segments it is (`segments`)",
                "roles": "for which roles it is (`roles`)", "channels": "on which channels (`channels`)",
                "ask": "the questions that go with it (`ask`)"}  # fmt: skip
        return [Loss(what) for key, what in keys.items() if entry.prose.get(key) and key not in told]
