"""YAML that is more than plain: libyaml's composer, and a converter of our own that types nothing.

Every scalar stays what the author typed. A document becomes plain ``dict``, ``list``, ``str`` and ``None`` (an empty
plain scalar), and beside it a flat array of places (:class:`servkit.book.source.Source`).
"""

from __future__ import annotations

import re
from array import array
from sys import intern
from typing import TYPE_CHECKING, Any

import yaml
from yaml.reader import ReaderError

from servkit.book.plain_flow import MAX_DEPTH
from servkit.book.plain_tokens import SHORT
from servkit.book.problems import BookError, Problem, at_end_of
from servkit.book.source import PACK, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

try:
    from yaml._yaml import CParser
except ImportError as missing:  # pragma: no cover - depends on how PyYAML was built
    raise BookError(
        "this Python's PyYAML was built without libyaml; install a PyYAML wheel (pip install --force-reinstall pyyaml)"
    ) from missing

_TOO_DEEP = f"nested more than {MAX_DEPTH} deep; take it apart"

#: What may begin an anchor or alias. Prose such as ``R & D`` and ``**bold**`` does not match.
_ANCHOR = re.compile(r"(?<![^\s\ufeff\[\]{},:])[&*](?=[0-9A-Za-z_-])")
#: A tag that says nothing: libyaml drops it, and what was typed would be less than it was.
_BANG = re.compile(r"(?<![^\s\ufeff\[\]{},:])!(?=[ \t\r\n,\]}]|\Z)")
#: Only what stands this far to the right can be nested deeper than MAX_DEPTH without brackets.
_FAR_RIGHT = re.compile(rf"[ \t?:-]{{{MAX_DEPTH // 2}}}")
#: What libyaml says, and what mends it.
_MENDINGS = (
    ("mapping values are not allowed", "put a text that holds a colon in quotes, or look for a line indented too far"),
    ("cannot start any token", "indent with spaces, not tabs, and put a text that begins with @ ` or % in quotes"),
    ("did not find expected key", "look for an entry that is indented differently from its neighbours"),
    ("did not find expected '-' indicator", "look for an item that is indented differently from its neighbours"),
    ("did not find expected ',' or", "look for a bracket that is not closed, or a comma that is missing"),
    ("did not find expected node content", "look for a bracket that is not closed, or a comma too many"),
    ("unexpected end of stream", "look for a quotation mark that is not closed"),
    ("unknown escape character", "write \\\\ for a backslash, or use single quotes"),
    ("could not find expected ':'", "look for a line that is not indented, or a key without its colon"),
    ("block sequence entries are not allowed", "put the first item on a line of its own"),
    ("expected alphabetic or numeric character", "put a text that begins with * or & in quotes"),
)


class _Composer(CParser):
    """libyaml's composer without tag resolution: a node has a tag only where the author wrote one."""

    # Called three times a node, and a tenth of the time where they are Python's: no tag, whatever the arguments.
    resolve = descend_resolver = ascend_resolver = "".format

    def events(self) -> Iterator[Any]:
        try:
            while self.check_event():
                yield self.get_event()
        finally:
            self.dispose()


class _Converter:
    """Turns one composed node tree into a :class:`Source`, noting what the language does not have."""

    def __init__(self, path: str, problems: list[Problem]) -> None:
        self.path, self.problems = path, problems
        self.places = array("Q")
        #: For every container, how far behind it each of its parts stands (see :class:`Source`).
        self.steps: dict[int, dict[str | int, int]] = {}
        self.sound = True

    def note(self, node: Any, code: str, message: str) -> None:
        self.sound = False
        mark = node.start_mark
        self.problems.append(Problem(code, self.path, mark.line + 1, mark.column + 1, message))

    def convert(self, node: Any, depth: int = 1) -> Any:
        places = self.places
        mark, value = node.start_mark, node.value
        places.append((mark.line + 1) * PACK + min(mark.column + 1, PACK - 1))
        if node.tag:
            self.note(node, "SK104", f"the tag {node.tag} is not part of the language; take it away")
        if isinstance(value, str):
            if len(value) < SHORT:
                return intern(value) if value or node.style != "" else None
            return value
        if depth > MAX_DEPTH:
            return self.note(node, "SK107", _TOO_DEEP)
        start = len(places) - 1
        steps: dict[str | int, int] = {}
        if node.id == "sequence":
            items: list[Any] = []
            for item in value:
                steps[len(items)] = len(places) - start
                items.append(self.convert(item, depth + 1))
            self.steps[id(items)] = steps
            return items
        out: dict[str, Any] = {}
        for key, item in value:
            mark, name = key.start_mark, key.value
            places.append((mark.line + 1) * PACK + min(mark.column + 1, PACK - 1))
            if not isinstance(name, str):
                self.note(
                    key, "SK105", "a key is text, not a list or a mapping; put a text that begins with { or [ in quotes"
                )
                continue
            if key.tag:
                self.note(key, "SK104", f"the tag {key.tag} is not part of the language; take it away")
            if name == "<<":
                self.note(key, "SK103", "merge keys are not part of the language; write the entries out")
            elif name in out:
                self.note(key, "SK106", f"the key {name!r} is here twice; keep one of them")
                continue
            name = intern(name)  # every document has the same few keys
            steps[name] = len(places) - start
            out[name] = self.convert(item, depth + 1)
        self.steps[id(out)] = steps
        return out


def compose(path: str, text: str, problems: list[Problem]) -> list[Source]:
    """The documents of one file. What cannot be read is a problem, and is left out; nothing is raised."""
    sources: list[Source] = []
    try:
        if _sound(path, text, problems):
            _compose(path, text, sources, problems)
    except ReaderError as fault:
        character = chr(fault.character)
        message = f"the character U+{fault.character:04X} may not stand in YAML; take it away"
        problems.append(at_end_of(text.partition(character)[0], "SK102", path, message))
    except yaml.MarkedYAMLError as fault:
        context = f"{fault.context}, " if fault.context else ""
        mending = next((f"; {mending}" for said, mending in _MENDINGS if said in (fault.problem or "")), "")
        message = f"not YAML: {context}{fault.problem}{mending}"
        mark = fault.problem_mark or fault.context_mark
        if mark is not None and mark.index >= len(text):  # what is lacking is looked for beyond the last line
            problems.append(at_end_of(text.rstrip(), "SK100", path, message))
        else:
            problems.append(_at_mark("SK100", path, mark, message))
    except yaml.YAMLError as fault:
        problems.append(Problem("SK100", path, 0, 0, f"not YAML: {' '.join(str(fault).split())}"))
    return sources


def _at_mark(code: str, path: str, mark: Any, message: str) -> Problem:
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    return Problem(code, path, line, column, message)


def _sound(path: str, text: str, problems: list[Problem]) -> bool:
    """Whether the text can be composed safely: neither too deep nor with anchors, which could unfold without end, nor
    with a tag of ``!`` alone, which no node tells of.

    Costs a second pass of the parser, so it is only taken where a character hints at either.
    """
    deep = text.count("[") + text.count("{") > MAX_DEPTH or _FAR_RIGHT.search(text)
    if not deep and not _ANCHOR.search(text) and not _BANG.search(text):
        return True
    depth, sound = 0, True
    try:
        for event in _Composer(text).events():
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    problems.append(_at_mark("SK107", path, event.start_mark, _TOO_DEEP))
                    return False
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if getattr(event, "tag", None) == "!":
                message = (
                    "the tag ! is not part of the language; take it away, or put a text that begins with ! in quotes"
                )
                problems.append(_at_mark("SK104", path, event.start_mark, message))
                sound = False
            alias = isinstance(event, yaml.AliasEvent)
            if alias or getattr(event, "anchor", None):
                message = f"{'aliases' if alias else 'anchors'} are not part of the language; write the value out"
                problems.append(_at_mark("SK103", path, event.start_mark, message))
                sound = False
    except yaml.MarkedYAMLError as fault:
        if "nesting" not in (fault.problem or ""):
            raise
        problems.append(_at_mark("SK107", path, _too_deep(text, fault.problem_mark), _TOO_DEEP))
        return False
    return sound


def _too_deep(text: str, refused: Any) -> Any:
    """Where the level after MAX_DEPTH begins in a text that libyaml refused to read on.

    Newer ones look a thousand characters ahead and count what they find, some refusing the last bracket, some the
    first; so they are asked again, with less of the text to look at.
    """
    for end in (refused.index, refused.index + 800):
        depth = 0
        try:
            for event in _Composer(text[:end]).events():
                depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                if depth > MAX_DEPTH:
                    return event.start_mark
        except yaml.MarkedYAMLError:
            continue  # what is cut off is broken, and was not too deep before it was
    return refused


def _compose(path: str, text: str, sources: list[Source], problems: list[Problem]) -> None:
    """Adds each document to ``sources`` as it is read, so that a fault further down takes none of them away."""
    composer = _Composer(text)
    try:
        while composer.check_node():
            converter = _Converter(path, problems)
            data = converter.convert(composer.get_node())
            if converter.sound and data is not None:
                sources.append(Source(path, data, converter.places, converter.steps))
    finally:
        composer.dispose()
