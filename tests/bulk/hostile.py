"""A book that asks about every type in every way, and customers with values that nobody expects."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """\
servkit: 1
name: Hostile
currency: USD
roles: [agent, supervisor]
areas: {service: {title: Service}}
attributes:
  plan: {type: choice, of: [single, monthly, commercial]}
  region: {type: text}
  note: {type: text}
  visits: {type: number, from: 0}
  score: {type: number}
  balance: {type: money}
  credit: {type: money}
  share: {type: percent}
  wait: {type: duration}
  since: {type: date}
  seen: {type: date}
  vip: {type: flag}
  tags: {type: list}
facts:
  late: {type: flag}
"""
DOCUMENTS = """\
kind: policy
id: service
title: Service
area: service
rule: flexible
why: It is kind.
terms:
  window: {value: 30 days, better: more, limit: 90 days, grant: {supervisor: 60 days},
           cases: [{when: {plan: commercial}, value: 45 days}, {when: {late: yes, vip: yes}, value: 50 days}]}
  refund: {value: {each: 50 %, of: balance, at_least: 0 USD, at_most: credit}, better: more}
  fee: {value: {by: seen, 2024-01-01: 5 USD, 2026-01-01: 7 USD}, better: less}
  words: plain
---
kind: policy
id: special
title: Special
area: service
rule: flexible
segments: [loyal, odd]
why: They are special.
terms:
  gift: {value: 1 gift, better: more}
---
kind: segment
id: loyal
why: Years.
when: {since: {before: 2 years ago}, any: [{visits: {at_least: 12}}, {tags: {has: partner}}]}
sets: {service.window: 60 days}
do: Say hello.
---
kind: segment
id: rich
why: Money.
priority: 2
when: {balance: {more_than: 1000.50 USD}, not: {plan: single}}
sets: {service.window: 120 days, service.words: rich}
---
kind: segment
id: odd
why: Odd.
when:
  any:
    - note: {contains: "%"}
    - note: {starts_with: "\\\\_"}
    - note: {matches: "^[a-c]+$"}
    - region: [north, "'", "", "é"]
    - share: {at_least: 10.5 %}
    - wait: {more_than: 3 days}
sets: {service.window: 20 days}
---
kind: segment
id: blank
why: Nothing known.
when: {score: {known: no}, vip: {known: yes}}
sets: {service.words: blank}
---
kind: segment
id: middle
why: Between.
when: {score: {between: [-2.5, 0]}, region: {ends_with: th}, seen: {within: 90 days}}
sets: {service.window: 40 days}
---
kind: customer
id: C-00003
attributes: {plan: commercial, visits: , vip: yes}
---
kind: customer
id: C-00005
promised: {service.window: 80 days}
---
kind: customer
id: ONLY-A-DOCUMENT
attributes: {plan: single, tags: [partner]}
"""
ON = date(2026, 3, 1)
TEXTS = ["", " ", "north", "south", "th", "%", "50%", "\\_x", "_", "'", '"', "abc", "cab", "é", "e\u0301", "\u202eabc",
         "a;b", "NULL", "NaN", "x" * 300, "a,b", "yes", "\u05d0\u05d1"]  # fmt: skip
VALUES: dict[str, list[Any]] = {
    "plan": ["single", "monthly", "commercial", " single ", "Single", "yearly", ""],
    "region": TEXTS,
    "note": TEXTS,
    "visits": [
        "0",
        "11.9999999999",
        "12",
        "12.0",
        "-1",
        "1e3",
        "1,5",
        "999999999999999999999999999999",
        "007",
        "13",
        "",
    ],
    "score": ["-2.5", "-2.50000000001", "0.1", "0.10000000001", "-0", "0", "NaN", "inf", "3 points", ""],
    "balance": [
        "1000.50",
        "$1,000.51",
        "(12.00)",
        "1.234",
        "84,835.00",
        "7 EUR",
        "-0.01 USD",
        "0",
        "99999999999999999999",
        "",
    ],
    "credit": ["10", "5.005", "7 EUR", "$0.01", "-3 USD", ""],
    "share": ["10.5 %", "10.49999 %", "10.5%", "11", "-5 %", ""],
    "wait": ["3 days", "73 hours", "2 months", "4320 minutes", "259201 seconds", "1 week", "soon", ""],
    "since": ["2024-03-01", "2024-02-29", "2026-02-30", "0001-01-01", "9999-12-31", "01.02.2020", "2019-05-05", ""],
    "seen": ["2026-03-01", "2023-12-31", "2024-01-01", "2025-12-01", "2026-06-01", "infinity", ""],
    "vip": ["yes", "no", "true", "false", "Yes", "1", ""],
    "tags": ["partner", "a;partner", ";;", "Partner", "pärtner", "a;b", ""],
}


def write_book(folder: Path, sources: str) -> Path:
    """The book in a folder; ``sources`` is what stands under ``customers:``."""
    folder.mkdir(exist_ok=True)
    (folder / "servkit.yaml").write_text(f"{SETTINGS}customers: {sources}\n")
    (folder / "documents.yaml").write_text(DOCUMENTS)
    return folder


def rows(count: int, seed: int = 1) -> tuple[list[str], list[list[str | None]]]:
    """A header, and customers as texts; a fifth of everything is unknown, and some ids are there twice or are none."""
    chosen = random.Random(seed)
    out: list[list[str | None]] = []
    for number in range(count):
        id_ = f"C-{number:05d}" if number % 50 else chosen.choice(["", "C-00007", "a b", "ü-1", "C-1,2", 'q"q'])
        cells = [None if chosen.random() < 0.2 else chosen.choice(values) for values in VALUES.values()]
        out.append([id_, f"Person {number}", *cells])
    return ["id", "name", *VALUES], out
