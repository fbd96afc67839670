"""Who has signed in: a person of a team, an integration, or the owner of the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from servkit.desk.person import Person


class User(NamedTuple):
    """Somebody who may ask. ``id`` is the name they sign in with; ``mark`` changes whenever their record does, which
    ends their sessions."""

    id: str
    person: Person
    mark: str
    #: May not record: an integration with the scope ``read``.
    reads_only: bool = False
    is_integration: bool = False
