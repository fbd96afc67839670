"""The quiz's key alone: right answers with the reason and the place. It is what learning platforms take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.handout.sheets import quiz

if TYPE_CHECKING:
    from servkit.handout.material import Material
    from servkit.handout.model import Handout

ORDER = 4
ALONE = True  # the quiz brings it along


def handouts(material: Material) -> tuple[Handout, ...]:
    return (quiz.key(material, quiz.choose(material)),)
