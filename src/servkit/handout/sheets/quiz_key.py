"""The key of the quiz alone: right answers, each with its reason and place. Learning platforms need this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.handout.sheets import quiz

if TYPE_CHECKING:
    from servkit.handout.material import Material
    from servkit.handout.model import Handout

ORDER = 4
ALONE = True  # the quiz includes it


def handouts(material: Material) -> tuple[Handout, ...]:
    return (quiz.key(material, quiz.choose(material)),)
