"""Every sheet at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.handout import sheets

if TYPE_CHECKING:
    from servkit.handout.material import Material
    from servkit.handout.model import Handout

ORDER = 9
ALONE = True


def handouts(material: Material) -> tuple[Handout, ...]:
    found = {name: sheets.module(name) for name in sheets.names()}
    ordered = sorted((module.ORDER, name) for name, module in found.items() if not getattr(module, "ALONE", False))
    return tuple(handout for _, name in ordered for handout in found[name].handouts(material))
