"""The consistency matrix for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.lint.fixtures.matrix import NEEDS

if TYPE_CHECKING:
    from servkit.lint.fixtures.matrix import Matrix

SCHEMA = "servkit/matrix/1"


def matrix_json(matrix: Matrix) -> dict[str, Any]:
    """What each area has on each channel, what it requires, and what it lacks."""
    areas = []
    for area in matrix.settings.areas:
        channels = {
            channel or "any": {kind: matrix.count(area, kind, channel) for kind in NEEDS}
            for channel in matrix.channels_of(area)
        }
        required = [kind for kind in NEEDS if matrix.required(area, kind)]
        areas.append({"id": area, "required": required, "channels": channels})
    lacks = [
        {"area": area, "kind": kind, "channels": [channel or "any" for channel in channels]}
        for area, kind, channels in matrix.gaps()
    ]
    return {"schema": SCHEMA, "book": matrix.settings.name, "areas": areas, "lacks": lacks}
