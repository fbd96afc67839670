"""Text as a printer of the language sets it."""

from __future__ import annotations

import pytest

from servkit.handout.model import Run
from servkit.handout.typesetting import typesetter

WIDE, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "typed", "set_"),
    [
        ("fr", "Remise: 10 %", f"Remise{WIDE}: 10 %"),
        ("fr", "Remise : 10 %", f"Remise{WIDE}: 10 %"),
        ("fr", f"Remise{WIDE}: 10 %", f"Remise{WIDE}: 10 %"),
        ("fr", "Pourquoi ? Parce que ; voilà!", f"Pourquoi{NARROW}? Parce que{NARROW}; voilà{NARROW}!"),
        ("fr", "Vraiment ?!", f"Vraiment{NARROW}?!"),
        ("fr", "à 10:30, https://example.org/?a:b", "à 10:30, https://example.org/?a:b"),
        ("fr", 'Dites "oui" : toujours', f"Dites «{NARROW}oui{NARROW}»{WIDE}: toujours"),
        ("fr-CA", "Remise : oui ?", f"Remise{WIDE}: oui ?"),
        ("de", "Rabatt: 10 %?", "Rabatt: 10 %?"),
    ],
)
def test_french_marks_stand_apart(language: str, typed: str, set_: str) -> None:
    assert typesetter(language).words(typed) == set_


def test_runs_keep_what_is_code() -> None:
    runs = (Run("Tapez : "), Run("a : b", code=True))
    assert [run.text for run in typesetter("fr").runs(runs)] == [f"Tapez{WIDE}: ", "a : b"]
