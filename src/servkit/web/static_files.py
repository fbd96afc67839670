"""The files of ``static/``: styles, scripts, fonts, pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import Scope

_FOR_EVER = "public, max-age=31536000, immutable"


class KeptFiles(StaticFiles):
    """Files that browsers may keep for ever under the address that :func:`servkit.web.templating.static` gives."""

    def file_response(self, full_path: Any, stat_result: Any, scope: Scope, status_code: int = 200) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = _FOR_EVER if scope["query_string"].startswith(b"v=") else "no-cache"
        return response
