"""Names that would mean something else where they stand: to YAML, or in a placeholder of a script."""

from __future__ import annotations

from yaml.resolver import Resolver

from servkit.book.problems import ServkitError
from servkit.scripts.filled_script import ScriptError

#: What YAML makes of a word without quotes. servkit reads text, and other programs that read the book do not.
_YAML = {"bool": "as yes or no", "null": "as nothing", "int": "as a number", "float": "as a number",
         "timestamp": "as a date", "merge": "as a merge"}  # fmt: skip
#: What a placeholder of a script may name.
_IN_SCRIPTS = frozenset({"standard", "policy", "term", "attribute", "fact"})


def check_word(kind: str, name: str) -> None:
    """Raise ServkitError for a name that something else would read otherwise. The ids of customers are the company's
    own, and may be numbers."""
    if kind == "customer":
        return
    for word in name.split(".") if kind == "term" else [name]:
        read_as = _read_by_yaml(word)
        if read_as is not None:
            raise ServkitError(f"YAML reads {word!r} {read_as}, not as a name; choose another one")
        if kind in _IN_SCRIPTS and not _is_in_scripts(word):
            raise ServkitError(f"{word!r} means something else in the placeholder of a script; choose another name")


def _read_by_yaml(word: str) -> str | None:
    forms = Resolver.yaml_implicit_resolvers.get(word[:1], ())
    return next((_YAML.get(tag.rpartition(":")[2]) for tag, form in forms if form.match(word)), None)


def _is_in_scripts(word: str) -> bool:
    """Whether a placeholder can name it."""
    from servkit.scripts.fill import placeholders  # loads Liquid for some words

    try:
        return placeholders(f"{{{{ facts.{word} }}}}") == (f"facts.{word}",)
    except ScriptError:
        return False
