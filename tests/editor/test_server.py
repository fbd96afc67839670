"""The language server as an editor meets it: another process, spoken to over stdio by pygls' own client."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from editor.client import Client, applied

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SETTINGS = """\
servkit: 1
name: Small
language: en
languages: [en, es]
currency: USD
timezone: UTC
clocks: {office: {hours: "Mo-Fr 08:00-18:00"}}
channels: [phone, email]
roles: [agent, supervisor]
areas: {returns: {title: Returns}, billing: {title: Billing, why: Money matters.}}
attributes:
  plan: {type: choice, of: [single, monthly], title: Plan, ask: Which plan?}
  since: {type: date}
facts: {opened: {type: flag}}
"""
POLICY = """\
kind: policy
id: returns
title: Returns made easy
rule: flexible
why: A return handled gladly brings people back.
area: returns
terms:
  window: {title: Return window, value: 30 days, better: more, limit: 90 days, grant: {agent: 45 days}}
  restocking: 10 %
"""
SEGMENT = """\
kind: segment
id: regulars
title: Regulars
why: They stay.
when: {plan: monthly, since: {before: 2 years ago}}
sets: {returns.window: 60 days}
"""
SCRIPT = 'kind: script\nid: returns-yes\ntitle: Yes\nwhy: w\narea: returns\nsay: "{{ terms.returns.window }}"\n'
FILES = {"servkit.yaml": SETTINGS, "policy.yaml": POLICY, "segment.yaml": SEGMENT, "script.yaml": SCRIPT}
HEAD = "kind: standard\nid: new\ntitle: t\nwhy: w\n"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("one") / "book"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def client(book: Path) -> Iterator[Client]:
    with Client(book) as running:
        running.write(book / "segment.yaml", SEGMENT)
        running.told_at_last(book / "policy.yaml", "SK604")  # the whole book has been checked
        yield running
    assert (running.returncode, running.stderr) == (0, "")


def test_a_misspelt_term_is_shown_as_typed_and_mended_with_one_key(client: Client, book: Path) -> None:
    file = book / "new.yaml"
    text = "kind: recovery\nid: new\ntitle: t\nwhy: w\nsay: 😀\nmay_offer: [returns.windw]\n".replace("say: 😀\n", "")
    found = [one for one in client.write(file, text) if one.code == "SK204"]
    assert [(one.range.start.line, one.range.start.character, one.range.end.character) for one in found] == [
        (4, 12, 25)
    ]
    (action,) = client.actions(file, found[0])
    assert action.title == "Write `returns.window`"
    assert action.edit is not None
    assert action.edit.changes is not None
    mended = applied(text, action.edit.changes[file.as_uri()])
    assert "[returns.window]" in mended
    assert [one for one in client.write(file, mended) if one.code == "SK204"] == []
    assert not file.exists()
    client.close(file)


@pytest.mark.parametrize(
    ("text", "code", "title", "line"),
    [
        (f"{HEAD}area: retruns\n", "SK206", "Write `returns`", "area: returns"),
        (f"{HEAD}arae: returns\n", "SK108", "Write `area`", "area: returns"),
        (f"{HEAD}when: {{plam: single}}\n", "SK202", "Write `plan`", "when: {plan: single}"),
        (f"{HEAD}channels: [phne]\n", "SK201", "Write `phone`", "channels: [phone]"),
        ("kind: polcy\nid: x\n", "SK110", "Write `policy`", "kind: policy"),
        (f"{HEAD}terms: {{a: {{value: 30 mins, better: more}}}}\n", "SK314", "Write `30 minutes`",
         "terms: {a: {value: 30 minutes, better: more}}"),
        (f'{HEAD}say: [returns-yse]\n', "SK205", "Write `returns-yes`", "say: [returns-yes]"),
        ('kind: script\nid: new\ntitle: t\nwhy: w\nsay: "Hi {{ customer.plam }}"\n', "SK505", "Write `plan`",
         'say: "Hi {{ customer.plan }}"'),
    ],
)  # fmt: skip
def test_what_a_message_suggests_is_offered(
    client: Client, book: Path, text: str, code: str, title: str, line: str
) -> None:
    file = book / "new.yaml"
    at_once = [one for one in client.write(file, text) if one.code == code]
    found = at_once or [one for one in client.told_at_last(file, code) if one.code == code]
    actions = {action.title: action for action in client.actions(file, found[0])}
    assert title in actions
    edit = actions[title].edit
    assert edit is not None
    assert edit.changes is not None
    assert line in applied(text, edit.changes[file.as_uri()]).splitlines()
    client.close(file)


def test_safe_fixes_are_offered(client: Client, book: Path) -> None:
    file = book / "new.yaml"
    text = f"{HEAD}# servkit: ignore[SK999] because\n# servkit: ignore[SK604] nobody yet\ntags: [a]\n"
    client.write(file, text)
    found = client.told_at_last(file, "SK691")
    useless = next(one for one in found if one.code == "SK691")
    (action,) = [action for action in client.actions(file, useless) if action.title.startswith("Delete")]
    assert action.edit is not None
    assert action.edit.changes is not None
    assert "SK999" not in applied(text, action.edit.changes[file.as_uri()])
    client.close(file)


def test_a_text_that_does_not_parse_keeps_its_last_good_meaning(client: Client, book: Path) -> None:
    file = book / "policy.yaml"
    client.write(file, POLICY)
    broken = client.write(file, POLICY.replace("rule: flexible", "rule: [flexible"))
    assert [one.code for one in broken if one.severity == lsp.DiagnosticSeverity.Error] == ["SK100"]
    other = book / "new.yaml"
    labels = [one.label for one in client.at_mark("completion", other, f"{HEAD}may: x\nsets: {{returns.w|").items]
    found = client.at_mark("completion", other, "kind: recovery\nid: new\nmay_offer: [returns.w|]\n").items
    assert [one.label for one in found] == ["window"], labels
    assert [
        one for one in client.write(other, "kind: recovery\nid: x\nmay_offer: returns.window\n") if one.code == "SK204"
    ] == []
    assert [one for one in client.write(file, POLICY) if one.severity == lsp.DiagnosticSeverity.Error] == []
    client.close(other)


@pytest.mark.parametrize(
    ("marked", "expected", "not_there"),
    [
        ("ki|", {"kind"}, {"id"}),
        ("kind: pol|\n", {"policy"}, {"script"}),
        (f"{HEAD}are|\n", {"area"}, {"title", "terms"}),
        (f"{HEAD}|\nstatement: s\n", {"area", "terms", "say", "when"}, {"title", "statement"}),
        (f"{HEAD}area: |\n", {"returns", "billing"}, {"phone"}),
        (f"{HEAD}area: [returns, b|\n", {"billing"}, {"returns"}),
        (f"{HEAD}say:\n  - ret|\n", {"returns-yes"}, {"returns"}),
        (f"{HEAD}channels: [ph|]\n", {"phone"}, {"email"}),
        (f"{HEAD}roles: |\n", {"agent", "supervisor"}, {"phone"}),
        (f"{HEAD}segments: r|\n", {"regulars"}, set()),
        (f"{HEAD}when: {{pl|}}\n", {"plan"}, {"since"}),
        (f"{HEAD}when:\n  |\n", {"plan", "since", "opened", "channel", "any", "not"}, {"title"}),
        (f"{HEAD}when: {{plan: |}}\n", {"single", "monthly"}, {"yes"}),
        (f"{HEAD}when: {{opened: |}}\n", {"yes", "no"}, {"single"}),
        (f"{HEAD}when: {{since: {{bef|}}}}\n", {"before"}, {"at_least"}),
        (f"{HEAD}when: {{segment: |}}\n", {"regulars"}, set()),
        (f"{HEAD}terms:\n  reply:\n    bet|\n", {"better"}, {"value"}),
        (f"{HEAD}terms:\n  reply:\n    better: |\n", {"more", "less"}, set()),
        (f"{HEAD}terms:\n  reply: {{value: 4 |}}\n", {"hours", "office hours", "days", "%", "USD"}, set()),
        (f"{HEAD}terms:\n  reply: {{value: 4 off|}}\n", {"office hours"}, {"weeks"}),
        (f"{HEAD}terms:\n  reply: {{value: 4 hours, grant: {{|}}}}\n", {"agent", "supervisor"}, set()),
        (f"{HEAD}statement: {{e|}}\n", {"en", "es"}, set()),
        ("kind: segment\nid: x\nsets: {ret|}\n", {"returns.window", "returns.restocking"}, set()),
        ("kind: segment\nid: x\nsets: {returns.|}\n", {"window", "restocking"}, set()),
        ("kind: script\nid: x\nsay: Hi {{ |\n", {"customer", "terms", "facts"}, set()),
        ("kind: script\nid: x\nsay: Hi {{ customer.|\n", {"plan", "since", "first_name"}, {"opened"}),
        ("kind: script\nid: x\nsay: >\n  Hi\n  {{ terms.returns.w| }} there\n", {"window"}, {"restocking"}),
        ("kind: script\nid: x\nsay: Hi {{ terms.r|\n", {"returns"}, set()),
        ("kind: script\nid: x\nlevel: |\n", {"synthetic", "genuine"}, {"super"}),
        ("kind: scenario\nid: x\ngiven: {today: 2026-03-01, role: |}\n", {"agent", "supervisor"}, set()),
        ("kind: scenario\nid: x\ngiven: {today: 2026-03-01, facts: {|}}\n", {"opened", "plan"}, set()),
        ("kind: scenario\nid: x\nexpect:\n  ask: [o|]\n", {"opened"}, set()),
        ("kind: policy\nid: a\n---\nkind: [\n---\nkind: policy\nid: b\nrule: f|\n", {"fixed", "flexible"}, set()),
    ],
)
def test_what_may_come_next(client: Client, book: Path, marked: str, expected: set[str], not_there: set[str]) -> None:
    file = book / "new.yaml"
    labels = {one.label for one in client.at_mark("completion", file, marked).items}
    assert expected <= labels, labels
    assert not not_there & labels, labels
    client.close(file)


def test_what_may_come_next_in_the_settings(client: Client, book: Path) -> None:
    file = book / "servkit.yaml"
    found = client.at_mark("completion", file, SETTINGS + "report_to: |\n").items
    assert {"agent", "supervisor"} <= {one.label for one in found}
    found = client.at_mark("completion", file, SETTINGS + "lint: {rules: {SK60|}}\n").items
    assert "SK604" in {one.label for one in found}
    found = client.at_mark("completion", file, SETTINGS + "wor|\n").items
    assert [(one.label, one.text_edit.new_text) for one in found] == [("wording", "wording: ")]
    assert [one.code for one in client.write(file, SETTINGS.replace("UTC", "UTD"))][:1] == ["SK110"]
    client.write(file, SETTINGS)
    client.close(file)


@pytest.mark.parametrize(
    ("marked", "texts"),
    [
        (POLICY.replace("rule:", "ru|le:"), ["`fixed` leaves no discretion"]),
        (POLICY.replace("area: returns", "area: ret|urns"), ["**Returns** (area)"]),
        (POLICY.replace("  window", "  win|dow"), ["**Return window**", "Everybody: 30 days", "agent may go to 45 days",
                                                  "Segment `regulars`: 60 days", "Nobody goes past 90 days"]),
    ],
)  # fmt: skip
def test_what_something_means(client: Client, book: Path, marked: str, texts: list[str]) -> None:
    found = client.at_mark("hover", book / "policy.yaml", marked)
    assert [text for text in texts if text not in found.contents.value] == []


def test_who_a_condition_holds_for(client: Client, book: Path) -> None:
    found = client.at_mark("hover", book / "segment.yaml", SEGMENT.replace("when", "wh|en"))
    assert "Holds, for example, for plan `monthly`" in found.contents.value
    never = SEGMENT.replace("{plan: monthly, since: {before: 2 years ago}}", "{plan: {is: single, is_not: single}}")
    found = client.at_mark("hover", book / "segment.yaml", never.replace("when", "wh|en"))
    assert "This holds for nobody." in found.contents.value
    found = client.at_mark("hover", book / "segment.yaml", SEGMENT.replace("plan", "pl|an"))
    assert "**Plan** (attribute, choice: single, monthly)\n\nWhich plan?" in found.contents.value


def test_from_a_name_to_where_it_is_declared_and_used(client: Client, book: Path) -> None:
    file, marked = book / "segment.yaml", SEGMENT.replace("returns.window", "returns.win|dow")
    (place,) = client.at_mark("definition", file, marked)
    assert (place.uri, place.range.start) == ((book / "policy.yaml").as_uri(), lsp.Position(7, 2))
    places = client.at_mark("references", file, marked, context=lsp.ReferenceContext(include_declaration=True))
    assert sorted((one.uri.rpartition("/")[2], one.range.start.line) for one in places) == [
        ("policy.yaml", 7), ("script.yaml", 5), ("segment.yaml", 5)
    ]  # fmt: skip
    (place,) = client.at_mark("definition", file, SEGMENT.replace("plan", "pl|an"))
    assert (place.uri.rpartition("/")[2], place.range.start.line) == ("servkit.yaml", 11)


def test_another_name_in_every_file_saved_or_not(client: Client, book: Path) -> None:
    other = book / "new.yaml"
    unsaved = 'kind: scenario\r\nid: x\r\ntitle: "😀😀 returns"\r\nexpect: {terms: {"returns.window": 30 days}}\r\n'
    client.write(other, unsaved)
    file, marked = book / "policy.yaml", POLICY.replace("id: returns", "id: re|turns")
    place = client.at_mark("prepare_rename", file, marked)
    assert (place.placeholder, place.range.start, place.range.end) == (
        "returns", lsp.Position(1, 4), lsp.Position(1, 11)
    )  # fmt: skip
    edit = client.at_mark("rename", file, marked, new_name="refunds")
    changed = {uri.rpartition("/")[2]: edits for uri, edits in edit.changes.items()}
    assert sorted(changed) == ["new.yaml", "policy.yaml", "script.yaml", "segment.yaml"]
    assert applied(unsaved, changed["new.yaml"]) == unsaved.replace('"returns.', '"refunds.')
    assert applied(POLICY, changed["policy.yaml"]) == POLICY.replace("id: returns", "id: refunds")
    with pytest.raises(JsonRpcException, match="'billing x' is not an id"):
        client.at_mark("rename", file, marked, new_name="billing x")
    client.close(other)


def test_the_parts_of_files_and_books(client: Client, book: Path) -> None:
    file = book / "policy.yaml"
    client.write(file, POLICY)
    document = lsp.TextDocumentIdentifier(file.as_uri())
    (symbol,) = client.ask_for_list("text_document_document_symbol", lsp.DocumentSymbolParams(document))
    assert (symbol.name, symbol.detail, [one.name for one in symbol.children]) == (
        "returns", "policy", ["window", "restocking"]
    )  # fmt: skip
    found = client.ask_for_list("workspace_symbol", lsp.WorkspaceSymbolParams("returns"))
    assert {"returns: Returns made easy", "returns.window", "returns-yes: Yes"} <= {one.name for one in found}
    folds = client.ask_for_list("text_document_folding_range", lsp.FoldingRangeParams(document))
    assert [(one.start_line, one.end_line) for one in folds] == [(6, 8)]


def test_characters_are_counted_as_the_protocol_counts_them(client: Client, book: Path) -> None:
    file = book / "new.yaml"
    text = 'kind: standard\nid: new\nstatement: "a\u2028b"\nwording: {"😀😀": x, "😀": {zz zz: y}}\n"😀": y\n'
    text = text.replace("\n", "\r\n")
    found = {one.code: one.range for one in client.write(file, text)}
    assert found["SK108"].start == lsp.Position(4, 0)
    assert found["SK108"].end == lsp.Position(4, 4)
    client.close(file)


def test_a_file_of_no_book_is_left_alone(client: Client, book: Path) -> None:
    file = book.parent / "other.yaml"
    for method, empty in (("completion", 0), ("definition", 0), ("hover", 0)):
        position = lsp.Position(0, 1)
        client.run(client._send(file.as_uri(), 1, "kind: [\n"))
        found = client.ask(method, file, position)
        assert len(getattr(found, "items", found) or ()) == empty


def test_a_deleted_file_and_a_second_book(client: Client, book: Path, tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text.replace("returns-yes", "bring-it"), "utf-8")
    file = tmp_path / "segment.yaml"
    client.write(file, SEGMENT)
    assert client.told_at_last(tmp_path / "policy.yaml", "SK604")
    found = client.at_mark("completion", tmp_path / "new.yaml", f"{HEAD}say: |\n").items
    assert [one.label for one in found] == ["bring-it"]
    file.unlink()
    (tmp_path / "policy.yaml").unlink()
    assert client.write(file, SEGMENT + "tags: [x]\n")
    assert client.told_at_last(file, "SK204")
    client.close(file)
