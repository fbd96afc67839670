"""A generated book of any size, the same every time: one document a file, as the convention has it."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_KINDS = (("standard", 30), ("policy", 30), ("script", 25), ("procedure", 7), ("recovery", 5), ("segment", 3))
_WORDS = [
    "we", "answer", "call", "name", "visit", "time", "promise", "money", "back", "later", "today", "note",
    "ask", "tell", "keep", "door", "hand", "same", "person",
]  # fmt: skip
_PLANS = ("single", "monthly", "commercial")
_REGIONS = ("north", "south", "east", "west")


def generate(folder: Path, documents: int, customers: int = 50) -> Path:
    """Write a book of so many documents (customers among them) and return its folder."""
    rng = random.Random(documents)
    areas = [f"area-{number}" for number in range(max(documents // 40, 5))]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "servkit.yaml").write_text(_settings(areas), "utf-8")
    weights = [weight for _, weight in _KINDS]
    for number in range(documents - customers):
        kind = rng.choices([kind for kind, _ in _KINDS], weights)[0]
        _write(folder, kind, f"{kind}-{number}", _document(rng, kind, number, areas))
    for number in range(customers):
        _write(folder, "customer", f"C-{number}", _customer(rng, number))
    return folder


def customers_csv(path: Path, rows: int) -> Path:
    """Write a CSV of so many customers."""
    rng = random.Random(rows)
    with path.open("w", encoding="utf-8") as file:
        file.write("id,name,plan,since,region,visits_a_year,balance\n")
        for number in range(rows):
            since = f"20{rng.randint(10, 25)}-0{rng.randint(1, 9)}-11"
            cells = (f"X-{number}", f"Person {number} {_word(rng)}", rng.choice(_PLANS), since, rng.choice(_REGIONS))
            file.write(f"{','.join(cells)},{rng.randint(0, 60)},{rng.randint(0, 500)}\n")
    return path


def write_people(path: Path, rows: int) -> Path:
    """Write a Parquet file of so many customers."""
    import duckdb

    def one_of(names: tuple[str, ...]) -> str:
        return f"({list(names)!r})[1 + floor(random() * {len(names)})::INTEGER]"

    columns = f"""
        format('X-{{:07d}}', range) AS id, 'Person ' || range AS name, {one_of(_PLANS)} AS plan,
        DATE '2010-01-11' + floor(random() * 5500)::INTEGER AS since, {one_of(_REGIONS)} AS region,
        floor(random() * 60)::INTEGER AS visits_a_year, floor(random() * 500)::DECIMAL(12, 2) AS balance
    """
    with duckdb.connect() as connection:
        connection.execute("SELECT setseed(0.5)")
        connection.execute(f"COPY (SELECT {columns} FROM range({rows})) TO '{path}' (FORMAT parquet)")
    return path


def editor(book: Path) -> Callable[[], object]:
    """Changes one document of a generated book, differently every time."""
    path = min((book / "policys").glob("*.yaml"))
    text = path.read_text("utf-8")
    return lambda: path.write_text(f"{text}tags: [t{time.time_ns()}]\n", "utf-8")


def _write(folder: Path, kind: str, name: str, data: dict[str, object]) -> None:
    target = folder / f"{kind}s" / f"{name}.yaml"
    target.parent.mkdir(exist_ok=True)
    lines = [f"{key}: {_scalar(value) if isinstance(value, str) else json.dumps(value)}" for key, value in data.items()]
    target.write_text("\n".join(lines) + "\n", "utf-8")


def _scalar(text: str) -> str:
    return json.dumps(text) if ": " in text or text[:1] in "{[*&!%@`\"'" else text


def _settings(areas: list[str]) -> str:
    lines = [
        "servkit: 1", "name: Generated", "language: en", "currency: USD", "timezone: America/New_York",
        'clocks: {office: {hours: "Mo-Fr 08:00-18:00; PH off", country: US}}',
        "channels: [phone, email]", "roles: [technician, supervisor, owner]", "areas:",
        *(f"  {area}: {{title: The {area}}}" for area in areas),
        "attributes:", "  plan: {type: choice, of: [single, monthly, commercial]}", "  since: {type: date}",
        "  region: {type: text}", "  visits_a_year: {type: number, from: 0}", "  balance: {type: money}",
        "  tags: {type: list}", "facts:", "  visit_missed: {type: flag}", "  hours_late: {type: duration}",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _word(rng: random.Random) -> str:
    return rng.choice(_WORDS)


def _sentence(rng: random.Random) -> str:
    return " ".join(_word(rng) for _ in range(rng.randint(8, 20))).capitalize() + "."


def _condition(rng: random.Random) -> dict[str, object]:
    return {
        "plan": rng.choice(_PLANS),
        "region": rng.sample(_REGIONS, 2),
        "visits_a_year": {"at_least": str(rng.randint(0, 40))},
    }


def _document(rng: random.Random, kind: str, number: int, areas: list[str]) -> dict[str, object]:
    out: dict[str, object] = {"kind": kind, "id": f"{kind}-{number}", "title": f"The {kind} {number}"}
    out |= {"why": _sentence(rng), "owner": "quality", "review_by": "2027-09-01"}
    if kind == "segment":
        return out | {"when": _condition(rng), "priority": str(number), "sets": {}}
    out["area"] = rng.choice(areas)
    if kind == "script":
        say = f'Hello {{{{ customer.first_name | default: "there" }}}}, {_sentence(rng)}'
        return out | {"short": f"s{number}", "say": say, "level": "synthetic"}
    if kind in ("procedure", "recovery"):
        steps = {"steps": [_sentence(rng) for _ in range(4)]}
        return out | steps | ({"trigger": _sentence(rng)} if kind == "recovery" else {})
    terms: dict[str, object] = {
        "window": {"value": f"{rng.randint(5, 30)} days", "better": "more", "limit": "90 days",
                   "grant": {"technician": "40 days", "supervisor": "60 days", "owner": "90 days"},
                   "cases": [{"when": _condition(rng), "value": f"{rng.randint(30, 40)} days"} for _ in range(2)]},
        "fee": f"{rng.randint(0, 50)} USD",
    }  # fmt: skip
    out |= {"statement": _sentence(rng), "terms": terms}
    if kind == "policy":
        out["rule"] = "flexible"
    else:
        out["do"] = [_sentence(rng) for _ in range(3)]
    return out


def _customer(rng: random.Random, number: int) -> dict[str, object]:
    attributes = {"plan": rng.choice(_PLANS), "since": "2019-05-01", "region": rng.choice(_REGIONS),
                  "visits_a_year": str(rng.randint(0, 50)), "balance": "0 USD", "tags": []}  # fmt: skip
    return {"kind": "customer", "id": f"C-{number}", "name": f"Customer {number}", "attributes": attributes,
            "priorities": [_sentence(rng)]}  # fmt: skip


if __name__ == "__main__":
    import sys

    generate(Path(sys.argv[1]), int(sys.argv[2]))
