"""What is installed: dependencies that are used, a lock file that pins them all, a wheel with every file."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from zipfile import ZipFile

import pytest

HOME = Path(__file__).parents[1]
PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
#: What is used without an import, and how.
WITHOUT_IMPORT = {
    "tzdata": "zoneinfo reads it where the system has no time zones, as on Windows",
    "editables": "hatchling writes it into an editable install",
    "hatchling": "the build backend",
    "import-linter": "make lint",
    "mypy": "make lint",
    "pytest-xdist": "pytest -n auto",
    "ruff": "make lint",
    "types-jsonschema": "for mypy",
    "types-pyyaml": "for mypy",
}


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement)[0].lower().replace("_", "-")


def _imported(folder: str) -> set[str]:
    """The distributions whose modules a folder imports, also by name (``import_module``)."""
    modules = set()
    for path in (HOME / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.partition(".")[0])
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("find_spec", "import_module"):
                modules |= {str(argument.value) for argument in node.args if isinstance(argument, ast.Constant)}
    known = packages_distributions()
    return {name.lower().replace("_", "-") for module in modules for name in known.get(module, ())}


def test_every_dependency_is_imported() -> None:
    needed = {_name(one) for one in [*PROJECT["dependencies"], *EXTRAS["pdf"], *EXTRAS["docx"]]}
    assert needed - _imported("src") - set(WITHOUT_IMPORT) == set()


def test_every_package_for_development_is_imported() -> None:
    assert {_name(one) for one in EXTRAS["dev"]} - _imported("tests") - set(WITHOUT_IMPORT) == {"servkit"}


@pytest.mark.parametrize(
    ("path", "extra"),
    [("requirements.lock", "dev"), ("requirements-engines.lock", "spark"), ("benchmarks/requirements.lock", "bench")],
)
def test_the_lock_file_pins_every_package_and_names_no_place(path: str, extra: str) -> None:
    text = (HOME / path).read_text("utf-8")
    entries = re.findall(r"^[^\s#].*(?:\n .*)*", text, re.MULTILINE)
    assert [one for one in entries if not re.match(r"[a-z0-9-]+==\S+( ;.*)? \\\n    --hash=sha256:", one)] == []
    extras = [extra, "pdf", "docx"] if extra == "dev" else [extra]
    needed = {_name(one) for one in [*PROJECT["dependencies"], *(one for name in extras for one in EXTRAS[name])]}
    assert needed - {_name(one) for one in entries} <= {"servkit"}
    assert not re.search(r"://|--index|--find|(^|\s)/", text)


def test_all_is_every_extra_for_users() -> None:
    (every,) = EXTRAS["all"]
    assert set(re.findall(r"[a-z0-9-]+", every.partition("[")[2])) == set(EXTRAS) - {"all", "dev", "bench", "spark"}


def test_the_wheel_holds_every_file(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=HOME, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    there = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    source = HOME / "src"
    files = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
    assert there == {name for name in files if "__pycache__" not in name}
