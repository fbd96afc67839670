"""The text of a PDF, as poppler reads it."""

from __future__ import annotations

import re
import shutil
import subprocess

from tools import absent


def page_texts(data: bytes) -> list[str]:
    """The text of each page."""
    return _read(data).split("\f")[:-1]


def placed_words(data: bytes) -> list[tuple[float, float, str]]:
    """Every word with its left and right end, in points."""
    found = re.findall(
        r'<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)" yMax="[\d.-]+">(.*?)</word>', _read(data, "-bbox")
    )
    return [(float(left), float(right), word) for left, right, word in found]


def _read(data: bytes, *options: str) -> str:
    program = shutil.which("pdftotext") or absent("no pdftotext: .ci/tools installs poppler-utils")
    return subprocess.run([program, *options, "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
