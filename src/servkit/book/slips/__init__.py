"""From a fault of libyaml to the slip behind it: where an author's mistake is, and what to write instead.

libyaml says where it could read no further, which is often the line after the mistake, and it says so in its own words.
Here the lines around it are looked at as a colleague would look at them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.slips import lines, values
from servkit.book.slips.fault import Fault, Slip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import yaml

_UNREADABLE = "This line can't be read as YAML. Check its colons, quotation marks, brackets and indentation."
#: What libyaml says, and what then looks for the slip.
_BY_REASON: tuple[tuple[str, Callable[[Fault], Slip | None]], ...] = (
    ("could not find expected ':'", lines.read_line_without_colon),
    ("mapping values are not allowed", lines.read_colon_too_many),
    ("did not find expected key", values.read_unexpected),
    ("did not find expected '-' indicator", values.read_unexpected),
    ("block sequence entries are not allowed", lines.read_list_beside_key),
    ("unexpected end of stream", values.read_open_quote),
    ("unexpected document indicator", values.read_open_quote),
    ("did not find expected ',' or", values.read_open_bracket),
    ("did not find expected node content", values.read_missing_value),
    ("cannot start any token", values.read_first_sign),
    ("expected alphabetic or numeric character", values.read_first_sign),
    ("mapping keys are not allowed", values.read_first_sign),
    ("scanning a directive", values.read_first_sign),
    ("scanning a tag", values.read_first_sign),
    ("expected comment or line break", values.read_block_text),
    ("indentation indicator", values.read_block_text),
    ("unknown escape character", values.read_backslash),
    ("hexdecimal number", values.read_backslash),
    ("<document start>", lines.read_document_start),
    ("incompatible YAML document", lines.read_yaml_version),
)


def find_slip(text: str, fault: yaml.MarkedYAMLError, tokens: Callable[[], Iterable[Any]]) -> Slip:
    """The slip behind a fault. ``tokens`` reads the text again, as far as that goes."""
    found = Fault(text, fault, tokens)
    for look in (
        lines.read_conflict,
        lines.read_odd_indentation,
        *(look for words, look in _BY_REASON if words in found.reason),
    ):
        slip = look(found)
        if slip is not None:
            return slip
    line = min(found.line, max(found.above(len(found.lines)), 0))
    column = found.column if line == found.line else len(found.row(line).rstrip())
    return found.slip(line, column, _UNREADABLE)
