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
#: What `customer.id` and `customer.name` are, whatever attributes there are.
_OF_CUSTOMERS = frozenset({"id", "name"})


def check_word(kind: str, name: str) -> None:
    """Raise ServkitError for a name that something else would read otherwise. The ids of customers are the company's
    own, and may be numbers."""
    if kind == "customer":
        return
    for word in name.split(".") if kind == "term" else [name]:
        read_as = _read_by_yaml(word)
        if read_as is not None:
            raise ServkitError(f"YAML reads {word!r} {read_as}, not as a name; choose another one")
        if kind in _IN_SCRIPTS and (meaning := meaning_in_scripts(kind, word)) is not None:
            raise ServkitError(f"{word!r} {meaning}; choose another name")


def meaning_in_scripts(kind: str, word: str) -> str | None:
    """What a word means in the placeholder of a script in place of an attribute, a fact, a term or the document before
    it; None where it stands for that."""
    if kind == "attribute" and word in _OF_CUSTOMERS:
        return f"is the customer's own {word} in the placeholder of a script"
    from servkit.scripts.fill import placeholders  # loads Liquid for some words

    try:
        stands = placeholders(f"{{{{ facts.{word} }}}}") == (f"facts.{word}",)
    except ScriptError:
        stands = False
    return None if stands else "means something else in the placeholder of a script"


def _read_by_yaml(word: str) -> str | None:
    forms = Resolver.yaml_implicit_resolvers.get(word[:1], ())
    return next((_YAML.get(tag.rpartition(":")[2]) for tag, form in forms if form.match(word)), None)
