"""The documents of a file with the exact place of every text and key in it, counted in characters."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.yaml_reader import MAX_DEPTH, node_trees

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.book.source import PartPath

#: What can be written without quotes wherever it stands.
_PLAIN = re.compile(r"(?:[^\W_]|_)(?:[\w./@+-]| (?=[^\s#]))*\Z")
_BLOCKS = ("|", ">")


class Scalar(NamedTuple):
    """A text or a key as it was written: from ``start`` to ``end`` of the file's text; ``where`` leads to it."""

    where: PartPath
    key: bool
    value: str
    start: int
    end: int
    style: str

    def span(self, text: str, at: int, length: int) -> tuple[int, int] | None:
        """Where a word that begins at a character of the value stands in the file; None where escapes hide it."""
        word = self.value[at : at + length]
        if not word:
            return self.start, self.start
        first, last = self._inside(text)
        if self.style == '"' and "\\" in text[first:last]:
            return None
        found = first - 1
        for _ in range(_count(self.value[: at + length - 1], word) + 1):
            found = text.find(word, found + 1, last)
            if found < 0:
                return None
        return found, found + length

    def _inside(self, text: str) -> tuple[int, int]:
        """From where to where the words are, without quotes and without the line that begins a block."""
        if self.style in _BLOCKS:
            return text.find("\n", self.start, self.end) + 1 or self.end, self.end
        return (self.start + 1, self.end - 1) if self.style else (self.start, self.end)

    def written(self, text: str, parts: Sequence[tuple[int, int, str]]) -> tuple[int, int, str]:
        """The edit that puts something else in the place of some parts of the value (from, to, new): as little as
        possible is touched, and quoted where it has to be."""
        value = self.value
        for start, end, new in sorted(parts, reverse=True):
            value = value[:start] + new + value[end:]
        raw = text[self.start : self.end]
        spans = [self.span(text, start, end - start) for start, end, _ in parts]
        fits = self.style in _BLOCKS or all(_PLAIN.match(new) for _, _, new in parts)
        if None in spans or not fits:
            rest = "\n" if self.style in _BLOCKS and raw.endswith("\n") else ""
            return self.start, self.end, json.dumps(value, ensure_ascii=False) + rest
        for (start, end), new in sorted(((span, part[2]) for span, part in zip(spans, parts, strict=True) if span),
                                        reverse=True):  # fmt: skip
            raw = raw[: start - self.start] + new + raw[end - self.start :]
        return self.start, self.end, raw


class YamlDocument(NamedTuple):
    """One document as plain data, with its texts and keys by what leads to them and whether they are keys."""

    data: Any
    scalars: Mapping[tuple[PartPath, bool], Scalar]
    start: int
    end: int

    def at(self, where: PartPath, *, key: bool = False) -> Scalar | None:
        """A text, or a key. One item may be written where a list is expected: its first."""
        found = self.scalars.get((where, key))
        if found is None and 0 in where:
            short = tuple(step for step in where if step != 0)
            found = self.scalars.get((short, key))
        return found


def yaml_documents(raw: bytes) -> tuple[str, list[YamlDocument]]:
    """The text of a file (without a mark at its start) and its documents, as far as they can be read."""
    text, nodes = node_trees(raw)
    found = []
    for node in nodes:
        scalars: dict[tuple[PartPath, bool], Scalar] = {}
        data = _convert(node, (), scalars)
        found.append(YamlDocument(data, scalars, node.start_mark.index, node.end_mark.index))
    return text, found


def _convert(node: Any, where: PartPath, scalars: dict[tuple[PartPath, bool], Scalar]) -> Any:
    if len(where) > MAX_DEPTH:
        return None
    if node.id == "scalar":
        _keep(node, where, scalars, key=False)
        return node.value if node.value or node.style else None
    if node.id == "sequence":
        return [_convert(item, (*where, index), scalars) for index, item in enumerate(node.value)]
    out: dict[str, Any] = {}
    for key, item in node.value:
        if isinstance(key.value, str) and key.value not in out:
            _keep(key, (*where, key.value), scalars, key=True)
            out[key.value] = _convert(item, (*where, key.value), scalars)
    return out


def _keep(node: Any, where: PartPath, scalars: dict[tuple[PartPath, bool], Scalar], *, key: bool) -> None:
    start, end = node.start_mark.index, node.end_mark.index
    scalars[where, key] = Scalar(where, key, node.value, start, end, node.style or "")


def _count(text: str, word: str) -> int:
    """How often a word occurs, also where two overlap."""
    return sum(1 for _ in re.finditer(f"(?={re.escape(word)})", text))
