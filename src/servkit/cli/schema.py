"""``servkit schema``."""

from typing import Annotated, Any

import typer

from servkit import schema as schemas
from servkit.book.problems import UnknownNameError
from servkit.cli.shared.output import print_json


def _complete(ctx: Any, incomplete: str) -> list[str]:
    return [name for name in schemas.names() if name.startswith(incomplete)]


def schema(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]",
            help="standard, policy, script …, or settings for servkit.yaml. Default: a document of any kind.",
            autocompletion=_complete,
        ),
    ] = None,
) -> None:
    """Print JSON Schema (draft 2020-12), so that your editor completes and explains what you write.

    \b
    servkit schema > .servkit/document.json             any document
    servkit schema settings > .servkit/settings.json    servkit.yaml
    servkit schema policy                               one kind

    Folders whose names begin with a dot are not part of the book. `servkit lint` also checks what a schema cannot know,
    such as whether an area exists.
    """
    if kind is not None and kind not in schemas.names():
        raise UnknownNameError("kind", kind, schemas.names(), f"choose from {', '.join(schemas.names())}")
    print_json(schemas.schema_of(kind))
