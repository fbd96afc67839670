"""Resolution by brute force, from the text of BOOK.md: every filling of every unknown, each resolved naively.

Nothing of the code under test is used. Books are the plain data that an author's YAML would hold.
"""

from __future__ import annotations

import itertools
import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

Val = tuple[str, Any]  #: family and size
Doc = dict[str, Any]

FAR = Decimal(10) ** 7
CLOSE = Decimal("0.0001")  #: nearer to a constant than any rounding can tell
SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
MONTHS = {"month": 1, "year": 12}
UNITS = {
    f"{name}{s}": (family, factor)
    for family, units in (("seconds", SECONDS), ("months", MONTHS))
    for name, factor in units.items()
    for s in ("", "s")
}


def read(text: Any, of: list[str] | None = None, kind: str | None = None) -> Val:
    """A plain value."""
    if isinstance(text, list) or kind == "list":
        items = text if isinstance(text, list) else text.split("; ")
        return ("list", frozenset(items))
    if of:
        return ("choice", of.index(text))
    if kind == "text":
        return ("text", text)
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return ("number", Decimal(text))
    if found := re.fullmatch(r"(-?\d+(?:\.\d+)?) (\S+)", text):
        amount, unit = Decimal(found[1]), found[2]
        if unit == "%":
            return ("percent", amount)
        if unit in UNITS:
            family, factor = UNITS[unit]
            return (family, amount * factor)
        if re.fullmatch("[A-Z]{3}", unit):
            return (unit, amount)
    if found := re.fullmatch(r"(\d?\d):(\d\d)", text):
        return ("time", int(found[1]) * 60 + int(found[2]))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return ("date", date.fromisoformat(text).toordinal())
    if text in ("yes", "no"):
        return ("flag", text == "yes")
    return ("text", text)


def shifted(today: date, text: str) -> date:
    """``2 months ago``."""
    count, unit, way = text.split()
    n = int(count) * (-1 if way == "ago" else 1)
    if unit.startswith("day"):
        return today + timedelta(n)
    if unit.startswith("week"):
        return today + timedelta(7 * n)
    month = today.year * 12 + today.month - 1 + n * (12 if unit.startswith("year") else 1)
    year, month = month // 12, month % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))


@dataclass
class Asked:
    """What was asked, as plain data."""

    on: date
    known: dict[str, Val]
    about: list[str]
    role: str | None = None
    channel: str | None = None
    level: str | None = None
    promised: dict[str, Any] = field(default_factory=dict)


@dataclass
class Term:
    """What a term comes to over all fillings."""

    state: str
    value: Val | None = None
    may_be: list[Val | None] | None = None
    ends: tuple[Val | None, Val | None] | None = None  #: where it is a range
    you_may: Val | None = None
    then: tuple[str, Val] | None = None
    limit: Val | None = None
    you_may_be: list[Val | None] | None = None
    may_ends: tuple[Val | None, Val | None] | None = None  #: of ``you_may_be``, where it is a range


@dataclass
class Expected:
    """What BOOK.md says the answer is."""

    segments: list[str]
    might_be: dict[str, set[str]]
    applies: dict[str, list[str]]
    left_out: dict[tuple[str, str], set[str]]
    terms: dict[str, Term]
    decides: dict[str, set[str]]
    uncovered: list[str]


class TooLarge(Exception):  # noqa: N818
    """More fillings than a test wants to wait for."""


Outcome = tuple[frozenset[Val], Val | None, tuple[Val | None, ...]]
#: The values of an outcome that something unknown moves: those of the term, and those of how far one may go.
Moved = tuple[frozenset[Val], frozenset[tuple[int, Val]]]


class Oracle:
    def __init__(self, settings: Doc, docs: list[Doc], asked: Asked, most: int = 1500) -> None:
        self.settings, self.docs, self.asked = settings, docs, asked
        self.names: dict[str, Doc] = {**settings["attributes"], **settings["facts"]}
        self.names["channel"] = {"type": "text", "of": settings["channels"]}
        #: The roles in their order, and how much authority each has.
        self.rank = {role: place for place, group in enumerate(settings["roles"]) for role in listed(group)}
        self.roles = list(self.rank)
        self.names["role"] = {"type": "choice", "of": self.roles}
        self.known = dict(asked.known)
        if asked.role:
            self.known["role"] = ("choice", self.roles.index(asked.role))
        if asked.channel:
            self.known["channel"] = ("text", asked.channel)
        self.known["today"] = ("date", asked.on.toordinal())
        self.now = [doc for doc in docs if self.in_force(doc)]
        self.segments = sorted((doc for doc in self.now if doc["kind"] == "segment"), key=lambda doc: doc["id"])
        self.constants: dict[str, list[Any]] = {}
        self.counted_names: set[str] = set()
        self.gather_constants([*docs, {"sets": asked.promised}])
        self.unknown = sorted(name for name in self.constants if name not in self.known)
        domains = [self.domain(name) for name in self.unknown]
        size = 1
        for domain in domains:
            size *= len(domain)
        if size > most:
            raise TooLarge
        self.fillings = [dict(zip(self.unknown, choice, strict=True)) for choice in itertools.product(*domains)]
        self.worlds = [self.known | filling for filling in self.fillings]
        self.inside = [
            {doc["id"]: self.holds(doc["when"], world, {}) for doc in self.segments} for world in self.worlds
        ]

    # --- domains: a value for every way a book could tell values apart ----------------------------------------------

    def gather_constants(self, node: Any) -> None:
        if isinstance(node, list):
            for item in node:
                self.gather_constants(item)
            return
        if not isinstance(node, dict):
            return
        if "of" in node and isinstance(node["of"], str):  # a counted value
            self.counted_names.add(node["of"])
            self.constants.setdefault(node["of"], []).append(node)
            for key in ("at_most", "at_least"):
                if node.get(key) in self.names:
                    self.counted_names.add(node[key])
                    self.constants.setdefault(node[key], []).append("bound")
        if "by" in node:
            self.constants.setdefault(node["by"], []).extend(key for key in node if key != "by")
        for key, item in node.items():
            if key in self.names and not (isinstance(item, dict) and set(item) == {"known"}):
                wanted = item if isinstance(item, dict) else {"is": item}
                for op, arg in wanted.items():
                    if op != "known":
                        args = arg if isinstance(arg, list) else [arg]
                        self.constants.setdefault(key, []).extend((op, one) for one in args)
            else:
                self.gather_constants(item)

    def domain(self, name: str) -> list[Val]:
        spec, found = self.names[name], self.constants[name]
        kind = spec["type"]
        if kind == "flag":
            return [("flag", False), ("flag", True)]
        if kind == "choice":
            return [("choice", place) for place in range(len(spec["of"]))]
        if name == "channel":
            return [("text", text) for text in spec["of"]]
        if kind == "text":
            return self.texts(found)
        if kind == "list":
            items = sorted({item for _, item in found})
            return [
                ("list", frozenset(some)) for n in range(len(items) + 1) for some in itertools.combinations(items, n)
            ]
        if kind == "date":
            return self.dates(found)
        if kind == "time":
            minutes = {read(text)[1] + n for _, text in found for n in (-1, 0, 1)} | {0, 1439}
            return [("time", minute) for minute in sorted(minutes) if 0 <= minute < 1440]
        return self.amounts(spec, found)

    def texts(self, found: list[Any]) -> list[Val]:
        """Texts of a few letters, one for each way of answering all tests."""
        tests = [(op, arg) for op, arg in found if op in ("contains", "starts_with", "ends_with")]
        named = {arg for op, arg in found if op in ("is", "is_not", "in", "not_in")}
        letters = [*sorted({char for _, arg in tests for char in arg}), "z"]
        out: dict[tuple[bool, ...], str] = {}
        for n in range(6):
            for chars in itertools.product(letters, repeat=n):
                text = "".join(chars)
                if text not in named:
                    out.setdefault(tuple(test(op, text, arg) for op, arg in tests), text)
        return [("text", text) for text in [*sorted(named), *out.values()]]

    def dates(self, found: list[Any]) -> list[Val]:
        days = set()
        for item in found:
            op, text = item if isinstance(item, tuple) else ("", item)
            if op == "within":
                for way in ("ago", "ahead"):
                    days.add(shifted(self.asked.on, f"{text} {way}"))
            elif text.endswith(("ago", "ahead")):
                days.add(shifted(self.asked.on, text))
            else:
                days.add(date.fromisoformat(text))
        return [("date", day) for day in sorted({found.toordinal() + n for found in days for n in (-1, 0, 1)})]

    def amounts(self, spec: Doc, found: list[Any]) -> list[Val]:
        points, family = {Decimal(0)}, None
        for item in found:
            if isinstance(item, str):
                continue
            if isinstance(item, tuple):
                family, size = read(item[1])
                points.add(size)
            else:
                after = read(item["after"]) if "after" in item else None
                per = read(item["per"]) if "per" in item else None
                family = (after or per or (None,))[0] or family
                start = after[1] if after else Decimal(0)
                step = per[1] if per else Decimal(1)
                points |= {start + step * n for n in range(9)}
                each = str(item.get("each", ""))
                if each.endswith("%"):
                    levels = (n * Decimal("0.25") for n in range(-2, 42)) if each.startswith("3") else range(0, 45, 5)
                    points |= {start + level * 100 / read(each)[1] for level in levels}
        if family is None:
            family = {"number": "number", "money": "USD", "percent": "percent", "duration": "seconds"}[spec["type"]]
        if any(isinstance(item, str) for item in found):  # a bound of something that is counted
            points |= {Decimal(5 * n) for n in range(-1, 10)}
            family = family or ("USD" if spec["type"] == "money" else None)
            found = [{}]
        if any(isinstance(item, dict) for item in found):
            points |= {size + n for size in points for n in (-CLOSE, CLOSE)}
        ordered = sorted(points)
        ordered += [(a + b) / 2 for a, b in itertools.pairwise(ordered)] + [
            ordered[-1] + 1,
            ordered[0] - 1,
            FAR,
            2 * FAR,
            -FAR,
            -2 * FAR,
        ]
        floor = Decimal(0) if spec["type"] == "duration" else read(spec["from"])[1] if "from" in spec else None
        assert family is not None
        return [(family, size) for size in sorted(set(ordered)) if floor is None or size >= floor]

    # --- one completely known case ------------------------------------------------------------------------------

    def holds(self, when: Doc, world: dict[str, Val], inside: dict[str, bool]) -> bool:
        return all(self.entry(key, item, world, inside) for key, item in when.items())

    def entry(self, key: str, item: Any, world: dict[str, Val], inside: dict[str, bool]) -> bool:
        if key == "not":
            return not self.holds(item, world, inside)
        if key in ("all", "any"):
            found = [self.holds(part, world, inside) for part in (item if isinstance(item, list) else [item])]
            return all(found) if key == "all" else any(found)
        wanted = item if isinstance(item, dict) else {"is" if not isinstance(item, list) else "in": item}
        if key == "segment":
            value: Val = ("list", frozenset(id_ for id_, yes in inside.items() if yes))
        elif set(wanted) == {"known"}:
            return (key in self.known) is (wanted["known"] == "yes")
        else:
            value = world[key]
        return all(
            (key in self.known) is (arg == "yes") if op == "known" else self.operator(key, op, value, arg)
            for op, arg in wanted.items()
        )

    def operator(self, name: str, op: str, value: Val, arg: Any) -> bool:
        args = arg if isinstance(arg, list) else [arg]
        if value[0] == "list":
            found = [one in value[1] for one in args]
            return all(found) if op == "has_all" else not any(found) if op in ("is_not", "not_in") else any(found)
        if value[0] == "text":
            return test(op, value[1], args)
        if op == "within":
            first, last = (shifted(self.asked.on, f"{arg} {way}").toordinal() for way in ("ago", "ahead"))
            return bool(first <= value[1] <= last)
        of = self.names.get(name, {}).get("of")
        wanted = [
            shifted(self.asked.on, one).toordinal() if str(one).endswith((" ago", " ahead")) else read(one, of)[1]
            for one in args
        ]
        if name == "role" and op not in ("is", "is_not", "in", "not_in"):
            value = ("rank", self.rank[self.roles[value[1]]])
            wanted = [self.rank[one] for one in args]
        size, first = value[1], wanted[0]
        return bool({
            "is": size in wanted, "in": size in wanted, "is_not": size not in wanted, "not_in": size not in wanted,
            "at_least": size >= first, "on_or_after": size >= first,
            "at_most": size <= first, "on_or_before": size <= first,
            "more_than": size > first, "after": size > first, "less_than": size < first, "before": size < first,
            "between": first <= size <= wanted[-1],
        }[op])  # fmt: skip

    def in_force(self, doc: Doc) -> bool:
        period = doc.get("effective", {})
        first, last = period.get("from"), period.get("until")
        return not (
            (first and self.asked.on < date.fromisoformat(first)) or (last and self.asked.on > date.fromisoformat(last))
        )

    def shut(self, doc: Doc) -> bool:
        """By channel, role or level: certain whatever the unknowns."""
        asked = self.asked
        if asked.channel and doc.get("channels") and asked.channel not in doc["channels"]:
            return True
        if asked.role and doc.get("roles") and asked.role not in doc["roles"]:
            return True
        levels = ["synthetic", "genuine"]
        level = doc.get("level", "synthetic")
        return bool(doc["kind"] == "script" and asked.level and levels.index(level) > levels.index(asked.level))

    def applies(self, doc: Doc, index: int) -> bool:
        if self.shut(doc) or not self.in_force(doc):
            return False
        inside = self.inside[index]
        if doc.get("segments") and not any(inside.get(id_) for id_ in doc["segments"]):
            return False
        return "when" not in doc or self.holds(doc["when"], self.worlds[index], inside)

    def amount(self, raw: Any, world: dict[str, Val], spec: Doc) -> Val | None:
        if raw is None:
            return None
        of, kind = spec.get("of"), spec.get("type")
        if not isinstance(raw, dict):
            return read(raw, of, kind)
        if "of" not in raw:
            day = world[raw["by"]][1] if "by" in raw else self.asked.on.toordinal()
            begun = sorted(key for key in raw if key != "by" and date.fromisoformat(key).toordinal() <= day)
            return self.amount(raw[begun[-1]], world, spec) if begun else None
        return self.counted(raw, world)

    def counted(self, raw: Doc, world: dict[str, Val]) -> Val:
        return self.worked_out(raw, world)[0]

    def moves(self, raw: Any, world: dict[str, Val]) -> bool:
        """Whether something unknown moves an amount here."""
        if not isinstance(raw, dict):
            return False
        if "of" in raw:
            return self.worked_out(raw, world)[1] not in (None, *self.known)
        day = world[raw["by"]][1] if "by" in raw else self.asked.on.toordinal()
        begun = sorted(key for key in raw if key != "by" and date.fromisoformat(key).toordinal() <= day)
        return bool(begun) and self.moves(raw[begun[-1]], world)

    def worked_out(self, raw: Doc, world: dict[str, Val]) -> tuple[Val, str | None]:
        """The amount, and the name that it follows; none where a constant keeps it."""
        raw = raw | {key: self.amount(raw[key], world, {}) for key in ("start", "each", "per", "after") if key in raw}
        span = world[raw["of"]][1] - (raw["after"][1] if "after" in raw else 0)
        start, each = raw.get("start"), raw.get("each")
        family = start[0] if start else each[0] if each and each[0] != "percent" else "USD"
        if each and each[0] == "percent" and world[raw["of"]][0] == "number":
            family = "percent"
        out, follows = Decimal(0), None
        if span >= 0 or ("after" not in raw and world[raw["of"]][1] >= 0):
            out = start[1] if start else Decimal(0)
            if each and each[0] == "percent" and family != "percent":
                out += each[1] * span / 100
                follows = raw["of"]
            elif each:
                per = raw["per"][1] if "per" in raw else Decimal(1)
                rounding = ROUND_CEILING if raw.get("count") == "started" else ROUND_FLOOR
                count = (span / per).to_integral_value(rounding)
                capped = "up_to" in raw and count >= int(raw["up_to"])
                out += each[1] * (int(raw["up_to"]) if capped else count)
                follows = None if capped else raw["of"]
        for key, choose in (("at_least", max), ("at_most", min)):
            if key in raw:
                bound = world[raw[key]][1] if raw[key] in world else read(raw[key])[1]
                if choose(out, bound) == bound:
                    out, follows = bound, raw[key] if raw[key] in world else None
        if family == "USD":
            sign = -1 if out < 0 else 1
            out = sign * (abs(out)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return (family, out), follows

    def kinder(self, left: Val, right: Val, better: str | None) -> bool | None:
        if better is None or left[0] != right[0]:
            return None
        return bool(left[1] > right[1] if better == "more" else left[1] < right[1])

    def best(self, values: list[Val], better: str | None) -> list[Val]:
        """Those that none of the others is better than."""
        distinct = list(dict.fromkeys(values))
        return [one for one in distinct if not any(self.kinder(other, one, better) for other in distinct)]

    def term(self, ref: str, doc: Doc, index: int) -> tuple[Outcome | None, Moved]:
        """The outcome in one filling (None: no value), and what of it something unknown moves."""
        world, inside = self.worlds[index], self.inside[index]
        raw = doc["terms"][ref.partition(".")[2]]
        spec: Doc = raw if isinstance(raw, dict) else {"value": raw}
        better, fixed = spec.get("better"), doc.get("rule") == "fixed"
        row: Doc = next((row for row in spec.get("cases", ()) if self.holds(row["when"], world, inside)), {})
        source = row.get("value", spec.get("value"))
        moving: dict[Val, bool] = {}

        def worth(raw: Any) -> Val | None:
            value = self.amount(raw, world, spec)
            if value is not None:
                moving.setdefault(value, self.moves(raw, world))
            return value

        promise = None if fixed else worth(self.asked.promised.get(ref))
        values: list[Val] = []
        if not fixed:
            setters = [seg for seg in self.segments if inside[seg["id"]] and ref in seg.get("sets", {})]
            for priority in sorted({int(seg.get("priority", 0)) for seg in setters}, reverse=True):
                level = [seg["sets"][ref] for seg in setters if int(seg.get("priority", 0)) == priority]
                found = [one for one in (worth(one) for one in level) if one is not None]
                if found:
                    values = self.best(found, better)
                    break
        if not values:
            value = worth(source)
            values = [] if value is None else [value]
        if promise is not None:
            values = self.best([promise, *values], better) if better else [promise]
        if not values:
            return None, (frozenset(), frozenset())
        limit_raw = row.get("limit", spec.get("limit"))
        limit = self.amount(limit_raw, world, spec)
        limit_moves = self.moves(limit_raw, world)
        if limit is not None:
            past = [one for one in values if self.kinder(one, limit, better)]
            values = list(dict.fromkeys(limit if one in past else one for one in values))
            if past:
                moving[limit] = limit_moves
        moved = frozenset(value for value in values if moving[value])
        if len(values) > 1:
            return (frozenset(values), None, ()), (moved, frozenset())
        mays: list[Val | None] = []
        far = set()
        if not fixed:
            now, moves = values[0], moving[values[0]]
            grants: Doc = row.get("grant") or spec.get("grant") or {}
            mays.append(now)
            for place, role in enumerate(self.roles, 1):
                may, may_moves = now, moves
                for other in self.roles:
                    grant = self.amount(grants.get(other), world, spec)
                    if grant is None or (other != role and self.rank[other] >= self.rank[role]):
                        continue
                    grant_moves = self.moves(grants[other], world)
                    if limit is not None and self.kinder(grant, limit, better):
                        grant, grant_moves = limit, limit_moves
                    if self.kinder(grant, may, better):
                        may, may_moves = grant, grant_moves
                mays.append(may)
                if may_moves:
                    far.add((place, may))
        return (frozenset(values), None if fixed else limit, tuple(mays)), (moved, frozenset(far))

    # --- over all fillings ----------------------------------------------------------------------------------------

    def matters(self, outcomes: list[Any], where: list[bool] | None = None) -> set[str]:
        """The unknowns in which alone two fillings differ that give different outcomes."""
        out = set()
        for name in self.unknown:
            seen: dict[Any, Any] = {}
            for index, filling in enumerate(self.fillings):
                if where is not None and not where[index]:
                    continue
                rest = tuple(value for other, value in filling.items() if other != name)
                if seen.setdefault(rest, outcomes[index]) != outcomes[index]:
                    out.add(name)
                    break
        return out

    def within(self) -> tuple[list[Doc], list[str]]:
        """The documents within what was asked, and the areas."""
        kinds = ("standard", "policy", "procedure", "recovery", "script")
        all_ = [doc for doc in self.docs if doc["kind"] in kinds]
        if not self.asked.about:
            return all_, sorted(self.settings["areas"])
        chosen, areas = [doc for doc in all_ if not doc.get("area")], []
        for name in self.asked.about:
            if name in self.settings["areas"]:
                areas.append(name)
                chosen += [doc for doc in all_ if name in listed(doc.get("area"))]
                continue
            for doc in all_:
                if doc["id"] != name:
                    continue
                chosen.append(doc)
                chosen += [
                    other for other in all_ if other["kind"] == "script" and other["id"] in listed(doc.get("say"))
                ]
                chosen += [
                    other for other in all_ if other["kind"] == "recovery" and other["id"] == doc.get("recovery")
                ]
                chosen += [other for other in all_ if other["kind"] == "procedure"
                           and name in [*listed(other.get("standards")), *listed(other.get("policies"))]]  # fmt: skip
        unique = {(doc["kind"], doc["id"]): doc for doc in chosen}
        return list(unique.values()), areas

    def tells(self, segment: Doc) -> bool:
        """Whether what is asked has to do with the areas of a segment."""
        if not self.asked.about or not segment.get("area"):
            return True
        areas = {name for name in self.asked.about if name in self.settings["areas"]}
        for name in set(self.asked.about) - areas:
            areas.update(area for doc in self.now if doc["id"] == name for area in listed(doc.get("area")))
        return bool(areas & set(listed(segment["area"])))

    def run(self) -> Expected:
        decides: dict[str, set[str]] = {}

        def ask(names: set[str], what: str) -> None:
            for name in names:
                decides.setdefault(name, set()).add(what)

        count = range(len(self.fillings))
        might_be, certain = {}, []
        for seg in self.segments:
            found = [inside[seg["id"]] for inside in self.inside]
            if all(found):
                certain.append(seg["id"])
            elif any(found):
                might_be[seg["id"]] = self.matters(found)
        chosen, areas = self.within()
        sure, perhaps, left_out = [], [], {}
        for doc in chosen:
            found = [self.applies(doc, index) for index in count]
            if all(found):
                sure.append(doc)
                continue
            names = self.matters(found) if any(found) else set()
            left_out[doc["kind"], doc["id"]] = names
            if any(found):
                perhaps.append((doc, found))
                ask(names, f"{doc['kind']}:{doc['id']}")
        terms: dict[str, Term] = {}
        counting = {seg["id"] for seg in self.segments if seg.get("do") and self.tells(seg)}

        def settle(ref: str, doc: Doc) -> None:
            found = [self.term(ref, doc, index) for index in count]
            outcomes = [outcome for outcome, _ in found]
            if any(outcomes):
                ask(self.matters(outcomes), ref)
                terms[ref] = self.settled(ref, doc, found)

        def name(node: Any) -> None:
            """Segments that a condition names."""
            if isinstance(node, list):
                for item in node:
                    name(item)
            elif isinstance(node, dict):
                for key, item in node.items():
                    if key == "segment":
                        for arg in item.values() if isinstance(item, dict) else [item]:
                            counting.update(listed(arg))
                    else:
                        name(item)

        def mark(doc: Doc, refs: list[str]) -> None:
            counting.update(doc.get("segments", ()))
            name(doc.get("when"))
            for ref in refs:
                raw = doc["terms"][ref.partition(".")[2]]
                for row in raw.get("cases", ()) if isinstance(raw, dict) else ():
                    name(row["when"])
                if doc.get("rule") != "fixed":
                    counting.update(seg["id"] for seg in self.segments if ref in seg.get("sets", {}))

        for doc in [*sure, *(doc for doc, _ in perhaps)]:
            mark(doc, [f"{doc['id']}.{key}" for key in doc.get("terms", {})])
        for doc in sure:
            for key in doc.get("terms", {}):
                settle(f"{doc['id']}.{key}", doc)
        for doc, found in perhaps:
            for key in doc.get("terms", {}):
                ref = f"{doc['id']}.{key}"
                outcomes = [self.term(ref, doc, index)[0] for index in count]
                ask(self.matters(outcomes, found) - left_out[doc["kind"], doc["id"]], ref)
        listed_docs = [id(doc) for doc in [*sure, *(doc for doc, _ in perhaps)]]
        always = [True] * len(self.fillings)
        offers = [(doc, always) for doc in sure] + perhaps
        for recovery, guard in offers:
            for ref in listed(recovery.get("may_offer")) if recovery["kind"] == "recovery" else ():
                owner = next(
                    (
                        doc
                        for doc in self.now
                        if doc["id"] == ref.partition(".")[0] and ref.partition(".")[2] in doc.get("terms", {})
                    ),
                    None,
                )
                if owner is None or id(owner) in listed_docs:
                    continue
                found = [self.applies(owner, index) for index in count]
                if not any(found):
                    continue
                mark(owner, [ref])
                if all(found) and all(guard):
                    settle(ref, owner)
                    continue
                there = [self.term(ref, owner, index)[0] if found[index] else None for index in count]
                names = self.matters(there, guard)
                ask(names - (set() if all(guard) else self.matters(guard)), ref)
        for id_, names in might_be.items():
            if id_ in counting:
                ask(names, f"segment:{id_}")
        covered = {area for doc in sure if doc["kind"] in ("standard", "policy") for area in listed(doc.get("area"))}
        channel = self.asked.channel
        uncovered = [
            area for area in areas
            if area not in covered
            and (not channel or channel in (self.settings["areas"][area].get("channels") or [channel]))
        ]  # fmt: skip
        return Expected(certain, might_be, self.ordered(sure), left_out, terms, decides, sorted(uncovered))

    def ordered(self, sure: list[Doc]) -> dict[str, list[str]]:
        out = {kind: sorted(doc["id"] for doc in sure if doc["kind"] == kind)
               for kind in ("standard", "policy", "procedure", "recovery")}  # fmt: skip
        scripts = [doc for doc in sure if doc["kind"] == "script"]
        scripts.sort(key=lambda doc: (not doc.get("segments"), not doc.get("when"), not doc.get("channels"), doc["id"]))
        return out | {"script": [doc["id"] for doc in scripts]}

    def settled(self, ref: str, doc: Doc, found: list[tuple[Outcome | None, Moved]]) -> Term:
        out = self.state(ref, doc, found)
        if self.asked.role and doc.get("rule") != "fixed" and out.state != "conflict":
            place = self.roles.index(self.asked.role) + 1
            ends = [outcome[2][place] if outcome and outcome[2] else None for outcome, _ in found]
            distinct = sorted({end for end in ends if end is not None}, key=order)
            moved = {end for _, (_, ends) in found for at, end in ends if at == place}
            nothing: list[Val | None] = [None] if None in ends else []
            if len(moved) > 1 or len(distinct) + len(nothing) > 1:
                out.you_may_be = [*distinct, *nothing]
            if len(moved) > 1:
                single: list[Outcome | None] = [
                    (frozenset([end]), None, ()) if end is not None else None for end in ends
                ]
                out.may_ends = self.end(min, single), self.end(max, single)
        return out

    def state(self, ref: str, doc: Doc, found: list[tuple[Outcome | None, Moved]]) -> Term:
        raw = doc["terms"][ref.partition(".")[2]]
        better = raw.get("better") if isinstance(raw, dict) else None
        fixed = doc.get("rule") == "fixed"
        outcomes = [outcome for outcome, _ in found]
        sets = {outcome[0] if outcome else None for outcome in outcomes}
        present = [outcome for outcome in outcomes if outcome]
        if len(sets) == 1 and len(present[0][0]) > 1:
            return Term("conflict", may_be=sorted(present[0][0], key=order))
        limits = {self.limit_in(raw, index, conflict=bool(outcomes[index]) and len(outcomes[index][0]) > 1)  # type: ignore[index]
                  for index in range(len(outcomes))}  # fmt: skip
        limit = None if fixed or len(limits) > 1 else limits.pop()
        you_may, then = None, None
        if not fixed and all(outcome and len(outcome[0]) == 1 for outcome in outcomes):
            own = self.roles.index(self.asked.role) + 1 if self.asked.role else 0
            reach = [
                self.worst([outcome[2][place] for outcome in present], better, found)
                for place in range(len(self.roles) + 1)
            ]
            you_may = reach[own]
            least = self.rank[self.asked.role] if self.asked.role else 0
            for place in range(1, len(reach)):
                further = reach[place]
                if place == own or self.rank[self.roles[place - 1]] < least:
                    continue
                if you_may and further and self.kinder(further, you_may, better):
                    then = (self.roles[place - 1], further)
                    break
        if len(sets) == 1:
            (value,) = present[0][0]
            return Term("settled", value, you_may=you_may, then=then, limit=limit)
        if better is None:
            you_may = then = None
        values: list[Val | None] = sorted({value for outcome in present for value in outcome[0]}, key=order)
        none: list[Val | None] = [None] if None in sets else []
        if len({value for _, (moved, _) in found for value in moved}) > 1:
            low, high = self.end(min, outcomes), self.end(max, outcomes)
            return Term("open", may_be=values + none, ends=(low, high), you_may=you_may, then=then, limit=limit)
        return Term("open", may_be=values + none, you_may=you_may, then=then, limit=limit)

    def limit_in(self, raw: Any, index: int, *, conflict: bool) -> Val | None:
        if conflict or not isinstance(raw, dict):
            return None
        world, inside = self.worlds[index], self.inside[index]
        row: Doc = next((row for row in raw.get("cases", ()) if self.holds(row["when"], world, inside)), {})
        return self.amount(row.get("limit", raw.get("limit")), world, raw)

    def end(self, choose: Any, outcomes: list[Outcome | None]) -> Val | None:
        """The least or most value; None where it is only met ever further out."""
        near: list[Val] = []
        everything: list[Val] = []
        for filling, outcome in zip(self.fillings, outcomes, strict=True):
            values = list(outcome[0]) if outcome else []
            everything += values
            if not self.far(filling):
                near += values
        best: Val = choose(everything, key=order)
        return best if near and choose(near, key=order) == best else None

    def far(self, filling: dict[str, Val]) -> bool:
        """Whether something that is counted from is further out than any author goes."""
        return any(name in self.counted_names and abs(value[1]) >= FAR for name, value in filling.items())

    def worst(self, mays: list[Val | None], better: str | None, found: list[Any]) -> Val | None:
        """What holds whichever way it turns out."""
        distinct = list(dict.fromkeys(mays))
        if len(distinct) == 1:
            return distinct[0]
        if better is None or any(may is None for may in distinct) or len({may[0] for may in distinct if may}) > 1:
            return None
        worst = (min if better == "more" else max)((may for may in distinct if may), key=order)
        near = [may for may, filling in zip(mays, self.fillings, strict=True) if not self.far(filling)]
        return worst if worst in near else None


def order(value: Val | None) -> Any:
    assert value is not None
    return (value[0], "; ".join(sorted(value[1])) if value[0] == "list" else value[1])


def listed(raw: Any) -> list[str]:
    return raw if isinstance(raw, list) else [] if raw is None else [raw]


def test(op: str, text: str, arg: Any) -> bool:
    args = arg if isinstance(arg, list) else [arg]
    if op in ("is", "in", "is_not", "not_in"):
        return (text in args) is (op in ("is", "in"))
    if op == "contains":
        return args[0] in text
    return text.startswith(args[0]) if op == "starts_with" else text.endswith(args[0])


test.__test__ = False  # type: ignore[attr-defined]
