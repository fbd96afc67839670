"""The report: what the journal says about the book. Which policies are stretched, which room is never used, which
promises were kept, whom to thank, and who has to learn something again. Real entries only; no rate without recorded
answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.values import write
from servkit.journal.customer_view import is_pending, open_promises
from servkit.journal.stretched_terms import Stretched, Unused, find_stretched, find_unused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from servkit.book.settings import Settings
    from servkit.book.terms import Term
    from servkit.journal.entry import JournalEntry
    from servkit.journal.proposal import Proposal
    from servkit.languages.catalogue import Message


class Promises(NamedTuple):
    """How many promises were kept and broken, are open, and are late."""

    kept: int
    broken: int
    open: int
    late: int


class Recovered(NamedTuple):
    """What went wrong, how often, and how it ended. ``endings`` are texts."""

    recovery: str
    times: int
    closed: int
    in_time: int
    late: int
    endings: Sequence[str]


class Again(NamedTuple):
    """The same failure, more than once to one customer."""

    customer: str
    recovery: str
    times: int


class Praise(NamedTuple):
    """Recognition. ``colleague`` is None where the reader may not see names."""

    colleague: str | None
    say: str
    by: str | None
    day: date


class SignedOff(NamedTuple):
    """A training that somebody passed. ``changed`` says what has changed in meaning since; None where that is not
    known."""

    colleague: str | None
    what: str
    level: str
    score: int | None
    day: date
    revision: str | None
    changed: Sequence[Message] | None = None


class Report(NamedTuple):
    """Everything, in the order of the page. ``since`` is None for the whole journal."""

    since: date | None
    until: date
    entries: int
    answers: int
    stretched: Sequence[Stretched]
    unused: Sequence[Unused]
    promises: Promises
    recoveries: Sequence[Recovered]
    again: Sequence[Again]
    praise: Sequence[Praise]
    training: Sequence[SignedOff]


class Reader(NamedTuple):
    """Who reads a report. Without ``names``, colleagues are named to nobody but themselves (``name``)."""

    name: str | None
    names: bool

    def may_see(self, colleague: str) -> bool:
        return self.names or (self.name is not None and colleague.casefold() == self.name.casefold())


def make_report(
    entries: Sequence[JournalEntry],
    terms: Mapping[str, Term],
    settings: Settings,
    reader: Reader,
    now: datetime,
    zone: ZoneInfo,
    since: date | None,
    proposals: Callable[[str, Sequence[JournalEntry]], Proposal | None],
    changes: Callable[[JournalEntry], Sequence[Message] | None],
) -> Report:
    """The report of a period. ``entries`` are those of the whole journal as they stand; ``terms`` are the book's, by
    reference; ``now`` is in the book's zone, without an offset. ``proposals`` finds the edit for the grants of a term,
    ``changes`` what changed since a sign-off."""
    first = since.isoformat() if since is not None else ""
    period = [entry for entry in entries if entry.day(zone).isoformat() >= first]
    grants = [entry for entry in period if entry.kind == "grant" and not is_pending(entry)]
    answers = [entry for entry in period if entry.kind == "answer"]
    return Report(
        since=since,
        until=now.date(),
        entries=len(period),
        answers=sum(isinstance((entry.body or {}).get("answer"), dict) for entry in answers),
        stretched=find_stretched(grants, answers, terms, settings, proposals),
        unused=find_unused(grants, terms, settings),
        promises=_promises(entries, period, now),
        recoveries=_recoveries(entries, period, now),
        again=_again(period),
        praise=[_praise(entry, reader, zone) for entry in reversed(period) if entry.kind == "praise"],
        training=_training(entries, reader, zone, changes),
    )


# --- promises and recoveries ------------------------------------------------------------------------------------------


def _promises(entries: Sequence[JournalEntry], period: Sequence[JournalEntry], now: datetime) -> Promises:
    closed = [bool((entry.body or {}).get("kept")) for entry in period if entry.kind == "kept"]
    standing = list(open_promises(entries))
    late = sum(bool(entry.text("until")) and entry.text("until") < now.date().isoformat() for entry in standing)
    return Promises(sum(closed), len(closed) - sum(closed), len(standing), late)


def _recoveries(entries: Sequence[JournalEntry], period: Sequence[JournalEntry], now: datetime) -> list[Recovered]:
    ends = {entry.text("of"): entry for entry in entries if entry.kind == "recovered"}
    by_name: dict[str, list[JournalEntry]] = defaultdict(list)
    for entry in period:
        if entry.kind == "recovery":
            by_name[entry.text("recovery")].append(entry)
    out = []
    for name, found in by_name.items():
        closed = [(entry, ends[entry.id]) for entry in found if entry.id in ends]
        overdue = [entry for entry in found if entry.id not in ends and _due(entry) is not None]
        in_time = sum(_in_time(entry, end) for entry, end in closed)
        late = sum((_due(entry) or now) < now for entry in overdue)
        out.append(Recovered(name, len(found), len(closed), in_time, late, [end.text("say") for _, end in closed]))
    return sorted(out, key=lambda recovered: (-recovered.times, recovered.recovery))


def _due(entry: JournalEntry) -> datetime | None:
    try:
        return datetime.fromisoformat(entry.text("due")).replace(tzinfo=None)
    except ValueError:
        return None


def _in_time(entry: JournalEntry, end: JournalEntry) -> bool:
    """Whether a recovery was closed before its follow-up was due. ``ended`` is in the book's time zone."""
    due, ended = _due(entry), end.text("ended")
    return due is None or not ended or ended <= due.isoformat(timespec="minutes")


def _again(period: Sequence[JournalEntry]) -> list[Again]:
    counts = Counter(
        (entry.customer, entry.text("recovery")) for entry in period if entry.kind == "recovery" and entry.customer
    )
    found = [Again(customer or "", recovery, times) for (customer, recovery), times in counts.items() if times > 1]
    return sorted(found, key=lambda again: (-again.times, again.customer, again.recovery))


# --- people -----------------------------------------------------------------------------------------------------------


def _praise(entry: JournalEntry, reader: Reader, zone: ZoneInfo) -> Praise:
    colleague, by = entry.text("colleague"), entry.by
    return Praise(
        colleague if reader.may_see(colleague) else None,
        entry.text("say"),
        by if reader.may_see(by) else None,
        entry.day(zone),
    )


def _training(
    entries: Sequence[JournalEntry],
    reader: Reader,
    zone: ZoneInfo,
    changes: Callable[[JournalEntry], Sequence[Message] | None],
) -> list[SignedOff]:
    """The last sign-off of everybody for everything."""
    last: dict[tuple[str, str, str], JournalEntry] = {}
    for entry in entries:
        if entry.kind == "signoff":
            what = entry.text("area") or entry.text("sheet")
            last[entry.text("colleague").casefold(), what, entry.text("level")] = entry
    out = []
    for (_, what, level), entry in sorted(last.items()):
        score, colleague = (entry.body or {}).get("score"), entry.text("colleague")
        out.append(
            SignedOff(
                colleague if reader.may_see(colleague) else None,
                what,
                level,
                score if isinstance(score, int) else None,
                entry.day(zone),
                entry.text("revision") or None,
                changes(entry),
            )
        )
    return out


# --- as data ----------------------------------------------------------------------------------------------------------


def report_json(report: Report) -> dict[str, Any]:
    """The report as plain data."""
    stretched = []
    for one in report.stretched:
        data = one._asdict()
        data["given"] = [write(value) for value in one.given]
        data["rate"] = one.rate._asdict() if one.rate is not None else None
        data["proposal"] = _proposal_json(one.proposal)
        stretched.append(data)
    return {
        "schema": "servkit/report/1",
        "since": report.since.isoformat() if report.since is not None else None,
        "until": report.until.isoformat(),
        "entries": report.entries,
        "answers": report.answers,
        "stretched": stretched,
        "unused": [one._asdict() for one in report.unused],
        "promises": report.promises._asdict(),
        "recoveries": [one._asdict() for one in report.recoveries],
        "again": [one._asdict() for one in report.again],
        "praise": [one._asdict() | {"day": one.day.isoformat()} for one in report.praise],
        "training": [
            one._asdict() | {"day": one.day.isoformat(), "changed": _texts(one.changed)} for one in report.training
        ],
    }


def _proposal_json(proposal: Proposal | None) -> dict[str, Any] | None:
    if proposal is None:
        return None
    data = {name: value for name, value in proposal._asdict().items() if name != "text"}
    return data | {"edit": str(proposal.edit), "effect": _texts(proposal.effect)}


def _texts(messages: Sequence[Message] | None) -> list[str] | None:
    return None if messages is None else [str(message) for message in messages]
