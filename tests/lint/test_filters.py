"""Telling less: paths, baselines, and what changed since a revision."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from servkit import lint_book
from servkit.book.problems import ServkitError, UnknownNameError
from servkit.lint.code_filter import code_filter
from servkit.lint.destination import Destination
from servkit.lint.formats.json_ import json_
from servkit.lint.lint_request import Request, report_on
from servkit.lint.loader import load

from .books import TODAY, philosophy, told, write

if TYPE_CHECKING:
    from pathlib import Path

OLD = philosophy("old", "2026-02-20")
SCRIPT = philosophy("hello").replace("philosophy", "script") + "short: h\nsay: Hello.\n"
STANDARD = philosophy("greeting", "2026-01-01").replace("philosophy", "standard") + "say: [hello]\n"


def _ask(root: Path, *paths: str, here: Path | None = None, **more: object) -> list[str]:
    request = Request(TODAY, code_filter(("SK2", "SK6")), paths, here or root, **more)  # type: ignore[arg-type]
    return told(report_on(load(root), request).findings)


def _write_baseline(file: Path, root: Path) -> None:
    file.write_text(json_(lint_book(root, on=TODAY), Destination()))


def test_only_some_paths(tmp_path: Path) -> None:
    root = write(
        tmp_path, {"a.yaml": OLD, "b/c.yaml": OLD.replace("old", "older"), "b/d.yaml": philosophy("new", "2026-01-01")}
    )
    assert len([line for line in _ask(root) if "SK606" in line]) == 3
    assert [line for line in _ask(root, "b") if "SK606" in line] == [
        "b/c.yaml:6:12 warning SK606",
        "b/d.yaml:6:12 warning SK606",
    ]
    assert [line for line in _ask(root, "c.yaml", here=root / "b") if "SK606" in line] == [
        "b/c.yaml:6:12 warning SK606"
    ]
    assert [line for line in _ask(root, "b/*.yaml", "a.yaml") if "SK606" in line] != []
    assert _ask(root, ".") == _ask(root)


def test_a_file_whose_name_is_no_text_is_found_by_what_it_is_shown_as(tmp_path: Path) -> None:
    root = write(tmp_path, {"a.yaml": OLD})
    (tmp_path / "b\udcff.yaml").write_text(OLD)
    request = Request(TODAY, paths=("b?*.y*ml",), here=root)
    assert told(report_on(load(root), request).findings) == ["b?.yaml:0:0 error SK101"]


@pytest.mark.parametrize("path", ["nowhere.yaml", "b/nothing", "..", "*.yml", "README.md"])
def test_a_path_that_matches_nothing_is_an_error(tmp_path: Path, path: str) -> None:
    root = write(tmp_path / "book", {"a.yaml": OLD})
    with pytest.raises(ServkitError, match="matches no file"):
        _ask(root, path)


def test_a_code_that_matches_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError):
        lint_book(write(tmp_path, {}), select=["SK99"])


def test_a_baseline_outlives_lines_and_files_but_not_content(tmp_path: Path) -> None:
    root = write(tmp_path / "book", {"a.yaml": OLD})
    baseline = tmp_path / "known.json"
    _write_baseline(baseline, root)
    assert _ask(root, baseline=baseline) == []
    (root / "a.yaml").unlink()
    write(root, {"moved/b.yaml": "# a line\n\n" + OLD})
    assert _ask(root, baseline=baseline) == []
    write(root, {"moved/b.yaml": OLD.replace("2026-02-20", "2026-02-21")})
    assert _ask(root, baseline=baseline) == ["moved/b.yaml:6:12 warning SK606"]


def test_a_second_finding_like_a_known_one_is_new(tmp_path: Path) -> None:
    root = write(tmp_path / "book", {"a.yaml": SCRIPT + "channels:\n  - phone\n  - email\n  - phone\n"})
    baseline = tmp_path / "known.json"
    _write_baseline(baseline, root)
    write(root, {"a.yaml": SCRIPT + "channels:\n  - phone\n  - email\n  - phone\n  - phone\n"})
    assert _ask(root, baseline=baseline) == ["a.yaml:13:5 warning SK211"]


def test_what_a_baseline_knows_and_is_gone_is_counted(tmp_path: Path) -> None:
    root = write(tmp_path / "book", {"a.yaml": OLD})
    baseline = tmp_path / "known.json"
    _write_baseline(baseline, root)
    write(root, {"a.yaml": philosophy("old")})
    assert report_on(load(root), Request(TODAY, baseline=baseline)).gone == 1


def test_a_baseline_with_a_byte_order_mark_is_one(tmp_path: Path) -> None:
    root = write(tmp_path / "book", {"a.yaml": OLD})
    baseline = tmp_path / "known.json"
    _write_baseline(baseline, root)
    baseline.write_text("\ufeff" + baseline.read_text("utf-8"), "utf-8")
    assert _ask(root, baseline=baseline) == []


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"schema": "servkit/lint/1"}', "[" * 5000, '{"schema": "servkit/lint/1", "findings": [1]}'],
)
def test_what_is_no_baseline_is_an_error(tmp_path: Path, text: str) -> None:
    root = write(tmp_path / "book", {})
    (tmp_path / "known.json").write_text(text)
    with pytest.raises(ServkitError, match="baseline"):
        _ask(root, baseline=tmp_path / "known.json")


def _git(root: Path, *args: str) -> None:
    command = ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@b.c", *args]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = write(
        tmp_path / "repo" / "book",
        {
            "a.yaml": OLD,
            "b.yaml": philosophy("other", "2026-01-01") + "---\n" + philosophy("third", "2026-01-01"),
            "c.yaml": SCRIPT,
            "d.yaml": STANDARD,
        },
    )
    _git(root.parent, "init", "-q")
    _git(root.parent, "add", ".")
    _git(root.parent, "commit", "-qm", "first")
    return root


def _changed(root: Path) -> list[str]:
    return [line for line in _ask(root, since="HEAD") if "SK207" not in line]


def test_nothing_changed(repository: Path) -> None:
    assert _changed(repository) == []


def test_a_changed_document_and_not_its_neighbour(repository: Path) -> None:
    text = (repository / "b.yaml").read_text()
    write(repository, {"b.yaml": text.replace("title: third", "title: The third")})
    assert _changed(repository) == ["b.yaml:13:12 warning SK606"]
    write(repository, {"b.yaml": "# moved down\n" + text})
    assert _changed(repository) == ["b.yaml:7:12 warning SK606"]


def test_a_new_file(repository: Path) -> None:
    write(repository, {"new.yaml": philosophy("new", "2026-01-01")})
    assert _changed(repository) == ["new.yaml:6:12 warning SK606"]


def test_who_refers_to_what_changed(repository: Path) -> None:
    write(repository, {"c.yaml": SCRIPT.replace("Hello.", "Good day.")})
    assert _changed(repository) == ["d.yaml:6:12 warning SK606"]


def test_who_refers_to_what_is_gone(repository: Path) -> None:
    (repository / "c.yaml").unlink()
    assert _changed(repository) == ["d.yaml:6:12 warning SK606", "d.yaml:7:7 error SK205"]


def test_a_script_that_names_a_term_of_what_changed(repository: Path) -> None:
    policy = philosophy("returns").replace("philosophy", "policy") + "rule: fixed\nterms: {window: 30 days}\n"
    script = philosophy("told", "2026-01-01").replace("philosophy", "script") + "short: t\n"
    (repository / "policy.yaml").write_text(policy)
    (repository / "script.yaml").write_text(script + 'say: {en: "You have {{ terms.returns.window }}."}\n')
    _git(repository, "add", ".")
    _git(repository, "commit", "-q", "-m", "more")
    assert _ask(repository, since="HEAD") == []
    (repository / "policy.yaml").write_text(policy.replace("30", "40"))
    assert _ask(repository, since="HEAD") == ["script.yaml:6:12 warning SK606"]


def test_settings_concern_everybody(repository: Path) -> None:
    (repository / "servkit.yaml").write_text((repository / "servkit.yaml").read_text() + "# a comment\n")
    assert _changed(repository) == [line for line in _ask(repository) if "SK207" not in line]


@pytest.mark.parametrize("revision", ["nope", "--output=x", "HEAD~9", ""])
def test_no_such_revision(repository: Path, revision: str) -> None:
    with pytest.raises(ServkitError, match="revision"):
        _ask(repository, since=revision)


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(ServkitError, match="not in a git repository"):
        _ask(write(tmp_path, {}), since="HEAD")
