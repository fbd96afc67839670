"""The desk speaks the book's language: no English of servkit's own is left on its screens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from servkit.languages.catalogue import catalogue, texts

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Servkit

SETTINGS = """\
servkit: 1
name: Gasthof Adler
language: de
languages: [de, en]
currency: EUR
timezone: Europe/Berlin
clocks: {haus: {hours: "Mo-Fr 08:00-18:00"}}
channels: [telefon, vor-ort]
roles: [empfang, leitung]
areas:
  abreise: {title: Abreise}
  anreise: {title: Anreise}
attributes:
  aufenthalte: {type: number, title: Aufenthalte, ask: "Wie oft waren Sie bei uns?"}
  stamm: {type: flag, title: Stammgast}
  seit: {type: date, title: Gast seit}
facts:
  spaet: {type: duration, title: Verspätung, ask: "Wie viel später möchten Sie abreisen?"}
  rechnung: {type: money, title: Rechnung}
"""
DOCUMENTS = """\
kind: policy
id: spaete-abreise
title: Späte Abreise
rule: flexible
area: abreise
why: Wer spät fliegt, soll in Ruhe packen.
expectation: Bis elf Uhr ist das Zimmer Ihres.
terms:
  gebuehr:
    title: Gebühr
    value: {start: 10 EUR, each: 5 EUR, per: 1 hour, of: spaet, at_most: 40 EUR}
    better: less
    limit: 0 EUR
    grant: {empfang: 5 EUR, leitung: 0 EUR}
  frist:
    title: Antwort
    value: 2 haus hours
    cases: [{when: {seit: {before: 2 years ago}}, value: 1 haus hours}]
    better: less
---
kind: policy
id: haustiere
title: Haustiere
rule: fixed
basis: law
area: anreise
why: Die Küche verlangt es.
instead: [Eine Pension in der Nähe.]
terms: {hund: no}
---
kind: standard
id: abschied
title: Abschied
why: Der letzte Eindruck bleibt.
area: abreise
do: [Nach dem Aufenthalt fragen.]
wording: {"kein Problem": "sehr gern"}
step_away: [{if: Der Gast eilt., then: Nur ein Gruß.}]
---
kind: segment
id: stammgast
title: Stammgäste
why: Sie kennen das Haus.
priority: 10
when: {any: [{aufenthalte: {at_least: 5}}, {stamm: yes}]}
sets: {spaete-abreise.frist: 1 haus hours}
---
kind: segment
id: neu
title: Neue Gäste
why: Alles ist neu.
when: {seit: {within: 1 year}}
sets: {spaete-abreise.gebuehr: 0 EUR}
---
kind: script
id: tschuess
short: ts
title: Auf Wiedersehen
why: Ein Name tut gut.
area: abreise
say: "Gute Reise, {{ customer.name }}, bis {{ tag }}!"
---
kind: script
id: nur-stamm
title: Für Stammgäste
why: Sie sollen es hören.
area: abreise
channels: [telefon]
segments: [stammgast]
say: "Willkommen zurück!"
---
kind: customer
id: G-1
name: Anna Huber
attributes: {aufenthalte: 7, seit: 2015-03-01}
priorities: [{say: Ein ruhiges Zimmer, noted: 2026-01-05, by: Jo}]
promised: {spaete-abreise.gebuehr: 0 EUR}
---
kind: recovery
id: zimmer-laut
title: Das Zimmer war laut
why: Schlaf ist alles.
area: abreise
trigger: Der Gast klagt.
steps: [{do: Um Entschuldigung bitten, role: empfang, within: 2 hours}]
may_offer: [spaete-abreise.gebuehr]
"""
LOOKUPS = [
    "lookup",
    "lookup --about abreise --set spaet= --role empfang",
    "lookup G-1 --about abreise --role leitung --channel vor-ort --office Süd --level genuine --why",
    "lookup G-1 --about abreise --from 2026-03-02T09:00",
    "lookup --set aufenthalte=2 --set stamm=no --set seit=2026-01-01 --why --on 2026-03-01",
    "lookup G-1 --set rechnung=1250.50 --set stamm=yes --why --on 2026-03-01",
    "list",
    "list attribute",
    "show spaete-abreise",
    "show stammgast",
    "show tschuess",
    "show G-1",
    "show abreise",
    "find gast",
    "find gasst",
]


@pytest.fixture
def hotel(tmp_path: Path) -> Path:
    (tmp_path / "servkit.yaml").write_text(SETTINGS, "utf-8")
    (tmp_path / "buch.yaml").write_text(DOCUMENTS, "utf-8")
    return tmp_path


def english(screen: str) -> list[str]:
    """The words of servkit's English texts on a screen that its German ones do not have."""
    german = catalogue("de")
    ours = {word for forms in texts().values() for form in forms for word in re.findall(r"[a-z’']{3,}", form.lower())}
    theirs = " ".join(german.gettext(first) for first in texts()).lower()
    own = set(re.findall(r"\w+", theirs + (SETTINGS + DOCUMENTS).lower()))
    return sorted((ours & set(re.findall(r"[a-zäöüß’']+", screen.lower()))) - own)


@pytest.mark.parametrize("line", LOOKUPS)
def test_nothing_on_a_german_screen_is_english(line: str, hotel: Path, servkit: Servkit) -> None:
    ran = servkit(*line.split(), book=hotel)
    assert ran.err == ""
    assert len(ran.out.splitlines()) > 1
    # Options and the commands of servkit are typed as they are.
    assert english(re.sub(r"--[a-z]+|servkit \w+", "", ran.out)) == []


def test_values_days_and_moments_are_german(hotel: Path, servkit: Servkit) -> None:
    out = servkit("lookup", "G-1", "--from", "2026-03-02T09:00", "--set", "spaet=2 hours", book=hotel).out
    assert "1 Stunde (haus), bis Mo., 2. März, 10:00" in out
    assert "zugesagt; andere haben 20 €" in out
    assert "Jo, 5. Januar 2026" in out


def test_the_desk_speaks_the_language_of_its_clerk_whatever_the_customers(hotel: Path, servkit: Servkit) -> None:
    english = servkit("lookup", "G-1", "--about", "abreise", "--lang", "en", book=hotel).out
    assert "What matters" in english
    assert "Was wichtig ist" not in english


def test_json_has_no_language(hotel: Path, servkit: Servkit) -> None:
    out = servkit("lookup", "G-1", "--about", "abreise", "--format", "json", book=hotel).out
    assert '"because": "aufenthalte is 7 (at least 5)"' in out


def test_the_companys_own_words_are_on_the_screen(hotel: Path, servkit: Servkit) -> None:
    (hotel / "languages").mkdir()
    words = hotel / "languages" / "de.po"
    words.write_text('msgid "Unknown customer"\nmsgstr "Unser Gast"\n', "utf-8")
    assert servkit("lookup", "--about", "abreise", book=hotel).out.startswith("Unser Gast\n")
    words.write_text('msgid "Unknown customer"\nmsgstr "{Gast}"\n', "utf-8")
    ran = servkit("lookup", "--about", "abreise", book=hotel)
    assert ran.out.startswith("Unbekannter Kunde\n")
    assert ran.code == 0
    assert "languages/de.po:1: Nothing fills the blanks of `{Gast}`." in ran.err


def test_the_journal_speaks_the_language_of_the_book(
    servkit: Servkit, hotel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVKIT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SERVKIT_AGENT", "Rita")
    fee = "spaete-abreise.gebuehr"
    known = ("--set", "stamm=no", "--set", "spaet=4 hours")
    lines: list[tuple[tuple[str, ...], str]] = [
        (("note", "G-1", "Sie wartete", "--priority"), "Notiert für Anna Huber."),
        (("promise", "G-1", fee, "0 EUR", "--role", "leitung", *known, "--until", "2099-01-31"),
         "Versprochen an Anna Huber: spaete-abreise.gebuehr 0 €, bis 31. Januar 2099."),
        (("grant", "G-1", fee, "0 EUR", "--because", "wir kamen", "--role", "empfang"), "Gewährt für Anna Huber"),
        (("grant", "G-1", "haustiere.hund", "yes", "--because", "x", "--role", "leitung"),
         "Nicht aufgezeichnet. haustiere.hund steht fest. Niemand geht darüber hinaus."),
        (("recover", "G-1", "zimmer-laut", "--offer", f"{fee}=0 EUR", "--role", "leitung"), "Angeboten"),
        (("recover", "G-1", "zimmer-laut", "--done", "Anna lächelte"), "Abgeschlossen für Anna Huber"),
        (("recover", "G-1", "zimmer-laut"), "1. Um Entschuldigung bitten"),
        (("praise", "Wanda", "blieb lange"), "Lob für Wanda: blieb lange"),
        (("signoff", "Wanda", "--area", "abreise", "--level", "genuine", "--score", "9"), "Bereich abreise"),
        (("due",), "Sa., 31. Jan. 2099"),
        (("journal",), "versprochen: spaete-abreise.gebuehr 0 €"),
        (("report",), "Das Zimmer war laut: 2-mal, 1 abgeschlossen, davon 1 rechtzeitig"),
        (("report", "--format", "html"), '<html lang="de">'),
    ]  # fmt: skip
    for line, wanted in lines:
        ran = servkit(*line, book=hotel)
        assert wanted in ran.out, line
        plain = re.sub(r"<style>.*?</style>|<[^>]*>|genuine", "", ran.out, flags=re.DOTALL)
        assert english(plain) == [], line
        assert ran.err == "" or "Nur Sie können das sehen" in ran.err
