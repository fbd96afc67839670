"""The settings of a book, the shapes of documents, and which rules there are, as they were read before.

The first two are made with Pydantic, and loading it takes longer than checking a thousand documents; to know the rules
every one of them has to be loaded. So what ``servkit.yaml`` came to is kept in the cache folder under its every byte,
and the rest under servkit's own code, with the present day where the book is. Nothing of any document is kept here.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress

from servkit.book.settings import Settings
from servkit.cache.digests import digest
from servkit.cache.folder import cache_folder
from servkit.clocks import today
from servkit.lint import fixture as need
from servkit.lint import rule
from servkit.lint.remembering import servkit_itself

_SEAL = 32


def settled(root: str, raw: bytes) -> Settings | None:
    """The settings that these bytes came to before; None where that is not known, or they cannot be used."""
    try:
        with open(_place(root), "rb") as file:  # noqa: PTH123
            seal, text = file.read(_SEAL), file.read()
        if seal != _seal(raw, text):
            return None
        data, _, rules, needs, day = json.loads(text)
    except (OSError, ValueError):
        return None
    rule.know(rules)
    need.know(needs)
    settings = Settings(data)
    if today.is_today(day, int(time.time())):
        today.know(settings.timezone, day)
    else:
        settle(root, raw, settings)
    return settings


def settle(root: str, raw: bytes, settings: Settings) -> None:
    """Keep what these bytes came to; where that cannot be, nothing is lost."""
    place = _place(root)
    temporary = f"{place}.{os.getpid()}"
    try:
        rules, needs = list(rule.all_rules().values()), list(need.all_needs().values())
        day = today.day_in(settings.timezone)
        text = json.dumps([settings.data, {}, rules, needs, day]).encode()
        os.makedirs(os.path.dirname(place), mode=0o700, exist_ok=True)  # noqa: PTH103, PTH120
        with open(temporary, "wb") as file:  # noqa: PTH123
            file.write(_seal(raw, text) + text)
        os.replace(temporary, place)  # noqa: PTH105
    except (OSError, ValueError):
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108


def _place(root: str) -> str:
    return os.path.join(cache_folder(), "settings", digest(os.fsencode(os.path.realpath(root))))  # noqa: PTH118


def _seal(raw: bytes, text: bytes) -> bytes:
    """What tells that the text was made of these bytes by this servkit, and is as it was written."""
    return digest(b"\0".join((repr(servkit_itself()).encode(), digest(raw).encode(), text))).encode()
