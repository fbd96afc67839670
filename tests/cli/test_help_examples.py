"""Every example that a help shows is run, in a book that has what the examples name."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING

import openpyxl
import pytest

from exchange.samples import CHATWOOT, ZENDESK
from servkit.cli.shared.commands import command_names, part_names
from servkit.cli.shared.program import command

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Servkit

#: Commands that go on until somebody ends them: their examples are only read.
_SERVERS = ("desk", "serve", "lsp", "mcp")
#: Lines that stand for several commands, or for an id of the journal.
_PLACEHOLDERS = re.compile(r"\b(?:ID|TEXT|NAME|CUSTOMER)\b|export, import")
_HEAD = "why: A reason.\nowner: Hal\nreview_by: 2099-01-01\n"
_SETTINGS = """\
servkit: 1
name: Bellweather
languages: [en, es]
currency: USD
channels: [phone, email]
roles: [technician, office, supervisor, owner]
areas:
  returns: {title: Returns}
  billing: {title: Billing}
  visits: {title: Visits}
attributes:
  plan: {type: choice, of: [single, monthly], ask: "Which plan?"}
  visits_a_year: {type: number, ask: "How many visits?"}
facts:
  visit_missed: {type: flag, ask: "Did we miss it?"}
customers: {file: customers.csv, attributes: {plan: plan, visits_a_year: visits_a_year}}
"""
_DOCUMENTS = f"""\
kind: policy
id: returns
title: Returns, recepit or not, however late
rule: flexible
area: returns
{_HEAD}terms:
  window: {{value: 30 days, better: more, limit: 90 days, grant: {{technician: 60 days}}}}
---
kind: policy
id: billing
title: A refund on the bill
rule: flexible
area: billing
{_HEAD}terms:
  credit: {{value: 0 USD, better: more, limit: 90 USD, grant: {{office: 75 USD, supervisor: 90 USD}},
            cases: [{{when: {{visit_missed: yes}}, value: 25 USD}}]}}
---
kind: policy
id: refund
title: Money back
rule: fixed
basis: company
instead: A credit.
area: billing
{_HEAD}terms: {{within: 5 days}}
---
kind: standard
id: visits
title: Visits
area: visits
{_HEAD}statement: The same technician comes.
do: Say who comes.
terms:
  technician: {{type: text, value: the same one}}
---
kind: recovery
id: missed-visit
title: A missed visit
area: visits
{_HEAD}trigger: Nobody came.
steps: Say so.
may_offer: billing.credit
---
kind: script
id: greeting
title: Greeting
{_HEAD}say: {{en: Hello., es: Hola.}}
---
kind: script
id: running-late
title: Running late
short: late
{_HEAD}say: {{en: "We are {{{{ minutes | default: 'ten' }}}} minutes late.", es: "Tardamos {{{{ minutes }}}} min."}}
---
kind: segment
id: key-account
title: Key account
{_HEAD}when: {{plan: monthly}}
sets: {{returns.window: 45 days}}
---
kind: segment
id: occasional
title: Occasional
{_HEAD}when: {{plan: single}}
sets: {{returns.window: 40 days}}
---
kind: scenario
id: late-return-key-account
title: Late
story: Forty days.
customer: C-1042
given: {{role: technician, today: 2026-03-01}}
about: returns
expect: {{terms: {{returns.window: 45 days}}}}
"""
_PEOPLE = "id,name,plan,visits_a_year\nC-1042,Dorothy Bell,monthly,12\nC-2015,Nadia Petrov,single,\n"


def _examples(name: str) -> list[str]:
    """The commands that a help shows, without what it says of them."""
    lines = [line.strip() for line in (command(name).help or "").splitlines()]
    shown = [re.split(r"\s{2,}", line)[0] for line in lines if line.startswith("servkit ")]
    return [line for line in shown if not _PLACEHOLDERS.search(line)]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book at two revisions and with an edit, and what a company has beside it."""
    root = tmp_path_factory.mktemp("examples") / "book"
    (root / "policies").mkdir(parents=True)
    (root / "servkit.yaml").write_text(_SETTINGS, "utf-8")
    documents = root / "policies" / "all.yaml"
    documents.write_text(_DOCUMENTS, "utf-8")
    (root / "customers.csv").write_text(_PEOPLE, "utf-8")
    (root / "export.csv").write_text(_PEOPLE, "utf-8")
    (root / "canned.json").write_text(CHATWOOT, "utf-8")
    (root / "macros.json").write_text(ZENDESK, "utf-8")
    book = openpyxl.Workbook()
    assert book.active is not None
    for line in _PEOPLE.splitlines():
        book.active.append(line.split(","))
    book.save(root / "customers.xlsx")

    def git(*args: str) -> None:
        who = ("-c", "user.name=Ines", "-c", "user.email=ines@example.org")
        subprocess.run(["git", *who, *args], cwd=root, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    for tag, days in (("v1", "30 days"), ("v2", "31 days")):
        documents.write_text(_DOCUMENTS.replace("30 days", days), "utf-8")
        git("add", "-A")
        git("commit", "-q", "-m", tag)
        git("tag", tag)
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    documents.write_text(_DOCUMENTS.replace("30 days", "35 days"), "utf-8")
    return root


@pytest.mark.parametrize("name", [name for name in command_names() if _examples(name) and name not in _SERVERS])
def test_the_examples_of_a_help_work(
    name: str, repository: Path, servkit: Servkit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = shutil.copytree(repository, tmp_path / "book", symlinks=True)
    for folder in ("match", "languages", ".servkit"):
        (root / folder).mkdir()
    monkeypatch.setenv("SERVKIT_AGENT", "Joan")
    monkeypatch.setenv("SERVKIT_ROLE", "office")
    told = []
    for line in _examples(name):
        args = shlex.split(line.split(" > ")[0])[1:]
        if line.startswith("servkit init book"):
            shutil.rmtree(root / "book", ignore_errors=True)
        ran = servkit(*args, *(("--again",) if name == "grant" else ()), book=root)
        told += [f"{line}\n{ran.out}{ran.err}"] if ran.code not in (0, 1) else []
    assert not told, "\n\n".join(told)


@pytest.mark.parametrize("name", _SERVERS)
def test_the_examples_of_a_server_are_understood(name: str) -> None:
    for line in _examples(name):
        args = shlex.split(line)[2:]
        part = args[0] if args and args[0] in part_names(name) else ""
        called = command(f"{name} {part}".strip())
        called.make_context(name, args[1:] if part else args)
