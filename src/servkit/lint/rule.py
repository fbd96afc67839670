"""Rules: one module each, found by being there.

A module ``rules/sk606_review_past.py`` is a rule. It holds

- a docstring, which is the rule's page (see :mod:`servkit.lint.rule_page`); its examples are run as tests;
- ``CODE``, as in the module's name, and ``SEVERITY``: what the finding is worth unless ``servkit.yaml`` says otherwise;
- ``OPTIONS``, where it has any: a mapping of names to defaults (text, whole numbers, flags or lists of texts), which a
  book may change under ``lint: rules:``;
- ``EXAMPLE = False``, where no text on a page could show what is meant;
- ``check``, a generator of :class:`servkit.lint.finding.Finding`, asked once about the whole book; or ``check_each``,
  asked about one part of the book after another, wherever it was read: what it says of a document may hang on that
  document alone. A rule may have both, and one that has neither is one that the reader or the engine applies; its
  module is its page.

Both name as their parameters what they need: ``entries`` (the documents, in no order that means anything),
``settings``, ``settings_source``, ``root``, ``today`` (an ordinal), ``options``, ``skipped`` (a list of sentences to
add to: what could not be looked at), or anything that a module of :mod:`servkit.lint.fixtures` provides; ``check`` also
``book``, ``broken`` and ``paths``.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.lint import rules
from servkit.lint.fixture import parameters
from servkit.modules import module_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import ModuleType

    from servkit.lint.finding import Finding
    from servkit.lint.rule_page import Page

_MODULE = re.compile(r"sk[0-9]{3}_[a-z0-9_]+\Z")
_known: dict[str, Rule] = {}


class Rule(NamedTuple):
    """One rule, as its module describes it; ``check`` and ``check_each`` are what these ask for, None where there is
    none."""

    code: str
    module: str
    severity: str
    options: Mapping[str, Any]
    check: tuple[str, ...] | None
    check_each: tuple[str, ...] | None
    title: str
    shown: bool = True

    def function(self, name: str) -> Callable[..., Iterator[Finding]]:
        """``check`` or ``check_each``."""
        found: Callable[..., Iterator[Finding]] = getattr(_module(self.module), name)
        return found

    @property
    def name(self) -> str:
        return self.module.partition("_")[2].replace("_", "-")

    @property
    def doc(self) -> str:
        return _module(self.module).__doc__ or ""

    @property
    def page(self) -> Page:
        from servkit.lint.rule_page import read_page

        return read_page(self.doc)

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


def all_rules() -> Mapping[str, Rule]:
    """Every rule by its code, in the order of the codes: as they were kept, else as their modules are."""
    if not _known:
        know(_rule(name) for name in module_names(rules.__path__) if _MODULE.match(name))
    return _known


def know(kept: Iterable[Sequence[Any]]) -> None:
    """Use what was kept of the rules, so that only those are loaded that have something to do."""
    for code, module, severity, options, check, check_each, title, shown in kept:
        plain = {name: tuple(value) if isinstance(value, list) else value for name, value in options.items()}
        of_book, of_each = (None if asks is None else tuple(asks) for asks in (check, check_each))
        _known[code] = Rule(code, module, severity, plain, of_book, of_each, title, shown)


def _module(name: str) -> ModuleType:
    return import_module(f"{rules.__name__}.{name}")


def _rule(name: str) -> Rule:
    module: Any = _module(name)
    return Rule(
        code=module.CODE,
        module=name,
        severity=module.SEVERITY,
        options=getattr(module, "OPTIONS", {}),
        check=parameters(module.check) if hasattr(module, "check") else None,
        check_each=parameters(module.check_each) if hasattr(module, "check_each") else None,
        title=(module.__doc__ or "").strip().partition("\n")[0].rstrip(".").replace("``", "`"),
        shown=getattr(module, "EXAMPLE", True),
    )
