"""The pages in a real browser, through a real server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from servkit.web.users_file import PersonRecord

from .desk_browser import ROOT, Person, ServedDesk
from .pictures import FOLDER, PICTURES, take

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

EVIL = '<img src="https://evil.example/x" onerror="alert(1)">'
#: A customer whose words would all be markup, if anything of theirs ever were.
HOSTILE = f"""\
kind: customer
id: AS-6666
name: '{EVIL}Mallory'
priorities:
  - say: '{EVIL}</script><script>alert(2)</script> reads every {{{{ agent.name }}}}'
attributes: {{plan: care, company: 'javascript:alert(3)'}}
"""
#: A script that would run, if a page took it for markup.
HOSTILE_SCRIPT = f"""\
kind: script
id: evil
short: ev
title: '{EVIL}'
area: greeting
say: |
  </textarea>{EVIL}</blockquote> {{{{ customer.name }}}} {{{{ blank_"onfocus=alert(4) }}}}
  <script>alert(5)</script> {{{{ reason }}}}
"""
PEOPLE = {
    "ruth": PersonRecord(name="Ruth Okafor", role="technician"),
    "sam": PersonRecord(name="Sam Vega", role="supervisor", language="es"),
}
#: Every page, with and without something on it.
PAGES = (
    "/",
    "/find?q=recepit",
    "/find?q=xyzzyqq",
    "/customers/AS-1007?about=returns",
    "/customers/AS-6666?about=greeting",
    "/answer?about=visits&from=09:30",
    "/due?whose=mine",
    "/book",
    "/book/areas/returns",
    "/book/documents/policy/returns",
    "/book/documents/script/evil",
    "/book/matrix",
    "/handouts?sheet=card&area=hold",
    "/handouts?sheet=changes&day=xyzzy",
    "/report",
    "/proposal?document=policy:returns",
    "/proposal?document=script:evil",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDesk]:
    folder = tmp_path_factory.mktemp("desk")
    with ServedDesk(folder, PEOPLE, {"customers/as-6666.yaml": HOSTILE, "scripts/evil.yaml": HOSTILE_SCRIPT}) as served:
        yield served


@pytest.fixture(scope="module")
def ruth(desk: ServedDesk) -> Iterator[Person]:
    with Person(desk) as person:
        person.sign_in("ruth")
        yield person


@pytest.fixture(scope="module")
def sam(desk: ServedDesk) -> Iterator[Person]:
    with Person(desk) as person:
        person.go("/", 360, "dark")
        assert person.violations() == []
        person.sign_in("sam")
        yield person


def test_a_call_by_keyboard_alone(ruth: Person) -> None:
    """ "May I bring it back after six weeks, and can you give me something for the trouble?\""""
    ruth.go("/book")
    ruth.send("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    ruth.press("/")
    ruth.type("nadia os")
    ruth.until("document.querySelector('#results a') && document.querySelector('#results').dataset.of == 'nadia os'")
    ruth.press("Enter")
    ruth.until("document.querySelector('#who') && document.querySelector('#who').innerText == 'Nadia Osman'")
    assert "name" not in ruth.run("location.href")
    ruth.press("/")
    ruth.type("returned")
    ruth.until("document.querySelector('#results').dataset.of == 'returned'")
    ruth.press("ArrowDown", "Enter")
    ruth.until("location.search == '?about=returns'")
    assert "45 days" in ruth.text("#term-returns--window .value")
    assert "10 % or 20 %" in ruth.text("#term-returns--restocking .value")
    assert "decides: Restocking fee, Return window" in ruth.text("#ask-part_kind")

    ruth.press("a")
    assert ruth.focus == "answer-part_kind-1"
    ruth.press("Enter")
    ruth.until("document.querySelector('#term-returns--restocking.changed')")
    assert "10 %" in ruth.text("#term-returns--restocking .value")
    assert ruth.focus == "outcome"
    assert "Restocking fee: 10 %" in ruth.until("document.querySelector('#live').textContent")
    assert ruth.run("location.search") == "?about=returns"

    ruth.press("w")
    reasons = ruth.text("#why-term-returns--window")
    assert "everybody has 30 days" in reasons
    assert "Customer since: longer ago than 5 years" in reasons
    assert "segments/long-term.yaml:12" in reasons
    ruth.press("w")

    ruth.press("2")
    assert "amount" in ruth.focus
    ruth.type("84 USD")
    ruth.press("Enter")
    said = "Thank you for bringing it back, Nadia. Yes, we take it. 84 USD goes back to you"
    assert said in ruth.until("navigator.clipboard.readText()")
    assert ruth.until("document.querySelector('#live').textContent == 'Copied'")

    ruth.press("Escape", "g")
    assert ruth.focus == "value"
    ruth.press("Tab", "W", "Tab")
    ruth.type("we sold her the wrong one")
    ruth.press("Enter")
    ruth.until("document.querySelector('.outcome.done')")
    assert "Granted: 45 days." in ruth.text("#outcome")
    assert "we sold her the wrong one" in ruth.text(".more")
    assert ruth.complaints == []
    ruth.click("#outcome button")
    ruth.until("document.querySelector('.outcome.changed')")
    assert "we sold her the wrong one" not in ruth.text(".more")

    ruth.press("n")
    ruth.type("The side door, before five")
    ruth.press("Enter")
    ruth.until("document.querySelector('.outcome.done')")
    assert "The side door, before five" in ruth.text(".more")
    ruth.press("Escape", "?")
    assert "Copy a script" in ruth.until("document.querySelector('dialog[open]').innerText")
    ruth.press("Escape")


@pytest.mark.parametrize(("width", "customer"), [(340, "AS-1033"), (1280, "AS-1055")])
def test_nothing_jumps(ruth: Person, width: int, customer: str) -> None:
    """What somebody looks at stays where it is, whatever is new above it, and what came of it is seen."""
    top = "Math.round(document.querySelector('#term-returns--window').getBoundingClientRect().top)"
    ruth.go(f"/customers/{customer}?about=returns", width)
    ruth.run("document.querySelector('#term-returns--window').scrollIntoView({block: 'center'})")
    before = ruth.run(top)
    ruth.run("document.querySelector('#answer-part_kind-1').click()")
    ruth.until("document.querySelector('.outcome.changed')")
    assert abs(ruth.run(top) - before) <= 1
    ruth.press("w")
    assert abs(ruth.run(top) - before) <= 1
    ruth.press("w")
    ruth.run("document.querySelector('#give-term-returns--window').open = true")
    ruth.run("document.querySelector('#form-term-returns--window [name=because]').value = 'a gift'")
    ruth.run("document.querySelector('#form-term-returns--window [name=reason]').selectedIndex = 1")
    ruth.click("#form-term-returns--window button.main")
    ruth.until("document.querySelector('.outcome.done')")
    assert abs(ruth.run(top) - before) <= 1
    assert not ruth.run("document.querySelector('#give-term-returns--window').open")
    assert ruth.run(
        "(one => one.top >= 0 && one.bottom <= innerHeight)(document.querySelector('#outcome').getBoundingClientRect())"
    )
    ruth.click("#outcome button")
    ruth.until("document.querySelector('.outcome.changed')")


def test_the_focus_is_never_lost(ruth: Person) -> None:
    """Neither when the minute of an undo is over, nor when a choice brings another handout."""
    quick = "const later = window.setTimeout; window.setTimeout = (act, ms) => later(act, ms / 100);"
    script = ruth.send("Page.addScriptToEvaluateOnNewDocument", source=quick)["identifier"]
    ruth.go("/customers/AS-1063?about=returns")
    ruth.send("Page.removeScriptToEvaluateOnNewDocument", identifier=script)
    ruth.press("n")
    ruth.type("Whistles")
    ruth.press("Enter")
    ruth.until("document.querySelector('#outcome [data-lapse]')")
    ruth.run("document.querySelector('#outcome [data-lapse]').focus()")
    ruth.until("!document.querySelector('#outcome [data-lapse]')")
    assert ruth.focus == "outcome"
    ruth.go("/handouts?sheet=card&area=hold")
    ruth.run("document.querySelector('#area').focus()")
    ruth.press("ArrowDown")
    ruth.until("!location.search.includes('area=hold') && document.querySelector('#area').value != 'hold'")
    assert ruth.focus == "area"


def test_nothing_typed_is_lost_while_the_server_does_not_answer(ruth: Person) -> None:
    ruth.go("/customers/AS-1012?about=returns")
    gone = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    ruth.send("Network.emulateNetworkConditions", offline=True, **gone)
    ruth.press("n")
    ruth.type("Rings twice")
    ruth.press("Enter")
    ruth.until("!document.querySelector('#lost').hidden")
    assert ruth.run("document.querySelector('#note').value") == "Rings twice"
    ruth.send("Network.emulateNetworkConditions", offline=False, **gone)
    ruth.press("Enter")
    ruth.until("document.querySelector('.outcome.done')")
    assert ruth.run("document.querySelector('#lost').hidden")
    ruth.run("document.querySelector('.areas a').click()")
    ruth.until("location.search == '?about=greeting'")
    ruth.run("history.back()")
    ruth.until("location.search == '?about=returns' && document.querySelector('#term-returns--window')")


def test_everything_works_without_javascript(ruth: Person) -> None:
    ruth.go("/")
    ruth.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        ruth.click(".leave button")
        ruth.until("document.querySelector('#password')")
        ruth.sign_in("ruth")
        ruth.go("/find?q=renee", 360)
        assert ruth.text("#results li").startswith("Renee Hollis")
        ruth.go("/customers/AS-1012?about=complaints", 360)
        ruth.click("#ask-raised_before button")
        ruth.until("document.querySelector('.outcome.changed')")
        assert "25 USD" in ruth.text("#term-goodwill--credit .value")
        ruth.run("document.querySelector('#form-term-goodwill--credit [name=value]').value = '30 USD'")
        ruth.run("document.querySelector('#form-term-goodwill--credit [name=reason]').selectedIndex = 1")
        ruth.click("#form-term-goodwill--credit button.main")
        ruth.until("document.querySelector('.outcome.failed')")  # nothing says why
        assert ruth.run("document.querySelector('#form-term-goodwill--credit [name=value]').value") == "30 USD"
        ruth.run("document.querySelector('#form-term-goodwill--credit [name=because]').value = 'two hours late'")
        ruth.click("#form-term-goodwill--credit button.main")
        ruth.until("document.querySelector('.outcome.done')")
        ruth.click("#outcome button")
        ruth.until("document.querySelector('.outcome.changed')")
        ruth.run("document.querySelector('[name=\"blank.next_step\"]').value = 'Walt calls you'")
        ruth.run("document.querySelector('[name=\"blank.next_step\"]').form.querySelector('.fill').click()")
        assert ruth.until("document.querySelector('[name=\"blank.next_step\"]').value") == "Walt calls you"
    finally:
        ruth.send("Emulation.setScriptExecutionDisabled", value=False)


def test_two_people_with_different_roles(ruth: Person, sam: Person) -> None:
    """A technician goes further than they may, a supervisor approves it on their own page."""
    ruth.go("/customers/AS-1020?about=complaints")
    ruth.click("#ask-raised_before button:nth-of-type(2)")
    ruth.until("document.querySelector('.outcome.changed')")
    fill = (
        "(f => {{ f.querySelector('[name=value]').value = '50 USD'; f.because.value = 'a ruined party'; "
        "f.reason.selectedIndex = 1; {} }})"
    )
    form = "(document.querySelector('#form-term-goodwill--credit'))"
    submit = "f.querySelector('button.main').click()"
    ruth.run(fill.format(submit) + form)
    ruth.until("document.querySelector('.outcome.refused')")
    assert "supervisor" in ruth.text(".outcome.refused")
    assert ruth.violations() == []
    ruth.run(fill.format("f.approved_by.value = 'Sam Vega'; f.approved_role.value = 'supervisor'; " + submit) + form)
    ruth.until("document.querySelector('.outcome.done')")
    assert "Sam Vega still has to approve it." in ruth.text("#outcome")
    ruth.go("/due")
    assert ruth.run("document.querySelectorAll('[value=confirm]').length") == 0

    sam.go("/due")
    assert sam.text("h1") == "Pendiente"
    sam.click("[value=confirm]")
    sam.until("document.querySelector('.outcome.done')")
    assert (sam.focus, sam.until("document.querySelector('#live').textContent.trim()")) == (
        "outcome",
        sam.text("#outcome p"),
    )
    assert sam.violations() == []
    assert sam.run("document.querySelectorAll('[value=confirm]').length") == 0
    sam.go("/customers/AS-1020?about=complaints", 1000)
    assert sam.run("Math.max(...[...document.querySelectorAll('#standards h4')].map(one => one.clientHeight))") < 40
    assert "supervisor" in sam.text("#flexible-title")
    ruth.go("/customers/AS-1020?about=complaints")
    assert "technician" in ruth.text("#flexible-title")
    assert "a ruined party" in ruth.text(".more")
    assert "waits for approval" not in ruth.text(".more")

    ruth.run("document.querySelector('#praise [name=colleague]').value = 'Walt'")
    ruth.run(f"document.querySelector('#praise [name=say]').value = {EVIL!r}")
    ruth.click("#praise button")
    ruth.until("document.querySelector('.outcome.done')")
    ruth.click("#recoveries form button")  # what went wrong is put right, and closed on the list of what is due
    ruth.until("document.querySelector('#outcome').innerText.startsWith('Begun')")
    ruth.go("/due?whose=mine")
    ruth.run("document.querySelector('[name=say]').value = 'She laughed about it.'")
    ruth.click("[name=say] ~ button")
    ruth.until("document.querySelector('.outcome.done')")
    assert ruth.run("document.querySelectorAll('[name=recovery]').length") == 0


def test_an_answer_is_remembered_for_the_next_colleague(ruth: Person, sam: Person) -> None:
    ruth.go("/customers/AS-6666?about=returns")
    assert ruth.text("#who").endswith("Mallory")
    assert "<script>alert(2)</script>" in ruth.text(".who")
    assert "30 days" in ruth.text("#term-returns--window .value")
    ruth.press("a")
    while ruth.focus != "answer-since-1":
        ruth.press("Tab")
    ruth.type("before long")
    ruth.press("Enter")
    ruth.until("document.querySelector('#fault-since')")
    assert ruth.focus == "answer-since-1"
    ruth.type("2010-01-01")  # what was typed is selected, so this takes its place
    ruth.press("Enter")
    ruth.until("document.querySelector('#term-returns--window.changed')")
    assert "2010" not in ruth.run("location.href")
    ruth.click("#keep-since")
    ruth.until("document.querySelector('.outcome.done')")
    sam.go("/customers/AS-6666?about=returns")
    assert "45 días" in sam.text("#term-returns--window .value")
    sam.go("/")
    assert "Mallory" in sam.text(".tiles")


def test_what_is_found_takes_the_place_of_the_areas(ruth: Person) -> None:
    ruth.go("/", 1280)
    assert ruth.run("(one => one.scrollWidth <= one.clientWidth)(document.querySelector('.book'))")
    assert ruth.run("document.querySelector('.cards').checkVisibility()")
    ruth.type("returned")
    ruth.until("document.querySelector('#results').dataset.of == 'returned'")
    assert not ruth.run("document.querySelector('.cards').checkVisibility()")


def test_every_page(ruth: Person, desk: ServedDesk) -> None:
    """No complaint of the browser, nothing from elsewhere, nothing beyond the screen, no violation, no markup: on a
    desk in the light, and in a narrow sidebar in the dark with everything open."""
    for path in PAGES:
        ruth.go(path, 2560 if path in PAGES[:4] else 1280)
        assert ruth.complaints == [], path
        assert [url for url in ruth.loaded if not url.startswith((desk.address, "data:"))] == [], path
        assert ruth.run("document.querySelectorAll('main img, main script').length") == 0, path
        assert ruth.set_badly() == [], path
        ruth.run("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        ruth.look(320, "dark")
        assert ruth.set_badly() == [], (path, 320)
        assert ruth.violations(without="color-contrast") == [], path
        ruth.hide_repeats()
        assert ruth.violations(only="color-contrast") == [], (path, "dark")
        ruth.look(1280, "light")
        assert ruth.violations(only="color-contrast") == [], (path, "light")


def test_an_answer_prints_in_dark_ink_on_white_paper_whatever_the_screen_is(ruth: Person) -> None:
    ruth.go("/customers/AS-1012?about=returns", 794, "dark")
    ruth.run("document.querySelector('#why-term-returns--window').open = true")
    ruth.look(794, "dark", media="print")
    assert ruth.run("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert ruth.violations(only="color-contrast") == []
    assert not ruth.run("document.querySelector('.top').checkVisibility()")


def test_what_the_desk_remarks_is_on_the_page(ruth: Person) -> None:
    ruth.go("/customers/AS-1007?about=retruns")
    assert "returns" in ruth.text(".notice")
    assert "45 days" in ruth.text("#term-returns--window .value")
    ruth.go("/customers/AS-1?about=returns")
    assert "AS-1" in ruth.text("#error")
    assert ruth.violations() == []


def test_a_proposed_change_is_a_patch(ruth: Person, desk: ServedDesk) -> None:
    before = (desk.book / "policies" / "returns.yaml").read_text("utf-8")
    ruth.go("/proposal?document=policy:returns")
    ruth.run(
        "(form => { form.text.value = '40 days'; form.querySelector('button').click() })([...document"
        '.querySelectorAll(\'.place form\')].find(form => form.where.value == \'["terms", "window", "value"]\'))'
    )
    ruth.until("document.querySelector('#result')")
    assert ruth.focus == "result"
    assert "6 of your 11 customers may get something else." in ruth.text("#result")
    assert "kinder: Return window: 30 days → 40 days for Kind of part: stock" in ruth.text("#result")
    assert "of 11 customers, perhaps" in ruth.text("#result")
    assert "+    value: 40 days" in ruth.text("#result pre")
    assert (desk.book / "policies" / "returns.yaml").read_text("utf-8") == before


def test_a_broken_edit_keeps_the_last_good_book(ruth: Person, desk: ServedDesk) -> None:
    policy = desk.book / "policies" / "returns.yaml"
    good = policy.read_text("utf-8")
    policy.write_text(good.replace("id: returns", "id: [returns"), "utf-8")
    try:
        ruth.until("fetch('/due').then(r => r.text()).then(t => t.includes('policies/returns.yaml'))")
        ruth.go("/customers/AS-1007?about=returns")
        assert "policies/returns.yaml" in ruth.text(".fault")
        assert "45 days" in ruth.text("#term-returns--window .value")
        assert ruth.violations() == []
    finally:
        policy.write_text(good, "utf-8")
    ruth.until("fetch('/due').then(r => r.text()).then(t => !t.includes('policies/returns.yaml'))")


def test_the_pictures_of_the_docs_can_be_made(sam: Person) -> None:
    text = "".join((ROOT / page).read_text("utf-8") for page in ("README.md", "docs/browser-desk.md"))
    assert sorted(path.name for path in FOLDER.glob("desk-*.png")) == sorted(PICTURES)
    for name, picture in PICTURES.items():
        assert f"pictures/{name}" in text
        assert take(sam, picture).startswith(b"\x89PNG")
