"""``servkit.yaml`` (BOOK.md 2)."""

from __future__ import annotations

import pytest

from .authoring import SETTINGS, read_settings_text, settings, shown

HEAD = "servkit: 1\nname: B\n"

#: What follows line 2.
TOLD = {
    "colour: red": "3:1 SK108 Unknown key `colour`. Check its spelling and its indentation.",
    "chanels: [a]": "3:1 SK108 Unknown key `chanels`. Did you mean `channels`?",
    "areas: {a: {titel: A}}": "3:13 SK108 Unknown key `titel`. Did you mean `title`?",
    "attributes: {a: {type: text, fro: 3}}": "3:30 SK108 Unknown key `fro`. Did you mean `from`?",
    "attributes: {plan: {type: colour}}": (
        "3:27 SK110 `colour` is not one of the words allowed here. Write `text`, "
        "`flag`, `number`, `money`, `percent`, `duration`, `date`, `time`, `choice` or "
        "`list`."
    ),
    "attributes: {plan: {}}": "3:20 SK109 `type` is missing. Add `type: …`.",
    "attributes: {Plan: {type: text}}": (
        "3:14 SK110 `Plan` is not a name. Use lowercase letters, digits and _, and start with a letter."
    ),
    "attributes: {role: {type: text}}": (
        "3:14 SK110 `role` has a meaning of its own in conditions. Choose another name."
    ),
    "attributes: {plan: {type: choice}}": "3:20 SK110 A choice needs its words: `of: [least, …, most]`.",
    "attributes: {plan: {type: text, of: [a]}}": "3:37 SK110 `of` needs `type: choice`, and this is `type: text`.",
    "attributes: {plan: {type: choice, of: [a, a]}}": "3:39 SK110 `a` appears twice. Keep one of them.",
    "attributes: {plan: {type: text, from: 0}}": (
        "3:39 SK110 `from` needs a type that counts, such as number or money, and this is `type: text`."
    ),
    "attributes: {plan: {type: number, from: 0 USD}}": "3:41 SK110 `0 USD` should be a number such as 1500 or 1.5.",
    "attributes: {plan: {type: text}}\nfacts: {plan: {type: text}}": (
        "4:9 SK110 `plan` is an attribute too. Attributes and facts need different names."
    ),
    "currency: usd": "3:11 SK110 `usd` is not a currency of ISO 4217. Write `USD`.",
    "timezone: New York": "3:11 SK110 `New York` is not a time zone. Did you mean `America/New_York`?",
    "timezone: ../../etc/passwd": "3:11 SK110 `../../etc/passwd` is not a time zone. Write it as America/New_York.",
    "language: english": (
        "3:11 SK110 `english` is not a language such as en or pt-BR. Text that contains a colon goes in quotes."
    ),
    "clocks: {day: {hours: 24/7}}": "3:10 SK110 `day` is a unit of time. Choose another name for the clock.",
    "clocks: {office: {}}": "3:18 SK109 `hours` is missing. Add `hours: …`.",
    "timezone: Factory": "3:11 SK110 `Factory` is not a time zone. Write it as America/New_York.",
    "timezone: right/UTC": "3:11 SK110 `right/UTC` is not a time zone. Write it as America/New_York.",
    "clocks: {office: {hours: 24/7, timezone: home}}": (
        "3:42 SK110 `home` is neither a time zone such as America/New_York nor a text attribute."
    ),
    "attributes: {home: {type: flag}}\nclocks: {office: {hours: 24/7, timezone: home}}": (
        "4:42 SK110 The attribute `home` is not of type text, so it can't hold a time zone."
    ),
    "channels: [phone, phone]": "3:19 SK110 `phone` appears twice. Keep one of them.",
    "roles: [a, b, a]": "3:15 SK110 `a` appears twice. Keep one of them.",
    "channels: [phone]\nareas: {a: {channels: [fax]}}": (
        "4:24 SK110 `fax` is not a channel of this book. Declare it under `channels`."
    ),
    "areas: {A b: {}}": "3:9 SK110 `A b` is empty. Write its value.",
    "areas: {a: {script: maybe}}": (
        "3:21 SK110 `maybe` is not one of the words allowed here. Write `required` or `optional`."
    ),
    "customers: {id: x}": "3:12 SK110 Write either `file:` or `database:`.",
    "attributes: {plan: {type: text}}\ncustomers: [a.csv, {file: b.csv, attributes: {paln: P}}]": (
        "4:47 SK110 `paln` is not an attribute of this book. Did you mean `plan`?"
    ),
    "wording: {avoid: {x: }}": "3:22 SK110 `x` is empty. Write its value.",
}


@pytest.mark.parametrize("text", TOLD)
def test_what_is_wrong_with_the_settings_is_told_at_its_place(text: str) -> None:
    made, problems = read_settings_text(HEAD + text)
    assert made is None
    assert [shown(problem) for problem in problems] == [TOLD[text]]


def test_the_version_and_a_name_are_wanted() -> None:
    for text, told in {
        "language: en": ["1:1 SK109 `servkit` is missing. Add `servkit: 1`."],
        "servkit: 2\nname: x": ["1:10 SK110 `2` is not one of the words allowed here. Write `1`."],
        "- a": ["1:1 SK110 This should be a mapping of keys to values, not a list."],
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
