"""The pictures of the desk in README and docs: ``python tests/web/pictures.py`` makes them from the starter book."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1])]

from servkit.web.users_file import PersonRecord
from web.desk_browser import ROOT, Person, ServedDesk

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = ROOT / "docs" / "pictures"
RUTH = {"ruth": PersonRecord(name="Ruth", role="technician")}


class Picture(NamedTuple):
    """A picture: the page, its size and scheme, and what is done on it before; ``until`` waits for what that brings."""

    path: str
    width: int
    height: int
    scheme: str
    act: str = ""
    until: str = ""


_NADIA = "/customers/AS-1007?about=returns&on=2026-03-02"
#: The part of the page that is looked at.
_FLEXIBLE = "(document.querySelector('#flexible').scrollIntoView(), scrollY > 0)"
PICTURES = {
    "desk-find.png": Picture(
        "/",
        1280,
        560,
        "light",
        "q => { q.value = 'return'; q.dispatchEvent(new Event('input', {bubbles: true})) }",
        "document.querySelector('#results').dataset.of == 'return'",
    ),
    "desk-answer.png": Picture(
        _NADIA,
        1360,
        800,
        "light",
        "() => document.querySelector('#answer-part_kind-1').click()",
        f"document.querySelector('.flag') && {_FLEXIBLE}",
    ),
    "desk-why.png": Picture(
        _NADIA,
        1360,
        800,
        "dark",
        "() => { document.querySelector('#why-term-returns--window').open = true }",
        _FLEXIBLE,
    ),
    "desk-phone.png": Picture(_NADIA, 360, 780, "light", "() => {}", _FLEXIBLE),
}


@contextmanager
def desk_of_ruth() -> Iterator[Person]:
    """Ruth at the starter book."""
    with TemporaryDirectory() as folder, ServedDesk(Path(folder), RUTH, {}) as desk, Person(desk) as ruth:
        ruth.sign_in("ruth")
        yield ruth


def take(person: Person, picture: Picture) -> bytes:
    """One picture, as PNG."""
    person.go(picture.path, picture.width, picture.scheme, picture.height)
    if picture.act:
        person.run(f"({picture.act})(document.querySelector('#q'))")
        person.until(picture.until)
    person.run("document.activeElement.blur()")
    return person.picture()


if __name__ == "__main__":
    with desk_of_ruth() as ruth:
        for name, one in PICTURES.items():
            (FOLDER / name).write_bytes(take(ruth, one))
            sys.stdout.write(f"{FOLDER / name}\n")
