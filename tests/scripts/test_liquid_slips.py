"""What Liquid cannot read, in the words of an author."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from servkit import lint_book
from servkit.scripts.liquid_slips import in_plain_words

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("{% if x %}a", "`{% endif %}` is missing at the end"),
        ("{{ x | upcaze }}", "there is no filter `upcaze`"),
        ("{% endif %}", "`{% endif %}` has no `{% if %}` above it"),
        ("{% if x = 1 %}a{% endif %}", "`=` can't come here: write `==` to compare"),
        ("{{ x || y }}", '`||` can\'t come here: write `| default: "…"`'),
        ("{{ first name }}", "two names stand side by side"),
        ("{{#if x}}a{{/if}}", "`#` can't come here"),
        ("{% include 'a' %}", "a script can't take in another file"),
        ("{% fro x in y %}{% endfor %}", "there is no tag `fro`: did you mean `for`"),
        ("{% comment %}a", "`{% endcomment %}` is missing at the end"),
    ],
)
def test_lint_says_it_in_plain_words(script: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "servkit.yaml").write_text("servkit: 1\nname: Example\n")
    (tmp_path / "a.yaml").write_text(f"kind: script\nid: a\nsay: |\n  {script}\n")
    (found,) = lint_book(tmp_path, select=["SK504"]).findings
    assert words in found.message
    assert "expected" not in found.message


def test_what_is_not_known_is_not_passed_on() -> None:
    assert "primitive" not in in_plain_words("expected a primitive thing of Liquid's")


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("{% if customer.since > 3 %}a{% endif %}", True),
        ("{% if order_no > 5 %}a{% endif %}", True),
        ("{% if terms.late.fee > terms.late.window %}a{% endif %}", True),
        ("{% if terms.late.fee > '5 USD' %}a{% endif %}", True),
        ("{% if customer.tags > 1 %}a{% endif %}", True),
        ("{{ terms.late.fee | plus: 1 }}", True),
        ("{% if terms.late.fee > 0 %}a{% endif %}", False),
        ("{% if customer.name == 'Ann' %}a{% endif %}", False),
        ("{% assign n = 5 %}{% if n > 3 %}a{% endif %}", False),
        ("{% for tag in customer.tags %}{% if tag == 'x' %}a{% endif %}{% endfor %}", False),
        ("{% if customer.tags.size > 1 %}a{% endif %}", False),
    ],
)
def test_what_cannot_be_compared_is_told_before_a_desk_shows_it(tmp_path: Path, script: str, told: bool) -> None:
    (tmp_path / "servkit.yaml").write_text(
        "servkit: 1\nname: A\ncurrency: USD\nattributes: {since: {type: date}, tags: {type: list}}\n"
    )
    (tmp_path / "late.yaml").write_text(
        "kind: policy\nid: late\ntitle: L\nwhy: w\nrule: fixed\nbasis: law\nterms: {fee: 5 USD, window: 3 days}\n"
    )
    (tmp_path / "s.yaml").write_text(f'kind: script\nid: s\ntitle: S\nwhy: w\nsay: "{script}"\n')
    assert bool(lint_book(tmp_path, select=["SK516"]).findings) is told
