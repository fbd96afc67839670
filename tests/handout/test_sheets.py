"""What the sheets say: outlines, filters, and what is left out."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from servkit.book.problems import UnknownNameError
from servkit.handout import model as m
from servkit.handout import sheets
from servkit.handout.traversal import blocks, runs, walk

from . import books
from .books import texts

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return books.small(tmp_path, *books.ALL)


def _only(sheet: str, root: Path, **more: Any) -> m.Handout:
    return sheets.handouts(sheet, books.material(root, **more))[0]


def _words(document: m.Handout) -> str:
    return "\n".join(texts(document))


def _outline(document: m.Handout) -> list[str]:
    out = []
    for chapter in document.chapters:
        out.append(chapter.title)
        out += [f"  {m.plain(block.words)}" for block in chapter.blocks if isinstance(block, m.Heading)]
    return out


def test_the_outline_of_a_handbook(root: Path) -> None:
    assert _outline(_only("handbook", root)) == [
        "How to use this handbook", "The desk", "  Answering", "  Returns", "  Safety first", "Nothing yet", "Full plan", "Index",  # noqa: E501
    ]  # fmt: skip


def test_the_outline_of_the_starter_book() -> None:
    document = _only("handbook", books.STARTER)
    titles = [chapter.title for chapter in document.chapters]
    assert titles[:4] == ["How to use this handbook", "What we believe", "Greeting", "Handing a customer on"]
    assert titles[-1] == "Index"
    assert len(titles) == 19
    chapters_and_headings = (part for part in walk(document.chapters) if isinstance(part, (m.Chapter, m.Heading)))
    known = {part.anchor for part in chapters_and_headings if part.anchor}
    assert {run.ref for run in runs(document.chapters) if run.ref} <= known


def test_philosophies_are_in_order_of_rank() -> None:
    chapter = next(c for c in _only("handbook", books.STARTER).chapters if c.anchor == "philosophies")
    labels = [block.label for block in chapter.blocks if isinstance(block, m.Heading)]
    assert labels == [f"Belief {rank}" for rank in range(1, 7)]


def test_the_authority_table_is_role_by_term(root: Path) -> None:
    document = _only("handbook", root)
    table = next(b for b in blocks(document.chapters) if isinstance(b, m.Table) and m.plain(b.head[-1]) == "Limit")
    found = [[m.plain(cell) for cell in row.cells] for row in (*[m.TableRow(table.head)], *table.rows)]
    assert found == [
        ["What", "Everybody gets", "Clerk", "Chief", "Limit"],
        ["Answered within", "20\xa0seconds", "–", "15\xa0seconds", "10\xa0seconds"],
        ["Visits", "2 visits", "–", "–", "–"],
    ]
    tables = [b for b in blocks(document.chapters) if isinstance(b, m.Table)]
    returns = next(b for b in tables if "Window" in m.plain(b.rows[0].cells[0]))
    assert [m.plain(cell) for cell in returns.rows[0].cells] == [
        "Window",
        "30\xa0days",
        "45\xa0days",
        "60\xa0days",
        "90\xa0days",
    ]
    assert returns.rows[1].sub
    assert m.plain(returns.rows[1].cells[0]) == "Plan: full"
    assert m.plain(returns.rows[2].cells[1]) == (
        "10 USD plus 5 USD for every hour of “How late” beyond the first 2\xa0hours, at most 50 USD"
    )
    assert m.plain(returns.rows[3].cells[1]) == "10\xa0% of “The bill”, at least 5 USD"


def test_level_three_is_trust_and_room_never_a_script(root: Path) -> None:
    box = next(b for b in blocks(_only("handbook", root).chapters) if isinstance(b, m.Callout) and b.kind == "trust")
    kinds = [type(block).__name__ for block in box.blocks]
    assert kinds[-1] == "Lines"
    assert not any(isinstance(block, m.Quote) and block.script for block in blocks(box.blocks))
    words = "\n".join(texts(box))
    assert "Call back in the evening." in words
    assert "Ada once drove over." in words
    assert "Safety first" in words


@pytest.mark.parametrize(
    ("level", "there", "absent"),
    [
        ("synthetic", "Smile.", "What happened?"),
        ("genuine", "What happened?", "Call back in the evening."),
        ("super", "Call back in the evening.", "\0"),
    ],
)
def test_a_level_prints_itself_and_those_below(root: Path, level: str, there: str, absent: str) -> None:
    words = _words(_only("handbook", root, level=level))
    assert there in words
    assert absent not in words


def test_the_audience_decides_what_is_printed(tmp_path: Path) -> None:
    root = books.small(
        tmp_path,
        books.STANDARD,
        "kind: policy\nid: chat-only\ntitle: Chat only\nrule: flexible\nwhy: x\narea: desk\nchannels: [chat]\nterms: {a: 1 day}\n",  # noqa: E501
        "kind: policy\nid: chief-only\ntitle: Chief only\nrule: flexible\nwhy: x\narea: desk\nroles: [chief]\nterms: {a: 1 day}\n",  # noqa: E501
        "kind: policy\nid: north\ntitle: North only\nrule: flexible\nwhy: x\narea: desk\nwhen: {office: north}\nterms: {a: 1 day}\n",  # noqa: E501
        "kind: policy\nid: old\ntitle: Long gone\nrule: flexible\nwhy: x\narea: desk\neffective: {until: 2020-01-01}\nterms: {a: 1 day}\n",  # noqa: E501
    )

    def there(**more: Any) -> set[str]:
        return {e.id for e in books.material(root, **more).of_kind("policy")}

    assert there() == {"chat-only", "chief-only", "north"}
    assert there(channel="phone") == {"chief-only", "north"}
    assert there(role="clerk") == {"chat-only", "north"}
    assert there(office="south") == {"chat-only", "chief-only"}
    assert there(area="empty") == set()
    assert there(day=date(2019, 6, 1)) == {"chat-only", "chief-only", "north", "old"}
    with pytest.raises(UnknownNameError):
        books.material(root, role="clark")
    assert "This copy is for" in _words(_only("handbook", root, channel="phone"))


def _headings(handout: m.Handout) -> list[str]:
    return [m.plain(block.words) for block in blocks(handout.chapters) if isinstance(block, m.Heading)]


def test_areas_and_documents_are_printed_in_the_order_asked_for() -> None:
    billing_first = _only("handbook", books.STARTER, areas=("billing", "greeting"))
    assert [chapter.title for chapter in billing_first.chapters][2:4] == ["Bills and payment", "Greeting"]
    cards = _only("card", books.STARTER, areas=("billing", "greeting"))
    assert [chapter.title for chapter in cards.chapters] == ["Bills and payment", "Greeting"]
    documents = ("refunds", "standard:hold", "late-fee")
    chosen = _only("handbook", books.STARTER, documents=documents)
    assert _headings(chosen) == ["The way money goes back", "Asking somebody to hold", "Late fee"]
    assert [chapter.title for chapter in chosen.chapters] == ["Bills and payment", "Holding", "Bills and payment"]
    assert "Documents: The way money goes back, Asking somebody to hold, Late fee" in chosen.lines
    assert "May I ask you to hold" in _words(chosen), "with the script that the standard names"


def test_a_chosen_document_brings_its_cases_and_questions() -> None:
    practice = _only("roleplay", books.STARTER, document="late-fee")
    assert "Earl and the late fee" in [chapter.title for chapter in practice.chapters]
    assert len(practice.chapters) < len(_only("roleplay", books.STARTER).chapters)
    questions = [b for b in blocks(_only("quiz", books.STARTER, document="late-fee")) if isinstance(b, m.Question)]
    about = [m.plain(question.words) for question in questions]
    assert any("Late fee" in words for words in about)
    with pytest.raises(UnknownNameError):
        books.material(books.STARTER, document="scenario:late-fee")


@pytest.mark.parametrize("sheet", sheets.names())
@pytest.mark.parametrize("document", ["C-1", "hello", "sixty", "full-plan", "safety"])
def test_any_document_may_be_asked_for(root: Path, sheet: str, document: str) -> None:
    if document == "C-1":
        with pytest.raises(UnknownNameError):
            books.material(root, document=document)
        return
    for handout in sheets.handouts(sheet, books.material(root, document=document)):
        assert all(chapter.blocks for chapter in handout.chapters)


def test_every_page_shows_revision_and_day(root: Path) -> None:
    for sheet in sheets.names():
        for document in sheets.handouts(sheet, books.material(root, dirty=True)):
            assert "Revision abc1234 (with changes" in document.footer
            assert "November 22, 2026" in document.footer
    assert "no revision" in _only("card", root, revision=None).footer


def test_a_role_play_keeps_the_story_from_the_agent(root: Path) -> None:
    document = _only("roleplay", root)
    [sheet] = [b for b in blocks(document.chapters) if isinstance(b, m.CutSheet)]
    cards = {card.tone: "\n".join(texts(card)) for card in sheet.cards}
    assert list(cards) == ["agent", "customer", "observer", "debrief"]
    assert "She bought too much." in cards["customer"]
    assert "She hums." in cards["customer"]
    assert "She bought too much." not in cards["agent"]
    assert "She hums." not in cards["agent"]
    assert "50\xa0days" in cards["observer"]
    assert "50\xa0days" not in cards["agent"] + cards["customer"]
    assert "What did she want?" in cards["debrief"]


def test_eight_cards_to_a_sheet() -> None:
    document = _only("roleplay", books.PEST, per_page=8)
    sheets_ = [b for b in blocks(document.chapters) if isinstance(b, m.CutSheet)]
    assert {sheet.per_page for sheet in sheets_} == {8}
    assert max(len(sheet.cards) for sheet in sheets_) == 8


def _cards(root: Path, title: str, **more: Any) -> dict[str, str]:
    sheets_ = [b for b in blocks(_only("roleplay", root, **more).chapters) if isinstance(b, m.CutSheet)]
    cards = {card.tone: card for sheet in sheets_ for card in sheet.cards if card.title == title}
    return {
        tone: "\n".join(m.plain(b.words) for b in blocks(card) if isinstance(b, m.Paragraph))
        for tone, card in cards.items()
    }


def test_a_german_role_play() -> None:
    cards = _cards(books.HOTEL, "Drei Stunden mit dem Koffer in der Halle")
    assert "3\xa0Stunden" in cards["customer"], "the agent has to ask how long it was"
    assert "3\xa0Stunden" not in cards["agent"]
    assert "Ein ruhiges Zimmer zum See." in cards["agent"], "priorities are on file"
    assert "Sie sagt „alles gut“, wenn nichts gut ist." in cards["customer"]
    assert "alles gut" not in cards["agent"]
    assert "20. November 2026" in cards["agent"]
    assert "Front office agent" in cards["agent"]
    assert "front desk" in cards["agent"]
    assert "schreibe ich Ihnen 45\xa0€ gut" in cards["observer"], "the words say the amount of the answer"
    assert "45\xa0€ · " in cards["observer"] or "45\xa0€" in cards["observer"].partition("schreibe")[0]


def test_words_that_help_have_blanks_for_what_nobody_knows(root: Path) -> None:
    sheet = next(b for b in blocks(_only("roleplay", root).chapters) if isinstance(b, m.CutSheet))
    observer = next(card for card in sheet.cards if card.tone == "observer")
    said = [run for run in runs(observer) if "Hello Dora" in run.text or run.blank]
    assert [run.text for run in said if run.blank] == ["your name"]


def test_a_card_has_its_scripts_and_each_way_out_on_its_own(root: Path) -> None:
    card = _only("card", books.HOTEL, area="arrival")
    words = _words(card)
    assert "Guten Abend, " in words
    assert "Darf ich kurz Ihren Ausweis sehen?" in words
    fixed = next(b for b in blocks(card.chapters) if isinstance(b, m.Callout) and b.kind == "fixed")
    [item] = fixed.blocks[0].items  # type: ignore[attr-defined]
    assert [len(b.items) for b in item if isinstance(b, m.Items)] == [2]


def test_a_table_for_a_segment_shows_what_the_segment_gets() -> None:
    def table(**more: Any) -> m.Table:
        found = (b for b in blocks(_only("card", books.HOTEL, area="departure", **more).chapters))
        return next(b for b in found if isinstance(b, m.Table) and len(b.head) > 2)

    club = table(segment="club")
    assert [m.plain(cell) for cell in club.head] == [
        "Was", "Kranich-Club", "Front office agent", "Front office lead", "House manager", "Grenze",
    ]  # fmt: skip
    longer, fee = (row for row in club.rows if not row.sub)
    assert [m.plain(cell) for cell in longer.cells][1:5] == [
        "5\xa0Stunden",
        "5\xa0Stunden",
        "5\xa0Stunden",
        "5\xa0Stunden",
    ]
    assert m.plain(fee.cells[1]) == "0\xa0€"
    assert m.plain(table().rows[0].cells[1]) == "1\xa0Stunde"


def test_no_role_channel_or_day_is_printed_as_an_id() -> None:
    for sheet in ("handbook", "card", "roleplay", "quiz-key", "checklist"):
        for document in sheets.handouts(sheet, books.material(books.HOTEL)):
            printed = [run.text for run in runs(document.chapters) if not run.code]
            printed += [document.footer, document.title, *document.lines]
            every = "\n".join(printed)
            assert "front_office" not in every
            assert "front-desk" not in every
            assert not re.search(r"\d{4}-\d\d-\d\d", every)
            assert '"' not in every


def test_a_condition_names_no_role_or_channel_by_its_id(tmp_path: Path) -> None:
    root = books.small(tmp_path, books.STANDARD)
    settings = root / "servkit.yaml"
    settings.write_text(re.sub(r"channels: .*", "channels: [phone, in-person]", settings.read_text("utf-8")), "utf-8")
    (root / "gate.yaml").write_text(
        "kind: policy\nid: gate\ntitle: Gate\nrule: flexible\narea: desk\nwhen: {channel: in-person}\nterms: {a: 1}\n"
    )
    words = _words(_only("handbook", root))
    assert "Channel: in person" in words
    assert "in-person" not in words


def test_a_scenario_with_a_mistake_is_still_printed(tmp_path: Path) -> None:
    root = books.small(tmp_path, books.STANDARD, books.SCENARIO.replace("C-1", "C-404"))
    words = _words(_only("roleplay", root))
    assert "She bought too much." in words
    assert "returns.window: 50 days" in words.replace("\n", "")


def test_a_card_an_area_or_a_role() -> None:
    cards = _only("card", books.STARTER)
    assert all(chapter.one_page for chapter in cards.chapters)
    assert [c.title for c in _only("card", books.STARTER, area="returns").chapters] == ["Returned parts"]
    role = _only("card", books.STARTER, role="office")
    assert [c.title for c in role.chapters] == ["Office"]
    table = next(b for b in blocks(role.chapters) if isinstance(b, m.Table))
    assert [m.plain(cell) for cell in table.head] == ["What", "Everybody gets", "Office", "Limit"]


def test_a_checklist_is_signed(root: Path) -> None:
    document = _only("checklist", root, role="clerk")
    sign = next(b for b in blocks(document.chapters) if isinstance(b, m.SignOff))
    assert dict(sign.fields) == {
        "Name": "", "Role": "Clerk", "Level": "Every time", "Assessor": "", "Date": "", "Signature": "",
        "Revision": "abc1234", "In force on": "November 22, 2026",
    }  # fmt: skip


@pytest.mark.parametrize("sheet", sheets.names())
def test_a_book_with_nothing_and_a_book_with_one_document(tmp_path: Path, sheet: str) -> None:
    bare = "servkit: 1\nname: Bare\n"
    for number, documents in enumerate(((), ("kind: standard\nid: one\n",))):
        root = books.small(tmp_path / str(number), *documents, settings=bare)
        for document in sheets.handouts(sheet, books.material(root)):
            assert document.chapters
            assert all(chapter.title for chapter in document.chapters)


def test_languages(root: Path) -> None:
    assert "Por qué" in _words(_only("handbook", root, language="es"))
    assert _only("handbook", root, language="ar").rtl
    assert not _only("handbook", root, language="ja").rtl


def test_two_of_one_name_do_not_share_a_place(tmp_path: Path) -> None:
    settings = books.SETTINGS.replace("  desk:", "  everywhere: {title: X}\n  desk:")
    root = books.small(tmp_path, "kind: standard\nid: a\ntitle: A\nwhy: b\ndo: [c]\n", settings=settings)
    document = _only("handbook", root)
    places = [chapter.anchor for chapter in document.chapters]
    assert len(places) == len(set(places))
