"""Amounts and periods that contradict the book's terms, or each other: `30 days` here, `60 days` there."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.amounts import Counted, Dated, Plain
from servkit.exchange.amount_claims import Claim, Size, claims_in, size_of
from servkit.exchange.topic_words import VAGUE, concepts, is_about, topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from servkit.book.amounts import Expression
    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.book.terms import Term
    from servkit.book.values import Value

#: Two texts are about one thing where they share so much of their words; less is enough where the matter that they
#: name is the same.
ALIKE, ALIKE_MATTER = 0.6, 0.4
#: A word that more matters than this share says nothing about which of them is meant.
_MOST_COMPARED = 60


class Side(NamedTuple):
    """An amount, the first place that says it, how many say it, and the sentence."""

    amount: str
    place: str
    said: int
    sentence: str

    def data(self) -> dict[str, Any]:
        """The side as JSON."""
        return self._asdict()


class Contradiction(NamedTuple):
    """What does not agree: two sides or more. ``term`` is the book's, where one of them is a term."""

    term: str | None
    sides: tuple[Side, ...]

    def data(self) -> dict[str, Any]:
        """The contradiction as JSON."""
        return {"term": self.term, "sides": [side.data() for side in self.sides]}


class Text(NamedTuple):
    """A text that may be said to a customer, and where it is."""

    place: str
    text: str


class _Group:
    """All claims about one thing: the places of each amount."""

    def __init__(self, about: frozenset[str]) -> None:
        self.about = about
        self.sides: dict[Size, Side] = {}

    def add(self, claim: Claim, place: str) -> None:
        side = self.sides.get(claim.size)
        if side is None:
            self.sides[claim.size] = Side(claim.written, place, 1, claim.sentence)
        else:
            self.sides[claim.size] = side._replace(said=side.said + 1)


def contradictions(
    texts: Iterable[Text], entries: Sequence[Entry], settings: Settings, today: int
) -> list[Contradiction]:
    """What texts say against the book's terms, and against each other."""
    groups: dict[tuple[str, frozenset[str]], _Group] = {}
    for text in texts:
        for claim in claims_in(text.text, settings):
            if claim.about:
                key = (claim.size.family, claim.about)
                groups.setdefault(key, _Group(claim.about)).add(claim, text.place)
    terms = _Terms(entries, settings, today)
    out: list[Contradiction] = []
    open_groups: defaultdict[str, list[_Group]] = defaultdict(list)
    for (family, about), group in groups.items():
        matched = terms.matching(family, about)
        if matched is None:
            open_groups[family].append(group)
        elif (found := _against(matched, group)) is not None:
            out.append(found)
    for family in open_groups:
        out += _among(open_groups[family])
    return out


class _TermValues(NamedTuple):
    ref: str
    place: str
    about: frozenset[str]
    written: str
    sizes: tuple[Size, ...]


def _against(term: _TermValues, group: _Group) -> Contradiction | None:
    wrong = [side for size, side in group.sides.items() if not any(size.agrees(one) for one in term.sizes)]
    if not wrong:
        return None
    return Contradiction(term.ref, (Side(term.written, f"{term.place} {term.ref}", 1, ""), *wrong))


def _among(groups: Sequence[_Group]) -> Iterator[Contradiction]:
    """Groups about the same thing whose amounts differ."""
    for cluster in _clusters(groups):
        sides: dict[Size, Side] = {}
        for group in cluster:
            for size, side in group.sides.items():
                before = sides.get(size)
                sides[size] = side if before is None else before._replace(said=before.said + side.said)
        apart = [
            side for size, side in sides.items() if any(not size.agrees(other) for other in sides if other != size)
        ]
        if len(apart) > 1:
            yield Contradiction(None, tuple(sorted(apart, key=lambda side: -side.said)))


def _clusters(groups: Sequence[_Group]) -> list[list[_Group]]:
    """Groups about the same thing. Only those are compared that share one of their rarest words, and of very common
    words only the first few, so that many texts take no longer each."""
    counts: defaultdict[str, int] = defaultdict(int)
    for group in groups:
        for word in group.about:
            counts[word] += 1
    index: defaultdict[str, list[int]] = defaultdict(list)
    leader = list(range(len(groups)))
    for number, group in enumerate(groups):
        if not _is_matter(group.about):
            continue
        rarest = sorted(group.about, key=lambda word: (counts[word], word))
        for word in rarest[: len(rarest) - int(ALIKE_MATTER * len(rarest) + 0.999) + 1]:
            for other in index[word][:_MOST_COMPARED]:
                if _alike(group.about, groups[other].about):
                    leader[_root(leader, number)] = _root(leader, other)
            index[word].append(number)
    clusters: defaultdict[int, list[_Group]] = defaultdict(list)
    for number, group in enumerate(groups):
        if _is_matter(group.about):
            clusters[_root(leader, number)].append(group)
    return list(clusters.values())


def _root(leader: list[int], number: int) -> int:
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = leader[number]
    return number


def _is_matter(about: frozenset[str]) -> bool:
    return is_about(about) or len(about - VAGUE) > 1


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = one & other
    matters = concepts(one)
    least = ALIKE_MATTER if matters and matters == concepts(other) else ALIKE
    return len(shared) >= least * len(one | other) and (is_about(shared) or len(shared) > 1)


class _Terms:
    """The book's terms by what they are about."""

    def __init__(self, entries: Sequence[Entry], settings: Settings, today: int) -> None:
        self.settings = settings
        sets = _overrides(entries)
        self.found: defaultdict[str, list[_TermValues]] = defaultdict(list)
        for entry in entries:
            if entry.owns_terms and entry.in_force(today):
                for term in entry.terms.values():
                    self._add(entry, term, sets)

    def _add(self, entry: Entry, term: Term, sets: Mapping[str, list[Expression]]) -> None:
        amounts = [*term.amounts(), *sets.get(term.ref, ())]
        values = [value for amount in amounts for value in _values(amount)]
        if term.value is None or any(isinstance(amount, Counted) for amount in amounts):
            return
        sizes = [size for value in values if (size := size_of(value)) is not None]
        if not sizes:
            return
        pick = self.settings.pick
        words = [term.ref.replace("-", " ").replace(".", " "), pick(term.title), pick(entry.prose.get("title"))]
        about = topic(" ".join(words))
        written = next((str(value) for value in values), "")
        place = f"{entry.path}:{term.line}"
        self.found[sizes[0].family].append(_TermValues(term.ref, place, about, written, tuple(sizes)))

    def matching(self, family: str, about: frozenset[str]) -> _TermValues | None:
        """The term that a claim is about; of several, one that is about little else."""
        best, best_score = None, 0.0
        for term in self.found.get(family, ()):
            shared = about & term.about
            if not shared or not (is_about(shared) or len(shared) > 1) or len(shared) < ALIKE * len(about):
                continue
            score = len(shared) / len(about) + len(shared) / len(term.about)
            if score > best_score:
                best, best_score = term, score
        return best


def _overrides(entries: Sequence[Entry]) -> dict[str, list[Expression]]:
    """What segments set, by term."""
    out: defaultdict[str, list[Expression]] = defaultdict(list)
    for entry in entries:
        if entry.kind == "segment":
            for ref, amount in entry.overrides.items():
                out[ref].append(amount)
    return out


def _values(amount: Expression) -> Iterator[Value]:
    if isinstance(amount, Plain):
        yield amount.value
    elif isinstance(amount, Dated):
        for _, step in amount.steps:
            if isinstance(step, Plain):
                yield step.value
