"""Reading YAML with libyaml, so that every scalar stays what the author typed.

A document becomes plain ``dict``, ``list``, ``str`` and ``None`` (an empty plain scalar), with the place of every part
beside it (:class:`servkit.book.source.Source`). Nothing is raised: what cannot be read is a problem, and is left out.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from sys import intern
from typing import TYPE_CHECKING, Any

import yaml
from yaml.reader import ReaderError

from servkit.book.files import MAX_BYTES
from servkit.book.problems import BookError, Problem, problem_after
from servkit.book.slips import find_slip
from servkit.book.slips.flow import has_no_colon, key_without_colon
from servkit.book.source import Source
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

try:
    from yaml._yaml import CParser
except ImportError as missing:  # pragma: no cover - depends on how PyYAML was built
    raise BookError(
        "PyYAML was built without libyaml. Install a PyYAML wheel: pip install --force-reinstall pyyaml"
    ) from missing

#: Nothing that people write is nested deeper than this.
MAX_DEPTH = 100
#: Shorter texts are mostly the same few keys, ids and words, and are held in memory once.
_SHORT = 24
_TOO_DEEP = f"Nested more than {MAX_DEPTH} levels deep. Split it up."

#: What may begin an anchor or alias. Prose such as ``R & D`` and ``**bold**`` does not match.
_ANCHOR = re.compile(r"(?<![^\s\ufeff\[\]{},:])[&*](?=[0-9A-Za-z_-])")
#: A tag of ``!`` alone, which libyaml drops without a trace.
_BANG = re.compile(r"(?<![^\s\ufeff\[\]{},:])!(?=[ \t\r\n,\]}]|\Z)")
#: Only text this far to the right can be nested deeper than MAX_DEPTH without brackets.
_FAR_RIGHT = re.compile(rf"[ \t?:-]{{{MAX_DEPTH // 2}}}")


class _Composer(CParser):
    """libyaml's composer without tag resolution: a node has a tag only where the author wrote one."""

    # Called three times for each node. A built-in that returns "" is ten times as fast as a method in Python.
    resolve = descend_resolver = ascend_resolver = "".format

    def events(self) -> Iterator[Any]:
        try:
            while self.check_event():
                yield self.get_event()
        finally:
            self.dispose()

    def tokens(self) -> Iterator[Any]:
        """The parts of the text, as far as it can be read."""
        try:
            while self.check_token():
                yield self.get_token()
        except yaml.YAMLError:
            return
        finally:
            self.dispose()


class _Converter:
    """Turns one composed node tree into a :class:`Source`, noting what the language does not have."""

    def __init__(self, path: str, problems: list[Problem]) -> None:
        self.path, self.problems = path, problems
        self.marks: dict[int, dict[Any, tuple[Any, Any]]] = {}
        self.usable = True

    def note(self, node: Any, code: str, message: str) -> None:
        self.usable = False
        self.problems.append(_problem_at(code, self.path, node.start_mark, message))

    def convert(self, node: Any, depth: int = 1) -> Any:
        value = node.value
        if node.tag:
            self.note(node, "SK104", _no_tag(node.tag))
        if isinstance(value, str):
            if len(value) < _SHORT:
                return intern(value) if value or node.style != "" else None
            return value
        if depth > MAX_DEPTH:
            return self.note(node, "SK107", _TOO_DEEP)
        marks: dict[Any, tuple[Any, Any]] = {}
        if node.id == "sequence":
            items = [self.convert(item, depth + 1) for item in value]
            for index, item in enumerate(value):
                marks[index] = (item.start_mark, item.start_mark)
            self.marks[id(items)] = marks
            return items
        out: dict[str, Any] = {}
        for place, (key, item) in enumerate(value):
            name = key.value
            if not isinstance(name, str):
                message = "A key must be text, not a list or a mapping. Put text that starts with { or [ in quotes."
                self.note(key, "SK105", message)
                continue
            if key.tag:
                self.note(key, "SK104", _no_tag(key.tag))
            if has_no_colon(key, item):
                self.note(key, "SK110", key_without_colon(value, place))
                continue
            if name == "<<":
                self.note(key, "SK103", "Merge keys (`<<`) can't be used here. Write the entries out.")
            elif name in out:
                self.note(key, "SK106", f"The key {quoted(name)} appears twice. Keep one of them.")
                continue
            name = intern(name)  # every document has the same few keys
            marks[name] = (key.start_mark, item.start_mark)
            out[name] = self.convert(item, depth + 1)
        self.marks[id(out)] = marks
        return out


def _no_tag(tag: str) -> str:
    return f"The tag {tag} can't be used here. Write the plain value; put text that starts with ! in quotes."


def compose(path: str, raw: bytes, problems: list[Problem] | None = None, most: int = MAX_BYTES) -> list[Source]:
    """The YAML documents of one file of ``most`` bytes; what is wrong with it is added to ``problems``.

    A document in which anything is wrong is left out.
    """
    problems = [] if problems is None else problems
    text = _decode(path, raw, problems, most)
    sources: list[Source] = []
    if text is None:
        return sources
    try:
        if _is_safe(path, text, problems):
            _compose(path, text, sources, problems)
    except ReaderError as fault:
        character = chr(fault.character)
        message = f"The character U+{fault.character:04X} isn't allowed in YAML. Delete it."
        problems.append(problem_after(text.partition(character)[0], "SK102", path, message))
    except yaml.MarkedYAMLError as fault:
        slip = find_slip(text, fault, lambda: tokens(text))
        problems.append(Problem("SK100", path, *slip))
    except yaml.YAMLError:
        problems.append(Problem("SK100", path, 0, 0, "This file can't be read as YAML."))
    return sources


def node_trees(raw: bytes) -> tuple[str, list[Any]]:
    """The text of a file without its mark, and the node of each document as far as it can be read: libyaml's own, whose
    marks count characters of the text. Nothing where the file is not text, or unsafe to compose."""
    text = _decode("", raw, [], MAX_BYTES)
    nodes: list[Any] = []
    if text is None:
        return "", nodes
    try:
        if _is_safe("", text, []):
            composer = _Composer(text)
            try:
                while composer.check_node():
                    nodes.append(composer.get_node())
            finally:
                composer.dispose()
    except yaml.YAMLError:
        pass  # what comes before the fault is there
    return text, nodes


def tokens(text: str) -> Iterator[Any]:
    """The tokens of a text, as far as it can be read: libyaml's own, with style and marks."""
    return _Composer(text).tokens()


def _decode(path: str, raw: bytes, problems: list[Problem], most: int) -> str | None:
    """The text of a file; None with a problem where it is too large or not UTF-8."""
    if len(raw) > most:
        message = f"The file has {len(raw):,} bytes, and {most:,} is the limit. Split it into several files."
        problems.append(Problem("SK101", path, 0, 0, message))
        return None
    if (other := _other_encoding(raw)) is not None:
        problems.append(Problem("SK102", path, 1, 1, f"The file is in {other}. Save it as UTF-8."))
        return None
    body = raw.removeprefix(BOM_UTF8)
    try:
        return body.decode()
    except UnicodeDecodeError as fault:
        wrong = body[fault.start : fault.start + 1]
        there = wrong.decode("cp1252", "replace")
        guess = f" In Windows-1252 it is {quoted(there)}." if there.isprintable() and there != "\ufffd" else ""
        message = f"The byte 0x{wrong.hex()} isn't UTF-8.{guess} Save the file as UTF-8."
        problems.append(problem_after(body[: fault.start].decode(), "SK102", path, message))
        return None


def _other_encoding(raw: bytes) -> str | None:
    """The encoding of Unicode other than UTF-8 that a file begins in; None where it begins in none."""
    for mark, name in (
        (BOM_UTF32_LE, "UTF-32"),
        (BOM_UTF32_BE, "UTF-32"),
        (BOM_UTF16_LE, "UTF-16"),
        (BOM_UTF16_BE, "UTF-16"),
    ):
        if raw.startswith(mark):
            return name
    start = raw[:8]  # without a mark: every second byte of Latin letters is 0
    return "UTF-16" if len(start) == 8 and (not any(start[::2]) or not any(start[1::2])) and any(start) else None


def _problem_at(code: str, path: str, mark: Any, message: str) -> Problem:
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    return Problem(code, path, line, column, message)


def _is_safe(path: str, text: str, problems: list[Problem]) -> bool:
    """Whether the text can be composed: not too deep for the stack, without aliases, which could unfold without end,
    and without a tag of ``!`` alone, which no node shows.

    This is a second pass of the parser, so it is only made where a character hints at one of them.
    """
    may_be_deep = text.count("[") + text.count("{") > MAX_DEPTH or _FAR_RIGHT.search(text)
    has_anchor = ("&" in text or "*" in text) and _ANCHOR.search(text)
    if not may_be_deep and not has_anchor and not ("!" in text and _BANG.search(text)):
        return True
    depth, safe = 0, True
    try:
        for event in _Composer(text).events():
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    problems.append(_problem_at("SK107", path, event.start_mark, _TOO_DEEP))
                    return False
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if getattr(event, "tag", None) == "!":
                problems.append(_problem_at("SK104", path, event.start_mark, _no_tag("!")))
                safe = False
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                problems.append(_problem_at("SK103", path, event.start_mark, _no_anchor(event)))
                safe = False
    except yaml.MarkedYAMLError as fault:
        if "nesting" not in (fault.problem or ""):
            raise
        problems.append(_problem_at("SK107", path, _too_deep_at(text, fault.problem_mark), _TOO_DEEP))
        return False
    return safe


def _no_anchor(event: Any) -> str:
    sign, what = ("*", "Aliases") if isinstance(event, yaml.AliasEvent) else ("&", "Anchors")
    mending = f"Write the value out; put text that starts with {sign} in quotes."
    return f"{what} ({sign}{event.anchor}) can't be used here. {mending}"


def _too_deep_at(text: str, refused: Any) -> Any:
    """Where the level after MAX_DEPTH begins in a text that libyaml refused to read on.

    Newer versions look a thousand characters ahead and count what they find, some refusing the last bracket, some the
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
            continue  # the cut broke the text, which was not too deep before it
    return refused


def _compose(path: str, text: str, sources: list[Source], problems: list[Problem]) -> None:
    """Add each document to ``sources`` as it is read, so that a fault further down does not lose those above it."""
    composer = _Composer(text)
    try:
        while composer.check_node():
            converter = _Converter(path, problems)
            node = composer.get_node()
            data = converter.convert(node)
            if converter.usable and data is not None and node is not None:
                sources.append(Source(path, data, node.start_mark, converter.marks))
    finally:
        composer.dispose()
