"""What a model's source says of its keys: the text below each field.

Pydantic could gather it when the class is made, but that would read every source again whenever a book is read.
"""

from __future__ import annotations

import ast
from functools import cache
from inspect import cleandoc, getsource
from itertools import pairwise
from textwrap import dedent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def _own(model: type) -> Mapping[str, str]:
    body = getattr(ast.parse(dedent(getsource(model))).body[0], "body", [])
    out = {}
    for statement, following in pairwise(body):
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            match following:
                case ast.Expr(value=ast.Constant(value=str(text))):
                    out[statement.target.id] = cleandoc(text)
    return out


def of_fields(model: type) -> dict[str, str]:
    """The text of every field that has one, those of the classes it is built on among them."""
    out: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if base.__module__.startswith("servkit."):
            out.update(_own(base))
    return out


def of_model(model: type) -> str:
    """What the class says of itself, for an author: without references to the contract."""
    text = " ".join(cleandoc(model.__doc__ or "").split()).replace("``", "`")
    return text.replace(" (BOOK.md 2)", "").replace(" (BOOK.md 4)", "")
