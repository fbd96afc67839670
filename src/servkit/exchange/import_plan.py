"""What an import does: new scripts, updates, what stays as somebody edited it, and conflicts. A plan is a value, and
nothing is written before somebody has seen it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.exchange.import_steps import VERBS, Plan, Step, as_say, same_text
from servkit.exchange.mirror import mirror_of
from servkit.exchange.names import free, slug, title_of
from servkit.exchange.placeholders_in import translate
from servkit.exchange.script_table import read_details
from servkit.exchange.script_text import NewScript, changed, new_text
from servkit.exchange.snapshot import Known, snapshot_bytes, snapshot_path
from servkit.scripts.filled_script import MAX_SOURCE
from servkit.text import enumeration

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.exchange.book_scripts import BookScripts
    from servkit.exchange.placeholders_in import Translated
    from servkit.exchange.reply import Layout, Reply, ToolFile
    from servkit.exchange.snapshot import Snapshot


class ImportRequest(NamedTuple):
    """How somebody wants it: ``folder`` for new scripts (below the book's), ``area`` for them, and whose text to take
    in conflicts (``ours``, ``theirs``, or neither)."""

    tool: str
    folder: str
    area: str | None = None
    keep: str | None = None


def plan_import(
    book: BookScripts, module: Any, files: Sequence[ToolFile], snapshot: Snapshot, request: ImportRequest
) -> Plan:
    """Work out an import. ``module`` is the tool's."""
    planner = _Planner(book, module, snapshot, request)
    seen: dict[str, Reply] = {}
    for number, file in enumerate(files):
        planner.begin(number, file)
        for reply in file.replies:
            planner.add(reply, seen.get(reply.id))
            seen.setdefault(reply.id, reply)
    return planner.plan(files, seen)


class _Planner:
    def __init__(self, book: BookScripts, module: Any, snapshot: Snapshot, request: ImportRequest) -> None:
        self.book, self.module, self.snapshot, self.request = book, module, snapshot, request
        self.by_origin = book.by_origin(request.tool)
        self.mirror: Mapping[str, tuple[Entry, Reply]] = {}
        self.steps: list[Step] = []
        self.known: dict[str, Known] = {}
        self.new: dict[str, bytes] = {}
        self.changes: dict[tuple[str, int], dict[str, Any]] = {}
        self.ids, self.shorts = set(book.ids), set(book.shorts)
        self.segments = [entry.id for entry in book.entries if entry.kind == "segment"]
        self.file, self.number = "", 0

    def begin(self, number: int, file: ToolFile) -> None:
        self.file, self.number = file.name, number
        linked = {entry.id for entry in self.by_origin.values()}
        self.mirror = mirror_of(self.book, self.module, file, linked)

    def add(self, reply: Reply, before: Reply | None) -> None:
        place = f"{self.file}:{reply.line}" if reply.line else self.file
        if before is not None:
            why = "" if before.raw.strip() == reply.raw.strip() else "another one has the same name; the first is used"
            if why:
                self._leave_out(reply, place, why)
            return
        why = reply.left_out
        if not why and len(reply.text) > MAX_SOURCE // 2:
            why = f"it is longer than {MAX_SOURCE // 2:,} characters"
        entry = self.by_origin.get(reply.id)
        if why and entry is None:
            self._leave_out(reply, place, why)
            self._keep(reply, "", "", "")
            return
        defaults = {key.partition(":")[2]: text for key, text in reply.details if key.startswith("default:")}
        translated = translate(reply.text, self.module.VOCABULARY, self.book.settings, self.book.language, defaults)
        step = Step("new", reply, place, blanks=translated.blanks, unknown=translated.unknown, bare=translated.bare)
        if entry is not None:
            self._compare(step, entry, translated)
        elif (found := self.mirror.get(reply.id) or self.mirror.get(reply.title)) is not None:
            self._mirrored(step, *found, translated)
        elif (
            (known := self.snapshot.known.get(reply.id)) is not None and known.script and self.request.keep != "theirs"
        ):
            self.known[reply.id] = known._replace(raw=reply.raw, file=self.number)
            self.steps.append(step._replace(verb="deleted", script=known.script))
        else:
            self._create(step, translated)

    def _leave_out(self, reply: Reply, place: str, why: str) -> None:
        self.steps.append(Step("left out", reply, place, because=why))

    def _keep(self, reply: Reply, script: str, title: str, say: str) -> None:
        """Remember a reply as it is now, and the words that it became."""
        self.known[reply.id] = Known(reply.id, reply.raw, script, title, say, self.number)

    def _compare(self, step: Step, entry: Entry, translated: Translated) -> None:
        """A script that came from this reply earlier: who has changed it since?"""
        known, reply = self.snapshot.known.get(step.reply.id), step.reply
        ours, theirs = self.book.text(entry) or "", translated.text
        step = step._replace(script=entry.id, path=entry.path, ours=ours, theirs=theirs)
        title = self.book.title(entry)
        own_title = isinstance(entry.prose.get("title"), str)
        their_title = reply.title if own_title and (known is None or known.title != reply.title) else title
        base = known.say if known is not None else None
        if same_text(ours, theirs) and their_title == title:
            self._keep(reply, entry.id, reply.title, theirs)
            self.steps.append(step._replace(verb="same"))
        elif known is not None and (known.raw == reply.raw or (same_text(base, theirs) and their_title == title)):
            self._keep(reply, entry.id, known.title, known.say)
            self.steps.append(step._replace(verb="edited"))
        elif (
            known is not None
            and (same_text(ours, base) or same_text(ours, theirs))
            and title in (known.title, their_title)
        ):
            self._update(step, entry, their_title)
        else:
            self._conflict(step, entry, their_title, known)

    def _mirrored(self, step: Step, entry: Entry, mirror: Reply, translated: Translated) -> None:
        """A script that was exported to this tool: is it still the same there?"""
        step = step._replace(script=entry.id, path=entry.path, ours=self.book.text(entry) or "", theirs=translated.text)
        before = dict(mirror.details)
        details = [(key, cell) for key, cell in step.reply.details if cell.strip() and cell.strip() != before.get(key)]
        if same_text(mirror.text, step.reply.text) and mirror.title == step.reply.title and not details:
            self.steps.append(step._replace(verb="same", blanks={}, unknown=(), bare=()))
        elif (known := self.snapshot.known.get(step.reply.id)) is not None and known.raw == step.reply.raw:
            self.known[step.reply.id] = known._replace(file=self.number)  # settled: ours was kept
            self.steps.append(step._replace(verb="edited"))
        else:
            self._conflict(step, entry, step.reply.title, None, details)

    def _conflict(
        self, step: Step, entry: Entry, title: str, known: Known | None, details: Sequence[tuple[str, str]] = ()
    ) -> None:
        if self.request.keep == "theirs":
            self._update(step, entry, title, details)
            return
        if self.request.keep == "ours":
            self._keep(step.reply, entry.id, step.reply.title, step.theirs)
            self.steps.append(step._replace(verb="edited"))
            return
        if known is not None:
            self.known[step.reply.id] = known._replace(file=self.number)
        differ = ["title"] if title != self.book.title(entry) else []
        differ += [key for key, _ in details]
        because = (
            f"they differ in {enumeration(differ)}" if differ and same_text(step.ours, step.theirs) else "they differ"
        )
        self.steps.append(step._replace(verb="conflict", because="both have changed" if known else because))

    def _update(self, step: Step, entry: Entry, title: str, details: Sequence[tuple[str, str]] = ()) -> None:
        changes: dict[str, Any] = dict(read_details(details, self.book.settings, self.segments).keys)
        changes.pop("id", None)
        if not same_text(step.ours, step.theirs):
            say, text = entry.prose.get("say"), as_say(step.theirs)
            other = self.book.language
            if isinstance(say, dict):
                changes["say"] = {**say, other: text}
            else:
                changes["say"] = text if self.book.own_language else {self.book.settings.language: say, other: text}
        if title != self.book.title(entry):
            changes["title"] = title
        origin = entry.prose.get("origin") or {}
        if origin.get(self.request.tool) != step.reply.id:
            changes["origin"] = {**origin, self.request.tool: step.reply.id}
        self.changes.setdefault((entry.path, entry.line), {}).update(changes)
        self._keep(step.reply, entry.id, step.reply.title, step.theirs)
        self.steps.append(step._replace(verb="update"))

    def _create(self, step: Step, translated: Translated) -> None:
        reply, request = step.reply, self.request
        details = read_details(reply.details, self.book.settings, self.segments)
        if details.refused:
            step = step._replace(reply=reply._replace(losses=(*reply.losses, *details.refused)))
        given = slug(dict(reply.details).get("id", ""))
        name = (
            ("" if given.isdigit() else given)
            or slug(reply.title)
            or slug(f"{request.tool} {reply.id}")
            or request.tool
        )
        id_ = free(name, self.ids)
        self.ids.add(id_)
        short = reply.short if reply.short and reply.short not in self.shorts else free(id_, self.shorts)
        self.shorts.add(short)
        language = self.book.other_language or (self.book.language if len(self.book.settings.languages) > 1 else None)
        script = NewScript(
            id_, reply.title or title_of(id_), short, as_say(translated.text), request.tool, reply.id, reply.tags,
            request.area, language, {key: value for key, value in details.keys.items() if key != "id"},
        )  # fmt: skip
        path = f"{request.folder}/{id_}.yaml".lstrip("/")
        self.new[path] = new_text(script).encode("utf-8", "replace")
        self._keep(reply, id_, reply.title, translated.text)
        self.steps.append(step._replace(script=id_, path=path, theirs=translated.text))

    def plan(self, files: Sequence[ToolFile], seen: Mapping[str, Reply]) -> Plan:
        """The plan, with the bytes of every file that is written."""
        written = dict(self.new)
        by_path: dict[str, list[tuple[int, dict[str, Any]]]] = {}
        for (path, line), changes in self.changes.items():
            by_path.setdefault(path, []).append((line, changes))
        failed: set[tuple[str, int]] = set()
        for path, parts in by_path.items():
            raw = (self.book.root / path).read_bytes()
            for line, changes in sorted(parts, key=lambda part: -part[0]):  # from below, so that lines stay
                done = changed(raw, line, changes)
                if done is None:
                    failed.add((path, line))
                else:
                    raw = done
            written[path] = raw
        self._withdraw(failed)
        missing = [known for id_, known in self.snapshot.known.items() if id_ not in seen]
        path = snapshot_path(self.request.tool, self.book.other_language)
        if self.known:
            layouts, kept = _merged(files, self.snapshot, missing)
            known = sorted([*self.known.values(), *kept], key=lambda one: one.file)
            data = snapshot_bytes(layouts, known)
            if written or data != _read(self.book, path):
                written[path] = data
        steps = sorted(self.steps, key=lambda step: VERBS.index(step.verb))
        return Plan(steps, written, [known.script for known in missing if known.script in self.book.ids])

    def _withdraw(self, failed: set[tuple[str, int]]) -> None:
        """An update that can't be written without touching anything else is a conflict."""
        places = {entry.id: (entry.path, entry.line) for entry in self.book.scripts}
        for number, step in enumerate(self.steps):
            if step.verb == "update" and places.get(step.script) in failed:
                self.steps[number] = step._replace(verb="conflict", because="its file is laid out in an unusual way")
                known = self.snapshot.known.get(step.reply.id)
                if known is None:
                    self.known.pop(step.reply.id, None)
                else:
                    self.known[step.reply.id] = known._replace(file=self.known[step.reply.id].file)


def _merged(
    files: Sequence[ToolFile], snapshot: Snapshot, missing: Sequence[Known]
) -> tuple[list[tuple[str, Layout]], list[Known]]:
    """The layouts of these files, then of earlier ones that still have replies."""
    layouts = [(file.name, file.layout) for file in files]
    places: dict[int, int] = {}
    for old in sorted({known.file for known in missing}):
        name = snapshot.files[old][0]
        same = next((place for place, (other, _) in enumerate(layouts) if other == name), None)
        places[old] = len(layouts) if same is None else same
        if same is None:
            layouts.append(snapshot.files[old])
    return layouts, [known._replace(file=places[known.file]) for known in missing]


def _read(book: BookScripts, path: str) -> bytes | None:
    try:
        return (book.root / path).read_bytes()
    except OSError:
        return None
