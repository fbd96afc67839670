"""``servkit schema``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import Annotated

    import typer


def _complete(ctx: Any, incomplete: str) -> list[str]:  # noqa: ARG001 - how completions are called
    from servkit.schema import names

    return [name for name in names() if name.startswith(incomplete)]


def schema(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]",
            help="standard, policy, script …, or settings for servkit.yaml. Left out: a document of any kind.",
            autocompletion=_complete,
        ),
    ] = None,
) -> None:
    """Print JSON Schema (draft 2020-12), so that an editor completes and explains what you write.

    \b
    servkit schema > .servkit/document.json             any document
    servkit schema settings > .servkit/settings.json    servkit.yaml
    servkit schema policy                               one kind

    Folders whose names begin with a dot are not read as part of the book. What a schema cannot know, such as whether an
    area exists, `servkit lint` tells.
    """
    from servkit.book.problems import UnknownNameError
    from servkit.cli.shared.output import print_json
    from servkit.schema import names, schema_of

    if kind is not None and kind not in names():
        raise UnknownNameError("kind", kind, names(), f"there are {', '.join(names())}")
    print_json(schema_of(kind))
