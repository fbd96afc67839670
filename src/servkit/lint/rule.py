"""Rules: one module each, found by being there.

A module ``rules/sk606_review_past.py`` is a rule. It holds

- a docstring, which is the rule's page (see :mod:`servkit.lint.page`); its examples are run as tests;
- ``CODE``, as in the module's name, and ``SEVERITY``: what the finding is worth unless ``servkit.yaml`` says otherwise;
- ``OPTIONS``, where it has any: a mapping of names to defaults (text, whole numbers, flags or lists of texts), which a
  book may change under ``lint: rules:``;
- ``EXAMPLE = False``, where no text on a page could show what is meant;
- ``check``, a generator of :class:`servkit.lint.finding.Finding`, which names as its parameters what it needs:
  ``book``, ``settings``, ``entries``, ``today`` (an ordinal), ``options``, ``skipped`` (a list of sentences to add to:
  what could not be looked at), or anything that a module of :mod:`servkit.lint.needs` provides. A rule without
  ``check`` is one that the reader or the engine applies; its module is its page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from inspect import signature
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from servkit.lint import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from servkit.lint.finding import Finding
    from servkit.lint.page import Page

_MODULE = re.compile(r"sk[0-9]{3}_[a-z0-9_]+\Z")


@dataclass(frozen=True)
class Rule:
    """One rule, as its module describes it."""

    code: str
    name: str
    severity: str
    options: Mapping[str, Any]
    check: Callable[..., Iterator[Finding]] | None
    doc: str
    shown: bool = True

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The names of what ``check`` asks for."""
        return tuple(signature(self.check).parameters) if self.check is not None else ()

    @cached_property
    def page(self) -> Page:
        from servkit.lint.page import read_page

        return read_page(self.doc)

    @property
    def title(self) -> str:
        return self.doc.strip().partition("\n")[0].rstrip(".").replace("``", "`")

    @property
    def url(self) -> str | None:
        """Where the rule's page can be read: below the documentation that the installed package names; None without."""
        home = documentation()
        return f"{home.rstrip('/')}/rules.md#{self.code.lower()}" if home else None


@cache
def documentation() -> str | None:
    """Where servkit's documentation is, as the installed package says (``Documentation`` among its project links)."""
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        links = metadata("servkit").get_all("Project-URL") or []
    except PackageNotFoundError:
        return None
    named = (link.partition(",") for link in links)
    return next((url.strip() for name, _, url in named if name.strip().lower() == "documentation"), None)


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by its code, in the order of the codes."""
    names = sorted(module.name for module in iter_modules(rules.__path__) if _MODULE.match(module.name))
    return {rule.code: rule for rule in map(_rule, names)}


def _rule(name: str) -> Rule:
    module = import_module(f"{rules.__name__}.{name}")
    return Rule(
        code=module.CODE,
        name=name.partition("_")[2].replace("_", "-"),
        severity=module.SEVERITY,
        options=getattr(module, "OPTIONS", {}),
        check=getattr(module, "check", None),
        doc=module.__doc__ or "",
        shown=getattr(module, "EXAMPLE", True),
    )
