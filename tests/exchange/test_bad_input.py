"""Files that aren't what they should be: one clear line with its place, and a book as it was."""

from __future__ import annotations

import json
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.samples import CHATWOOT, ESPANSO, FILES, ZAMMAD, ZENDESK
from servkit.book.problems import ServkitError
from servkit.exchange.source_file import SourceFile
from servkit.exchange.tools import tool, tool_names

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Servkit

BAD = {
    "half a list": ("chatwoot", CHATWOOT[:200], "bad:6: The file ends in the middle"),
    "half an object": ("zendesk", ZENDESK.rstrip()[:-30], "bad:4: The file ends in the middle"),
    "a list without its end": ("zendesk", '{"macros":[', "bad:1: The file ends in the middle"),
    "no JSON": ("chatwoot", '[{"short_code": oops}]', "bad:1: This can't be read as JSON"),
    "no list": ("zendesk", '{"tickets": []}', "bad:1: This isn't a list of macros: it should begin with `[`"),
    "another list": ("zendesk", CHATWOOT, "bad:2: A macro needs a `title` and a list of `actions`"),
    "numbers": ("chatwoot", "[1, 2]", "bad:1: Every one of the canned responses should be an object"),
    "no code": ("chatwoot", '[{"content": "x"}]', "bad:1: A canned response needs a text under `short_code`"),
    "deep": ("chatwoot", "[" * 100_000, "bad:1: "),
    "a huge number": ("chatwoot", f'[{{"short_code": "a", "content": "b", "id": {"9" * 5000}}}]', "bad:1: "),
    "a page": ("zendesk", "<!DOCTYPE html><html><body>Sign in</body></html>", "bad:1: This isn't a list of macros"),
    "columns of another tool": ("zammad", "short_code,content\na,b\n", "bad:1: These aren't text modules"),
    "an open mark": ("zammad", 'name,content\na,"b\n', "bad:2: The file ends in the middle of a cell"),
    "a mark inside": ("chatwoot", 'short_code,content\na,"b"c\n', "bad:2: The quotation marks of this row"),
    "nothing": ("zammad", "", "bad: The file is empty"),
    "no name": ("zammad", "name,content\n,text\n", "bad:2: A text module needs a name"),
    "NUL": ("zammad", "name,content\na,b\0c\n", "bad:2: There is a NUL character"),
    "an alias": ("espanso", "matches: &a\n  - {trigger: x, replace: y}\nglobal_vars: *a\n", "bad:1: Anchors"),
    "no matches": ("espanso", "trigger: x\n", "bad:1: This isn't a match file"),
    "broken YAML": ("espanso", ESPANSO.replace("  - trigger", "\t- trigger"), "bad:10: There is a tab here"),
    "one line": ("espanso", "matches: [{trigger: a, replace: b}, {trigger: c}]\n", "bad:1: Write every match"),
    "no text": ("csv", "when,where\n1,2\n", "bad:1: No column seems to hold the texts"),
    "no workbook": ("xlsx", "name,text\n", "bad: This isn't an Excel workbook"),
    "half a workbook": ("xlsx", "PK\x03\x04 and then nothing", "bad: This is a damaged workbook"),
    "an old workbook": ("csv", "PK\x03\x04", "bad: This is a zip file or a workbook, not text"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_one_line_says_what_and_where(
    name: str, book: Path, servkit: Servkit, state: Callable[[], dict[str, bytes]]
) -> None:
    kind, text, message = BAD[name]
    (book / "bad").write_text(text, "utf-8", newline="")
    before = state()
    ran = servkit("import", kind, "bad")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1), ran
    assert ran.err.startswith(f"servkit: {message}"), ran.err
    assert state() == before


def test_bytes_that_are_no_text_have_their_line(book: Path, servkit: Servkit) -> None:
    (book / "bad").write_bytes(b"name,content\na,caf\xe9\n")
    ran = servkit("import", "zammad", "bad")
    assert ran.err == "servkit: bad:2: The byte 0xe9 isn't UTF-8. Save the file as UTF-8.\n"
    (book / "bad").write_bytes("name,content\na,café\n".encode("utf-16"))
    assert servkit("import", "zammad", "bad").code == 0
    assert servkit("import", "zammad", "missing").code == 2
    assert servkit("import", "zammad", "policies").code == 2


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from([*FILES]), st.integers(0, 2000), st.integers(0, 300), st.binary(max_size=40))
def test_damage_anywhere_is_told_or_read(sample: str, start: int, length: int, put: bytes) -> None:
    name, text = FILES[sample]
    raw = text.encode()
    damaged = raw[:start] + put + raw[start + length :]
    with suppress(ServkitError):  # anything else is a fault of servkit
        found = tool(sample.partition("-")[0]).read(SourceFile(name, damaged))
        assert all(isinstance(reply.text, str) and reply.id for reply in found.replies)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(tool_names()), st.binary(max_size=80))
def test_any_bytes_are_told_or_read(kind: str, raw: bytes) -> None:
    with suppress(ServkitError):
        tool(kind).read(SourceFile("x", raw))


def test_a_workbook_that_unpacks_without_end_is_refused(
    book: Path, servkit: Servkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here from a mebibyte on, so that the test need not make a large one."""
    monkeypatch.setattr("servkit.customers.workbook_size.LARGEST", 1 << 20)
    with zipfile.ZipFile(book / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b" " * (3 << 20))
    assert (book / "bomb.xlsx").stat().st_size < 10_000
    limit = "it unpacks to 3,145,728 bytes, and 1,048,576 is the limit"
    for what in ("scripts", "customers"):
        ran = servkit("import", "xlsx", "bomb.xlsx", "--what", what)
        assert (ran.code, ran.err) == (2, f"servkit: bomb.xlsx: This workbook can't be read: {limit}.\n")
    (book / "servkit.yaml").write_text("servkit: 1\nname: A\ncustomers: [bomb.xlsx]\n", "utf-8")
    (book / "policies" / "returns.yaml").unlink()
    assert limit in " ".join(servkit("lint", "--format", "concise").out.split())


def test_a_formula_comes_in_as_what_it_shows_and_goes_out_as_text(book: Path, servkit: Servkit) -> None:
    sheet = openpyxl.Workbook()
    assert sheet.active is not None
    for row in (("Title", "Reply"), ("Plain", "-5 % today"), ("Empty", ""), ("Sum", "=1+1"), ("Link", "=1+2")):
        sheet.active.append(row)
    sheet.save(book / "new.xlsx")
    for what in ("scripts", "customers"):
        ran = servkit("import", "xlsx", "new.xlsx", "--what", what, "--column", "Title=id")
        told = "new.xlsx:4: The formula in B4 has no saved value, and 1 more have none. Open the workbook in Excel or"
        assert (ran.code, ran.err.count("\n"), told in ran.err) == (2, 1, True)
    assert not (book / "scripts").exists()
    with zipfile.ZipFile(book / "new.xlsx") as new, zipfile.ZipFile(book / "replies.xlsx", "w") as saved:
        for name in new.namelist():
            data = new.read(name).replace(b'<c r="B5"><f>1+2</f>', b'<c r="B5" t="str"><f>""</f>')
            saved.writestr(name, data.replace(b"<f>1+1</f><v>", b"<f>1+1</f><v>2"))
    assert servkit("import", "xlsx", "replies.xlsx").code == 0
    assert sorted(path.stem for path in (book / "scripts").iterdir()) == ["plain", "sum"]
    (book / "replies.csv").write_text('Title,Reply\nSum,"=1+1"\nMail,@all of you\n', "utf-8")
    assert servkit("import", "csv", "replies.csv").code == 0
    assert servkit("export", "xlsx", "--to", "out.xlsx").code == 0
    cells = [cell for row in openpyxl.load_workbook(book / "out.xlsx").worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert {str(cell.value) for cell in cells if cell.quotePrefix} == {"=1+1", "@all of you"} | (
        {"-5 % today"} if any(cell.value == "-5 % today" for cell in cells) else set()
    )
    csv = servkit("export", "csv", "--what", "scripts").out
    assert "\n=" not in csv
    assert ",=" not in csv


def test_a_macro_that_is_much_too_long_is_left_out(book: Path, servkit: Servkit) -> None:
    (book / "long").write_text(json.dumps([{"short_code": "a", "content": "x" * 80_000}]), "utf-8")
    ran = servkit("import", "chatwoot", "long")
    assert (ran.code, "it is longer than 50,000 characters: `A`" in ran.out) == (0, True)


def test_two_of_one_name(book: Path, servkit: Servkit) -> None:
    (book / "two").write_text('short_code,content\na,one\na,one\na,another\n"b c",x\n"b-c",y\nB C,z\n', "utf-8")
    ran = servkit("import", "chatwoot", "two")
    assert ran.err.startswith("4 new, 1 left out."), ran.err
    assert sorted(path.name for path in (book / "scripts").iterdir()) == [
        "a.yaml",
        "b-c-2.yaml",
        "b-c-3.yaml",
        "b-c.yaml",
    ]
    assert servkit("import", "chatwoot", "two").err.startswith("4 unchanged, 1 left out")


def test_zammad_and_zendesk_leave_out_what_is_switched_off(book: Path, servkit: Servkit) -> None:
    (book / "z").write_text(ZAMMAD, "utf-8")
    assert "it is switched off: `Old one`" in servkit("import", "zammad", "z", "--dry-run").out


def test_a_workbook_that_is_damaged_inside(book: Path, servkit: Servkit) -> None:
    """Whatever says so: the zip, what unpacks it, the parser or the library for workbooks."""
    sheet = openpyxl.Workbook()
    assert sheet.active is not None
    for row in (("id", "name", "text"), ("A-1", "Zoë", "Hello")):
        sheet.active.append(row)
    sheet.save(book / "whole.xlsx")
    (book / "servkit.yaml").write_text("servkit: 1\nname: A\ncustomers: [bad.xlsx]\n", "utf-8")
    (book / "policies" / "returns.yaml").unlink()
    whole, told = (book / "whole.xlsx").read_bytes(), set()
    parts = zipfile.ZipFile(book / "whole.xlsx").infolist()
    # into what is packed; what says how it is packed (8 bytes in) and that it has a password (6 bytes in)
    for part in parts:
        start = part.header_offset
        for place, byte in ((start + 40 + len(part.filename), 0xFF), (start + 8, 97), (start + 6, 1)):
            (book / "bad.xlsx").write_bytes(whole[:place] + bytes([byte]) + whole[place + 1 :])
            ran = servkit("import", "xlsx", "bad.xlsx", "--what", "scripts", "--dry-run")
            assert ran.code in (0, 2), ran
            told.add(ran.err if ran.code else "")
            found = servkit("lookup", "A-1")
            assert found.code in (1, 2)
            assert "it is a damaged workbook, or none" in found.err or "Zoë" in found.out, found
    assert told <= {"", "servkit: bad.xlsx: This is a damaged workbook, or none. Save it again.\n"}


def test_how_columns_are_understood_is_no_part_of_the_json(book: Path, servkit: Servkit) -> None:
    (book / "s.csv").write_text("title,text\nHello,Good day\n")
    (book / "c.csv").write_text("id,name\nA-1,Zoë\n", "utf-8")
    for file, schema in (("s.csv", "servkit/import/1"), ("c.csv", "servkit/import-customers/1")):
        ran = servkit("import", "csv", file, "--dry-run", "--format", "json")
        assert (ran.code, json.loads(ran.out)["schema"], "name" in ran.err or "title" in ran.err) == (0, schema, True)
