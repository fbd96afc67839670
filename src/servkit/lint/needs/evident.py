"""What is evident of documents by themselves, so that the proofs need not look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.analysis.evident import Evident

if TYPE_CHECKING:
    from servkit.book.settings import Settings


def evident(settings: Settings) -> Evident:
    """What tells, with what it has learnt of other documents of the book."""
    return Evident(settings)
