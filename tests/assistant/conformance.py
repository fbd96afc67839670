"""Runs the scenarios of the public MCP conformance suite that apply to ``servkit mcp``.

    python tests/assistant/conformance.py

The suite speaks HTTP, and `servkit mcp` speaks stdio. So a bridge stands between them: each message that the suite
posts becomes a line for the server, and its answer the reply. Scenarios of other transports don't apply, and neither
do those that call tools or read resources of the suite's own example server. Needs Node 22 or newer; npx fetches the
suite.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition, Thread
from typing import Any

SUITE = "@modelcontextprotocol/conformance@0.1.16"
SCENARIOS = ("server-initialize", "ping", "tools-list", "resources-list", "prompts-list")
BOOK = Path(__file__).parents[2] / "standards"
COMMAND = [sys.executable, "-c", "import sys; from servkit.cli import main; sys.exit(main())", "mcp"]
SECONDS = 60


class Bridge:
    """One server process; answers are handed to whoever asked."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "--book", str(BOOK), "--role", "office"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.answers: dict[Any, bytes] = {}
        self.arrived = Condition()
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self.arrived:
                self.answers[json.loads(line).get("id")] = line
                self.arrived.notify_all()

    def ask(self, message: dict[str, Any]) -> bytes | None:
        """The answer to a message; None for one that wants none."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        self.process.stdin.flush()
        if "id" not in message:
            return None
        with self.arrived:
            if not self.arrived.wait_for(lambda: message["id"] in self.answers, SECONDS):
                raise TimeoutError
            return self.answers.pop(message["id"])


def handler(bridge: Bridge) -> type[BaseHTTPRequestHandler]:
    """What answers the suite."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = bridge.ask(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(202 if answer is None else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer or b"")))
            self.end_headers()
            self.wfile.write(answer or b"")

        def do_GET(self) -> None:
            self.send_error(405)

        def log_message(self, *_: object) -> None:
            """Nothing: the suite tells what it did."""

    return Handler


def main() -> int:
    """Run every scenario; 1 if one fails."""
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        for scenario in SCENARIOS:
            bridge = Bridge()
            server = ThreadingHTTPServer(("127.0.0.1", 0), handler(bridge))
            Thread(target=server.serve_forever, daemon=True).start()
            url = f"http://127.0.0.1:{server.server_port}/mcp"
            command = [*(sys.argv[1:] or ["npx", "--yes", SUITE]), "server", "--url", url, "--scenario", scenario]
            if subprocess.run(command, cwd=folder, check=False).returncode:
                failed.append(scenario)
            server.shutdown()
            server.server_close()
            assert bridge.process.stdin is not None
            bridge.process.stdin.close()
            bridge.process.wait(SECONDS)
    print(f"failed: {', '.join(failed)}" if failed else f"{len(SCENARIOS)} scenarios hold")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
