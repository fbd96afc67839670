"""What an import does, on a screen: what is new, what changes, conflicts with both texts, and what is left to do."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from servkit.terminal.screen import Screen, one_line
from servkit.text import enumeration, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.exchange.contradictions import Contradiction
    from servkit.exchange.customers_in import CustomersPlan
    from servkit.exchange.import_steps import Plan, Step

#: So many of one sort are listed.
MOST = 8
_MOST_SIDES = 5
_HEADINGS = {
    "new": "New scripts",
    "update": "Changed in {tool}, so changed here",
    "conflict": "Conflicts: nothing was changed",
    "edited": "Edited here, and kept so",
    "deleted": "Deleted here, and left so",
    "left out": "Left out",
}


class ImportView(NamedTuple):
    """How an import is shown: the tool's title, whether it was written, and whether all is listed."""

    tool: str
    dry_run: bool
    everything: bool = False


def import_screen(plan: Plan, contradictions: Sequence[Contradiction], view: ImportView) -> Screen:
    """The whole plan. What needs a decision comes last, where somebody at a terminal looks."""
    return _Drawing(plan, contradictions, view).screen


class _Drawing:
    def __init__(self, plan: Plan, contradictions: Sequence[Contradiction], view: ImportView) -> None:
        self.plan, self.view, self.screen = plan, view, Screen()
        for verb in ("new", "update", "edited", "deleted"):
            self._steps(verb)
        self._left_out()
        self._gone()
        self._blanks()
        self._bare()
        self._unknown()
        self._losses()
        self._conflicts()
        self._contradictions(contradictions)

    def _few(self, found: Sequence[object]) -> int:
        """How many of some are listed: all, or the first few."""
        return len(found) if self.view.everything or len(found) <= MOST + 1 else MOST

    def _more(self, found: Sequence[object], indent: int = 2) -> None:
        rest = len(found) - self._few(found)
        if rest:
            self.screen.put(f"… and {rest:,} more (--all lists them)", "dim", indent=indent)

    def _heading(self, text: str, count: int, style: str = "bold") -> None:
        self.screen.heading(f"{text} ({count:,})", style)

    def _steps(self, verb: str) -> None:
        found = self.plan.of(verb)
        if not found:
            return
        self._heading(_HEADINGS[verb].format(tool=self.view.tool), len(found))
        for step in found[: self._few(found)]:
            self.screen.pair(one_line(step.reply.title), step.path or step.script, column=36, style="dim")
            if verb == "update":
                self._difference(step, "before: ", "now: ")
        self._more(found)

    def _left_out(self) -> None:
        found = self.plan.of("left out")
        if not found:
            return
        self._heading(_HEADINGS["left out"], len(found))
        reasons: dict[str, list[Step]] = defaultdict(list)
        for step in found:
            reasons[step.because].append(step)
        for because, steps in reasons.items():
            names = [quoted(step.reply.title, 40) for step in steps]
            self.screen.put(f"{because}: {_some(names, self.view.everything)}", indent=2, mark="• ")

    def _gone(self) -> None:
        found = self.plan.missing
        if found:
            self._heading("Imported earlier, and not in these files; they stay", len(found))
            self.screen.put(_some(list(found), self.view.everything), indent=2)

    def _blanks(self) -> None:
        places: dict[tuple[str, str], list[str]] = defaultdict(list)
        for step in self.plan.of("new", "update"):
            for theirs, ours in step.blanks.items():
                places[ours, theirs].append(step.script)
        if not places:
            return
        self._heading("Blanks that the desk will ask for", len(places))
        found = sorted(places.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        for (ours, theirs), scripts in found[: self._few(found)]:
            shown = f"{theirs}, in {_count(scripts)}" if theirs != ours else f"in {_count(scripts)}"
            self.screen.pair(f"{{{{ {ours} }}}}", shown, column=36)
        self._more(found)

    def _bare(self) -> None:
        found = [(name, step) for step in self.plan.of("new", "update") for name in step.bare]
        if not found:
            return
        self._heading("Without a fallback: write what to say where it isn't known", len(found), "bold yellow")
        for name, step in found[: self._few(found)]:
            self.screen.pair(f'{{{{ {name} | default: "…" }}}}', step.path, column=44)
        self._more(found)

    def _unknown(self) -> None:
        found = [(text, step) for step in self.plan.of("new", "update") for text in step.unknown]
        if not found:
            return
        self._heading("Not translated; servkit refuses to say these scripts", len(found), "bold yellow")
        for text, step in found[: self._few(found)]:
            self.screen.pair(quoted(text, 30), step.path, column=36)
        self._more(found)

    def _losses(self) -> None:
        places: dict[str, list[str]] = defaultdict(list)
        for step in self.plan.of("new"):
            for loss in step.reply.losses:
                places[loss].append(step.script)
        if places:
            self._heading(f"Stays in {self.view.tool} alone, and goes back unchanged", len(places))
            for loss, scripts in sorted(places.items(), key=lambda pair: -len(pair[1])):
                self.screen.put(f"{loss}, in {_count(scripts)}", indent=2, mark="• ")

    def _conflicts(self) -> None:
        found = self.plan.of("conflict")
        if not found:
            return
        self._heading(_HEADINGS["conflict"], len(found), "bold red")
        for step in found[: self._few(found)]:
            self.screen.put(f"{step.path}  {one_line(step.reply.title)}", indent=2)
            self.screen.put(f"{step.because} ({step.place})", "dim", indent=4)
            self._difference(step, "here: ", "there: ")
        self._more(found)
        self.screen.put("To settle them: edit the script, or import again with --keep ours or --keep theirs.", indent=2)

    def _difference(self, step: Step, before: str, after: str) -> None:
        ours, theirs = step.ours.strip().splitlines(), step.theirs.strip().splitlines()
        for number in range(max(len(ours), len(theirs))):
            one, other = ("".join(lines[number : number + 1]) for lines in (ours, theirs))
            if one != other:
                self.screen.put(one or "(nothing)", "red", indent=4, mark=before)
                self.screen.put(other or "(nothing)", "green", indent=4, mark=after)
                return

    def _contradictions(self, contradictions: Sequence[Contradiction]) -> None:
        if not contradictions:
            return
        self._heading("Amounts that may contradict each other", len(contradictions), "bold red")
        for one in contradictions[: self._few(contradictions)]:
            self.screen.gap()
            sides = one.sides if self.view.everything else one.sides[:_MOST_SIDES]
            for side in sides:
                rest = f" (and {side.said - 1} more)" if side.said > 1 else ""
                self.screen.pair(side.amount, f"{side.place}{rest}", column=20, style="bold")
                if side.sentence:
                    self.screen.put(f"“{side.sentence}”", "dim", indent=4)
            if len(one.sides) > len(sides):
                self.screen.put(
                    f"… and {len(one.sides) - len(sides):,} more amounts (--all lists them)", "dim", indent=2
                )
        self._more(contradictions)


def columns_screen(fields: Mapping[str, str], header: Sequence[str]) -> Screen:
    """What each column of a spreadsheet seems to hold."""
    screen = Screen()
    screen.put("Columns", "bold")
    for heading in filter(None, header):
        key = fields.get(heading)
        screen.pair(one_line(heading), f"`{key}`" if key else "not used", column=36, style="" if key else "dim")
    return screen


def customers_screen(plan: CustomersPlan) -> Screen:
    """What an import of customers does: the columns, and how many rows are new, changed or gone."""
    screen = Screen()
    screen.put("Columns", "bold")
    for heading, key in plan.columns.by_heading.items():
        new = f", a new attribute ({plan.attributes[key]})" if key in plan.attributes else ""
        screen.pair(one_line(heading), f"`{key}`{new}", column=36)
    for heading in plan.columns.unused:
        screen.pair(one_line(heading), "not used", column=36, style="dim")
    if plan.left_out:
        screen.heading(f"Left out ({len(plan.left_out):,})")
        screen.bullets(plan.left_out[:MOST])
        if len(plan.left_out) > MOST:
            screen.put(f"… and {len(plan.left_out) - MOST:,} more", "dim", indent=2)
    if plan.verb == "conflict":
        screen.heading("Conflict: nothing was changed", "bold red")
        screen.put(f"{plan.path} was edited in the book. To replace it, import again with --keep theirs.", indent=2)
    if plan.by_hand:
        screen.heading("Add this to servkit.yaml yourself; it is laid out in an unusual way", "bold yellow")
        screen.bullets(plan.by_hand.split("; "))
    return screen


def customers_summary(plan: CustomersPlan, *, dry_run: bool) -> str:
    """What happened to the customers, in one line."""
    changed = f"{plan.added:,} new, {plan.changed:,} changed, {plan.gone:,} gone"
    what = {
        "new": f"{_many(plan.rows, 'customer')} in {plan.path}",
        "same": f"{plan.path}: nothing has changed",
        "update": f"{plan.path}: {changed}",
        "conflict": f"{plan.path} was left as it is: {changed}",
    }[plan.verb]
    return what + ("; nothing was written." if dry_run or not plan.files else ".")


def import_summary(plan: Plan, found: Sequence[Contradiction], view: ImportView) -> str:
    """What happened, in one line."""
    counts = Counter(step.verb for step in plan.steps)
    names = {"new": "new", "update": "updated", "same": "unchanged", "edited": "edited here and kept",
             "deleted": "deleted here", "left out": "left out"}  # fmt: skip
    parts = [f"{counts[verb]:,} {name}" for verb, name in names.items() if counts[verb]]
    parts += [_many(counts["conflict"], "conflict")] if counts["conflict"] else []
    parts += [_many(len(found), "contradiction")] if found else []
    text = ", ".join(parts) or "nothing to import"
    end = "; nothing was written." if view.dry_run or not plan.files else "."
    if counts["new"] and not view.dry_run:
        end += " What only you can say is left empty in the new scripts: why, owner and review_by."
    return text[:1].upper() + text[1:] + end


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def _count(scripts: Sequence[str]) -> str:
    several = len(set(scripts))
    return f"{several:,} scripts" if several > 1 else scripts[0]


def _some(names: Sequence[str], everything: bool) -> str:
    if everything or len(names) <= MOST:
        return enumeration(names)
    return f"{', '.join(names[: MOST - 1])} and {len(names) - MOST + 1:,} more"
