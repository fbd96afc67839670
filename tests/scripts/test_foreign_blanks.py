"""Blanks of other programs: found wherever they come from, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from servkit.scripts.foreign_blanks import foreign_blanks

FIRST, NAME = '{{ customer.first_name | default: "there" }}', '{{ customer.name | default: "there" }}'
MISSING = "what is missing here"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hello #{ticket.customer.firstname},", [("#{ticket.customer.firstname}", FIRST)]),
        ("Hello {first_name},", [("{first_name}", FIRST)]),
        ("Hello %FIRSTNAME%,", [("%FIRSTNAME%", FIRST)]),
        ("Hello <<First Name>>,", [("<<First Name>>", FIRST)]),
        ("Hello ${firstName},", [("${firstName}", FIRST)]),
        ("Hello %{ticket.name.first},", [("%{ticket.name.first}", FIRST)]),
        ("[NAME], your order [ORDER NUMBER] is late", [("[NAME]", NAME), ("[ORDER NUMBER]", "{{ order_number }}")]),
        ("[Customer's name] on [insert date]", [("[Customer's name]", NAME), ("[insert date]", "{{ date }}")]),
        (
            "This is [Your Name] of [Company Name]",
            [("[Your Name]", "{{ agent.name }}"), ("[Company Name]", "{{ book.name }}")],
        ),
        ("*|FNAME|* {!Contact.Name}", [("*|FNAME|*", FIRST), ("{!Contact.Name}", NAME)]),
        ("{$name} <%= name %>", [("{$name}", NAME), ("<%= name %>", NAME)]),
        ("«First_Name» <first name>", [("«First_Name»", FIRST), ("<first name>", FIRST)]),
        ("[[name]] __NAME__", [("[[name]]", NAME), ("__NAME__", NAME)]),
        ("Call XXX-XXX-XXXX. TODO ask who answers.", [("XXX-XXX-XXXX", MISSING), ("TODO", MISSING)]),
        ("Hello $NAME$, %customer.first_name%", [("$NAME$", NAME), ("%customer.first_name%", FIRST)]),
        ("Dear %s, 100%sure", [("%s", MISSING)]),
        ("Dear ____, TBD", [("____", MISSING), ("TBD", MISSING)]),
    ],
)
def test_a_blank_is_found_with_what_to_write(text: str, found: list[tuple[str, str]]) -> None:
    assert [(blank.text, blank.advice) for blank in foreign_blanks(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "We're #1, and 50 % of you [sic] pay $5 {} {1}",
        'Hello {{ customer.first_name | default: "[NAME]" }}{% if facts.late %}, sorry{% endif %}',
        "See [your order](https://example.org), [1] and [a]: b",
        "**bold** __bold__ 5 < 6 > 3, [x] done, size XL or XXL, press [OK]",
        "[the customer laughs] «Hola» 100 %, a_b, <b>hi</b>, <mail@example.org>",
        "TODO INCLUIDO",
        "___\nA line of its own",
    ],
)
def test_what_is_no_blank_stays_untold(text: str) -> None:
    assert foreign_blanks(text) == []


def test_all_is_no_note_in_spanish() -> None:
    assert foreign_blanks("TODO el servicio", "es") == []
    assert [blank.text for blank in foreign_blanks("TODO: el servicio", "es-MX")] == ["TODO:"]


def test_many_that_nothing_closes_are_read_once() -> None:
    assert [blank.text for blank in foreign_blanks("{%" * 60_000 + " [NAME] " + "{{" * 60_000)] == ["[NAME]"]
    assert not foreign_blanks("{% if x %}{{ name | default: 'you' }}{% endif %}")
