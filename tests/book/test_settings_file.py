"""``servkit.yaml`` (BOOK.md 2)."""

from __future__ import annotations

import pytest

from .authoring import SETTINGS, read_settings_text, settings, shown

HEAD = "servkit: 1\nname: B\n"

#: What follows line 2.
TOLD = {
    "colour: red": "3:1 SK108 unknown key 'colour'; take it away",
    "chanels: [a]": "3:1 SK108 unknown key 'chanels'; did you mean 'channels'?",
    "areas: {a: {titel: A}}": "3:13 SK108 unknown key 'titel'; did you mean 'title'?",
    "attributes: {a: {type: text, fro: 3}}": "3:30 SK108 unknown key 'fro'; did you mean 'from'?",
    "attributes: {plan: {type: colour}}": (
        "3:27 SK110 'colour' is none of text, flag, number, money, percent, duration, date, choice, list"
    ),
    "attributes: {plan: {}}": "3:20 SK109 'type' is missing; add it",
    "attributes: {Plan: {type: text}}": (
        "3:14 SK110 'Plan' is not a name: lower-case letters, digits and _, a letter first"
    ),
    "attributes: {role: {type: text}}": (
        "3:14 SK110 'role' has a meaning of its own in conditions; choose another name"
    ),
    "attributes: {plan: {type: choice}}": "3:20 SK110 a choice says which: of: [least, …, most]",
    "attributes: {plan: {type: text, of: [a]}}": "3:37 SK110 `of` belongs to choices, not to text",
    "attributes: {plan: {type: choice, of: [a, a]}}": "3:39 SK110 a choice is here twice",
    "attributes: {plan: {type: text, from: 0}}": "3:39 SK110 `from` belongs to numbers, not to text",
    "attributes: {plan: {type: number, from: 0 USD}}": "3:41 SK110 '0 USD' is not a number such as 1500 or 1.5",
    "attributes: {plan: {type: text}}\nfacts: {plan: {type: text}}": (
        "4:9 SK110 'plan' is an attribute as well; names are unique together"
    ),
    "currency: usd": "3:11 SK110 'usd' is not a currency of ISO 4217 such as USD",
    "timezone: New York": "3:11 SK110 'New York' is not a time zone such as America/New_York",
    "timezone: ../../etc/passwd": "3:11 SK110 '../../etc/passwd' is not a time zone such as America/New_York",
    "language: english": "3:11 SK110 'english' is not a language such as en or pt-BR",
    "clocks: {day: {hours: 24/7}}": "3:10 SK110 'day' is a unit of time; choose another name for the clock",
    "clocks: {office: {}}": "3:18 SK109 'hours' is missing; add it",
    "clocks: {office: {hours: 24/7, timezone: home}}": (
        "3:42 SK110 'home' is not a time zone such as America/New_York, nor the name of a text attribute"
    ),
    "attributes: {home: {type: flag}}\nclocks: {office: {hours: 24/7, timezone: home}}": (
        "4:42 SK110 the attribute 'home' is not text"
    ),
    "channels: [phone, phone]": "3:19 SK110 'phone' is here twice",
    "roles: [a, b, a]": "3:15 SK110 'a' is here twice",
    "channels: [phone]\nareas: {a: {channels: [fax]}}": "4:24 SK110 'fax' is not one of the channels",
    "areas: {A b: {}}": "3:9 SK110 'A b' is not an id: lower-case words and digits, parted by single hyphens",
    "areas: {a: {script: maybe}}": "3:21 SK110 'maybe' is none of required, optional",
    "customers: {id: x}": "3:12 SK109 'file' is missing; add it",
    "attributes: {plan: {type: text}}\ncustomers: [a.csv, {file: b.csv, attributes: {paln: P}}]": (
        "4:47 SK110 no attribute 'paln'; did you mean 'plan'?"
    ),
    "wording: {avoid: {x: }}": "3:22 SK110 this is empty; write a text or take the key away",
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_what_is_wrong_with_the_settings_is_told_at_its_place(text: str) -> None:
    made, problems = read_settings_text(HEAD + text)
    assert made is None
    assert [shown(problem) for problem in problems] == [TOLD[text]]


def test_the_version_and_a_name_are_wanted() -> None:
    for text, told in {
        "language: en": ["1:1 SK109 'servkit' is missing; add it"],
        "servkit: 2\nname: x": ["1:10 SK110 '2' is none of 1"],
        "- a": ["1:1 SK110 a mapping is wanted here"],
    }.items():
        assert [shown(problem) for problem in read_settings_text(text)[1]] == told


def test_every_fault_is_told() -> None:
    _, problems = read_settings_text(HEAD + "channels: [a, a]\nroles: [b, b]\n")
    assert [(problem.line, problem.column) for problem in problems] == [(3, 15), (4, 12)]


def test_the_settings_of_a_book() -> None:
    made = settings()
    assert made.name == "Bellweather Pest Control"
    assert (made.language, made.languages, made.currency, made.timezone) == ("en", ("en",), "USD", "UTC")
    assert made.roles == ("technician", "supervisor", "owner")
    assert made.names["plan"].of == ("single", "monthly", "commercial")
    assert not made.names["plan"].fact
    assert made.names["hours_late"].fact
    assert made.variables["role"].of == made.roles
    assert set(made.variables) - set(made.names) == {"today", "channel", "role", "office", "segment"}


def test_one_item_may_stand_where_a_list_is_wanted() -> None:
    made, problems = read_settings_text(HEAD + "channels: phone\ncustomers: a.csv\nareas: {a: }\n")
    assert not problems
    assert made is not None
    assert made.channels == ("phone",)
    assert [source["file"] for source in made.sources] == ["a.csv"]
    assert list(made.areas) == ["a"]


def test_prose_is_picked_by_language() -> None:
    made, _ = read_settings_text(SETTINGS)
    assert made is not None
    assert made.pick({"en": "yes", "es": "sí"}, "es") == "sí"
    assert made.pick({"en": "yes", "es": "sí"}, "es-MX") == "sí"
    assert made.pick({"en": "yes", "es": "sí"}, "de") == "yes"
    assert made.pick({"fr": "oui"}) == "oui"
    assert (made.pick("plain"), made.pick(None)) == ("plain", "")
