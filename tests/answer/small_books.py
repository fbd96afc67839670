"""Hypothesis strategies: small books of every part that resolution weighs, and cases to ask them about."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

Doc = dict[str, Any]
ON = date(2026, 3, 1)

SETTINGS: Doc = {
    "servkit": "1",
    "name": "Oracle",
    "currency": "USD",
    "channels": ["phone", "email"],
    "roles": ["technician", ["supervisor", "dispatcher"], "owner"],
    "areas": {"returns": {"channels": ["phone"]}, "visits": {}},
    "attributes": {
        "plan": {"type": "choice", "of": ["single", "monthly", "commercial"]},
        "region": {"type": "text"},
        "visits": {"type": "number"},
        "orders": {"type": "number", "from": "0"},
        "balance": {"type": "money"},
        "since": {"type": "date"},
        "tags": {"type": "list"},
        "share": {"type": "percent"},
    },
    "facts": {
        "opened": {"type": "flag"},
        "late": {"type": "duration"},
        "missed_on": {"type": "date"},
        "arrival": {"type": "time"},
    },
}
ROLES = ["technician", "supervisor", "dispatcher", "owner"]
#: Plain values on record, and constants in conditions.
CONSTANTS: dict[str, list[Any]] = {
    "plan": ["single", "monthly", "commercial"],
    "region": ["a", "ab", "b", "ba"],
    "visits": ["2", "5.5", "-1"],
    "orders": ["0", "3"],
    "balance": ["0 USD", "10 USD", "25.50 USD"],
    "since": ["2026-02-01", "2026-03-01"],
    "tags": ["x", "y"],
    "share": ["0 %", "50 %"],
    "opened": ["yes", "no"],
    "late": ["2 hours", "1 day", "0 seconds"],
    "missed_on": ["2026-01-15", "2026-02-10"],
    "arrival": ["9:30", "11:00", "11:01"],
    "role": ROLES,
    "channel": ["phone", "email"],
}
NAMES = sorted({*SETTINGS["attributes"], *SETTINGS["facts"]})


def several(options: list[Any], least: int = 0, most: int = 2) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(options), min_size=least, max_size=most, unique=True)


@st.composite
def atoms(draw: st.DrawFn, name: str) -> Any:
    """What a name has to be."""
    constants = CONSTANTS[name]
    one = st.sampled_from(constants)
    if name == "tags":
        op = draw(st.sampled_from(["", "has", "has_any", "has_all", "is_not"]))
        items = draw(several(constants, 1))
        return items if not op else {op: items}
    forms = ["is", "in", "is_not", "not_in"]
    if name == "region":
        forms += ["contains", "starts_with", "ends_with"]
    elif name in ("since", "missed_on"):
        forms += ["before", "on_or_after", "ago", "within", "between"]
    elif name not in ("opened", "channel"):
        forms += ["at_least", "more_than", "less_than", "at_most", "between"]
    if name not in ("role", "channel"):
        forms.append("known")
    op = draw(st.sampled_from(forms))
    if op == "known":
        return {"known": draw(st.sampled_from(["yes", "no"]))}
    if op in ("in", "not_in"):
        return {op: draw(several(constants, 1))}
    if op == "ago":
        return {
            draw(st.sampled_from(["before", "after"])): draw(
                st.sampled_from(["1 month ago", "2 weeks ago", "3 days ahead"])
            )
        }
    if op == "within":
        return {"within": "2 weeks"}
    if op == "between":
        pairs = {"visits": ["2", "5.5"], "late": ["2 hours", "1 day"]}
        return {"between": pairs.get(name, constants[:2])}
    return draw(one) if op == "is" else {op: draw(one)}


@st.composite
def conditions(draw: st.DrawFn, names: list[str], segments: list[str], depth: int = 2) -> Doc:
    out: Doc = {}
    for name in draw(several(names, 1)):
        out[name] = draw(atoms(name))
    if segments and draw(st.integers(0, 5)) == 0:
        op = draw(st.sampled_from(["has", "has_any", "has_all", "is_not"]))
        out["segment"] = {op: draw(several(segments, 1, 1 if op == "has" else 2))}
    if depth and draw(st.integers(0, 3)) == 0:
        inner = conditions(names, segments, depth - 1)
        key = draw(st.sampled_from(["any", "all", "not"]))
        out[key] = draw(inner) if key == "not" else draw(st.lists(inner, min_size=1, max_size=2))
        if draw(st.booleans()):
            out = {key: out[key]}
    return out


PLAIN: dict[str, list[Any]] = {
    "duration": ["10 days", "2 weeks", "14 days", "30 days", "1 month"],
    "money": ["0 USD", "20 USD", "25 USD", "40 USD"],
    "flag": ["yes", "no"],
    "choice": ["low", "mid", "high"],
    "text": ["one way", "another"],
    "percent": ["0 %", "10 %"],
    "date": ["2026-04-01", "2026-05-01"],
    "time": ["9:00", "11:00", "22:30"],
    "list": [["p"], ["p", "q"]],
}
#: Whether names that counted values are worked out from may be used for anything else is no matter to the oracle.
COUNTED: list[Doc] = [
    {"each": "10 USD", "per": "2", "of": "orders", "at_most": "40 USD"},
    {"start": "5 USD", "each": "10 USD", "per": "2", "of": "orders", "after": "3", "count": "started"},
    {"start": "20 USD", "of": "orders", "after": "3"},
    {"start": "50 USD", "each": "-10 USD", "of": "visits", "up_to": "3", "at_least": "0 USD"},
    {"each": "50 %", "of": "balance", "at_least": "0 USD", "at_most": "30 USD"},
    {"start": "20 USD", "each": "20 USD", "per": "12 hours", "of": "late", "after": "1 day", "up_to": "2"},
    {"each": "5 USD", "per": "1 hour", "of": "late"},
    {"each": "10 USD", "per": "1 hour", "of": "late"},
    {"each": "5 USD", "per": "1 hour", "of": "late", "at_most": "40 USD"},
    {"each": "10 USD", "per": "1 hour", "of": "late", "at_most": "40 USD"},
    {"each": "5 USD", "per": "1 hour", "of": "late", "after": "1 hour", "count": "started"},
    {"each": "10 USD", "per": "2", "of": "orders", "at_most": "balance"},
    {"each": "10 USD", "per": "1", "of": "orders", "at_least": "balance", "at_most": "40 USD"},
    {"start": "40 USD", "each": "-5 USD", "per": "1 hour", "of": "late", "at_least": "0 USD"},
    {"each": "30 %", "of": "balance", "at_least": "0 USD", "at_most": "10 USD"},
    {"each": {"by": "missed_on", "2025-01-01": "5 USD", "2026-02-05": "10 USD"}, "per": "1 hour", "of": "late"},
]
#: Durations and percentages are not rounded, so that their ends may be approached only.
COUNTED_DURATIONS: list[Doc] = [
    {"start": "1 day", "each": "5 days", "per": "1", "of": "orders", "at_most": "30 days"},
    {"start": "5 days", "each": "2 days", "per": "2", "of": "orders", "at_least": "late"},
]


@st.composite
def values(draw: st.DrawFn, kind: str, names: list[str], *, plain: bool = False) -> Any:
    form = 0 if plain else draw(st.integers(0, 9))
    one = st.sampled_from(PLAIN[kind])
    dates = [name for name in ("since", "missed_on") if name in names]
    if form == 9:
        days = draw(several(["2025-01-01", "2026-02-05", "2026-06-01"], 1))
        dated: bool = draw(st.booleans())
        by = {"by": draw(st.sampled_from(dates))} if dates and dated else {}
        return by | {day: draw(one) for day in days}
    pool: list[Doc] = COUNTED if kind == "money" else COUNTED_DURATIONS if kind == "duration" else []
    counted = [raw for raw in pool if _names_of(raw) <= {*names}]
    if form >= 6 and counted:
        return draw(st.sampled_from(counted))
    return draw(one)


def _names_of(raw: Doc) -> set[str]:
    """The names that a counted value is worked out from."""
    parts = [raw["of"], raw.get("at_most"), raw.get("at_least")]
    parts += [part["by"] for part in raw.values() if isinstance(part, dict)]
    return {part for part in parts if part in NAMES}


@st.composite
def terms(draw: st.DrawFn, kind: str, names: list[str], segments: list[str], *, fixed: bool) -> Any:
    out: Doc = {"value": draw(values(kind, names))}
    if kind in ("choice", "list", "text"):
        out["type"] = kind
    if kind == "choice":
        out["of"] = PLAIN["choice"]
    if draw(st.integers(0, 2)):
        rows = draw(st.integers(1, 2))
        out["cases"] = [
            {"when": draw(conditions(names, segments, 1)), "value": draw(values(kind, names))} for _ in range(rows)
        ]
        if draw(st.integers(0, 4)) == 0:
            out["type"] = kind
            del out["value"]
    if kind not in ("text", "list") and draw(st.integers(0, 3)):
        out["better"] = draw(st.sampled_from(["more", "less"]))
        if not fixed:
            for part in (out, *out.get("cases", ())):
                if draw(st.booleans()):
                    part["limit"] = draw(values(kind, names, plain=draw(st.integers(0, 3)) > 0))
                if draw(st.booleans()):
                    roles = draw(several(ROLES, 1))
                    part["grant"] = {
                        role: draw(values(kind, names, plain=draw(st.integers(0, 3)) > 0)) for role in roles
                    }
    return out


@st.composite
def restrictions(draw: st.DrawFn, names: list[str], segments: list[str]) -> Doc:
    out: Doc = {}
    if draw(st.integers(0, 2)):
        out["area"] = draw(several(["returns", "visits"], 1))
    if draw(st.integers(0, 5)) == 0:
        out["channels"] = draw(several(SETTINGS["channels"], 1))
    if draw(st.integers(0, 5)) == 0:
        out["roles"] = draw(several(ROLES, 1))
    if segments and draw(st.integers(0, 3)) == 0:
        out["segments"] = draw(several(segments, 1))
    if draw(st.integers(0, 3)) == 0:
        out["when"] = draw(conditions(names, segments))
    if draw(st.integers(0, 11)) == 0:
        out["effective"] = draw(
            st.sampled_from([{"from": "2026-03-02"}, {"until": "2026-03-01"}, {"until": "2026-02-28"}])
        )
    return out


@st.composite
def books(draw: st.DrawFn) -> tuple[list[str], list[Doc]]:
    """The names that the book uses, and its documents."""
    names = draw(several(NAMES, 2, 4))
    asking = [*names, *draw(several(["role", "channel"], 0, 1))]
    segments = [f"s{n}" for n in range(draw(st.integers(0, 4)))]
    docs: list[Doc] = []
    kinds: dict[str, str] = {}
    for n in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["standard", "policy"]))
        doc = {"kind": kind, "id": f"p{n}", **draw(restrictions(asking, segments))}
        if kind == "policy":
            doc["rule"] = draw(st.sampled_from(["flexible", "flexible", "fixed"]))
        doc["terms"] = {}
        for key in ("t", "u")[: draw(st.integers(1, 2))]:
            kinds[f"p{n}.{key}"] = draw(st.sampled_from(["duration", "money", "money", *PLAIN]))
            doc["terms"][key] = draw(terms(kinds[f"p{n}.{key}"], asking, segments, fixed=doc.get("rule") == "fixed"))
        if draw(st.booleans()):
            doc["say"] = ["c0"]
        docs.append(doc)
    refs = sorted(kinds)
    for id_ in segments:
        doc = {"kind": "segment", "id": id_, "when": draw(conditions(asking, []))}
        if draw(st.integers(0, 2)):
            doc["sets"] = {ref: draw(values(kinds[ref], names)) for ref in draw(several(refs, 1))}
        if draw(st.integers(0, 2)) == 0:
            doc["priority"] = draw(st.sampled_from(["1", "2", "-1"]))
        if draw(st.integers(0, 5)) == 0:
            doc["do"] = ["Say hello"]
            if draw(st.booleans()):
                doc["area"] = draw(several(["returns", "visits"], 1))
        docs.append(doc)
    for n in range(draw(st.integers(0, 2))):
        doc = {"kind": "script", "id": f"c{n}", "say": "Hello", **draw(restrictions(asking, segments))}
        docs.append(doc | {"level": draw(st.sampled_from(["synthetic", "genuine"]))})
    if draw(st.booleans()):
        docs.append(
            {
                "kind": "recovery",
                "id": "r0",
                **draw(restrictions(asking, segments)),
                "may_offer": draw(several(refs, 1)),
            }
        )
        docs[0] |= {"recovery": "r0"} if docs[0]["kind"] == "standard" else {}
    if draw(st.booleans()):
        docs.append({"kind": "procedure", "id": "q0", **draw(restrictions(asking, segments)), "standards": ["p0"]})
    return names, docs


@st.composite
def cases(draw: st.DrawFn, names: list[str], docs: list[Doc]) -> Doc:
    """What is asked, in the words of an author."""
    known = {name: draw(st.sampled_from(CONSTANTS[name])) for name in draw(several(names, 0, len(names)))}
    if "tags" in known:
        known["tags"] = draw(several(CONSTANTS["tags"]))
    if "since" in known:
        known["since"] = draw(st.sampled_from(["2026-01-31", "2026-02-20", "2026-03-10"]))
    kinds = {f"{doc['id']}.{key}": term for doc in docs for key, term in doc.get("terms", {}).items()}
    promised = {}
    for ref in draw(several(sorted(kinds), 0, 1)):
        kind = next((kind for kind, options in PLAIN.items() if _first(kinds[ref]) in options), None)
        if kind is not None:
            promised[ref] = draw(values(kind, names))
    ids = [doc["id"] for doc in docs if doc["kind"] in ("standard", "policy")]
    return {
        "known": known,
        "promised": promised,
        "about": draw(st.sampled_from([[], [], ["returns"], ["visits"], [ids[0]], ["visits", ids[-1]]])),
        "role": draw(st.sampled_from([None, *ROLES])),
        "channel": draw(st.sampled_from([None, *SETTINGS["channels"]])),
        "level": draw(st.sampled_from([None, "synthetic", "genuine"])),
    }


def _first(term: Any) -> Any:
    """A plain value of a term, to know its type by."""
    raw = term.get("value", next((row["value"] for row in term.get("cases", ())), None))
    while isinstance(raw, dict):
        raw = (
            ("10 days" if "day" in str(raw) else "20 USD")
            if "of" in raw
            else next(item for key, item in raw.items() if key != "by")
        )
    return raw
