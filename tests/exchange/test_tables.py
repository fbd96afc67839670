"""Spreadsheets: customers and scripts in, and what people look at out."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import openpyxl
import pytest

from cli.test_init import at_a_terminal
from exchange.samples import CHATWOOT, ZENDESK

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Servkit

PEOPLE = """\
Account No;Full name;Plan;Phone;Customer since;Balance;VIP
7-1;Ida Brenner;gold;030 5550101;2019-05-14;"$1,200.50";yes
7-2;"Wilk; Tomasz";;030 5550102;2024-11-02;$3.00;no
;nobody;;;;;
7-1;again;;;;;
"""


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines()))


def test_customers_come_with_their_attributes(book: Path, servkit: Servkit) -> None:
    before = (book / "servkit.yaml").read_text("utf-8")
    (book / "people.csv").write_text(PEOPLE, "utf-8")
    ran = servkit("import", "csv", "people.csv")
    assert (ran.code, ran.err) == (0, "2 customers in customers/people.csv.\n")
    assert "row 4 has no id" in ran.out
    assert "row 5 has the id `7-1` again" in ran.out
    assert (book / "servkit.yaml").read_text("utf-8") == before + (
        "  phone: {type: text, find: yes}\n  customer_since: {type: date}\n  balance: {type: money}\n"
        "  vip: {type: flag}\n"
        "customers:\n  - customers/people.csv\n"
    )
    answer = json.loads(servkit("lookup", "0305550101", "--format", "json").out)
    assert answer["customer"]["attributes"] == {
        "plan": "gold", "phone": "030 5550101", "customer_since": "2019-05-14", "balance": "1200.50 USD", "vip": "yes"
    }  # fmt: skip
    again = servkit("import", "csv", "people.csv").err
    assert again == "customers/people.csv: nothing has changed; nothing was written.\n"
    back = rows(servkit("export", "csv", "--what", "customers").out)
    assert back == [
        ["id", "name", "plan", "phone", "customer_since", "balance", "vip"],
        ["7-1", "Ida Brenner", "gold", "030 5550101", "2019-05-14", "1200.50 USD", "yes"],
        ["7-2", "Wilk; Tomasz", "", "030 5550102", "2024-11-02", "3 USD", "no"],
    ]


def test_a_newer_list_replaces_an_older_one_but_no_edits(book: Path, servkit: Servkit) -> None:
    (book / "people.csv").write_text(PEOPLE, "utf-8")
    servkit("import", "csv", "people.csv")
    (book / "people.csv").write_text(PEOPLE.replace("gold", "silver").replace("7-2;", "7-3;"), "utf-8")
    assert servkit("import", "csv", "people.csv").err == "customers/people.csv: 1 new, 1 changed, 1 gone.\n"
    list_ = book / "customers" / "people.csv"
    list_.write_text(list_.read_text("utf-8").replace("silver", "bronze"), "utf-8")
    ran = servkit("import", "csv", "people.csv")
    assert (ran.code, "was edited in the book" in ran.out, "bronze" in list_.read_text("utf-8")) == (1, True, True)
    assert servkit("import", "csv", "people.csv", "--keep", "theirs").code == 0
    assert "silver" in list_.read_text("utf-8")


@pytest.mark.parametrize("settings", ["attributes: {}\ncustomers: []\n", "attributes: {plan: {type: text}}\n"])
def test_settings_on_one_line_are_left_to_their_author(settings: str, book: Path, servkit: Servkit) -> None:
    (book / "policies" / "returns.yaml").unlink()
    (book / "servkit.yaml").write_text(f"servkit: 1\nname: A\n{settings}", "utf-8")
    (book / "people.csv").write_text(PEOPLE, "utf-8")
    ran = servkit("import", "csv", "people.csv")
    assert ran.code == 1
    assert (book / "servkit.yaml").read_text("utf-8") == f"servkit: 1\nname: A\n{settings}"
    assert "Add this to servkit.yaml yourself" in ran.out
    assert "• attributes: balance: {type: money}" in ran.out or "balance: {type: text}" in ran.out
    assert "• customers: [customers/people.csv]" in ran.out


def test_scripts_with_all_their_columns(book: Path, servkit: Servkit) -> None:
    (book / "replies.csv").write_text(
        "Subject,Reply text,Category,Channel,Why,Owner,Review date,Last used\n"
        'Late,"Hi {first_name},\nit is late.",Returns,"E-Mail; phone",They wait,Hal,2027-01-31,yesterday\n'
        "Fax,Hello,Nowhere,fax,,,soon,\n",
        "utf-8",
    )
    ran = servkit("import", "csv", "replies.csv")
    assert (ran.code, ran.err.partition(".")[0]) == (0, "2 new")
    for shown in (
        "Last used                         not used",
        "`Nowhere` is no area of the book, in fax",
        "`fax` is no channel of the book",
        "`soon` is no date such as 2027-03-31",
        "`E-Mail` is no channel",
    ):
        assert shown in ran.out, ran.out
    assert (book / "scripts" / "late.yaml").read_text("utf-8") == (
        "kind: script\nid: late\ntitle: Late\nshort: late\narea: [returns]\nchannels: [phone]\nwhy: They wait\n"
        'owner: Hal\nreview_by: 2027-01-31\nsay: |\n  Hi {{ customer.first_name | default: "there" }},\n'
        "  it is late.\norigin: {csv: Late}\n"
    )
    chosen = servkit("import", "csv", "replies.csv", "--column", "Why=say", "--column", "Reply text=-", "--dry-run")
    assert "Why                               `say`" in chosen.out
    assert servkit("import", "csv", "replies.csv", "--column", "Wy=say").err.startswith(
        "servkit: no column 'Wy'; did you"
    )
    assert servkit("import", "csv", "replies.csv", "--column", "Why=sai").err.startswith(
        "servkit: no field 'sai'; did you"
    )


def test_an_edited_spreadsheet_is_taken_over_when_asked(book: Path, servkit: Servkit) -> None:
    (book / "hello.yaml").write_text("kind: script\nid: hello\ntitle: Hello\nsay: Good day\n", "utf-8")
    assert servkit("export", "csv", "--to", "out.csv").code == 0
    text = (book / "out.csv").read_text("utf-8").replace("Good day", "Good evening")
    (book / "out.csv").write_text(text.replace(",,,\n", ",,Hal,\n"), "utf-8")
    ran = servkit("import", "csv", "out.csv")
    assert (ran.code, "1 conflict" in ran.err) == (1, True)
    assert "here: Good day\n    there: Good evening" in ran.out
    assert servkit("import", "csv", "out.csv", "--keep", "ours").code == 0
    assert servkit("import", "csv", "out.csv").err == "1 edited here and kept; nothing was written.\n"
    (book / ".exchange" / "csv.jsonl").unlink()
    assert servkit("import", "csv", "out.csv", "--keep", "theirs").code == 0
    assert (book / "hello.yaml").read_text("utf-8") == (
        "kind: script\nid: hello\ntitle: Hello\nsay: Good evening\nowner: Hal\norigin: {csv: hello}\n"
    )
    assert servkit("import", "csv", "out.csv").err == "1 unchanged; nothing was written.\n"


def test_who_may_do_how_much(book: Path, servkit: Servkit) -> None:
    assert rows(servkit("export", "csv", "--what", "authority").out) == [
        ["term", "title", "what everybody gets", "agent", "supervisor", "nobody goes past", "policy or standard"],
        ["returns.window", "Return window", "30 days", "", "45 days", "60 days", "Returns"],
    ]
    (term,) = rows(servkit("export", "csv", "--what", "terms").out)[1:]
    assert term[:4] == ["returns.window", "Return window", "30 days", ""]
    assert servkit("export", "xlsx", "--what", "terms", "--to", "t.xlsx").err == "1 term written to t.xlsx\n"
    assert servkit("export", "csv", "--what", "authority", "--to", "a.csv").err == "1 authority row written to a.csv\n"
    first = (book / "t.xlsx").read_bytes()
    servkit("export", "xlsx", "--what", "terms", "--to", "t.xlsx")
    assert (book / "t.xlsx").read_bytes() == first
    (sheet,) = openpyxl.load_workbook(book / "t.xlsx").worksheets
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("Terms", "B2", "A1:K2")
    assert sheet["A1"].font.b
    assert sheet.column_dimensions["B"].width > len("Return window")


def test_what_a_tool_cannot_say_is_listed(book: Path, servkit: Servkit) -> None:
    (book / "s.yaml").write_text(
        "kind: script\nid: window\nsay: |\n  Hello {{ customer.first_name | default: \"you\" }}, you have "
        "{{ terms.returns.window }}, and {{ order_no }} is yours.\nchannels: [phone]\n---\n"
        "kind: script\nid: clever\nsay: \"{% if order_no %}x{% endif %}\"\n",
        "utf-8",
    )  # fmt: skip
    ran = servkit("export", "chatwoot", "--channel", "phone")
    assert json.loads(ran.out) == [
        {
            "short_code": "window",
            "content": "Hello {{contact.first_name}}, you have 30 days, and [ORDER NO] is yours.\n".strip(),
        }
    ]
    for line in (
        "Chatwoot can't express everything:",
        "  • fallbacks, for when something isn't known (1 script): `you`",
        "written for the agent to fill in (1 script): [ORDER NO]",
        "returns.window 30 days",
        "Left out, because they have conditions or filters",
        "out: clever",
    ):
        assert line in ran.err, ran.err
    form = servkit("export", "espanso", "--role", "agent").out
    assert '    form: "Hello [[first_name]], you have 30 days, and [[order_no]] is yours."\n' in form
    assert servkit("export", "zammad", "--channel", "email").code == 1


# --- a new book --------------------------------------------------------------------------------------------------


@pytest.fixture
def exports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what other programs exported; the test stands in it."""
    for name, text in {"canned.json": CHATWOOT, "macros.json": ZENDESK, "people.csv": PEOPLE}.items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_new_book_begins_with_what_is_there(exports: Path, servkit: Servkit) -> None:
    given = ("--from", "people.csv", "--from", "canned.json", "--from", "zendesk:macros.json")
    ran = servkit("init", "shop", "--name", "Adler", *given)
    assert ran.code == 0, ran
    found = sorted(
        path.relative_to(exports / "shop").as_posix() for path in (exports / "shop").rglob("*.*") if path.is_file()
    )
    assert found == [
        ".exchange/chatwoot.jsonl", ".exchange/customers.people.csv.json", ".exchange/zendesk.jsonl",
        "customers/people.csv", "scripts/ask-for-the-number.yaml", "scripts/back-in-the-box.yaml",
        "scripts/parcel-on-its-way.yaml", "scripts/which-plan.yaml", "servkit.yaml",
    ]  # fmt: skip
    linted = json.loads(servkit("lint", "--format", "json", book=exports / "shop").out)
    assert {finding["code"] for finding in linted["findings"]} == {"SK602", "SK604", "SK605", "SK506"}
    assert servkit("import", "zendesk", "../macros.json").err == "2 unchanged, 2 left out; nothing was written.\n"


def test_a_file_that_cannot_be_read_begins_nothing(exports: Path, servkit: Servkit) -> None:
    for given, message in (
        (("--from", "canned.json", "--from", "zendesk:canned.json"), "servkit: canned.json:2: A macro needs"),
        (("--from", "helpscout:canned.json"), "servkit: no kind 'helpscout'"),
        (("--from", "nothing.json"), "servkit: nothing.json: cannot be read"),
        (("--trade", "hotels"), "servkit: no trade 'hotels'; did you mean hotel?"),
        (("--country", "US", "--timezone", "Berlin"), "servkit: no time zone 'Berlin'"),
    ):
        ran = servkit("init", "shop", *given)
        assert (ran.code, ran.out, ran.err.startswith(message)) == (2, "", True), ran
        assert not (exports / "shop").exists()


def test_a_terminal_asks_for_the_time_zone_and_the_trade_until_they_can_be(exports: Path) -> None:
    out = at_a_terminal(["init", "book"], "Adler\nUS\nBerlin\nchicago\nde\nspace travel\nhotel\n")
    assert "There is no time zone 'Berlin'" in out
    assert "There is no trade 'space travel'" in out
    settings = (exports / "book" / "servkit.yaml").read_text("utf-8")
    assert "language: de\ncurrency: USD\ntimezone: America/Chicago\n" in settings
    assert "  arrival: {title: Anreise}\n" in settings


def test_a_terminal_asks_whether_the_columns_are_right(
    book: Path, state: Callable[[], dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (book / "people.csv").write_text(PEOPLE, "utf-8")
    before = state()
    with pytest.raises(AssertionError, match="nothing was written"):  # it exits with 2
        at_a_terminal(["import", "csv", "people.csv"], "n\n")
    assert state() == before
    assert "Are the columns right? [Y/n]" in at_a_terminal(["import", "csv", "people.csv"], "y\n")
    assert (book / "customers" / "people.csv").exists()
