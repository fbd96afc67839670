"""Praise for colleagues who went beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.desk.recording import checked_text, record_entry, signed

if TYPE_CHECKING:
    from servkit.answer.case import Customer
    from servkit.desk.recording import Recorded
    from servkit.desk.session import Desk


def praise(desk: Desk, colleague: str, text: str, customer: Customer | None = None) -> Recorded:
    """Thank a colleague for what they did, for a customer where one is named. Raises FieldError."""
    body = {"colleague": checked_text(colleague, "the colleague"), "say": checked_text(text, "the praise")}
    return record_entry(desk, "praise", signed(desk) | body, customer.id if customer is not None else None)
