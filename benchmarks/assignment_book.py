"""A book of 50 segments with 3 conditions each and 20 terms, and a million customers for it in Parquet."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

PLANS = ("single", "monthly", "yearly", "commercial")
REGIONS = ("north", "south", "east", "west", "center", "coast")
_SETTINGS = """\
servkit: 1
name: A large book
currency: USD
roles: [agent, supervisor]
areas:
  service: {title: Service}
attributes:
  plan: {type: choice, of: [single, monthly, yearly, commercial]}
  region: {type: text}
  visits: {type: number}
  balance: {type: money}
  since: {type: date}
  vip: {type: flag}
customers: [{file: people.parquet}]
"""
#: A condition of a segment, as YAML and as SQL.
Condition = tuple[str, str]


def conditions(seed: int = 1, segments: int = 50) -> list[list[Condition]]:
    """Three conditions on three attributes for every segment."""
    chosen = random.Random(seed)
    out = []
    for _ in range(segments):
        plan, region = chosen.choice(PLANS[1:]), sorted(chosen.sample(REGIONS, 2))
        visits, balance = chosen.choice((2, 6, 12)), chosen.choice((0, 100, 1000))
        year = chosen.choice((2015, 2018, 2021))
        place = PLANS.index(plan)
        at_least = ", ".join(f"'{name}'" for name in PLANS[place:])
        every = [
            (f"plan: {{at_least: {plan}}}", f"plan IN ({at_least})"),
            (f"region: [{', '.join(region)}]", f"region IN ('{region[0]}', '{region[1]}')"),
            (f"visits: {{at_least: {visits}}}", f"visits >= {visits}"),
            (f"balance: {{more_than: {balance} USD}}", f"balance > {balance}"),
            (f"since: {{before: {year}-01-01}}", f"since < DATE '{year}-01-01'"),
            ("vip: yes", "vip"),
        ]
        out.append(chosen.sample(every, 3))
    return out


def write_book(folder: Path, seed: int = 1, segments: int = 50, terms: int = 20) -> None:
    """The book; every segment sets one term."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "servkit.yaml").write_text(_SETTINGS)
    lines = ["kind: policy", "id: service", "title: Service", "area: service", "rule: flexible", "why: It is kind."]
    lines.append("terms:")
    lines += [f"  t{number}: {{value: {number + 1} days, better: more}}" for number in range(terms)]
    (folder / "service.yaml").write_text("\n".join(lines) + "\n")
    documents = []
    for number, parts in enumerate(conditions(seed, segments)):
        when = "\n".join(f"  {text}" for text, _ in parts)
        sets = f"{{service.t{number % terms}: {40 + number} days}}"
        documents.append(f"kind: segment\nid: s{number}\nwhy: They matter.\nwhen:\n{when}\nsets: {sets}\n")
    (folder / "segments.yaml").write_text("---\n".join(documents))


def write_customers(path: Path, rows: int, unknown: float = 0.1) -> None:
    """Customers of whom a tenth of everything is unknown."""
    import duckdb

    def perhaps(value: str) -> str:
        return f"CASE WHEN random() >= {unknown} THEN {value} END"

    def one_of(names: tuple[str, ...]) -> str:
        listed = ", ".join(f"'{name}'" for name in names)
        return f"([{listed}])[1 + floor(random() * {len(names)})::INTEGER]"

    columns = {
        "plan": one_of(PLANS),
        "region": one_of((*REGIONS, "abroad")),
        "visits": "floor(random() * 20)::INTEGER",
        "balance": "round(random() * 3000 - 500, 2)::DECIMAL(12, 2)",
        "since": "DATE '2010-01-01' + floor(random() * 5500)::INTEGER",
        "vip": "random() < 0.2",
    }
    listed = ", ".join(f"{perhaps(value)} AS {name}" for name, value in columns.items())
    with duckdb.connect() as connection:
        connection.execute("SELECT setseed(0.5)")
        query = f"SELECT format('C-{{:08d}}', range) AS id, 'Somebody' AS name, {listed} FROM range({rows})"
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")


def hand_written_sql(source: Path, target: Path, seed: int = 1, segments: int = 50) -> str:
    """What somebody would write who only wants the segments, and to whom NULL is no."""
    cases: list[Any] = [
        f"CASE WHEN {' AND '.join(sql for _, sql in parts)} THEN 's{number}' END"
        for number, parts in enumerate(conditions(seed, segments))
    ]
    listed = f"list_filter([{', '.join(cases)}], lambda x: x IS NOT NULL)"
    query = f"SELECT id, {listed} AS segments FROM read_parquet('{source}') ORDER BY id"
    return f"COPY ({query}) TO '{target}' (FORMAT parquet)"
