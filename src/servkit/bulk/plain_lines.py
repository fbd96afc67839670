"""Files of text that DuckDB may cut into lines: UTF-8, with one end to every line, none of them long."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from servkit.files import open_file

if TYPE_CHECKING:
    from pathlib import Path

#: Every piece of a file has the end of a line: so no line is too long, nor any cell.
_PIECE = 1 << 16
#: Parts the columns of a file that is read as one column of lines.
_NO_TEXT = "\x01"
#: What a plain file has nowhere: the above, and what marks something in files on the way.
_NOT_PLAIN = (b"\x00", b"\x01", b"\x02", b"\x7f")
#: DuckDB reads many times as many bytes at once. Lines of a plain file are shorter.
_LONGEST_LINE = 1 << 20


class NotPlainError(Exception):
    """A line can only be understood together with others."""


def one_column(file: str, new_line: str = "\\n", longest: int = _LONGEST_LINE) -> str:
    """The SQL of a file, whose path is given as SQL, as a table with one column ``line``."""
    how = f"header = false, auto_detect = false, delim = '{_NO_TEXT}', quote = '', escape = '', new_line = '{new_line}'"
    how += ", hive_partitioning = false"
    return f"read_csv({file}, {how}, columns = {{'line': 'VARCHAR'}}, max_line_size = {longest})"


def numbered_lines(file: str, new_line: str) -> str:
    """The SQL of the lines of a file with their numbers, from 1."""
    return f"SELECT row_number() OVER () AS number, line FROM {one_column(file, new_line)}"


def line_end(path: Path) -> str | None:
    """How a plain file ends its lines, as DuckDB writes it: UTF-8, with the same end to every line, and no line of more
    than 128 KiB."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    feeds = returns = pairs = 0
    ends_with_return = False
    try:
        with open_file(path) as file:
            while piece := file.read(_PIECE):
                decoder.decode(piece)
                found = piece.count(b"\n")
                if any(sign in piece for sign in _NOT_PLAIN) or (not found and len(piece) == _PIECE):
                    return None
                feeds += found
                returns += piece.count(b"\r")
                pairs += piece.count(b"\r\n") + (ends_with_return and piece.startswith(b"\n"))
                ends_with_return = piece.endswith(b"\r")
            decoder.decode(b"", final=True)
    except (OSError, UnicodeDecodeError):
        return None
    if returns == 0:
        return "\\n"
    return "\\r\\n" if returns == feeds == pairs else None
