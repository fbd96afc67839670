"""A program ``servkit`` for tests that run hundreds of commands: it is loaded once, and each command is a fork of it.

What a command prints, reads and leaves behind is as always; only the time to load Python's modules is saved.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

#: What a shell finds as ``servkit``: it hands its files, folder and variables over, and exits as the command does.
_CLIENT = """#!{python} -IS
import json, os, socket, sys
server = socket.socket(socket.AF_UNIX)
server.connect({address!r})
asked = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
socket.send_fds(server, [len(asked).to_bytes(4, "big")], [0, 1, 2])
server.sendall(asked)
told = server.recv(1)
os._exit(told[0] if told else 141)
"""


@contextmanager
def forked_servkit(folder: Path, environment: Mapping[str, str]) -> Iterator[Path]:
    """A folder with a program ``servkit``, for the beginning of a path. ``folder`` holds it and its socket."""
    address = str(folder / "servkit.socket")
    program = folder / "bin" / "servkit"
    program.parent.mkdir()
    program.write_text(_CLIENT.format(python=sys.executable, address=address))
    program.chmod(0o755)
    command = [sys.executable, __file__, address]
    with subprocess.Popen(command, env=dict(environment), stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert server.stdout.read(1)  # it listens
        yield program.parent
        server.terminate()


def _serve(address: str) -> None:
    from servkit.cli.shared.commands import command_function, command_names

    for name in command_names():
        command_function(name)
    gc.freeze()  # or every fork copies what it looks through
    signal.signal(signal.SIGCHLD, lambda *_: _reap())
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        os.write(1, b".")
        while True:
            client, _ = listener.accept()
            with client:
                if os.fork() == 0:
                    _run(client)


def _reap() -> None:
    """Let go of the commands that have ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _run(client: socket.socket) -> None:
    """Be the command that a client asks for, and tell it the exit code."""
    from servkit.cli import main

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    size, files, _, _ = socket.recv_fds(client, 4, 3)
    raw = b""
    while len(raw) < int.from_bytes(size, "big"):
        raw += client.recv(1 << 20)
    arguments, folder, environment = json.loads(raw)
    for place, file in enumerate(files):
        os.dup2(file, place)
        os.close(file)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(place, "w" if place else "r", closefd=False) for place in (0, 1, 2))
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["servkit", *arguments]
    code: object = 3
    try:
        main()
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    sys.stderr.flush()
    client.sendall(bytes([code if isinstance(code, int) else 0]))
    os._exit(0)


if __name__ == "__main__":
    _serve(sys.argv[1])
