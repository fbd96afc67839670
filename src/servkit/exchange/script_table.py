"""Scripts as a table: a row each, a column for what a spreadsheet can hold of it."""

from __future__ import annotations

#: The keys whose cells hold several texts, parted by semicolons.
LISTS = frozenset({"tags", "channels", "roles", "area", "ask", "segments"})
