"""One decision: which of 50 segments (three conditions each) a known customer is in, against zen-engine.

Both sides work on what they would keep at hand: zen-engine on compiled expressions and a plain context, servkit on a
book's index and a customer's typed values. Each round times both, one after the other, on the same customers; the ratio
printed is the median over the rounds. The verdicts of both are compared first.

Run: python benchmarks/decision.py
"""

from __future__ import annotations

import random
from datetime import date
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

import zen

from servkit.answer.case import Case, Customer
from servkit.answer.membership import segments_in_force
from servkit.answer.resolver import resolve
from servkit.answer.scenario import fact_value
from servkit.book.library import Book
from servkit.book.reader import read_documents
from servkit.book.settings_file import read_settings
from servkit.book.yaml_reader import compose
from servkit.domains.masks import members

if TYPE_CHECKING:
    from servkit.book.problems import Problem
    from servkit.book.values import Value

SEGMENTS, CUSTOMERS, ROUNDS, TARGET = 50, 200, 15, 5
TODAY = date(2026, 3, 1)
PLANS = ["single", "monthly", "quarterly", "commercial"]
REGIONS = ["north", "south", "east", "west", "coast"]
TAGS = ["referral-partner", "school", "clinic", "restaurant", "opening-soon"]
SETTINGS = """
servkit: 1
name: Benchmark
currency: USD
attributes:
  plan: {type: choice, of: [single, monthly, quarterly, commercial]}
  region: {type: text}
  visits: {type: number}
  spend: {type: money}
  balance: {type: money}
  referrals: {type: number}
  sites: {type: number}
  since: {type: date}
  tags: {type: list}
  paperless: {type: flag}
"""


def conditions(dice: random.Random) -> tuple[str, str]:
    """Three conditions of a segment: as YAML flow, and as a zen expression."""
    visits, spend, sites = dice.randint(2, 40), dice.randint(5, 90) * 100, dice.randint(1, 6)
    first, second = dice.sample(REGIONS, 2)
    plan, tag = dice.choice(PLANS), dice.choice(TAGS)
    choices = [
        (f"plan: {plan}", f"plan == '{plan}'"),
        (f"region: [{first}, {second}]", f"region in ['{first}', '{second}']"),
        (f"visits: {{at_least: {visits}}}", f"visits >= {visits}"),
        (f"spend: {{at_least: {spend} USD}}", f"spend >= {spend}"),
        (f"balance: {{more_than: {sites} USD}}", f"balance > {sites}"),
        (f"referrals: {{more_than: {sites}}}", f"referrals > {sites}"),
        (f"sites: {{between: [{sites}, {sites + 4}]}}", f"sites >= {sites} and sites <= {sites + 4}"),
        (f"tags: {{has: {tag}}}", f"'{tag}' in tags"),
        ("paperless: yes", "paperless == true"),
    ]
    chosen = dice.sample(choices, 3)
    return "{" + ", ".join(yaml for yaml, _ in chosen) + "}", " and ".join(expression for _, expression in chosen)


def book_of(whens: list[str]) -> Book:
    """A book of these segments."""
    problems: list[Problem] = []
    (source,) = compose("servkit.yaml", SETTINGS.encode(), problems)
    settings = read_settings(source, problems)
    assert settings is not None, problems
    text = "\n---\n".join(f"kind: segment\nid: s-{n:02}\nwhen: {when}" for n, when in enumerate(whens))
    content = read_documents("segments.yaml", text.encode(), settings)
    assert not content.problems, content.problems
    return Book(settings, content.entries)


def customer(dice: random.Random) -> dict[str, Any]:
    """Ten attributes of somebody."""
    return {
        "plan": dice.choice(PLANS),
        "region": dice.choice(REGIONS),
        "visits": dice.randint(0, 52),
        "spend": dice.randint(0, 1_000_000) / 100,
        "balance": dice.randint(0, 90_000) / 100,
        "referrals": dice.randint(0, 8),
        "sites": dice.randint(1, 9),
        "since": date(dice.randint(2010, 2025), dice.randint(1, 12), 1).isoformat(),
        "tags": dice.sample(TAGS, dice.randint(0, 3)),
        "paperless": dice.random() < 0.5,
    }


def typed(raw: dict[str, Any], book: Book) -> dict[str, Value]:
    """The same customer as servkit keeps it."""
    out = {}
    for name, value in raw.items():
        text = (
            value if isinstance(value, list) else ("yes" if value else "no") if isinstance(value, bool) else str(value)
        )
        text = f"{text} USD" if name in ("spend", "balance") else text
        found = fact_value(name, text, book.settings)
        assert found is not None
        out[name] = found
    return out


def main() -> None:
    """Print the time of one decision on both sides, and the ratio."""
    dice = random.Random(20260301)
    pairs = [conditions(dice) for _ in range(SEGMENTS)]
    book = book_of([when for when, _ in pairs])
    compiled = [zen.compile_expression(expression) for _, expression in pairs]
    raw = [customer(dice) for _ in range(CUSTOMERS)]
    known = [typed(one, book) for one in raw]
    index = segments_in_force(book, TODAY.toordinal()).index
    names = list(segments_in_force(book, TODAY.toordinal()).conditions)

    def ours(values: dict[str, Value]) -> list[str]:
        return [names[place] for place in members(index.decide(values).true)]

    def theirs(context: dict[str, Any]) -> list[str]:
        return [name for name, expression in zip(names, compiled, strict=True) if expression.evaluate(context)]

    assert [ours(values) for values in known] == [theirs(context) for context in raw], "the two do not agree"
    mine, other, ratios = [], [], []
    for _ in range(ROUNDS):
        start = perf_counter()
        for context in raw:
            theirs(context)
        middle = perf_counter()
        for values in known:
            ours(values)
        end = perf_counter()
        other.append((middle - start) / CUSTOMERS)
        mine.append((end - middle) / CUSTOMERS)
        ratios.append(other[-1] / mine[-1])
    start = perf_counter()
    for values in known:
        resolve(book, Case(TODAY, Customer("C-1", None, values)))
    whole = (perf_counter() - start) / CUSTOMERS
    print(f"zen-engine, {SEGMENTS} compiled expressions: {median(other) * 1e6:8.1f} µs a decision")
    print(f"servkit, {SEGMENTS} segments at once:        {median(mine) * 1e6:8.1f} µs a decision")
    ratio = median(ratios)
    verdict = "reached" if ratio >= TARGET else "missed"
    print(f"times as fast, median of {ROUNDS} paired rounds: {ratio:7.1f} (target {TARGET}, {verdict})")
    print(f"servkit, a whole answer about them:    {whole * 1e6:8.1f} µs")


if __name__ == "__main__":
    main()
