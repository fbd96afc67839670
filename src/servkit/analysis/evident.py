"""What is evident of a document by itself, without the rest of its book and without a proof: that it is fine.

A document is evidently fine where its conditions are conjunctions of lone tests (:mod:`servkit.analysis.lone_tests`),
each of which somebody fulfils, where none of them holds for everybody, and where for every row of a table values are
found that no row above it admits. What is not evident may still be fine; that is for the proofs to say, which then need
look at nothing else. A book is seldom other than fine, so most of it is done with here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.analysis.lone_tests import LoneTests, Tests
from servkit.book.entries import APPLICABLE, OWNERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from servkit.analysis.lone_tests import Test
    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.book.values import Value

#: Tables and tests beyond this are left to the proofs: what is so small, a search is sure to get to the end of
#: (:data:`servkit.domains.cover.MAX_STEPS`).
_MOST_ROWS, _MOST_NAMES = 10, 100

_NOTHING = Tests()


class Evident:
    """What is evident of the documents of a book with these settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.tests = LoneTests(settings)
        self._escapes: dict[tuple[int, int, int], Value | None] = {}

    def unsettled(self, entries: Iterable[Entry]) -> list[Entry]:
        """Of some documents those of which it is not evident that neither their conditions, nor the rows of their
        tables, nor the first days of dated values are at fault. They may be any part of a book."""
        return [entry for entry in entries if not (self.conditions_fine(entry) and self.values_plain(entry))]

    def conditions_fine(self, entry: Entry) -> bool:
        """Whether it is evident that every condition of a document holds for somebody and not for everybody, that it
        applies to somebody, that every row of its tables is reached, and that it asks for no segment."""
        if entry.kind not in APPLICABLE:
            return entry.kind != "segment" or self._condition_fine(entry.logic.get("when"))
        logic = entry.logic
        when, terms = logic.get("when"), logic.get("terms")
        if when is not None and not self._condition_fine(when):
            return False
        context = _NOTHING
        if when is not None or "channels" in logic or "roles" in logic or "segments" in logic:
            found = self._context(entry)
            if found is None:
                return False
            context = found
        return terms is None or self._tables_fine(terms, context)

    def values_plain(self, entry: Entry) -> bool:
        """Whether no value, limit or grant of a document is dated, or worked out from a fact."""
        if entry.kind == "segment":
            return _plain(entry.logic.get("moves", {}).values())
        for term in entry.logic.get("terms", {}).values() if entry.kind in OWNERS else ():
            amounts = [term.get("value"), term.get("limit"), *term.get("grant", {}).values()]
            for _, value, limit, grant, _ in term.get("cases", ()):
                amounts += (value, limit)
                if grant:
                    amounts += grant.values()
            if not _plain(amounts):
                return False
        return True

    def _condition_fine(self, data: Any) -> bool:
        if data is None:
            return True
        tests = self.tests.of(data)
        return tests is not None and tests.excludes

    def _context(self, entry: Entry) -> Tests | None:
        """Whom a document applies to, where that is a conjunction of lone tests and leaves somebody."""
        logic = entry.logic
        if logic.get("segments"):
            return None
        when = logic.get("when")
        out = _NOTHING if when is None else self.tests.of(when)
        if out is None:
            return None
        for name, key, of in (("channel", "channels", self.settings.channels), ("role", "roles", self.settings.roles)):
            if given := entry.list(key):
                if name in out or not all(item in of for item in given):
                    return None
                kind = [["text", item] if key == "channels" else ["choice", item, of.index(item)] for item in given]
                test = self.tests.among(name, kind)
                if test is None:
                    return None
                out = Tests(out, **{name: test})
        return out

    # --- tables -----------------------------------------------------------------------------------------------

    def _tables_fine(self, terms: Mapping[str, Any], context: Tests) -> bool:
        for term in terms.values():
            cases = term.get("cases")
            if cases and not self._table_fine(cases, context):
                return False
        return True

    def _table_fine(self, cases: Sequence[Any], context: Tests) -> bool:
        if len(cases) > _MOST_ROWS:
            return False
        above: list[Tests] = []
        names = len(context)
        for case in cases:
            row = self.tests.of(case[0])
            if row is None or not row.excludes or not self._reached(row, above, context):
                return False
            names += len(row)
            above.append(row)
        return names <= _MOST_NAMES

    def _reached(self, row: Tests, above: list[Tests], context: Tests) -> bool:
        """Whether somebody is found whom the row and the context admit, and no row above: a value for a name at a
        time, each of which gets out of a row."""
        chosen: dict[str, Value] = {}
        for other in above:
            for name, value in chosen.items():
                if name in other and not other[name].admits(value):
                    break
            else:
                for name, test in other.items():
                    if name not in chosen:
                        way_out = self._escape(test, row.get(name), context.get(name))
                        if way_out is not None:
                            chosen[name] = way_out
                            break
                else:
                    return False
        for name in context:
            if name in row and name not in chosen and self._escape(None, row[name], context[name]) is None:
                return False
        return True

    def _escape(self, above: Test | None, own: Test | None, around: Test | None) -> Value | None:
        """A value that a row and its context admit, and the row above does not."""
        key = (id(above), id(own), id(around))
        try:
            return self._escapes[key]
        except KeyError:
            found = self._escapes[key] = _value(above, own, around)
            return found


def _value(above: Test | None, own: Test | None, around: Test | None) -> Value | None:
    if own is not None:
        values = own.inside if around is None else (*own.inside, *around.inside)
    elif around is not None:
        values = around.inside
    else:
        assert above is not None
        values = above.outside
    for value in values:
        if (
            (above is None or not above.admits(value))
            and (own is None or own.admits(value))
            and (around is None or around.admits(value))
        ):
            return value
    return None


def _plain(amounts: Iterable[Any]) -> bool:
    """Whether some amounts, as data, are plain where there are any."""
    return not [amount for amount in amounts if amount is not None and amount[0] != "plain"]
