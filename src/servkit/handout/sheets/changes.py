"""What changed since a revision: what to unlearn and to learn, role by role, why, and questions about exactly this."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.literals import read
from servkit.book.problems import ServkitError
from servkit.handout.model import (
    Block,
    Callout,
    Chapter,
    Handout,
    Heading,
    Items,
    Paragraph,
    Question,
    Quote,
    Run,
    SignOff,
    Table,
    TableRow,
    strong,
    text,
)
from servkit.handout.questions import question_about
from servkit.history.weighing import condition_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.handout.material import Material
    from servkit.history.changes import Change, Comparison
    from servkit.history.effects import Told
    from servkit.history.texts import TextChange

ORDER = 7
ALONE = True
#: What of a term is told to everybody, and the texts that are told word for word.
_FOR_ALL = ("value", "offered", "limit")
_MOST_QUESTIONS = 12


class _Topic(NamedTuple):
    """A document, and what changed in it."""

    entry: Entry
    changes: list[Change]
    texts: list[TextChange]


def handouts(material: Material) -> tuple[Handout, ...]:
    comparison = material.comparison
    if comparison is None:
        raise ServkitError("`render changes` needs a revision to compare with: --since REV")
    word = material.word
    general = _chapter(material, word("changes_for_all"), "everybody", _topics(material, comparison, None))
    chapters = [general] if general is not None else []
    for role in _roles(material):
        own = _chapter(material, material.role_title(role), f"role-{role}", _topics(material, comparison, role))
        chapters += [own] if own is not None else []
    asked = list(_questions(material, comparison))
    blank = [replace(question, answer=None, reason=(), place="") for question in asked]
    if not chapters:
        nothing = Paragraph(text(word("changes_none").format(since=material.since)))
        chapters = [Chapter(word("changes"), "changes", (nothing,))]
    handout = _handout(material, "changes", word("changes"), [*chapters, *_asking(material, blank)])
    if not asked:
        return (handout,)
    key = Chapter(word("answers"), "answers", tuple(asked))
    return (handout, _handout(material, "changes-key", word("changes_key"), [key]))


def _handout(material: Material, name: str, title: str, chapters: Sequence[Chapter]) -> Handout:
    subtitle = material.word("changes_since").format(since=material.since)
    return material.handout(name, title, chapters, subtitle=subtitle, flows=True)


def _asking(material: Material, blank: list[Question]) -> list[Chapter]:
    """The questions, and room for a name: what somebody has learned is signed off."""
    if not blank:
        return []
    word = material.word
    fields = ((word("name"), ""), (word("date"), ""), (word("assessor"), ""), (word("score"), f"      / {len(blank)}"))
    return [Chapter(word("questions"), "questions", (SignOff(word("changes_quiz"), fields), *blank))]


def _roles(material: Material) -> Sequence[str]:
    own = material.audience.role
    return material.settings.roles if own is None else [own]


# --- what changed -----------------------------------------------------------------------------------------------------


def _topics(material: Material, comparison: Comparison, role: str | None) -> list[_Topic]:
    """The documents that changed for everybody, or in how far a role may go."""
    found: dict[tuple[str, str], _Topic] = {}

    def topic(kind: str | None, id_: str) -> _Topic | None:
        entry = _entry(material, kind, id_)
        return None if entry is None else found.setdefault((entry.kind, entry.id), _Topic(entry, [], []))

    for change in comparison.changes:
        part = change.part
        mine = part.role == role if role is not None else part.part in (*_FOR_ALL, "applies", "members")
        if not mine or (role is not None and change.follows):
            continue
        kind, colon, id_ = part.id.rpartition(":")
        named = topic("segment" if part.what == "segment" else kind if colon else None,
                      id_ if colon or part.what == "segment" else part.id.partition(".")[0])  # fmt: skip
        if named is not None:
            named.changes.append(change)
    for one in comparison.texts if role is None else ():
        if one.field != "why" and (named := topic(one.what, one.id)) is not None:
            named.texts.append(one)
    return [found[key] for key in sorted(found)]


def _entry(material: Material, kind: str | None, id_: str) -> Entry | None:
    """A document that is printed; of a term its owner."""
    kinds = material.settings.owners if kind is None else (kind,)
    return next((entry for one in kinds if (entry := material.entry(one, id_)) is not None), None)


def _chapter(material: Material, title: str, place: str, topics: list[_Topic]) -> Chapter | None:
    blocks: list[Block] = []
    for one in topics:
        blocks += _topic(material, one)
    since = material.word("changes_since").format(since=material.since)
    return Chapter(title, place, tuple(blocks), since) if blocks else None


def _topic(material: Material, topic: _Topic) -> Iterator[Block]:
    word = material.word
    yield Heading(2, text(material.title(topic.entry)))
    if topic.changes:
        head = tuple(text(word(key)) for key in ("changes_what", "changes_unlearn", "changes_learn", "changes_whom"))
        yield Table(head, tuple(_row(material, topic.entry, change) for change in topic.changes), numbers=1)
    for one in topic.texts:
        yield from _text(material, one)
    why = material.prose(topic.entry.prose.get("why"))
    if why:
        yield Callout("why", word("because"), why)


def _row(material: Material, entry: Entry, change: Change) -> TableRow:
    cells = (text(_subject(material, entry, change)), (Run(_told(material, change.before), emphasis=True),),
             strong(_told(material, change.after)), text(_whom(material, change)))  # fmt: skip
    return TableRow(cells)


def _subject(material: Material, entry: Entry, change: Change) -> str:
    part, word = change.part, material.word
    if part.what == "segment":
        return word("changes_members")
    if part.what == "document":
        return word("changes_applies")
    term = entry.terms.get(part.id.partition(".")[2])
    title = material.term_title(term) if term is not None else part.id
    key = {"you_may": "changes_you_may", "limit": "changes_limit", "offered": "changes_offered"}.get(part.part)
    return word(key).format(term=title) if key else title


def _told(material: Material, told: Told) -> str:
    """A value in the language of the handout."""
    if told is None:
        return "–"
    if isinstance(told, tuple):
        return f" {material.word('conditions_or')} ".join(_told(material, one) for one in told)
    found = read(told, material.settings.clocks)
    return material.phrases.value(found) if found.type != "text" else told


def _whom(material: Material, change: Change) -> str:
    if not change.when:
        return material.word("changes_everybody")
    return material.phrases.condition(condition_in(change.when, material.settings))


def _text(material: Material, change: TextChange) -> Iterator[Block]:
    """A text before and after; of an instruction what goes and what comes, line by line."""
    language = change.field.rpartition(".")[2]
    if language in material.settings.languages and language != material.language:
        return
    old, new = (change.before or "").splitlines(), (change.after or "").splitlines()
    gone, come = [line for line in old if line not in new], [line for line in new if line not in old]
    for label, lines in (("changes_unlearn", gone), ("changes_learn", come)):
        if lines:
            items = Items(tuple((Paragraph(text(line)),) for line in lines))
            yield Quote((items,), material.word(label), script=change.what == "script")


# --- questions --------------------------------------------------------------------------------------------------------


def _questions(material: Material, comparison: Comparison) -> Iterator[Question]:
    """Questions whose right answer is what holds now, and whose wrong ones have what held before among them."""
    number = 0
    for change in comparison.changes:
        if number == _MOST_QUESTIONS:
            return
        question = _question(material, change)
        if question is not None:
            number += 1
            yield replace(question, number=number)


def _question(material: Material, change: Change) -> Question | None:
    part = change.part
    if part.part not in ("value", "you_may") or change.follows or not change.exact:
        return None
    if part.role is not None and part.role not in _roles(material):
        return None
    entry = _entry(material, None, part.id.partition(".")[0])
    term = entry.terms.get(part.id.partition(".")[2]) if entry is not None else None
    if entry is None or term is None or not isinstance(change.after, str) or not isinstance(change.before, str):
        return None
    words = {"owner": material.title(entry), "term": material.term_title(term), "when": _whom(material, change)}
    if part.role is not None:
        words["role"] = material.role_title(part.role)
    key = "changes_q_grant" if part.role is not None else "changes_q_value"
    key += "" if change.when else "_all"
    asked = material.word(key).format(**words)
    name = f"{key}:{part.id}:{part.role}:{change.when}"
    return question_about(material, name, asked, (change.before, change.after), term, entry)
