"""The files of a book with other texts in the place of some of them, such as those that are not saved yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.files import MAX_BYTES, too_large
from servkit.book.problems import Problem
from servkit.cache.book_files import FolderFiles
from servkit.cache.digests import blob_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from servkit.cache.book_files import Stamp


class Overlay(FolderFiles):
    """A state of a book (:class:`servkit.cache.book_files.BookFiles`): ``texts`` by path go before its files;
    ``slot`` names the compiled form of it."""

    def __init__(self, root: Path, texts: Mapping[str, bytes], slot: str) -> None:
        super().__init__(root)
        self.texts, self.slot = texts, slot

    def stamps(self) -> Sequence[Stamp]:
        saved = [stamp for stamp in super().stamps() if stamp[0] not in self.texts]
        return [*saved, *((path, blob_id(raw)) for path, raw in self.texts.items())]

    def may_change(self, stamp: Stamp, raw: bytes | None, now: int) -> bool:
        return stamp[0] not in self.texts and super().may_change(stamp, raw, now)

    def read(self, path: str, problems: list[Problem]) -> bytes | None:
        raw = self.texts.get(path)
        if raw is None:
            return super().read(path, problems)
        if len(raw) > MAX_BYTES:
            problems.append(Problem("SK101", path, 0, 0, too_large(len(raw))))
            return None
        return raw

    def commit(self) -> str | None:
        """A text that is not saved belongs to no commit, and nobody asks."""
        return None

    def is_dirty(self) -> bool:
        return True
