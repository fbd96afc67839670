"""Word, for trainers who edit: real styles and tables, links and page numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.handout.formats import missing

if TYPE_CHECKING:
    from servkit.handout.model import Handout
    from servkit.handout.progress import Progress
    from servkit.handout.theme import Theme

SUFFIX = ".docx"


def write(handout: Handout, theme: Theme, progress: Progress) -> bytes:
    """The Word file. Raises ServkitError where python-docx is not installed."""
    try:
        import docx  # noqa: F401 - is it installed?
    except ImportError:
        raise missing("docx", "python-docx") from None
    from servkit.handout.docx_file import word_file

    return word_file(handout, theme, progress)
