"""Judges edits outside the suite: ``python -m history edits 1000 7`` in ``tests``, or ``same`` for those that change
no meaning."""

from __future__ import annotations

import sys

from . import by_force, same_meaning

what, count, start = sys.argv[1:]
{"edits": by_force.main, "same": same_meaning.main}[what](int(count), int(start))
