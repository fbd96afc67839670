"""A real server process, and somebody at a browser in front of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from handout.chromium import Browser
from servkit.web.people import hashed_password
from servkit.web.users_file import PersonRecord, Users, write_users

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
PASSWORD = "correct horse battery"
#: Keys that are no characters, as the browser numbers them.
_KEYS = {"Enter": 13, "Tab": 9, "Escape": 27, "ArrowDown": 40, "ArrowUp": 38}


#: What is set badly: headings with a word in two pieces, sentences that are cut off, and parts that are far apart.
_SET_BADLY = """(() => {
  const found = [];
  for (const heading of document.querySelectorAll('h1, h2, h3')) {
    for (const text of heading.childNodes) {
      if (text.nodeType !== 3) continue;
      for (const word of text.data.matchAll(/(?<!\\S)\\S{1,16}(?!\\S)/g)) {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map(one => Math.round(one.top)));
        if (lines.size > 1) found.push(`in pieces: ${word[0]}`);
      }
    }
  }
  for (const one of document.querySelectorAll('main p')) {
    if (one.scrollWidth > one.clientWidth && one.checkVisibility()) found.push(`cut off: ${one.textContent}`);
  }
  const parts = [...document.querySelectorAll('main.page > *')].filter(one => one.checkVisibility());
  parts.slice(1).forEach((one, index) => {
    const gap = one.getBoundingClientRect().top - parts[index].getBoundingClientRect().bottom;
    if (gap > 90) found.push(`${Math.round(gap)} px above ${one.tagName}`);
  });
  return found;
})()"""
#: Leaves one text of each look: those with its colours, size and weight on the same grounds are hidden.
_HIDE_REPEATS = """(() => {
  const seen = new Set();
  const grounds = new Map();
  const ground = (one) => {
    if (!one) return '';
    if (!grounds.has(one)) {
      const own = getComputedStyle(one);
      const plain = own.backgroundColor === 'rgba(0, 0, 0, 0)' && own.opacity === '1' && own.filter === 'none';
      const here = plain ? '' : `${own.backgroundColor} ${own.opacity} ${own.filter};`;
      grounds.set(one, ground(one.parentElement) + here);
    }
    return grounds.get(one);
  };
  for (const one of document.querySelectorAll('body *')) {
    if (one.children.length || !one.textContent.trim()) continue;
    const own = getComputedStyle(one);
    const look = [own.color, own.fontSize, own.fontWeight, ground(one)].join();
    if (seen.has(look)) one.hidden = true;
    else if (one.checkVisibility()) seen.add(look);
  }
})()"""


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine, and its key."""
    certificate, key = folder / "desk.pem", folder / "desk.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    return certificate, key


class ServedDesk:
    """``servkit serve`` on a copy of the starter book, for the people given by their sign-in names."""

    def __init__(
        self, folder: Path, people: Mapping[str, PersonRecord], extra: Mapping[str, str], *options: str
    ) -> None:
        self.book = Path(shutil.copytree(ROOT / "standards", folder / "book"))
        for path, text in extra.items():
            (self.book / path).write_text(text, "utf-8")
        users = folder / "users" / "users.yaml"
        password = hashed_password(PASSWORD)
        write_users(
            users,
            Users(people={id_: who.model_copy(update={"password": password}) for id_, who in people.items()}),
            Users(),
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http{'s' if '--tls-cert' in options else ''}://127.0.0.1:{port}"
        environment = {
            **os.environ,
            "SERVKIT_JOURNAL": str(folder / "journal.db"),
            "SERVKIT_DATA": str(folder / "data"),
        }
        command = [sys.executable, "-c", "from servkit.cli import main; main()", "--book", str(self.book), "serve"]
        self.log = (folder / "log.txt").open("wb")
        self.process = subprocess.Popen(
            [*command, "--port", str(port), "--users", str(users), *options],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=self.log,
        )
        assert self.process.stdout is not None
        assert b"open" in self.process.stdout.readline(), (folder / "log.txt").read_text()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.log.close()


class Person(Browser):
    """Somebody at a browser."""

    def __init__(self, desk: ServedDesk, *options: str) -> None:
        super().__init__(*options)
        self.desk = desk

    def sign_in(self, name: str) -> None:
        self.go("/")
        self.until("document.activeElement.id == 'name'")
        self.type(name)
        self.press("Tab")
        self.type(PASSWORD)
        self.press("Enter")
        self.until("document.querySelector('header.top')")

    def go(self, path: str, width: int = 1280, scheme: str = "light", height: int = 900) -> None:
        self.visit(self.desk.address + path, width, scheme, height)

    def press(self, *keys: str) -> None:
        """Press keys one after the other: names, or single characters."""
        for key in keys:
            number = _KEYS.get(key, ord(key[0].upper()))
            text = "\r" if key == "Enter" else key if len(key) == 1 else ""
            stroke = {"key": key, "code": key, "windowsVirtualKeyCode": number}
            self.send("Input.dispatchKeyEvent", type="keyDown", **stroke, **({"text": text} if text else {}))
            self.send("Input.dispatchKeyEvent", type="keyUp", **stroke)

    def type(self, text: str) -> None:
        self.send("Input.insertText", text=text)

    def until(self, condition: str, seconds: float = 15.0) -> Any:
        """Wait for something on a page that is there as a whole, whatever is loaded meanwhile, and return it."""
        found = f"document.readyState == 'complete' && ({condition})"
        script = f"Promise.resolve({found}).then(found => found instanceof Node ? true : found)"
        end = time.monotonic() + seconds
        while True:
            try:
                if found := self.run(script):
                    return found
            except AssertionError:  # the page was just left
                pass
            assert time.monotonic() < end, (condition, self.run("document.body.innerText.slice(0, 2000)"))
            time.sleep(0.02)

    def click(self, selector: str) -> None:
        """Click, and wait until what follows is there where it is a page."""
        self.until(f"document.querySelector({selector!r})")
        self.run(f"document.querySelector({selector!r}).click()")

    def set_badly(self) -> list[str]:
        """What is set badly on the page that is there."""
        wide = self.run("document.documentElement.scrollWidth - innerWidth")
        found: list[str] = self.run(_SET_BADLY)
        return [*found, *([f"{wide} px too wide"] if wide > 0 else [])]

    def hide_repeats(self) -> None:
        """Leave one text of each look, so that contrast is looked at once for each."""
        self.run(_HIDE_REPEATS)

    def text(self, selector: str) -> str:
        return str(self.run(f"(document.querySelector({selector!r}) || {{}}).innerText || ''"))

    @property
    def focus(self) -> str:
        """Where the keyboard is: the id, else the name, of the element."""
        return str(
            self.run("document.activeElement.id || document.activeElement.name || document.activeElement.tagName")
        )
