"""YAML as text with places: libyaml's composer, and a converter of our own that types nothing.

Every scalar stays what the author typed. A document becomes plain ``dict``, ``list``, ``str`` and ``None`` (an empty
plain scalar), and beside it a flat array of places, so that :meth:`Source.place` can name line and column of any part
for as long as anybody asks, at eight bytes a node.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from servkit.book.problem import BookError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

try:
    from yaml.cyaml import CParser
except ImportError as missing:  # pragma: no cover - depends on how PyYAML was built
    raise BookError(
        "this Python's PyYAML was built without libyaml; install a PyYAML wheel (pip install --force-reinstall pyyaml)"
    ) from missing

MAX_BYTES = 1 << 20
#: No book nests this deep; a composer recurses as deep as its text does.
MAX_DEPTH = 100
_PACK = 1 << 20


class Mark(NamedTuple):
    """A place in a file, from 1."""

    line: int
    column: int


class Source:
    """One YAML document: its plain data and where every part of it stands."""

    __slots__ = ("data", "path", "places")

    def __init__(self, path: str, data: Any, places: array[int]) -> None:
        self.path, self.data, self.places = path, data, places

    def place(self, where: Sequence[str | int] = (), *, key: bool = False) -> Mark:
        """The place of the part that ``where`` (keys and indexes) leads to, or of its key; of the nearest part above
        where there is no such part."""
        data, index, at_key = self.data, 0, 0
        for step in where:
            if step == 0 and data is not None and not isinstance(data, list):
                continue  # one item stands where a list is wanted
            if isinstance(data, dict):
                found = next((hit for hit in _entries(data, index) if hit[0] == step), None)
                if found is None:
                    break
                _, at_key, index, data = found
            elif isinstance(data, list) and isinstance(step, int) and step < len(data):
                index += 1
                for item in data[:step]:
                    index += _count(item)
                data = data[step]
                at_key = index
            else:
                break
        packed = self.places[at_key if key else index]
        return Mark(*divmod(packed, _PACK))

    def problem(self, code: str, message: str, where: Sequence[str | int] = (), *, key: bool = False) -> Problem:
        """A problem at the place of ``where``."""
        line, column = self.place(where, key=key)
        return Problem(code, self.path, line, column, message)


def _entries(data: dict[str, Any], index: int) -> Iterator[tuple[str, int, int, Any]]:
    """Each entry of a mapping with the number of its key's and its value's node."""
    index += 1
    for name, value in data.items():
        yield name, index, index + 1, value
        index += 1 + _count(value)


def _count(data: Any) -> int:
    """How many nodes the converter numbered for this part."""
    if isinstance(data, dict):
        return 1 + len(data) + sum(map(_count, data.values()))
    return 1 + sum(map(_count, data)) if isinstance(data, list) else 1


class _Composer(CParser):  # type: ignore[misc]
    """libyaml's composer without tag resolution: a node has a tag only where the author wrote one."""

    def resolve(self, _kind: Any, _value: Any, _implicit: Any) -> str:
        return ""

    def descend_resolver(self, _node: Any, _index: Any) -> None: ...

    def ascend_resolver(self) -> None: ...


class _Converter:
    """Turns one composed node tree into a :class:`Source`, noting what the language does not have."""

    def __init__(self, path: str, problems: list[Problem]) -> None:
        self.path, self.problems = path, problems
        self.places = array("Q")
        self.sound = True

    def note(self, node: Any, code: str, message: str) -> None:
        self.sound = False
        mark = node.start_mark
        self.problems.append(Problem(code, self.path, mark.line + 1, mark.column + 1, message))

    def convert(self, node: Any) -> Any:
        mark = node.start_mark
        self.places.append((mark.line + 1) * _PACK + min(mark.column + 1, _PACK - 1))
        if node.tag:
            self.note(node, "SK104", f"the tag {node.tag} is not part of the language; take it away")
        value = node.value
        if isinstance(value, str):
            return value if value or node.style != "" else None
        if node.id == "sequence":
            return [self.convert(item) for item in value]
        out: dict[str, Any] = {}
        for key, item in value:
            self.places.append((key.start_mark.line + 1) * _PACK + min(key.start_mark.column + 1, _PACK - 1))
            name = key.value
            if not isinstance(name, str):
                self.note(key, "SK105", "a key is one word or text, not a list or a mapping")
                continue
            if key.tag:
                self.note(key, "SK104", f"the tag {key.tag} is not part of the language; take it away")
            if name == "<<":
                self.note(key, "SK103", "merge keys are not part of the language; write the entries out")
            elif name in out:
                self.note(key, "SK106", f"the key {name!r} is here twice; keep one of them")
                continue
            out[name] = self.convert(item)
        return out


def decode(path: str, raw: bytes, problems: list[Problem]) -> str | None:
    """The text of a file, or None with a problem that says which byte is not UTF-8."""
    if len(raw) > MAX_BYTES:
        problems.append(Problem("SK101", path, 0, 0, f"the file has {len(raw):,} bytes; {MAX_BYTES:,} are the most"))
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        before = raw[: fault.start].decode("utf-8-sig", "replace")
        message = f"the byte 0x{raw[fault.start]:02x} is not UTF-8; save the file as UTF-8"
        problems.append(_at_offset("SK102", path, before, len(before), message))
        return None
    return text


def _at_offset(code: str, path: str, text: str, offset: int, message: str) -> Problem:
    before = text[:offset]
    line = before.count("\n") + 1
    return Problem(code, path, line, offset - (before.rfind("\n") + 1) + 1, message)


def parse(path: str, raw: bytes, problems: list[Problem]) -> list[Source]:
    """Read the YAML documents of one file. What cannot be read is a problem, and is left out; nothing is raised."""
    text = decode(path, raw, problems)
    if text is None:
        return []
    try:
        if not _shallow(path, text, problems):
            return []
        return _compose(path, text, problems)
    except yaml.reader.ReaderError as fault:
        message = f"the character U+{ord(text[fault.position]):04X} may not stand in YAML; take it away"
        problems.append(_at_offset("SK102", path, text, fault.position, message))
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        context = f"{fault.context}: " if fault.context else ""
        message = f"not YAML: {context}{fault.problem}"
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        problems.append(Problem("SK100", path, line, column, message))
    except yaml.YAMLError as fault:
        problems.append(Problem("SK100", path, 0, 0, f"not YAML: {' '.join(str(fault).split())}"))
    return []


def _shallow(path: str, text: str, problems: list[Problem]) -> bool:
    """Whether the text can be composed safely: neither too deep nor with anchors, which could unfold without end.

    Costs a second pass of the parser, so it is only taken where a character hints at either.
    """
    deep = text.count("[") + text.count("{") > MAX_DEPTH or text.count("- - ") > 1 or _indent(text) > MAX_DEPTH
    if not deep and "&" not in text and "*" not in text:
        return True
    depth, sound = 0, True
    for event in yaml.parse(text, Loader=_Composer):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            mark = event.start_mark
            what = "aliases are" if isinstance(event, yaml.AliasEvent) else "anchors are"
            message = f"{what} not part of the language; write the value out"
            problems.append(Problem("SK103", path, mark.line + 1, mark.column + 1, message))
            sound = False
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                mark = event.start_mark
                message = f"nested more than {MAX_DEPTH} deep"
                problems.append(Problem("SK107", path, mark.line + 1, mark.column + 1, message))
                return False
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return sound


def _indent(text: str) -> int:
    """The deepest nesting that indentation alone could make."""
    deepest = 0
    for line in text.split("\n"):
        if line.startswith(" ") or line.startswith("- ") or line.startswith("? "):
            deepest = max(deepest, len(line) - len(line.lstrip(" -?:")))
    return deepest


def _compose(path: str, text: str, problems: list[Problem]) -> list[Source]:
    composer = _Composer(text)
    sources = []
    try:
        while composer.check_node():
            node = composer.get_node()
            converter = _Converter(path, problems)
            data = converter.convert(node)
            if converter.sound and data is not None:
                sources.append(Source(path, data, converter.places))
    finally:
        composer.dispose()
    return sources
