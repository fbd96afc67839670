"""A page in headless Chromium, driven over a pipe: no driver, no port, no network."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Self

from tools import absent

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = ("chromium", "chromium-browser", "google-chrome")
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"


def program() -> str:
    """The browser. Without one the tests fail in CI and are skipped elsewhere."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or absent("no Chromium: .ci/tools installs it")


def axe() -> str:
    """The accessibility checker's source."""
    return AXE.read_text("utf-8") if AXE.is_file() else absent("no axe-core: npm ci --prefix tests/handout installs it")


class Browser:
    """One browser with one page; ``complaints`` are console errors, exceptions and what the page tried to load."""

    def __init__(self, *options: str) -> None:
        self.folder = TemporaryDirectory(prefix="servkit-chromium-", ignore_cleanup_errors=True)
        down, up = os.pipe(), os.pipe()

        def pipes() -> None:
            into, out = fcntl.fcntl(down[0], fcntl.F_DUPFD, 20), fcntl.fcntl(up[1], fcntl.F_DUPFD, 20)
            os.dup2(into, 3)
            os.dup2(out, 4)

        args = [program(), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",  # noqa: E501
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
                "--hide-scrollbars", f"--user-data-dir={self.folder.name}", "--remote-debugging-pipe", *options, "about:blank"]  # fmt: skip  # noqa: E501
        self.process = subprocess.Popen(
            args,
            preexec_fn=pipes,  # noqa: PLW1509 - nothing else runs yet
            pass_fds=(3, 4),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(down[0])
        os.close(up[1])
        self.into, self.out = os.fdopen(down[1], "wb", buffering=0), os.fdopen(up[0], "rb")
        self.number = 0
        self.session: str | None = None
        self.complaints: list[str] = []
        self.loaded: list[str] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.into.close()
        self.process.terminate()
        self.process.wait(10)
        self.out.close()
        self.folder.cleanup()

    def send(self, method: str, **params: Any) -> Any:
        """One command and its answer; events on the way are kept."""
        number = self._write(method, params)
        while True:
            answer = self._next()
            if answer.get("id") == number:
                assert "error" not in answer, (method, answer["error"])
                return answer["result"]

    def _write(self, method: str, params: Mapping[str, Any]) -> int:
        """Send one command, and say by which number its answer is known."""
        self.number += 1
        message: dict[str, Any] = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        self.into.write(json.dumps(message).encode() + b"\0")
        return self.number

    def _next(self) -> Any:
        parts = bytearray()
        while (byte := self.out.read(1)) != b"\0":
            assert byte, "the browser has gone"
            parts += byte
            rest = self.out.peek()
            end = rest.find(b"\0")
            parts += self.out.read(len(rest) if end < 0 else end)
        answer = json.loads(parts)
        self._keep(answer.get("method", ""), answer.get("params", {}))
        return answer

    def _keep(self, method: str, params: Any) -> None:
        if method == "Runtime.consoleAPICalled" and params["type"] in ("error", "warning", "assert"):
            self.complaints.append(str(params["args"]))
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(str(params["exceptionDetails"]))
        elif method == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
            self.complaints.append(params["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            self.loaded.append(params["request"]["url"])
        elif method == "Page.javascriptDialogOpening":
            self.complaints.append(f"a dialog: {params['message']}")
            self._write("Page.handleJavaScriptDialog", {"accept": True})

    def open(self, path: Path, width: int = 1280, scheme: str = "light") -> None:
        """Load a file at a width, and forget what was complained about before."""
        self.visit(path.resolve().as_uri(), width, scheme)

    def visit(self, url: str, width: int = 1280, scheme: str = "light", height: int = 900) -> None:
        """Load an address at a width, and forget what was complained about before."""
        self.look(width, scheme, height)
        self.complaints, self.loaded = [], []
        self.send("Page.navigate", url=url)
        while self._next().get("method") != "Page.loadEventFired":
            pass

    def look(self, width: int, scheme: str, height: int = 900, media: str = "") -> None:
        """Another width and scheme of the page that is there; as on paper with the ``media`` print."""
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        features = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
        named = [{"name": name, "value": value} for name, value in features.items()]
        self.send("Emulation.setEmulatedMedia", media=media, features=named)

    def run(self, script: str) -> Any:
        """A script's value; a promise is waited for."""
        out = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in out, out["exceptionDetails"]
        return out["result"].get("value")

    def violations(self, only: str = "", without: str = "") -> list[str]:
        """What axe-core finds on the page, by all of its rules, by one, or by all but one.

        A frame is a page of its own: axe would wait half a second for an answer from it."""
        if self.run("typeof axe") == "undefined":
            self.run(axe() + ";0")
        rules = f"runOnly: [{only!r}], " if only else f"rules: {{{without!r}: {{enabled: false}}}}, " if without else ""
        found: list[str] = self.run(
            f"axe.run(document, {{{rules}iframes: false, resultTypes: ['violations']}})"
            ".then(r => r.violations.map(v =>"
            " v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 120) + ' ' + n.failureSummary).join(' | ')))"
        )
        return found

    def picture(self) -> bytes:
        """The part of the page that is seen, as PNG."""
        return base64.b64decode(self.send("Page.captureScreenshot", format="png")["data"])

    def pdf(self) -> bytes:
        """The page as it prints."""
        out = self.send("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(out["data"])
