"""YAML as text: every scalar stays what the author typed.

A document becomes plain ``dict``, ``list``, ``str`` and ``None`` (an empty plain scalar). Most files are read the quick
way (:mod:`servkit.book.plain_yaml`); the others, and every place in a file, are libyaml's
(:mod:`servkit.book.composing`), which costs five times as much and is loaded where it is first wanted.
"""

from __future__ import annotations

from codecs import BOM_UTF8

from servkit.book.files import MAX_BYTES
from servkit.book.plain_flow import MAX_DEPTH
from servkit.book.plain_yaml import read_plain
from servkit.book.problems import Problem, at_end_of
from servkit.book.source import Mark, Source

__all__ = ["MAX_BYTES", "MAX_DEPTH", "Mark", "Source", "decode", "parse"]


def decode(path: str, raw: bytes, problems: list[Problem]) -> str | None:
    """The text of a file, or None with a problem that says which byte is not UTF-8."""
    if len(raw) > MAX_BYTES:
        message = f"the file has {len(raw):,} bytes; {MAX_BYTES:,} are the most, so part it into several"
        problems.append(Problem("SK101", path, 0, 0, message))
        return None
    body = raw.removeprefix(BOM_UTF8)
    try:
        return body.decode()
    except UnicodeDecodeError as fault:
        message = f"the byte 0x{body[fault.start]:02x} is not UTF-8; save the file as UTF-8"
        problems.append(at_end_of(body[: fault.start].decode(), "SK102", path, message))
        return None


def parse(path: str, raw: bytes, problems: list[Problem]) -> list[Source]:
    """Read the YAML documents of one file. What cannot be read is a problem, and is left out; nothing is raised."""
    text = decode(path, raw, problems)
    if text is None:
        return []
    plain = read_plain(text)
    if plain is not None:
        return [Source(path, plain[0], raw=raw, plain=plain)]
    from servkit.book.composing import compose

    return compose(path, text, problems)
