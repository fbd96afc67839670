"""What the parts of a document are called on a screen."""

from __future__ import annotations

from servkit.book import kinds
from servkit.languages.catalogue import Catalogue
from servkit.languages.field_titles import field_title

#: These say which document it is; nobody sees them as a part.
NOT_SHOWN = {"kind", "id"}


class Marked(Catalogue):
    """A language in which every text of servkit is in brackets."""

    def gettext(self, text: str, /, **_: object) -> str:
        return f"<{text}>"


def test_every_key_of_every_kind_has_a_title() -> None:
    words = Marked("xx")
    keys = {key for name in kinds.names() for key in kinds.model(name).model_fields} - NOT_SHOWN
    assert sorted(key for key in keys if not field_title(key, words).startswith("<")) == []
