"""Rules: one module each, found by being there.

A module ``rules/sk606_review_past.py`` is a rule. It holds

- a docstring, which is the rule's page (see :mod:`servkit.lint.rule_docstring`); its examples are run as tests;
- ``CODE``, as in the module's name, and ``SEVERITY``: what the finding is worth unless ``servkit.yaml`` says otherwise;
- ``SCOPE``, how much of the book a finding depends on: ``document`` for its own document and servkit.yaml, ``names``
  if names of the document are looked up in the book (``references`` and ``templates`` are those of the document), and
  otherwise the whole book;
- ``OPTIONS``, where it has any: a mapping of names to defaults (text, whole numbers, flags or lists of texts), which a
  book may change under ``lint: rules:``;
- ``check``, a generator of :class:`servkit.lint.finding.Finding`. A module without one is the page of a rule that the
  reader or the engine applies.

``check`` names as its parameters what it needs: ``book``, ``entries`` (all documents), ``settings``,
``settings_source``, ``root``, ``files``, ``cache``, ``today`` (an ordinal), ``options``, ``skipped`` (a list of
sentences to add to: what was not checked), or any fixture (see :mod:`servkit.lint.fixture`).
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.lint import rules
from servkit.lint.rule_docstring import read_page
from servkit.modules import module_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from servkit.lint.finding import Finding
    from servkit.lint.rule_docstring import Page

_MODULE = re.compile(r"sk[0-9]{3}_[a-z0-9_]+\Z")


class Rule(NamedTuple):
    """One rule, as its module describes it. ``check`` is None where the reader or the engine applies the rule."""

    code: str
    module: str
    severity: str
    options: Mapping[str, Any]
    check: Callable[..., Iterator[Finding]] | None
    doc: str
    scope: str = "book"

    @property
    def name(self) -> str:
        return self.module.partition("_")[2].replace("_", "-")

    @property
    def title(self) -> str:
        return self.doc.strip().partition("\n")[0].rstrip(".").replace("``", "`")

    @property
    def page(self) -> Page:
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


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by its code, in the order of the codes."""
    found = [_rule(name) for name in module_names(rules.__path__) if _MODULE.match(name)]
    return {rule.code: rule for rule in found}


def _rule(name: str) -> Rule:
    module: Any = import_module(f"{rules.__name__}.{name}")
    return Rule(
        code=module.CODE,
        module=name,
        severity=module.SEVERITY,
        options=getattr(module, "OPTIONS", {}),
        check=getattr(module, "check", None),
        doc=module.__doc__ or "",
        scope=getattr(module, "SCOPE", "book"),
    )
